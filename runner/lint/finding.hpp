#pragma once

#include "base/error.hpp"
#include "graph/revision.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cairn {

enum class Level { note, warning, error };

/// Something that a rule has to say about a revision, or about the history.
struct Finding {
  std::string rule;                    ///< id of a Rule
  Level level = Level::warning;
  std::string revision;                ///< its id; empty: the history as a whole
  std::optional<Direction> direction;  ///< of the step it was seen in; none: it is not about a step
  std::string what;                    ///< one factual line: "public.users cannot be written while its index users_email is built"
  Place place;                         ///< of the statement; line 0: none
  std::string statement;               ///< its text, or empty
  std::string accepted;                ///< the reason that the revision gives for accepting it; empty: it is not accepted
};

/// What a finding is about, for people: the same for each of its kind.
struct Rule {
  std::string_view id;                 ///< "index-blocks-writes"; never changes once released
  Level level;                         ///< unless cairn.toml sets another
  std::string_view title;              ///< "an index is built while writes wait"
  std::string_view why;                ///< one or two sentences
  std::string_view instead;            ///< the safe way, in one or two sentences or a line of SQL
};

/// All of them: what statements do (hazards), what the project demands (policies), what the ladder proves.
std::span<const Rule> rules();
std::span<const Rule> hazard_rules();
std::span<const Rule> policy_rules();
std::span<const Rule> ladder_rules();

const Rule* find_rule(std::string_view id);

std::string_view name_of(Level level);

}  // namespace cairn
