#include "worker/collected_library.hpp"

#include "plugin/plugin_file.hpp"
#include "worker/sealed_copy.hpp"

namespace cairn {

namespace {

std::string read_checked(const CollectedLibrary& library) {
  return read_collected(library.load.path, library.identity, library.sha256);
}

}  // namespace

FileDescriptor open_checked_copy(const CollectedLibrary& library) {
  return make_sealed_copy(library.load.id, read_checked(library));
}

void require_checked(const CollectedLibrary& library) { read_checked(library); }

}  // namespace cairn
