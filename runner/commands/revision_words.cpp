#include "commands/revision_words.hpp"

#include "base/text.hpp"
#include "plugin/collection.hpp"
#include "plugin/folder_pattern.hpp"

#include <set>

namespace cairn {

std::string revision_words(const Settings& settings) {
  std::set<std::string> words;
  for (const PluginFile& plugin : collect_plugins(find_folders(settings.plugins)).plugins) {
    words.insert(plugin.revision.id);
    words.insert(plugin.revision.labels.begin(), plugin.revision.labels.end());
  }
  std::string text;
  for (const std::string& word : words) text += word + "\n";
  return text;
}

}  // namespace cairn
