#include "sql/scanner.hpp"

#include "base/text.hpp"

#include <pg_query.h>

#include <cstdint>
#include <memory>
#include <string_view>

namespace cairn::sql {

namespace {

/// Token numbers of libpg_query 15 (pg_query.proto, enum Token).
enum RawKind : std::uint64_t {
  raw_ident = 258, raw_uident = 259, raw_sconst = 261, raw_usconst = 262, raw_bconst = 263, raw_xconst = 264,
  raw_sql_comment = 275, raw_c_comment = 276,
};

/// Fields of a ScanToken message. Absent fields are zero.
struct RawToken {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::uint64_t kind = 0;
  std::uint64_t keyword = 0;
};

/// Reads protobuf's wire format, of which the answer uses two field types only. The generated header needs
/// protobuf-c's own headers, which Debian's libpg-query-dev does not bring; this is also twice as fast.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : bytes_(bytes) {}

  bool done() const { return position_ >= bytes_.size(); }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !done(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[position_++]);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) break;
    }
    return value;
  }

  std::string_view bytes() {
    const std::size_t length = varint();
    const std::string_view part = bytes_.substr(position_, length);
    position_ += part.size();
    return part;
  }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
};

RawToken read_token(std::string_view bytes) {
  RawToken token;
  for (WireReader wire(bytes); !wire.done();) {
    const std::uint64_t field = wire.varint() >> 3U;
    const std::uint64_t value = wire.varint();
    if (field == 1) token.start = value;
    if (field == 2) token.end = value;
    if (field == 4) token.kind = value;
    if (field == 5) token.keyword = value;
  }
  return token;
}

TokenKind kind_of(const RawToken& raw, char first) {
  switch (raw.kind) {
    case raw_ident: return first == '"' ? TokenKind::name : TokenKind::word;
    case raw_uident: return TokenKind::name;
    case raw_sconst: case raw_usconst: case raw_bconst: case raw_xconst: return TokenKind::string;
    case raw_sql_comment: return TokenKind::comment;
    case raw_c_comment: return TokenKind::block;
    case '(': return TokenKind::open;
    case ')': return TokenKind::close;
    case '.': return TokenKind::dot;
    case ';': return TokenKind::semicolon;
    case '\\': return TokenKind::backslash;
    default: return raw.keyword != 0 ? TokenKind::word : TokenKind::other;
  }
}

/// libpg_query tells wrong ends for U&'' and U&"": they end before the blanks in front of the next token.
void correct_ends(std::vector<Token>& tokens, std::string_view sql) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const char first = sql[tokens[i].begin];
    if ((first != 'U' && first != 'u') || (tokens[i].kind != TokenKind::string && tokens[i].kind != TokenKind::name))
      continue;
    const std::size_t next = i + 1 < tokens.size() ? tokens[i + 1].begin : sql.size();
    tokens[i].end = sql.find_last_not_of(" \t\n\r\f\v", next - 1) + 1;
  }
}

std::vector<Token> read_tokens(std::string_view answer, std::string_view sql) {
  std::vector<Token> tokens;
  for (WireReader wire(answer); !wire.done();) {
    const std::uint64_t tag = wire.varint();
    constexpr std::uint64_t version_tag = 0x08;
    if (tag == version_tag) {
      wire.varint();
      continue;
    }
    const RawToken raw = read_token(wire.bytes());
    if (raw.start >= sql.size() || raw.end > sql.size()) continue;
    tokens.push_back({kind_of(raw, sql[raw.start]), raw.start, raw.end});
  }
  correct_ends(tokens, sql);
  return tokens;
}

ScanFailure read_failure(const PgQueryError& error, std::string_view sql) {
  ScanFailure failure;
  failure.message = error.message != nullptr ? error.message : "";
  // Positions of the server count characters from 1.
  if (error.cursorpos > 0)
    failure.offset = byte_offset_of_character(sql, static_cast<std::size_t>(error.cursorpos) - 1);
  return failure;
}

struct FreeScan {
  void operator()(PgQueryScanResult* result) const { pg_query_free_scan_result(*result); }
};

}  // namespace

Scan scan(const std::string& sql) {
  PgQueryScanResult result = pg_query_scan(sql.c_str());
  const std::unique_ptr<PgQueryScanResult, FreeScan> owner(&result);
  Scan answer;
  if (result.error != nullptr)
    answer.failure = read_failure(*result.error, sql);
  else
    answer.tokens = read_tokens({result.pbuf.data, result.pbuf.len}, sql);
  return answer;
}

}  // namespace cairn::sql
