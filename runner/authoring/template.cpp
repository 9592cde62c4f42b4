#include "authoring/template.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <vector>

namespace cairn {

namespace {

constexpr std::string_view opening = "${";

class TemplateFiller {
 public:
  TemplateFiller(const TemplateText& source, const TemplateValues& values) : source_(source), values_(values) {}

  std::string fill() {
    std::size_t at = 0;
    for (std::size_t open = 0; (open = source_.text.find(opening, at)) != std::string::npos;) {
      filled_.append(source_.text, at, open - at);
      at = take_placeholder(open);
    }
    throw_all(std::move(problems_));
    return filled_.append(source_.text, at);
  }

 private:
  /// Where to go on.
  std::size_t take_placeholder(std::size_t open) {
    const std::size_t begin = open + opening.size();
    const std::size_t end = source_.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", begin);
    const bool closed = end != std::string::npos && end > begin && source_.text[end] == '}';
    if (!closed) {
      refuse(open, "a \"${\" begins no placeholder", "Write ${dollar}{ where the file shall hold \"${\".");
      return begin;
    }
    take_name(open, source_.text.substr(begin, end - begin));
    return end + 1;
  }

  void take_name(std::size_t open, const std::string& name) {
    if (name == "dollar") filled_ += '$';
    else if (const auto value = values_.find(name); value != values_.end()) filled_ += value->second;
    else refuse(open, fmt::format("there is no placeholder ${{{}}}", printable(name, 64)), advice(name));
  }

  std::string advice(const std::string& name) const {
    std::vector<std::string> names{"dollar"};
    for (const auto& [known, value] : values_) names.push_back(known);
    if (const auto near = nearest_word(name, names)) return fmt::format("Did you mean ${{{}}}?", *near);
    return fmt::format("The placeholders are {}.", join(names, ", "));
  }

  void refuse(std::size_t at, std::string message, std::string hint) {
    problems_.push_back(Error(Category::configuration, "the template is wrong: " + std::move(message))
                            .at(place_in(source_.text, at, source_.file))
                            .hint(std::move(hint)));
  }

  const TemplateText& source_;
  const TemplateValues& values_;
  std::string filled_;
  std::vector<Error> problems_;
};

}  // namespace

std::string fill_template(const TemplateText& source, const TemplateValues& values) {
  return TemplateFiller(source, values).fill();
}

}  // namespace cairn
