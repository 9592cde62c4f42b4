#include "authoring/cpp_metadata.hpp"

#include "authoring/header_text.hpp"
#include "graph/acceptance.hpp"

#include <utility>
#include <vector>

namespace cairn {

namespace {

constexpr std::size_t widest_line = 100;

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + cpp_literal(name);
  return "{" + text + "}";
}

std::vector<std::string> acceptance_texts(const Revision& revision) {
  std::vector<std::string> texts;
  for (const Acceptance& acceptance : revision.accepts) texts.push_back(squeezed(acceptance_text(acceptance)));
  return texts;
}

class Members {
 public:
  void add(std::string_view name, const std::string& value) {
    members_.push_back(std::string(".").append(name).append(" = ").append(value));
  }
  void text(std::string_view name, const std::string& value) {
    if (!squeezed(value).empty()) add(name, cpp_literal(squeezed(value)));
  }
  void list(std::string_view name, const std::vector<std::string>& names) {
    if (!names.empty()) add(name, list_of(names));
  }
  void number(std::string_view name, std::uint32_t value) {
    if (value > 0) add(name, std::to_string(value));
  }
  void when(bool stated, std::string_view name) {
    if (stated) add(name, "true");
  }

  /// As many to a line as fit.
  std::string laid_out() const {
    std::string text, line;
    for (const std::string& member : members_) {
      if (!line.empty() && line.size() + member.size() > widest_line) text += std::exchange(line, "") + ",\n    ";
      line += (line.empty() ? "" : ", ") + member;
    }
    return text + line;
  }

 private:
  std::vector<std::string> members_;
};

}  // namespace

std::string cpp_literal(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal + '"';
}

std::string cpp_metadata(const Revision& revision) {
  Members members;
  members.add("id", cpp_literal(revision.id));
  members.list("down_revision", revision.down_revisions);
  members.text("message", revision.message);
  members.text("author", revision.author);
  members.text("date", revision.date);
  members.text("purpose", revision.purpose);
  members.number("estimated_ms", revision.estimated_ms);
  members.list("labels", revision.labels);
  members.list("depends_on", revision.depends_on);
  members.when(revision.seed, "seed");
  members.when(!revision.transactional, "non_transactional");
  members.when(!revision.retryable, "not_retryable");
  members.text("phase", revision.phase);
  members.text("release", revision.release);
  members.number("min_server_version", revision.min_server_version);
  members.when(revision.has_verify, "verify");
  members.list("accept", acceptance_texts(revision));
  return members.laid_out();
}

}  // namespace cairn
