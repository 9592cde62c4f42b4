#include "support/graph_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace cairn::test {

namespace {

/// Reads one word such as "a,b[x]>c(d)!>e".
class WordReader {
 public:
  WordReader(std::string_view text, std::vector<Revision>& revisions) : text_(text), revisions_(revisions) {}

  void read() {
    std::vector<std::string> parents;
    for (;;) {
      std::vector<std::string> group = read_group(parents);
      if (at_ == text_.size()) return;
      expect('>');
      parents = std::move(group);
    }
  }

 private:
  std::vector<std::string> read_group(const std::vector<std::string>& parents) {
    std::vector<std::string> ids;
    do {
      ids.push_back(read_revision(parents));
    } while (accept(','));
    return ids;
  }

  std::string read_revision(const std::vector<std::string>& parents) {
    const std::string id = read_name();
    Revision& revision = accept('=') ? (read_name(), add(id)) : find_or_add(id);
    for (const std::string& parent : parents) revision.down_revisions.push_back(parent);
    if (accept('[')) revision.labels = read_list(']');
    if (accept('(')) revision.depends_on = read_list(')');
    if (accept('!')) revision.reversible = false;
    return id;
  }

  Revision& find_or_add(const std::string& id) {
    for (Revision& revision : revisions_)
      if (revision.id == id) return revision;
    return add(id);
  }

  Revision& add(const std::string& id) {
    Revision revision;
    revision.id = id;
    revision.message = "make " + id;
    revision.origin = id + "." + std::to_string(revisions_.size()) + ".so";
    return revisions_.emplace_back(std::move(revision));
  }

  std::vector<std::string> read_list(char end) {
    std::vector<std::string> names;
    do {
      names.push_back(read_name());
    } while (accept(','));
    expect(end);
    return names;
  }

  std::string read_name() {
    const std::size_t end = std::min(text_.find_first_of(",[]()>!=", at_), text_.size());
    const std::string name(text_.substr(at_, end - at_));
    at_ = end;
    return name;
  }

  bool accept(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void expect(char c) {
    if (!accept(c)) throw std::invalid_argument("bad graph text: " + std::string(text_));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Revision>& revisions_;
};

}  // namespace

std::vector<std::string> words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> found;
  for (std::string word; stream >> word;) found.push_back(word);
  return found;
}

std::vector<Revision> revisions_of(std::string_view text) {
  std::vector<Revision> revisions;
  for (const std::string& word : words(text)) WordReader(word, revisions).read();
  return revisions;
}

RevisionGraph graph_of(std::string_view text) { return RevisionGraph(revisions_of(text)); }

std::string steps_text(const Plan& plan) {
  std::vector<std::string> steps;
  for (const Step& step : plan.steps)
    steps.push_back((step.direction == Direction::up ? "+" : "-") + step.revision->id);
  return join(steps, " ");
}

std::string ids_text(const RevisionGraph& graph, const std::vector<Node>& nodes) {
  std::vector<std::string> ids;
  for (const Node node : nodes) ids.push_back(graph.revision(node).id);
  return join(ids, " ");
}

}  // namespace cairn::test
