#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A text of cairn.toml may refer to the environment: ${NAME}. $${ stands for the characters ${ themselves.
struct References {
  std::vector<std::string> names;
  bool well_formed = true;   ///< false: a ${ without a name or without its }
};

References find_references(std::string_view text);

/// How a value is made fit for the text around it, so that it stays one part of it.
enum class Surroundings {
  plain,      ///< as it is
  url,        ///< percent-encoded
  settings,   ///< blanks, quotes and backslashes escaped as libpq reads them
};

/// Of a well-formed database text: a URL, settings, or one reference alone.
Surroundings surroundings_of(std::string_view database);

/// Puts the values in. The text is well-formed and has a value for every name.
std::string replace_references(std::string_view text, Surroundings surroundings,
                               const std::function<std::string(const std::string&)>& value);

}  // namespace cairn
