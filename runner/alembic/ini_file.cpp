#include "alembic/ini_file.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr int deepest = 10;
constexpr int most_fillings = 10000;
constexpr std::size_t longest_value = 64 * 1024;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\f\v");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\f\v") - begin + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) result.append(c == '%' ? 2 : 1, c);
  return result;
}

class IniReader {
 public:
  IniReader(const InputText& input, std::string_view section, const IniSection& given)
      : input_(input), section_(section) {
    for (const auto& [key, value] : given) values_[key] = escaped(value);
  }

  IniSection read() {
    for (std::size_t begin = 0; begin < input_.text.size();) {
      const std::size_t end = std::min(input_.text.find('\n', begin), input_.text.size());
      take_line(begin, input_.view(begin, end));
      begin = end + 1;
    }
    if (!found_) return {};
    for (const auto& [key, value] : defaults_) values_[key] = value;
    for (const auto& [key, value] : own_) values_[key] = value;
    IniSection filled;
    for (const auto& [key, value] : values_) filled[key] = fill_in(key, value, 0);
    return filled;
  }

 private:
  void take_line(std::size_t offset, std::string_view line) {
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') return;
    const bool indented = line.front() == ' ' || line.front() == '\t';
    if (indented && last_ != nullptr) {
      last_->append("\n").append(content);
    } else if (content.front() == '[' && content.find(']') != content.npos) {
      open(content.substr(1, content.find(']') - 1));
    } else {
      take_key(offset, content);
    }
  }

  void open(std::string_view name) {
    target_ = name == section_ ? &own_ : name == "DEFAULT" ? &defaults_ : &others_;
    found_ = found_ || name == section_;
    last_ = nullptr;
  }

  void take_key(std::size_t offset, std::string_view content) {
    const std::size_t sign = content.find_first_of("=:");
    if (target_ == nullptr || sign == content.npos || sign == 0)
      throw problem_at(input_, offset, "this line of the .ini file cannot be read").hint("Write key = value below a [section].");
    const std::string key = lower(trimmed(content.substr(0, sign)));
    last_ = &((*target_)[key] = trimmed(content.substr(sign + 1)));
    offsets_[key] = offset;
  }

  [[noreturn]] void refuse(const std::string& key, const std::string& why) const {
    const auto offset = offsets_.find(key);
    throw problem_at(input_, offset == offsets_.end() ? 0 : offset->second, fmt::format("{} cannot be read: {}", printable(key, 60), why))
        .hint("Write %% for a plain percent sign.");
  }

  /// "%(name)s" is the value of another key, "%%" a percent sign. What is left alone here is not for paths anyway.
  std::string fill_in(const std::string& key, std::string_view value, int depth) {
    if (depth > deepest || ++fillings_ > most_fillings) refuse(key, "it refers to itself, or to too many others");
    std::string filled;
    while (!value.empty()) {
      const std::size_t percent = std::min(value.find('%'), value.size());
      filled.append(value.substr(0, percent));
      value.remove_prefix(percent);
      if (filled.size() > longest_value) refuse(key, "it is too long");
      if (value.starts_with("%(") && value.find(")s") != value.npos) {
        const std::string name = lower(value.substr(2, value.find(")s") - 2));
        const auto other = values_.find(name);
        filled += other == values_.end() ? std::string(value.substr(0, value.find(")s") + 2)) : fill_in(name, other->second, depth + 1);
        value.remove_prefix(value.find(")s") + 2);
      } else if (!value.empty()) {
        filled += '%';
        value.remove_prefix(value.starts_with("%%") ? 2 : 1);
      }
    }
    return filled;
  }

  const InputText& input_;
  std::string_view section_;
  IniSection values_;
  IniSection defaults_, own_, others_;
  IniSection* target_ = nullptr;
  std::string* last_ = nullptr;
  std::map<std::string, std::size_t, std::less<>> offsets_;
  bool found_ = false;
  int fillings_ = 0;
};

}  // namespace

IniSection parse_ini_section(const InputText& input, std::string_view section, const IniSection& given) {
  return IniReader(input, section, given).read();
}

}  // namespace cairn
