#pragma once

#include <cairn/text.hpp>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

/// A list of at most 16 texts: {"a", "b"} or just "a". The constructor takes its items by reference
/// since g++ 12 refuses std::initializer_list members in a constexpr aggregate.
struct List {
  static constexpr uint32_t capacity = 16;
  Text items[capacity] = {};
  uint32_t size = 0;

  constexpr List() = default;
  template <class... Items>
  constexpr List(const Items&... texts) : items{Text(texts)...}, size(sizeof...(Items)) {
    static_assert(sizeof...(Items) <= capacity, "a list in a revision's metadata holds at most 16 texts");
  }
};

/// What a revision says of itself. The members are named in this order (a rule of C++):
/// CAIRN_REVISION(.id = "37a02ec8662a", .down_revision = {"000000000001"}, .message = "init schema")
struct Metadata {
  Text id = {};                   ///< 1 to 32 characters; none of @ - + : , quotes and blanks
  List down_revision = {};        ///< the parents: none for a base, several for a merge
  Text message = {};
  Text author = {};
  Text date = {};                 ///< 2025-11-30, a time may follow
  Text purpose = {};
  uint32_t estimated_ms = 0;      ///< 0: not stated
  List labels = {};
  List depends_on = {};           ///< ids or labels that must be applied before
  bool seed = false;              ///< data, not schema
  bool non_transactional = false; ///< runs outside a transaction, one statement at a time
  bool not_retryable = false;     ///< never run again by itself after a lock timeout
  Text phase = {};                ///< "expand", "switch" or "contract"
  Text release = {};
  uint32_t min_server_version = 0;///< as server_version_num: 150000 for PostgreSQL 15
  bool verify = false;            ///< there is a function verify(cairn::Database&)
  List accept = {};               ///< findings of a smoke run that are meant so: {"column-dropped: nobody has read it since v2"}
};

namespace detail {

constexpr uint64_t characters(Text text) {
  uint64_t count = 0;
  for (uint64_t i = 0; i < text.size; ++i)
    if ((static_cast<unsigned char>(text.data[i]) & 0xC0u) != 0x80u) ++count;
  return count;
}

constexpr bool has_any(Text text, Text letters) {
  for (uint64_t i = 0; i < text.size; ++i)
    for (uint64_t j = 0; j < letters.size; ++j)
      if (text.data[i] == letters.data[j]) return true;
  return false;
}

constexpr bool has_control(Text text) {
  for (uint64_t i = 0; i < text.size; ++i)
    if (static_cast<unsigned char>(text.data[i]) < 0x20 || text.data[i] == 0x7F) return true;
  return false;
}

/// Words that mean something else on the command line.
constexpr bool is_reserved(Text name) {
  return name == "head" || name == "heads" || name == "base" || name == "current";
}

constexpr bool is_plain(Text name, Text refused) {
  return !name.empty() && !has_any(name, refused) && !has_control(name);
}

constexpr bool are_ids(const List& list) {
  for (uint32_t i = 0; i < list.size; ++i)
    if (!is_plain(list.items[i], "@-+:, \"'\\") || characters(list.items[i]) > 32) return false;
  return true;
}

constexpr bool are_names(const List& list) {
  for (uint32_t i = 0; i < list.size; ++i)
    if (!is_plain(list.items[i], "@:, \"'\\") || is_reserved(list.items[i])) return false;
  return true;
}

constexpr bool is_date(Text date) {
  const char* const form = "dddd-dd-dd";
  if (date.empty()) return true;
  if (date.size < 10) return false;
  for (int i = 0; i < 10; ++i) {
    const bool digit = date.data[i] >= '0' && date.data[i] <= '9';
    if (form[i] == 'd' ? !digit : date.data[i] != '-') return false;
  }
  return date.size == 10 || date.data[10] == 'T' || date.data[10] == ' ';
}

/// "rule: reason". Which rules there are is known to the runner, not here.
constexpr bool is_acceptance(Text text) {
  uint64_t at = 0;
  while (at < text.size && (text.data[at] == '-' || (text.data[at] >= 'a' && text.data[at] <= 'z'))) ++at;
  if (at == 0 || at == text.size || text.data[at] != ':' || has_control(text)) return false;
  for (++at; at < text.size; ++at)
    if (text.data[at] != ' ') return true;
  return false;
}

constexpr bool are_acceptances(const List& list) {
  for (uint32_t i = 0; i < list.size; ++i)
    if (!is_acceptance(list.items[i])) return false;
  return true;
}

constexpr bool is_phase(Text phase) {
  return phase.empty() || phase == "expand" || phase == "switch" || phase == "contract";
}

}  // namespace detail

}  // namespace sdk
}  // namespace cairn

/// The rules that fail the build. Each text says what to do.
#define CAIRN_DETAIL_CHECK(metadata)                                                                               \
  static_assert(!(metadata).id.empty(),                                                                            \
                "this revision has no id: begin its metadata with .id = \"...\", 1 to 32 characters that no other "  \
                "revision uses");                                                                                  \
  static_assert(::cairn::detail::characters((metadata).id) <= 32,                                                  \
                "the id of this revision is longer than 32 characters, which is what alembic_version can hold: "   \
                "shorten .id");                                                                                    \
  static_assert(!::cairn::detail::has_any((metadata).id, "@-+:"),                                                  \
                "the id of this revision contains one of @ - + : which mean something on the command line: use "   \
                "letters, digits and _ in .id");                                                                   \
  static_assert(!::cairn::detail::has_any((metadata).id, ", \"'\\") && !::cairn::detail::has_control((metadata).id), \
                "the id of this revision contains a blank, a comma, a quote, a backslash or a control character: " \
                "use letters, digits and _ in .id");                                                               \
  static_assert(!::cairn::detail::is_reserved((metadata).id),                                                      \
                "head, heads, base and current mean something on the command line: choose another .id");           \
  static_assert(::cairn::detail::are_ids((metadata).down_revision),                                                \
                ".down_revision names something that cannot be an id: write the whole ids of the parents, or "     \
                "leave it out for a base");                                                                        \
  static_assert(::cairn::detail::are_names((metadata).depends_on),                                                 \
                ".depends_on names something that can be neither an id nor a label: write whole ids or labels");   \
  static_assert(::cairn::detail::are_names((metadata).labels),                                                     \
                "a label is empty, contains one of @ : , a blank or a quote, or is head, heads, base or current: " \
                "choose other .labels");                                                                           \
  static_assert(::cairn::detail::is_date((metadata).date),                                                         \
                ".date is not a date: write 2025-11-30, with a time behind it if you like");                       \
  static_assert(::cairn::detail::is_phase((metadata).phase), ".phase is one of expand, switch and contract");      \
  static_assert((metadata).min_server_version == 0 || (metadata).min_server_version >= 90000,                      \
                ".min_server_version is written as server_version_num: 150000 for PostgreSQL 15");                 \
  static_assert(::cairn::detail::are_acceptances((metadata).accept),                                               \
                ".accept holds a rule and why its finding is meant so: \"column-dropped: nobody has read it since v2\"")
