#pragma once

#include <map>
#include <string>

namespace cairn {

/// The text that a new file is made from. ${name} stands for a value; ${dollar} for a "$" before a brace.
struct TemplateText {
  std::string file;     ///< for messages; empty: it is built in
  std::string text;
};

using TemplateValues = std::map<std::string, std::string, std::less<>>;

/// Throws one Error (configuration) with every "${" that is no placeholder and every unknown one, each with its line.
std::string fill_template(const TemplateText& source, const TemplateValues& values);

}  // namespace cairn
