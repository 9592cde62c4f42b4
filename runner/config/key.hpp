#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

enum class KeyKind {
  database, file, environment, name, text, mode, seconds, folder, folders, texts, revision_kind, toggle, owners, severity, gate, levels,
  schemas, release,
};

/// What a key answers to beyond the command line and the environment.
enum class KeyHome { project_file, elsewhere };

/// One thing that can be set: how, and what it means. Parsing, messages, help, `cairn config` and
/// docs/configuration.md come from the rows of this table.
struct ConfigKey {
  std::string_view name;                     ///< as in cairn.toml: "run.lock_wait"
  KeyKind kind = KeyKind::text;
  KeyHome home = KeyHome::project_file;
  std::string_view flag;                     ///< without the dashes; empty: none
  std::string_view letter;
  std::string_view placeholder;              ///< of the flag's value
  std::vector<std::string_view> variables;   ///< of the environment, the stronger first
  std::string_view otherwise;                ///< what holds when nothing sets it
  std::string_view example;                  ///< the line to write in cairn.toml
  std::string_view summary;                  ///< for the flag's help, and the first sentence of the document
  std::string_view details;                  ///< more sentences for the document
};

std::span<const ConfigKey> config_keys();

/// Null when there is none of that name.
const ConfigKey* find_config_key(std::string_view name);

/// More seconds would overflow a count of milliseconds somewhere below, and nobody waits that long.
inline constexpr long most_seconds = 1000000;

/// What a value has to be: "a whole number of seconds from 0 to 1000000".
std::string_view expects(KeyKind kind);

/// True for kinds of which several texts make one value; the environment separates them by ":".
bool is_list(KeyKind kind);

/// True for kinds whose names are the project's own, and each has a value of its own: "variables.home".
bool is_table(KeyKind kind);

/// True for kinds whose default is a value, and not told in words. None of them is a secret.
bool has_plain_default(KeyKind kind);

/// The values there are, with blanks between; empty: any.
std::string_view choices_of(KeyKind kind);

/// What one value of such a table has to be, and an example of it.
std::string_view expects_each(KeyKind kind);
std::string_view example_of_each(KeyKind kind);

/// True when the texts can be a value of that kind, or, of a table, one of its values. Only lists hold several.
bool is_usable(KeyKind kind, std::span<const std::string> texts);

}  // namespace cairn
