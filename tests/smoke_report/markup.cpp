#include "smoke_report/markup.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace cairn::test {

namespace {

bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 3> names{"meta", "input", "br"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string entity(std::string_view name) {
  static const std::map<std::string_view, std::string> known{{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"#39", "'"}};
  const auto found = known.find(name);
  if (found == known.end()) throw std::runtime_error("unknown entity &" + std::string(name) + ";");
  return found->second;
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') throw std::runtime_error("a bare < in a text");
    if (text[i] != '&') {
      plain += text[i];
      continue;
    }
    const std::size_t end = text.find(';', i);
    if (end == text.npos) throw std::runtime_error("a bare & in a text");
    plain += entity(text.substr(i + 1, end - i - 1));
    i = end;
  }
  return plain;
}

class Reader {
 public:
  Reader(std::string_view text, Dialect dialect) : rest_(text), dialect_(dialect) {}

  void read(Markup& markup) {
    skip_prolog();
    while (!rest_.empty()) {
      if (rest_.starts_with("</")) read_end();
      else if (rest_.starts_with("<")) read_start(markup);
      else read_text(markup);
    }
    if (!open_.empty()) throw std::runtime_error(names_.back() + " is not closed");
  }

 private:
  std::string_view take_to(std::string_view end) {
    const std::size_t at = rest_.find(end);
    if (at == rest_.npos) throw std::runtime_error("no " + std::string(end));
    const std::string_view taken = rest_.substr(0, at);
    rest_.remove_prefix(at + end.size());
    return taken;
  }

  std::string take_name() {
    std::size_t end = 0;
    while (end < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[end])) != 0 || rest_[end] == '-')) ++end;
    if (end == 0) throw std::runtime_error("no name at " + std::string(rest_.substr(0, 30)));
    const std::string name(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return name;
  }

  void skip_prolog() {
    if (rest_.starts_with("<?xml") || rest_.starts_with("<!doctype")) take_to(">\n");
  }

  void read_end() {
    rest_.remove_prefix(2);
    const std::string name = take_name();
    if (take_to(">") != "") throw std::runtime_error("something behind </" + name);
    if (names_.empty() || names_.back() != name) throw std::runtime_error("</" + name + "> closes nothing");
    names_.pop_back();
    open_.pop_back();
  }

  void read_attribute(Element& element) {
    const std::string name = take_name();
    std::string value;
    if (rest_.starts_with("=\"")) {
      rest_.remove_prefix(2);
      value = decoded(take_to("\""));
    } else if (dialect_ == Dialect::xml) {
      throw std::runtime_error("attribute " + name + " without a value");
    }
    if (!element.attributes.emplace(name, value).second) throw std::runtime_error("attribute " + name + " twice");
  }

  void read_start(Markup& markup) {
    rest_.remove_prefix(1);
    Element element{.name = take_name(), .attributes = {}, .text = {}};
    while (rest_.starts_with(" ")) {
      rest_.remove_prefix(1);
      read_attribute(element);
    }
    const bool closed = rest_.starts_with("/>");
    if (!closed && !rest_.starts_with(">")) throw std::runtime_error("<" + element.name + " does not end");
    rest_.remove_prefix(closed ? 2 : 1);
    if (dialect_ == Dialect::html && (element.name == "style" || element.name == "script")) {
      element.text = take_to("</" + element.name + ">");
    } else if (!closed && !(dialect_ == Dialect::html && is_void(element.name))) {
      names_.push_back(element.name);
      open_.push_back(markup.elements.size());
    }
    markup.elements.push_back(std::move(element));
  }

  void read_text(Markup& markup) {
    const std::size_t end = std::min(rest_.find('<'), rest_.size());
    const std::string text = decoded(rest_.substr(0, end));
    rest_.remove_prefix(end);
    if (!open_.empty()) markup.elements[open_.back()].text += text;
    else if (text.find_first_not_of('\n') != text.npos) throw std::runtime_error("text outside of the document");
  }

  std::string_view rest_;
  Dialect dialect_;
  std::vector<std::string> names_;
  std::vector<std::size_t> open_;
};

bool is_forbidden(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }

}  // namespace

std::vector<const Element*> Markup::named(std::string_view name) const {
  std::vector<const Element*> found;
  for (const Element& element : elements)
    if (element.name == name) found.push_back(&element);
  return found;
}

Markup read_markup(std::string_view text, Dialect dialect) {
  Markup markup;
  if (!is_valid_utf8(text)) markup.fault = "it is no UTF-8";
  else if (std::any_of(text.begin(), text.end(), is_forbidden)) markup.fault = "a control character";
  if (!markup.fault.empty()) return markup;
  try {
    Reader(text, dialect).read(markup);
  } catch (const std::runtime_error& fault) {
    markup.fault = fault.what();
  }
  return markup;
}

}  // namespace cairn::test
