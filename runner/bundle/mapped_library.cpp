#include "bundle/mapped_library.hpp"

#include <link.h>

namespace cairn {

std::vector<MappedLibrary> read_mapped_libraries() {
  std::vector<MappedLibrary> libraries;
  const auto take = [](dl_phdr_info* info, std::size_t, void* into) {
    const std::filesystem::path file(info->dlpi_name);
    // The program itself has no name, and the kernel's own part of the process no file.
    if (file.is_absolute()) static_cast<std::vector<MappedLibrary>*>(into)->push_back({file.filename().string(), file});
    return 0;
  };
  ::dl_iterate_phdr(take, &libraries);
  return libraries;
}

}  // namespace cairn
