#include "support/fake_channel.hpp"

#include <algorithm>
#include <cctype>

namespace cairn::test {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Behind the quoted part, comment or character that starts at `at`.
std::size_t skip_token(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view closing, std::size_t from) {
    const std::size_t end = text.find(closing, from);
    return end == std::string_view::npos ? text.size() : end + closing.size();
  };
  if (text[at] == '\'' || text[at] == '"') return behind(text.substr(at, 1), at + 1);
  if (text.substr(at).starts_with("--")) return behind("\n", at);
  if (text[at] != '$' || (at > 0 && is_word(text[at - 1]))) return at + 1;
  std::size_t end = at + 1;
  while (end < text.size() && is_word(text[end])) ++end;
  if (end >= text.size() || text[end] != '$') return at + 1;
  return behind(text.substr(at, end + 1 - at), end + 1);
}

/// Without white space at both ends and without line comments in front.
std::string trimmed(std::string_view text) {
  std::size_t begin = text.find_first_not_of(" \t\r\n");
  while (begin != std::string_view::npos && text.substr(begin).starts_with("--")) {
    begin = text.find_first_not_of(" \t\r\n", skip_token(text, begin));
  }
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

std::vector<std::string> cut(std::string_view text) {
  std::vector<std::string> statements;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    std::string statement = trimmed(text.substr(begin, end - begin));
    if (!statement.empty()) statements.push_back(std::move(statement));
    begin = end + 1;
  };
  for (std::size_t at = 0; at < text.size(); at = skip_token(text, at)) {
    if (text[at] == ';') take(at);
  }
  take(text.size());
  return statements;
}

std::vector<std::string> leading_words(const std::string& statement) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (words.size() < 4 && at < statement.size()) {
    std::string word;
    for (; at < statement.size() && is_word(statement[at]); ++at) {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(statement[at])));
    }
    words.push_back(word);
    while (at < statement.size() && std::isspace(static_cast<unsigned char>(statement[at])) != 0) ++at;
    if (word.empty()) break;
  }
  words.resize(4);
  return words;
}

/// What the server would say after a statement that touched nothing.
std::string tag_of(const std::string& statement) {
  const auto words = leading_words(statement);
  const std::string& first = words[0];
  if (first == "INSERT") return "INSERT 0 0";
  if (first == "UPDATE" || first == "DELETE" || first == "SELECT" || first == "COPY") return first + " 0";
  if (first == "WITH" || first == "VALUES" || first == "TABLE") return "SELECT 0";
  if (first == "START") return "START TRANSACTION";
  if (first == "END") return "COMMIT";
  if (first == "ROLLBACK" || first == "ABORT") return "ROLLBACK";
  if (first == "DISCARD") return "DISCARD " + words[1];
  if (first == "DEALLOCATE" || first == "CLOSE") return first + (words[1] == "ALL" ? " ALL" : "");
  if (first == "CREATE" && words[1] == "OR") return "CREATE " + words[3];
  if (first == "CREATE" && words[1] == "UNIQUE") return "CREATE " + words[2];
  if (first == "CREATE" || first == "DROP" || first == "ALTER") return first + " " + words[1];
  return first;
}

bool returns_to_savepoint(const std::string& statement) {
  const auto words = leading_words(statement);
  return words[0] == "ROLLBACK" && (words[1] == "TO" || words[2] == "TO");
}

}  // namespace

bool FakeChannel::sent(const std::string& text) const {
  return std::any_of(texts_.begin(), texts_.end(), [&](const auto& one) { return one.find(text) != std::string::npos; });
}

FakeChannel& FakeChannel::refuse(std::string occurs, std::string sqlstate) {
  refusals_.push_back({std::move(occurs), std::move(sqlstate), true});
  return *this;
}

FakeChannel& FakeChannel::refuse_anywhere(std::string occurs, std::string sqlstate) {
  refusals_.push_back({std::move(occurs), std::move(sqlstate), false});
  return *this;
}

std::optional<ServerFailure> FakeChannel::find_refusal(const std::string& text) const {
  for (const Refusal& refusal : refusals_) {
    const std::size_t at = text.find(refusal.occurs);
    if (at == std::string::npos) continue;
    const auto characters = std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return ServerFailure{refusal.sqlstate, "refused", {}, {}, {},
                         refusal.placed ? static_cast<std::size_t>(characters) + 1 : 0};
  }
  return std::nullopt;
}

FakeChannel::Rule* FakeChannel::find_rule(const std::string& statement) {
  for (Rule& rule : rules_) {
    if (rule.uses == 0 || statement.find(rule.occurs) == std::string::npos) continue;
    --rule.uses;
    return &rule;
  }
  return nullptr;
}

