#include "authoring/cpp_metadata_reader.hpp"

#include "authoring/cpp_tokens.hpp"
#include "base/text.hpp"
#include "graph/acceptance.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

namespace cairn {

namespace {

/// What stands behind ".name =".
struct Value {
  std::vector<std::string> texts;
  std::string word;                ///< a number, true or false
};

class CppMetadataReader {
 public:
  explicit CppMetadataReader(std::vector<CppToken> tokens) : tokens_(std::move(tokens)) {}

  std::optional<ReadMetadata> read() {
    while (at_ < tokens_.size() && !is_revision(here())) step_to_revision();
    if (at_ >= tokens_.size()) return std::nullopt;
    found_.revision.reversible = here().text == "CAIRN_REVISION";
    ++at_;
    expect("(");
    while (!found_.problem && !accept(")")) take_member();
    if (!found_.problem && found_.revision.id.empty()) refuse("no .id is stated");
    return std::move(found_);
  }

 private:
  static bool is_revision(const CppToken& token) {
    return token.kind == CppTokenKind::word && (token.text == "CAIRN_REVISION" || token.text == "CAIRN_IRREVERSIBLE_REVISION");
  }

  void step_to_revision() {
    const bool conditional = is("#") && at_ + 1 < tokens_.size() && tokens_[at_ + 1].text.starts_with("if");
    if (conditional) refuse("an #if stands above the metadata");
    ++at_;
  }

  const CppToken& here() const {
    static const CppToken end{CppTokenKind::unread, "", 0};
    return at_ < tokens_.size() ? tokens_[at_] : end;
  }
  bool is(std::string_view sign) const { return here().kind == CppTokenKind::sign && here().text == sign; }
  bool accept(std::string_view sign) { return is(sign) && ++at_ > 0; }
  void expect(std::string_view sign) {
    if (!accept(sign)) refuse(fmt::format("there is no \"{}\" where one belongs", sign));
  }

  void refuse(std::string text) {
    if (found_.problem) return;
    found_.problem = {at_ < tokens_.size() || tokens_.empty() ? here().line : tokens_.back().line, std::move(text)};
  }

  void take_member() {
    expect(".");
    const std::string name = printable(here().text, 64);
    ++at_;
    expect("=");
    const std::optional<Value> value = found_.problem ? std::nullopt : take_value();
    if (!value) return refuse(fmt::format(".{} is not written out", name));
    if (!store(name, *value)) return refuse(fmt::format("there is no .{}, or its value is of another type", name));
    if (!is(")")) expect(",");
  }

  std::optional<Value> take_value() {
    Value value;
    if (here().kind == CppTokenKind::word) return value.word = tokens_[at_++].text, value;
    if (here().kind == CppTokenKind::string) return value.texts.push_back(take_text()), value;
    if (!accept("{")) return std::nullopt;
    while (!accept("}")) {
      if (here().kind != CppTokenKind::string) return std::nullopt;
      value.texts.push_back(take_text());
      if (!is("}") && !accept(",")) return std::nullopt;
    }
    return value;
  }

  /// Literals that stand side by side are one.
  std::string take_text() {
    std::string text;
    while (here().kind == CppTokenKind::string) text += tokens_[at_++].text;
    return text;
  }

  bool store(const std::string& name, const Value& value) {
    return store_list(name, value) || store_text(name, value) || store_word(name, value.word);
  }

  bool store_list(const std::string& name, const Value& value) {
    Revision& r = found_.revision;
    const std::pair<std::string_view, std::vector<std::string>&> lists[] = {
        {"down_revision", r.down_revisions}, {"labels", r.labels}, {"depends_on", r.depends_on}};
    for (const auto& [key, member] : lists)
      if (name == key && value.word.empty()) return member = value.texts, true;
    if (name != "accept" || !value.word.empty()) return false;
    for (const std::string& text : value.texts) r.accepts.push_back(parse_acceptance(text));
    return true;
  }

  bool store_text(const std::string& name, const Value& value) {
    Revision& r = found_.revision;
    const std::pair<std::string_view, std::string&> texts[] = {
        {"id", r.id}, {"message", r.message}, {"author", r.author}, {"date", r.date},
        {"purpose", r.purpose}, {"phase", r.phase}, {"release", r.release}};
    for (const auto& [key, member] : texts)
      if (name == key && value.texts.size() == 1) return member = value.texts.front(), true;
    return false;
  }

  static std::uint32_t number_in(const std::string& word) {
    return static_cast<std::uint32_t>(std::strtoul(word.c_str(), nullptr, 0));
  }

  bool store_word(const std::string& name, const std::string& word) {
    Revision& r = found_.revision;
    const bool yes = word == "true";
    if (name == "estimated_ms") r.estimated_ms = number_in(word);
    else if (name == "min_server_version") r.min_server_version = number_in(word);
    else if (!yes && word != "false") return false;
    else if (name == "seed") r.seed = yes;
    else if (name == "non_transactional") r.transactional = !yes;
    else if (name == "not_retryable") r.retryable = !yes;
    else if (name == "verify") r.has_verify = yes;
    else return false;
    return true;
  }

  std::vector<CppToken> tokens_;
  std::size_t at_ = 0;
  ReadMetadata found_;
};

}  // namespace

std::optional<ReadMetadata> read_cpp_metadata(std::string_view source) { return CppMetadataReader(split_cpp(source)).read(); }

}  // namespace cairn
