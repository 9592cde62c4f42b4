#pragma once

#include <map>
#include <string>

namespace cairn::test {

/// Variables for the servers that only some transcripts need; each is started when a text first names it:
///   ${STANDBY_URL}       a read-only standby
///   ${PASSWORD_URL}      a server where the role "guarded" has to give the password "right"; names the role, not
///                        the password
///   ${DOWN_URL}          a socket directory without a server
std::map<std::string, std::string> server_variables(const std::string& text);

}  // namespace cairn::test
