#include "authoring/revision_id.hpp"

#include "authoring/revision_source.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "graph/name_fault.hpp"

#include <fmt/core.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace cairn {

namespace {

constexpr int most_tries = 100;

bool share_beginning(std::string_view a, std::string_view b) { return a.starts_with(b) || b.starts_with(a); }

bool is_unlike(const RevisionGraph& graph, const std::string& id) {
  return std::none_of(graph.revisions().begin(), graph.revisions().end(), [&](const Revision& revision) {
    return share_beginning(revision.id, id) || std::any_of(revision.labels.begin(), revision.labels.end(),
                                                           [&](const std::string& label) { return share_beginning(label, id); });
  });
}

/// What targets, and the lists that metadata are made of, cannot bear in a name.
std::string fault_of(const std::string& name) {
  if (std::string fault = fault_in_name(name); !fault.empty()) return fault;
  return name.find_first_of(", \"'\\") == name.npos ? "" : "contains a blank, a comma, a quote or a backslash";
}

void require_free_name(const RevisionGraph& graph, std::string_view what, const std::string& name) {
  const std::string fault = fault_of(name);
  if (!fault.empty())
    throw Error(Category::usage, fmt::format("the {} \"{}\" {}", what, printable(name, 64), fault))
        .hint("Use letters, digits and _.");
  const auto node = graph.find(name) ? graph.find(name) : graph.find_label(name);
  if (!node) return;
  const Revision& owner = graph.revision(*node);
  throw Error(Category::graph, fmt::format("the {} \"{}\" is taken", what, name))
      .detail(fmt::format("By revision \"{}\" in {}.", owner.id, owner.origin))
      .hint("Choose another one.");
}

}  // namespace

std::string random_id() {
  std::array<unsigned char, 6> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(Category::internal, fmt::format("the system gives no random bytes: {}", std::generic_category().message(errno)));
  std::string id;
  for (const unsigned char byte : bytes) id += fmt::format("{:02x}", byte);
  return id;
}

std::string make_revision_id(const RevisionGraph& graph, const std::function<std::string()>& source) {
  for (int i = 0; i < most_tries; ++i)
    if (const std::string id = source(); is_unlike(graph, id)) return id;
  throw Error(Category::graph, fmt::format("no free id was found in {} tries", most_tries))
      .hint("A revision with a very short id may be in the way of all others; choose an id yourself with --rev-id.");
}

void require_new_id(const RevisionGraph& graph, const std::string& id) {
  if (length_in_characters(id) > longest_id)
    throw Error(Category::usage, fmt::format("the id \"{}\" has {} characters; the version table holds {}", printable(id, 64),
                                             length_in_characters(id), longest_id))
        .hint("Choose a shorter one.");
  require_free_name(graph, "id", id);
  require_folder_name(id);
}

void require_new_label(const RevisionGraph& graph, const std::string& label) { require_free_name(graph, "label", label); }

}  // namespace cairn
