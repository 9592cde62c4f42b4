#include "worker/sealed_copy.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace cairn {

namespace {

namespace fs = std::filesystem;

#ifdef MFD_EXEC
constexpr unsigned executable_memory = MFD_EXEC;
#else
constexpr unsigned executable_memory = 0x0010U;   // Linux 6.3; the headers of Debian 12 do not have it
#endif

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Asks the kernel as the loader will.
bool may_be_run(int file) {
  void* const page = ::mmap(nullptr, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
  if (page == MAP_FAILED) return false;
  ::munmap(page, 1);
  return true;
}

/// Older kernels know no such flag, and need none.
FileDescriptor open_memory(const std::string& name) {
  constexpr unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  FileDescriptor memory(::memfd_create(name.c_str(), flags | executable_memory));
  if (!memory && errno == EINVAL) memory = FileDescriptor(::memfd_create(name.c_str(), flags));
  return memory;
}

/// A folder of our own, gone again with the object.
class PrivateFolder {
 public:
  explicit PrivateFolder(const fs::path& parent) : path_((parent / "cairn-load-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~PrivateFolder() {
    if (!path_.empty()) ::rmdir(path_.c_str());
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Open for reading alone, and without a name.
FileDescriptor make_copy_in(const std::string& folder, std::string_view bytes) {
  const std::string file = folder + "/plugin";
  const FileDescriptor written(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0500));
  if (!written) return {};
  const bool whole = write_all(written.get(), bytes);
  FileDescriptor copy(whole ? ::open(file.c_str(), O_RDONLY | O_CLOEXEC) : -1);
  ::unlink(file.c_str());
  return copy && may_be_run(copy.get()) ? std::move(copy) : FileDescriptor();
}

std::vector<fs::path> folders_for_copies() {
  std::vector<fs::path> folders;
  for (const char* const variable : {"TMPDIR", "XDG_RUNTIME_DIR"})
    if (const char* const value = std::getenv(variable); value != nullptr && *value == '/') folders.emplace_back(value);
  for (const char* const folder : {"/tmp", "/var/tmp", "/dev/shm"}) folders.emplace_back(folder);
  return folders;
}

}  // namespace

FileDescriptor make_copy_in_memory(const std::string& name, std::string_view bytes) {
  FileDescriptor memory = open_memory(name);
  constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  const bool usable = memory && write_all(memory.get(), bytes) && ::fcntl(memory.get(), F_ADD_SEALS, seals) == 0 && may_be_run(memory.get());
  return usable ? std::move(memory) : FileDescriptor();
}

FileDescriptor make_copy_on_disk(std::string_view bytes, std::span<const fs::path> folders) {
  for (const fs::path& parent : folders) {
    const PrivateFolder folder(parent);
    if (folder.path().empty()) continue;
    if (FileDescriptor copy = make_copy_in(folder.path(), bytes)) return copy;
  }
  return {};
}

FileDescriptor make_sealed_copy(const std::string& name, std::string_view bytes) {
  if (FileDescriptor copy = make_copy_in_memory(name, bytes)) return copy;
  if (FileDescriptor copy = make_copy_on_disk(bytes, folders_for_copies())) return copy;
  throw Error(Category::configuration, "no place on this system lets the code of a revision be loaded")
      .detail("Memory files may not be run here (sysctl vm.memfd_noexec), nor files in TMPDIR, /tmp, /var/tmp and /dev/shm "
              "(noexec, or no room).")
      .hint("Set TMPDIR to a folder whose file system is not mounted with noexec.");
}

}  // namespace cairn
