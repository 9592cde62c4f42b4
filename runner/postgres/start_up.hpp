#pragma once

#include "postgres/connection.hpp"
#include "postgres/conninfo.hpp"

#include <vector>

namespace cairn {

/// How much of our own may go into the start-up packet. A server of version 13 does not know
/// client_connection_check_interval; poolers know no options at all.
enum class StartUp { full, without_check_interval, plain };

/// The settings to connect with: the user's own, and ours merged in.
///
/// They are start-up options rather than SET commands, so that RESET ALL between revisions returns to them.
/// Before the user's options, so that theirs win:
///   idle_in_transaction_session_timeout = 10min   the longest that a runner that was stopped can hold its locks
///   default_transaction_isolation = read committed   version rows read behind the lock must be the newest
///   client_connection_check_interval = 500ms   a killed runner's statement ends, and its lock with it
/// Behind them, because Cairn relies on them: standard_conforming_strings = on, client_encoding = UTF8.
/// Keepalives and tcp_user_timeout notice a dead network within about a minute.
std::vector<Setting> make_start_up_settings(const std::vector<Setting>& effective, const ConnectOptions& options,
                                            StartUp extent);

}  // namespace cairn
