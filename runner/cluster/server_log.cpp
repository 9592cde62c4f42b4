#include "cluster/server_log.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "cluster/pipe.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t most_log = 8U << 20U;
constexpr std::uint64_t most_tail = 4096;
constexpr int most_lines = 12;

std::uint64_t size_of(const fs::path& file) {
  std::error_code absent;
  const std::uintmax_t size = fs::file_size(file, absent);
  return absent ? 0 : size;
}

std::string last_lines(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::size_t start = text.size();
  for (int line = 0; line < most_lines && start != 0; ++line) {
    const std::size_t previous = text.rfind('\n', start - 1);
    if (previous == text.npos) start = 0; else start = previous;
  }
  text.remove_prefix(std::min(start == 0 ? 0 : start + 1, text.size()));
  return printable(text, most_tail);
}

}  // namespace

ServerLog open_server_log(const fs::path& file) {
  std::error_code ignored;
  if (size_of(file) > most_log) fs::rename(file, file.string() + ".1", ignored);
  FileDescriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!descriptor)
    throw Error(Category::configuration,
                fmt::format("cannot write {}: {}", file.string(), std::generic_category().message(errno)));
  return ServerLog{clear_of_streams(std::move(descriptor)), file, size_of(file)};
}

std::string read_tail(const ServerLog& log) {
  const std::uint64_t size = size_of(log.file);
  const std::uint64_t from = std::max(log.start, size > most_tail ? size - most_tail : 0);
  std::ifstream stream(log.file, std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(from));
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return last_lines(text);
}

}  // namespace cairn
