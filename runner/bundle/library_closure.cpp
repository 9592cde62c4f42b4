#include "bundle/library_closure.hpp"

#include "authoring/text_file.hpp"
#include "base/error.hpp"
#include "plugin/dynamic_section.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

namespace cairn {

namespace {

std::vector<std::string> needs_of(const NewFile& file) try {
  return read_dynamic_section(MemoryBytes(file.text)).needed;
} catch (Error& error) {
  throw error.prefix(file.path + ": ");
}

class LibrarySearch {
 public:
  LibrarySearch(std::span<const MappedLibrary> mapped, const std::string& folder) : mapped_(mapped), folder_(folder) {}

  void add_needs_of(const NewFile& file) {
    for (const std::string& name : needs_of(file)) add(name, file.path);
  }

  std::vector<NewFile> take() {
    throw_all(std::move(problems_));
    std::vector<NewFile> libraries;
    for (auto& [name, library] : found_) libraries.push_back(std::move(library));
    return libraries;
  }

 private:
  void add(const std::string& name, const std::string& for_whom) {
    if (is_base_library(name) || found_.contains(name)) return;
    const auto library = std::find_if(mapped_.begin(), mapped_.end(), [&](const MappedLibrary& one) { return one.name == name; });
    if (library == mapped_.end()) return problems_.push_back(not_here(name, for_whom));
    add_needs_of(found_[name] = {folder_ + "/" + name, read_text_file(library->file, std::numeric_limits<std::size_t>::max())});
  }

  static Error not_here(const std::string& name, const std::string& for_whom) {
    return Error(Category::plugin, fmt::format("{} needs {}, which a bundle cannot hold", for_whom, name))
        .detail("A bundle holds the libraries that cairn itself runs with, and no others.")
        .hint("Link it into the revision: name the static library, such as libz.a, in LINK_LIBRARIES of cairn_add_revision().");
  }

  std::span<const MappedLibrary> mapped_;
  const std::string& folder_;
  std::map<std::string, NewFile> found_;   // its elements stay where they are
  std::vector<Error> problems_;
};

}  // namespace

bool is_base_library(const std::string& name) {
  constexpr std::array<std::string_view, 15> beginnings{
      "ld-linux", "libanl.so.", "libc.so.", "libdl.so.", "libgcc_s.so.", "libm.so.", "libmvec.so.", "libnsl.so.1", "libnss_",
      "libpthread.so.", "libresolv.so.", "librt.so.", "libstdc++.so.", "libthread_db.so.", "libutil.so."};
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) { return name.starts_with(beginning); });
}

std::vector<NewFile> read_needed_libraries(std::span<const NewFile> files, std::span<const MappedLibrary> mapped,
                                           const std::string& folder) {
  LibrarySearch search(mapped, folder);
  for (const NewFile& file : files) search.add_needs_of(file);
  return search.take();
}

}  // namespace cairn
