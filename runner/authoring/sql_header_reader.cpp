#include "authoring/sql_header_reader.hpp"

#include "authoring/header_text.hpp"
#include "base/text.hpp"
#include "graph/acceptance.hpp"

#include <fmt/core.h>

#include <set>
#include <vector>

namespace cairn {

namespace {

constexpr std::string_view mark = "cairn:";

std::vector<std::string> split_list(const std::string& value) {
  std::vector<std::string> names;
  if (value.empty() || value == "none") return names;
  for (std::size_t start = 0; start <= value.size();) {
    const std::size_t end = std::min(value.find(',', start), value.size());
    names.push_back(squeezed(value.substr(start, end - start)));
    start = end + 1;
  }
  return names;
}

bool is_yes(const std::string& value) { return value == "yes" || value == "true"; }

class HeaderReader {
 public:
  ReadMetadata read(std::string_view text) {
    found_.revision.kind = RevisionKind::sql;
    while (!text.empty() && !found_.problem) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      ++line_;
      if (!take(squeezed(text.substr(0, end)))) break;
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (!found_.problem && found_.revision.id.empty()) found_.problem = {1, "the header states no id"};
    return std::move(found_);
  }

 private:
  /// False at the first line that is no comment.
  bool take(const std::string& line) {
    if (line.empty()) return true;
    if (!line.starts_with("--")) return false;
    const std::string comment = squeezed(line.substr(2));
    if (comment.starts_with(mark)) take_entry(squeezed(comment.substr(mark.size())));
    return true;
  }

  void take_entry(const std::string& entry) {
    const std::size_t equals = entry.find('=');
    if (equals == entry.npos) return refuse("the line is not of the form \"-- cairn: key = value\"");
    const std::string key = squeezed(entry.substr(0, equals));
    if (!seen_.insert(key).second && key != "accept") return refuse(fmt::format("\"{}\" is stated twice", printable(key, 64)));
    if (!take_value(key, squeezed(entry.substr(equals + 1)))) refuse(fmt::format("there is no key \"{}\"", printable(key, 64)));
  }

  bool take_value(const std::string& key, const std::string& value) { return take_text(key, value) || take_other(key, value); }

  bool take_text(const std::string& key, const std::string& value) {
    Revision& r = found_.revision;
    const std::pair<std::string_view, std::string&> texts[] = {
        {"id", r.id}, {"message", r.message}, {"author", r.author}, {"date", r.date},
        {"purpose", r.purpose}, {"phase", r.phase}, {"release", r.release}};
    for (const auto& [name, member] : texts)
      if (key == name) return member = value, true;
    return false;
  }

  bool take_other(const std::string& key, const std::string& value) {
    Revision& r = found_.revision;
    if (key == "down_revision") r.down_revisions = split_list(value);
    else if (key == "depends_on") r.depends_on = split_list(value);
    else if (key == "labels") r.labels = split_list(value);
    else if (key == "accept") r.accepts.push_back(parse_acceptance(value));
    else if (key == "seed") r.seed = is_yes(value);
    else if (key == "irreversible") r.reversible = !is_yes(value);
    else if (key == "retryable") r.retryable = is_yes(value);
    else if (key == "transaction") r.transactional = false;
    else if (key == "estimated_runtime") r.estimated_ms = parse_runtime(value).value_or(0);
    else return key == "min_server_version";
    return true;
  }

  void refuse(std::string text) { found_.problem = {line_, std::move(text)}; }

  ReadMetadata found_;
  std::set<std::string> seen_;
  std::size_t line_ = 0;
};

}  // namespace

ReadMetadata read_sql_header(std::string_view text) { return HeaderReader().read(text); }

}  // namespace cairn
