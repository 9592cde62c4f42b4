#include "worker/collected_library.hpp"

#include "base/digest.hpp"
#include "base/error.hpp"
#include "plugin/plugin_file.hpp"
#include "worker/sealed_copy.hpp"

namespace cairn {

namespace {

std::string read_checked(const CollectedLibrary& library) {
  std::string bytes = read_collected(library.load.path, library.identity);
  if (library.sha256.empty() || hex(sha256(bytes)) == library.sha256) return bytes;
  throw Error(Category::plugin, library.load.path + ": is not what the lock file pins any more")
      .hint("Run the command again, when nobody is installing revisions.");
}

}  // namespace

FileDescriptor open_checked_copy(const CollectedLibrary& library) {
  return make_sealed_copy(library.load.id, read_checked(library));
}

void require_checked(const CollectedLibrary& library) { read_checked(library); }

}  // namespace cairn
