#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// What a person typed to name a point of the history, taken apart but not yet looked up:
///
///   target := [branch '@'] atom [offset]  |  [branch '@'] offset
///   atom   := "heads" | "head" | "base" | id | label | beginning of an id or label
///   offset := ('+' | '-') digits
///
/// Ids and labels contain none of @ - + : so the first of these ends them.
struct Target {
  std::string text;                   ///< as typed, for messages
  std::optional<std::string> branch;  ///< what stands before '@'
  std::string atom;                   ///< empty: relative to the current rows
  std::optional<long> offset;         ///< signed; a number too long to count to is cut at a million

  bool is_relative() const { return offset.has_value(); }
  bool is_base() const { return atom == "base"; }
};

/// Throws TargetError: malformed, or range when there is a ':' in it.
Target parse_target(std::string_view text);

/// "a:b" with either end left out; both are nothing in ":" and "". No ':' in a text that is not empty is an error.
struct TargetRange {
  std::string text;
  std::optional<std::string> from;
  std::optional<std::string> to;
};

TargetRange parse_target_range(std::string_view text);

}  // namespace cairn
