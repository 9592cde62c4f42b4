#include "commands/commands.hpp"
#include "commands/program.hpp"
#include "postgres/connection.hpp"
#include "report/version_report.hpp"

#include <cairn/abi.h>

namespace cairn {

Answer version(const Invocation& invocation) {
  return Answer(render(VersionReport{.runner = std::string(program_version), .abi_major = CAIRN_ABI_MAJOR,
                                     .abi_minor = CAIRN_ABI_MINOR, .libpq = libpq_version()},
                       invocation.format));
}

}  // namespace cairn
