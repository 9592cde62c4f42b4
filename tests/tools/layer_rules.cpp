#include "tools/layer_rules.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

namespace cairn {

namespace {

std::string without_comments(std::string_view text) {
  std::string code;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("//")) i = std::min(text.find('\n', i), text.size());
    else if (text.substr(i).starts_with("/*")) i = std::min(text.find("*/", i + 2), text.size() - 2) + 2;
    if (i < text.size()) code += text[i];
  }
  return code;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// The words between LINKS and the next keyword or bracket.
std::vector<std::string> linked_layers(const std::string& text) {
  const std::size_t start = text.find(" LINKS ");
  if (start == text.npos) return {};
  const std::string rest = text.substr(start + 7);
  return words_of(rest.substr(0, rest.find_first_of(")ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
}

bool allows(const Rules& rules, const std::string& name, const std::string& word) {
  const auto rule = rules.find(name);
  return rule != rules.end() && rule->second.count(word) > 0;
}

}  // namespace

Rules parse_rules(std::string_view text) {
  Rules rules;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    line = line.substr(0, line.find('#'));
    const std::size_t colon = line.find(": ") == line.npos ? line.rfind(':') : line.find(": ");
    if (colon == line.npos) continue;
    const std::vector<std::string> words = words_of(line.substr(colon + 1));
    rules[line.substr(0, colon)] = std::set<std::string>(words.begin(), words.end());
  }
  return rules;
}

std::vector<std::string> includes_of(std::string_view text) {
  std::vector<std::string> names;
  std::istringstream stream(without_comments(text));
  for (std::string line; std::getline(stream, line);) {
    std::erase_if(line, [](char c) { return c == ' ' || c == '\t'; });
    const std::size_t open = line.find_first_of("<\"");
    if (!line.starts_with("#include") || open == line.npos) continue;
    const std::string name = line.substr(open + 1);
    names.push_back(name.substr(0, name.find_first_of(">\"")));
  }
  return names;
}

std::string layer_of(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == path.npos ? "main" : std::string(path.substr(0, slash));
}

std::vector<std::string> find_layer_faults(const Rules& layers, const std::vector<SourceFile>& files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : files) {
    const std::string layer = layer_of(file.path);
    if (layers.count(layer) == 0) {
      faults.push_back("runner/" + file.path + ": tools/layers.txt does not know the layer " + layer);
      continue;
    }
    for (const std::string& name : includes_of(file.text)) {
      const std::string other = layer_of(name);
      const bool upwards = name.find("..") != name.npos;
      if (!upwards && (other == "main" || other == layer || layers.count(other) == 0)) continue;
      if (upwards || !allows(layers, layer, other))
        faults.push_back("runner/" + file.path + " includes " + name + ", which " + layer + " may not use");
    }
  }
  return faults;
}

std::vector<std::string> find_door_faults(const Rules& doors, const std::vector<SourceFile>& files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : files)
    for (const std::string& name : includes_of(file.text))
      for (const auto& [library, layers] : doors) {
        if (!name.starts_with(library)) continue;
        const bool everywhere = layers.count("*") > 0 && file.path.ends_with(".cpp");
        if (!everywhere && layers.count(layer_of(file.path)) == 0)
          faults.push_back("runner/" + file.path + " includes " + name + ", which is behind another door");
      }
  return faults;
}

std::vector<std::string> find_link_faults(const Rules& layers, const std::vector<SourceFile>& build_files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : build_files) {
    const std::string layer = layer_of(file.path);
    for (const std::string& other : linked_layers(file.text))
      if (!allows(layers, layer, other))
        faults.push_back("runner/" + file.path + " links " + other + ", which " + layer + " may not use");
  }
  return faults;
}

std::vector<std::string> find_name_faults(const std::vector<SourceFile>& headers) {
  static const std::regex space(R"(^namespace ([\w:]+) \{)");
  static const std::regex type(R"(^(?:struct|class|enum class) (\w+)[^;]*$)");
  std::map<std::string, std::string> found;
  std::vector<std::string> faults;
  for (const SourceFile& header : headers) {
    std::istringstream lines(header.text);
    std::string name;
    std::smatch match;
    for (std::string line; std::getline(lines, line);) {
      if (std::regex_search(line, match, space)) name = match[1];
      if (!std::regex_search(line, match, type)) continue;
      const auto [first, is_new] = found.emplace(name + "::" + match[1].str(), header.path);
      if (!is_new) faults.push_back("runner/" + first->second + " and runner/" + header.path + " both define " + first->first);
    }
  }
  return faults;
}

}  // namespace cairn
