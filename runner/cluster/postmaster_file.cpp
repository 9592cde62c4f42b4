#include "cluster/postmaster_file.hpp"

#include "base/error.hpp"
#include "cluster/process.hpp"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <csignal>
#include <fstream>
#include <iterator>

#include <sys/stat.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 64 * 1024;

/// One above the highest number Linux gives a process: never alive.
constexpr pid_t nobodys_process = 4'194'305;

fs::path file_in(const fs::path& data) { return data / "postmaster.pid"; }

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  return text.size() > most_bytes ? std::string() : text;
}

/// A server's working directory is its data directory, from before it writes the file until it ends.
bool works_in(pid_t process, const fs::path& data) {
  struct stat theirs{};
  struct stat ours{};
  return ::stat(fmt::format("/proc/{}/cwd", process).c_str(), &theirs) == 0 && ::stat(data.c_str(), &ours) == 0 &&
         theirs.st_dev == ours.st_dev && theirs.st_ino == ours.st_ino;
}

}  // namespace

std::optional<PostmasterFile> parse_postmaster_file(std::string_view text) {
  std::array<std::string_view, 8> lines{};   // pid, data, start time, port, socket directory, address, memory key, status
  for (std::string_view& line : lines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  PostmasterFile file;
  const auto [end, error] = std::from_chars(lines[0].data(), lines[0].data() + lines[0].size(), file.process);
  if (error != std::errc() || file.process <= 0) return std::nullopt;
  file.socket_directory = fs::path(lines[4]);
  file.ready = lines[7].starts_with("ready");
  return file;
}

std::optional<PostmasterFile> read_postmaster_file(const fs::path& data) {
  return parse_postmaster_file(read_text(file_in(data)));
}

std::optional<PostmasterFile> find_postmaster(const fs::path& data) {
  std::optional<PostmasterFile> file = read_postmaster_file(data);
  if (!file || !is_alive(file->process) || !works_in(file->process, data)) return std::nullopt;
  return file;
}

void disarm_postmaster_file(const fs::path& data) {
  const std::string text = read_text(file_in(data));
  const std::optional<PostmasterFile> file = parse_postmaster_file(text);
  // A dead server that nobody has collected yet still has its number, and PostgreSQL takes that for life.
  if (!file || ::kill(file->process, 0) != 0) return;
  std::ofstream stream(file_in(data), std::ios::binary | std::ios::trunc);
  stream << nobodys_process << text.substr(text.find('\n'));
  if (!stream.flush())
    throw Error(Category::configuration, fmt::format("cannot write {}", file_in(data).string()));
}

}  // namespace cairn
