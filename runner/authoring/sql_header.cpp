#include "authoring/sql_header.hpp"

#include "authoring/header_text.hpp"
#include "base/text.hpp"
#include "graph/acceptance.hpp"

#include <string_view>
#include <utility>

namespace cairn {

namespace {

class Header {
 public:
  void line(std::string_view key, std::string_view value) {
    text_.append("-- cairn: ").append(key).append(" = ").append(squeezed(value)).append("\n");
  }
  void optional(std::string_view key, std::string_view value) {
    if (!squeezed(value).empty()) line(key, value);
  }
  void when(bool stated, std::string_view key, std::string_view value) {
    if (stated) line(key, value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string sql_header(const Revision& revision) {
  Header header;
  header.line("id", revision.id);
  header.line("down_revision", revision.down_revisions.empty() ? "none" : join(revision.down_revisions, ", "));
  header.optional("depends_on", join(revision.depends_on, ", "));
  header.optional("labels", join(revision.labels, ", "));
  header.optional("message", revision.message);
  header.optional("author", revision.author);
  header.optional("date", revision.date);
  header.optional("purpose", revision.purpose);
  header.when(revision.estimated_ms > 0, "estimated_runtime", runtime_text(revision.estimated_ms));
  header.optional("phase", revision.phase);
  header.optional("release", revision.release);
  header.when(revision.min_server_version > 0, "min_server_version", std::to_string(revision.min_server_version));
  header.when(!revision.transactional, "transaction", "none");
  header.when(!revision.retryable, "retryable", "no");
  header.when(!revision.reversible, "irreversible", "yes");
  header.when(revision.seed, "seed", "yes");
  for (const Acceptance& acceptance : revision.accepts) header.line("accept", acceptance_text(acceptance));
  return header.take();
}

}  // namespace cairn
