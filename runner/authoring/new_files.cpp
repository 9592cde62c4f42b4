#include "authoring/new_files.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>

namespace cairn {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_unwritten(const fs::path& path, int error) {
  throw Error(Category::configuration,
              fmt::format("cannot write {}: {}", path.string(), std::generic_category().message(error)))
      .detail("No file was made.")
      .hint("Check that your user may write there, and that the disk is not full.");
}

/// 0, or why not.
int write_file(const fs::path& path, const NewFile& content) {
  const mode_t mode = content.kind == NewFileKind::program ? 0777 : 0666;
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  std::string_view text = content.text;
  if (!file) return errno;
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// What appears in the folder itself: of "a/b" the "a".
std::vector<fs::path> places_of(std::span<const NewFile> files) {
  std::vector<fs::path> places;
  for (const NewFile& file : files) {
    const fs::path first = *fs::path(file.path).begin();
    if (std::find(places.begin(), places.end(), first) == places.end()) places.push_back(first);
  }
  return places;
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

Error in_the_way(std::span<const std::string> paths) {
  const bool one = paths.size() == 1;
  return Error(Category::configuration,
               one ? paths.front() + " exists already" : fmt::format("{} files and folders exist already", paths.size()))
      .detail((one ? "" : join(paths, "\n") + "\n") + "No file was made, and none was touched.")
      .hint(one ? "Move it away, or choose another place." : "Move them away, or choose another place.");
}

/// Takes back what it was told of, unless it is told to keep it.
class Undo {
 public:
  ~Undo() {
    std::error_code ignored;
    for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) fs::remove_all(*path, ignored);
  }
  void add(fs::path path) { paths_.push_back(std::move(path)); }
  void keep() { paths_.clear(); }

 private:
  std::vector<fs::path> paths_;
};

/// Never onto something that exists. Not every file system knows the call; there a look has to do.
void move_to_place(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  if (errno == EEXIST || is_there(to)) throw in_the_way(std::vector{to.string()});
  if (errno != EINVAL && errno != ENOSYS) throw_unwritten(to, errno);
  if (::rename(from.c_str(), to.c_str()) != 0) throw_unwritten(to, errno);
}

/// Hidden: neither a build nor a person takes it for a revision.
fs::path make_hidden_folder(const fs::path& folder) {
  std::string name = (folder / ".cairn-new-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw_unwritten(folder, errno);
  return name;
}

void require_free(const fs::path& folder, std::span<const fs::path> places) {
  std::vector<std::string> taken;
  for (const fs::path& place : places)
    if (is_there(folder / place)) taken.push_back((folder / place).string());
  if (!taken.empty()) throw in_the_way(taken);
}

/// Errors name the place where a person expects the file.
void write_into(const fs::path& hidden, const fs::path& folder, std::span<const NewFile> files) {
  for (const NewFile& file : files) {
    const fs::path path = hidden / file.path;
    std::error_code problem;
    fs::create_directories(path.parent_path(), problem);
    const int error = problem ? problem.value() : write_file(path, file);
    if (error != 0) throw_unwritten(folder / file.path, error);
  }
}

void place_in(const fs::path& folder, std::span<const NewFile> files) {
  const std::vector<fs::path> places = places_of(files);
  require_free(folder, places);
  Undo undo;
  const fs::path hidden = make_hidden_folder(folder);
  undo.add(hidden);
  write_into(hidden, folder, files);
  for (const fs::path& place : places) {
    move_to_place(hidden / place, folder / place);
    undo.add(folder / place);
  }
  undo.keep();
  std::error_code ignored;
  fs::remove(hidden, ignored);
}

/// A folder that is missing is one more thing to be made above: so it appears together with what is in it.
void place_below(const fs::path& folder, std::vector<NewFile> files) {
  if (is_there(folder)) return place_in(folder, files);
  for (NewFile& file : files) file.path = (folder.filename() / file.path).string();
  place_below(folder.has_parent_path() ? folder.parent_path() : ".", std::move(files));
}

}  // namespace

void replace_file(const fs::path& file, const std::string& text) {
  std::error_code problem;
  const fs::path real = fs::weakly_canonical(file, problem);   // a link stays, and what it leads to is replaced
  const fs::path folder = problem ? file.parent_path() : real.parent_path();
  const fs::path name = problem ? file.filename() : real.filename();
  Undo undo;
  const fs::path hidden = make_hidden_folder(folder.empty() ? "." : folder);
  undo.add(hidden);
  write_into(hidden, folder, std::array{NewFile{name.string(), text}});
  if (::rename((hidden / name).c_str(), (folder / name).c_str()) != 0) throw_unwritten(file, errno);
}

std::vector<fs::path> create_files(const fs::path& folder, std::span<const NewFile> files) {
  const fs::path normal = folder.lexically_normal();
  place_below(normal.has_filename() ? normal : normal.parent_path(), {files.begin(), files.end()});
  std::vector<fs::path> paths;
  for (const NewFile& file : files) paths.push_back(folder / file.path);
  return paths;
}

}  // namespace cairn