/// Gives the tag of a statement that succeeds: a failed transaction answers COMMIT with ROLLBACK.
std::string FakeChannel::follow_transaction(const std::string& statement) {
  const std::string tag = tag_of(statement);
  const bool ends = (tag == "COMMIT" || tag == "ROLLBACK") && !returns_to_savepoint(statement);
  const bool undone = ends && failed_;
  if (tag == "BEGIN" || tag == "START TRANSACTION") in_transaction_ = true;
  if (ends) in_transaction_ = false;
  if (tag == "COMMIT" || tag == "ROLLBACK") failed_ = false;
  return undone ? "ROLLBACK" : tag;
}

std::optional<ServerFailure> FakeChannel::failure_of(const std::string& statement, const Rule* rule) const {
  const std::string tag = tag_of(statement);
  if (failed_ && tag != "COMMIT" && tag != "ROLLBACK") {
    return ServerFailure{"25P02", "current transaction is aborted, commands ignored until end of transaction block",
                         {}, {}, {}, 0};
  }
  return rule != nullptr ? rule->failure : std::nullopt;
}

/// Answers one statement; false when the rest of the text is not reached.
bool FakeChannel::run_statement(const std::string& statement, Reply& reply) {
  statements_.push_back(statement);
  const Rule* rule = find_rule(statement);
  if (rule != nullptr && rule->lost) {
    lost_ = reply.lost = true;
    in_transaction_ = failed_ = false;
    return false;
  }
  reply.failure = failure_of(statement, rule);
  if (reply.failure) {
    failed_ = in_transaction_;
    return false;
  }
  Result result = rule != nullptr ? *rule->result : Result{};
  const std::string tag = follow_transaction(statement);
  if (result.tag.empty()) result.tag = tag;
  reply.results.push_back(std::move(result));
  return true;
}

Reply FakeChannel::exchange(const Message& message) {
  Reply reply;
  if (lost_) {
    reply.lost = true;
    return reply;
  }
  ++round_trips_;
  texts_.push_back(message.text);
  messages_.push_back(message);
  for (const std::string_view data : message.copies) copied_.emplace_back(data);
  if (on_text_) on_text_(message.text);
  if ((reply.failure = find_refusal(message.text))) {
    failed_ = in_transaction_;
    return reply;
  }
  for (const std::string& statement : cut(message.text)) {
    if (!run_statement(statement, reply)) break;
  }
  return reply;
}

Reply FakeChannel::begin_copy_in(const std::string& statement) {
  Reply reply = exchange({statement, {}, {}});
  reply.results.clear();  // an open copy has no result yet
  if (!reply.failure && !reply.lost) copied_.emplace_back();
  return reply;
}

bool FakeChannel::write_copy(std::string_view data) {
  if (lost_ || copied_.empty()) return false;
  copied_.back() += data;
  return true;
}

Reply FakeChannel::end_copy_in(const std::optional<std::string>& abort_reason) {
  ++round_trips_;
  Reply reply;
  reply.lost = lost_;
  if (lost_) return reply;
  if (abort_reason) {
    copied_.pop_back();
    failed_ = in_transaction_;
    reply.failure = ServerFailure{"57014", "COPY from stdin failed: " + *abort_reason, {}, {}, {}, 0};
    return reply;
  }
  const auto lines = std::count(copied_.back().begin(), copied_.back().end(), '\n');
  reply.results.push_back({"COPY " + std::to_string(lines), {}, {}});
  return reply;
}

void FakeChannel::sends(std::vector<std::string> pieces, std::optional<ServerFailure> at_the_end) {
  pieces_ = std::move(pieces);
  end_of_pieces_ = std::move(at_the_end);
}

Reply FakeChannel::begin_copy_out(const std::string& statement) {
  Reply reply = exchange({statement, {}, {}});
  reply.results.clear();
  pieces_read_ = 0;
  return reply;
}

std::string_view FakeChannel::read_copy() {
  const std::size_t at = pieces_read_++;
  return at < pieces_.size() ? std::string_view(pieces_[at]) : std::string_view();
}

Reply FakeChannel::end_copy_out() {
  ++round_trips_;
  Reply reply;
  reply.lost = lost_;
  if (lost_) return reply;
  const ServerFailure stopped{"57014", "canceling statement due to user request", {}, {}, {}, 0};
  reply.failure = pieces_read_ > pieces_.size() ? end_of_pieces_ : stopped;
  if (reply.failure) failed_ = in_transaction_;
  else reply.results.push_back({"COPY " + std::to_string(pieces_.size()), {}, {}});
  return reply;
}

}  // namespace cairn::test
