#include "plugin/body_reader.hpp"

#include "base/error.hpp"

namespace cairn {

namespace {

/// The SQL of a file is the plugin's fault, where the same text in execute() is the revision's.
Error as_plugin_error(Error error) {
  Error whole = Error(Category::plugin, error.message()).detail(error.detail()).hint(error.hint());
  if (error.place()) whole.at(*error.place());
  for (const std::string& line : error.context()) whole.context(line);
  for (const Error& other : error.also()) whole.also(as_plugin_error(other));
  return whole;
}

}  // namespace

Body read_body(const PluginFile& plugin, std::uint32_t note_type) {
  const std::string text = read_sql_text(plugin, note_type);
  try {
    return parse_body(sql_source_name(plugin, note_type), text);
  } catch (const Error& error) {
    throw as_plugin_error(error);
  }
}

}  // namespace cairn
