#include "worker/library.hpp"

#include "worker/loader_message.hpp"

#include "base/error.hpp"

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <system_error>
#include <vector>

namespace cairn {

namespace {

using boost::dll::shared_library;

constexpr const char* symbol = "cairn_plugin_v1";
constexpr std::size_t least_struct_size = offsetof(cairn_plugin, verify) + sizeof(cairn_step_function);

struct Image {
  shared_library library;
  FileDescriptor copy;   // stays open: a later one of the same number would be taken for this library by the loader
};

/// Images are never unloaded: threads, thread_local destructors and exception objects of a plugin may
/// outlive any moment at which we could think it is done.
std::vector<Image>& images() {
  static auto* const kept = new std::vector<Image>;
  return *kept;
}

/// What the loader calls the copy is put back into what people call it.
std::string with_name(std::string text, const std::string& loaded, const std::string& path) {
  for (std::size_t at = text.find(loaded); at != text.npos; at = text.find(loaded, at + path.size())) text.replace(at, loaded.size(), path);
  return text;
}

Image load_image(const std::string& path, FileDescriptor copy) {
  using namespace boost::dll;
  const std::string loaded = copy ? "/proc/self/fd/" + std::to_string(copy.get()) : path;
  try {
    return {shared_library(std::filesystem::path(loaded), load_mode::rtld_now | load_mode::rtld_local), std::move(copy)};
  } catch (const std::system_error& failure) {
    throw loader_error(path, with_name(failure.what(), loaded, path));
  }
}

std::string version_text(unsigned major, unsigned minor) { return std::to_string(major) + "." + std::to_string(minor); }

void check_abi(const std::string& path, const cairn_plugin& plugin) {
  if (plugin.abi_major == CAIRN_ABI_MAJOR && plugin.abi_minor <= CAIRN_ABI_MINOR) return;
  throw Error(Category::plugin, path + ": needs plugin ABI " + version_text(plugin.abi_major, plugin.abi_minor) +
                                    ", this Cairn has " + version_text(CAIRN_ABI_MAJOR, CAIRN_ABI_MINOR))
      .hint("Install a newer Cairn, or build the revision with the SDK of this one.");
}

/// Reads the descriptor member by member as far as it reaches: an older plugin has a shorter one.
cairn_plugin copy_descriptor(const std::string& path, const cairn_plugin& found) {
  const auto damaged = [&](const std::string& what) { return Error(Category::plugin, path + ": " + what); };
  if (found.magic != CAIRN_PLUGIN_MAGIC) throw damaged("its symbol cairn_plugin_v1 is not a plugin descriptor");
  check_abi(path, found);
  if (found.struct_size < least_struct_size)
    throw damaged("its plugin descriptor is too short (" + std::to_string(found.struct_size) + " bytes)");
  cairn_plugin plugin{};
  std::memcpy(&plugin, &found, std::min<std::size_t>(sizeof plugin, found.struct_size));
  return plugin;
}

/// What was planned is what its note said when it was scanned; another file in its place is not run.
void compare_note(const LibraryToLoad& library, const cairn_plugin& plugin) {
  const std::string& scanned = library.metadata_note;
  if (scanned.empty()) return;
  const bool same = plugin.note != nullptr && plugin.note_size == scanned.size() &&
                    std::memcmp(plugin.note, scanned.data(), scanned.size()) == 0;
  if (same) return;
  throw Error(Category::plugin, library.path + ": the file changed between plan and run")
      .detail("Its metadata is not what was read when the revisions were collected.")
      .hint("Run the command again once nothing is being built or installed.");
}

}  // namespace

cairn_plugin open_library(const LibraryToLoad& library, FileDescriptor copy) {
  if (!library.path.starts_with('/'))
    throw Error(Category::internal, "the library path \"" + library.path + "\" is not absolute");
  images().push_back(load_image(library.path, std::move(copy)));
  const shared_library& image = images().back().library;
  if (!image.has(symbol))
    throw Error(Category::plugin, library.path + ": has no symbol cairn_plugin_v1")
        .hint("Build it with cairn_add_revision(), which exports that symbol.");
  const cairn_plugin& found = image.get<const cairn_plugin>(symbol);
  const cairn_plugin plugin = copy_descriptor(library.path, found);
  compare_note(library, plugin);
  return plugin;
}

}  // namespace cairn
