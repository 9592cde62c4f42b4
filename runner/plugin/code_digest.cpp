#include "plugin/code_digest.hpp"

#include "base/digest.hpp"
#include "plugin/source_digest.hpp"
#include "sql/meaning.hpp"

#include <algorithm>
#include <string_view>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 1000;

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t begin = line.find_first_not_of(blanks);
  return begin == line.npos ? "" : line.substr(begin, line.find_last_not_of(blanks) - begin + 1);
}

/// Its lines without outer white space, a line break in front of each.
std::string lines_of(std::string_view text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (const std::string_view line = trimmed(text.substr(at, end - at)); !line.empty()) lines += "\n" + std::string(line);
    at = end + 1;
  }
  return lines;
}

/// What an #include with quotes names.
std::optional<std::string> find_included(std::string_view line) {
  if (!line.starts_with('#')) return std::nullopt;
  line = trimmed(line.substr(1));
  if (!line.starts_with("include")) return std::nullopt;
  line = trimmed(line.substr(7));
  const std::size_t end = line.find('"', 1);
  return line.starts_with('"') && end != line.npos && end > 1 ? std::optional(std::string(line.substr(1, end - 1))) : std::nullopt;
}

class CodeDigester {
 public:
  CodeDigester(const fs::path& project, const ReadSource& read) : project_(project.string() + "/"), read_(read) {}

  void take(const fs::path& file) {
    if (files_.size() >= most_files || std::find(files_.begin(), files_.end(), file) != files_.end()) return;
    const std::optional<std::string> text = read_(file);
    if (!text) return;
    files_.push_back(file);
    const std::string lines = lines_of(*text);
    digested_ += measured(lines);
    take_included(file, lines);
  }

  std::optional<CodeDigest> finish() const {
    if (files_.empty()) return std::nullopt;
    return CodeDigest{std::string(code_digest_rule) + ":" + hex(sha256(digested_)), files_};
  }

 private:
  void take_included(const fs::path& file, std::string_view lines) {
    for (std::size_t at = 1; at <= lines.size();) {
      const std::size_t end = std::min(lines.find('\n', at), lines.size());
      if (const auto name = find_included(lines.substr(at, end - at))) {
        const fs::path included = (file.parent_path() / *name).lexically_normal();
        if (included.string().starts_with(project_)) take(included);
      }
      at = end + 1;
    }
  }

  std::string project_;
  const ReadSource& read_;
  std::vector<fs::path> files_;
  std::string digested_ = std::string(code_digest_rule) + "\n";
};

}  // namespace

std::optional<CodeDigest> digest_code(const fs::path& source, const fs::path& project, const ReadSource& read) {
  CodeDigester digester(project, read);
  digester.take(source);
  return digester.finish();
}

}  // namespace cairn
