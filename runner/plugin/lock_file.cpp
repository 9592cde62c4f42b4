#include "plugin/lock_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "plugin/bytes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace cairn {

namespace {

constexpr std::string_view head =
    "# The revisions that \"cairn --locked\" runs: id, SHA-256 of the plugin, digest of its source, file.\n"
    "# Written by \"cairn lock\". After a merge conflict run that again.\n";
constexpr std::string_view format_word = "format ";
constexpr int format = 1;
constexpr char separator = '\t';   // neither ids nor file names hold control characters
constexpr std::string_view no_digest = "-";
constexpr std::uint64_t most_bytes = 16 * 1024 * 1024;

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  for (std::size_t end = 0; end != line.npos; line.remove_prefix(end == line.npos ? 0 : end + 1)) {
    end = line.find(separator);
    fields.emplace_back(line.substr(0, end));
  }
  return fields;
}

bool is_revision(const std::vector<std::string>& fields) {
  return fields.size() == 4 && !fields[0].empty() && is_digest(fields[1]) && !fields[2].empty() &&
         !fields[3].empty();
}

/// Goes through the lines and gathers what makes no sense.
class LockReader {
 public:
  LockReader(const std::string& text, const std::filesystem::path& file) : text_(text), file_(file) {}

  std::vector<LockedRevision> read() {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      ++line_;
      take(text_.substr(begin, end - begin));
      begin = end + 1;
    }
    if (!has_format_) problem("does not say its format");
    throw_all(std::move(problems_));
    return std::move(revisions_);
  }

 private:
  void take(const std::string& line) {
    if (line.empty() || line.starts_with('#')) return;
    if (line.starts_with(format_word) && !has_format_) return take_format(line);
    const std::vector<std::string> fields = fields_of(line);
    if (!has_format_) problem("does not begin with its format");
    else if (!is_revision(fields)) problem("has a line that is no revision");
    else if (!ids_.insert(fields[0]).second) problem(fmt::format("names revision \"{}\" twice", printable(fields[0], 100)));
    else revisions_.push_back({fields[0], fields[1], fields[2] == no_digest ? "" : fields[2], fields[3], {}});
    has_format_ = true;   // said once
  }

  void take_format(const std::string& line) {
    int number = 0;
    const char* const begin = line.data() + format_word.size();
    const auto [end, wrong] = std::from_chars(begin, line.data() + line.size(), number);
    has_format_ = true;
    if (wrong != std::errc{} || end != line.data() + line.size() || number < 1) return problem("does not say its format");
    if (number > format)
      throw Error(Category::plugin, fmt::format("the lock file is in format {}, and this Cairn reads format {}", number, format))
          .at({.file = file_.string(), .line = line_, .column = 0, .excerpt = {}, .caret = 0})
          .hint("Use the Cairn that wrote it, or a newer one.");
  }

  void problem(const std::string& what) {
    problems_.push_back(Error(Category::plugin, fmt::format("the lock file is damaged: it {}", what))
                            .at({.file = file_.string(), .line = line_, .column = 0, .excerpt = {}, .caret = 0})
                            .hint("Take it from version control again; or, if all plugins are as they should be, write it anew with "
                                  "\"cairn lock\"."));
  }

  const std::string& text_;
  const std::filesystem::path& file_;
  std::size_t line_ = 0;
  bool has_format_ = false;
  std::set<std::string> ids_;
  std::vector<LockedRevision> revisions_;
  std::vector<Error> problems_;
};

}  // namespace

std::string make_lock_text(std::span<const LockedRevision> revisions) {
  std::vector<LockedRevision> sorted(revisions.begin(), revisions.end());
  std::sort(sorted.begin(), sorted.end(), [](const LockedRevision& a, const LockedRevision& b) { return a.id < b.id; });
  std::string text = fmt::format("{}{}{}\n", head, format_word, format);
  for (const LockedRevision& one : sorted)
    text += fmt::format("{}\t{}\t{}\t{}\n", one.id, one.sha256, one.source_digest.empty() ? no_digest : one.source_digest, one.file);
  return text;
}

std::vector<LockedRevision> parse_lock_text(const std::string& text, const std::filesystem::path& file) {
  return LockReader(text, file).read();
}

std::string read_lock_text(const std::filesystem::path& file) {
  try {
    const FileBytes bytes(file.string());
    if (bytes.size() <= most_bytes) return read_all(bytes);
  } catch (Error& error) {
    throw error.prefix(fmt::format("the lock file {} ", file.string()));
  }
  throw Error(Category::plugin, fmt::format("the lock file {} is larger than 16 MiB", file.string()))
      .hint("Name the right file in trust.lock_file.");
}

std::vector<LockedRevision> read_lock_file(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored))
    throw Error(Category::plugin, fmt::format("there is no lock file {}", file.string()))
        .hint("Write it with \"cairn lock\" where the plugins are as they should be, and keep it with them.");
  return parse_lock_text(read_lock_text(file), file);
}

}  // namespace cairn
