#include "alembic/version_row.hpp"

#include "sql/lexer.hpp"

namespace cairn {

namespace {

using sql::Token;
using sql::TokenKind;

/// Reads tokens one after the other; the first that does not fit ends it for good.
class RowReader {
 public:
  RowReader(std::string_view script, const OfflineStatement& statement) : script_(script), statement_(statement) {}

  RowReader& words(std::initializer_list<std::string_view> upper) {
    for (const std::string_view word : upper) {
      fits_ = fits_ && here() != nullptr && sql::is_word(script_, *here(), word);
      ++index_;
    }
    return *this;
  }

  RowReader& sign(std::string_view text) {
    fits_ = fits_ && here() != nullptr && text_of(*here()) == text;
    ++index_;
    return *this;
  }

  /// A name with or without a schema, as written.
  RowReader& name(std::string& into) {
    into.clear();
    take_part(into);
    while (here() != nullptr && here()->kind == TokenKind::dot) {
      into += '.';
      ++index_;
      take_part(into);
    }
    return *this;
  }

  /// A constant in single quotes; newer versions of SQLAlchemy may cast it.
  RowReader& id(std::string& into) {
    fits_ = fits_ && here() != nullptr && here()->kind == TokenKind::string && text_of(*here()).starts_with('\'');
    if (fits_) into = unquoted(text_of(*here()));
    ++index_;
    if (here() != nullptr && text_of(*here()) == "::") skip_cast();
    return *this;
  }

  bool at_end() const { return fits_ && index_ == statement_.tokens.size() && !statement_.cut_short; }
  bool fits() const { return fits_; }
  bool more() const { return fits_ && here() != nullptr; }

 private:
  const Token* here() const { return index_ < statement_.tokens.size() ? &statement_.tokens[index_] : nullptr; }
  std::string_view text_of(const Token& token) const { return script_.substr(token.begin, token.end - token.begin); }

  void take_part(std::string& into) {
    fits_ = fits_ && here() != nullptr && (here()->kind == TokenKind::word || here()->kind == TokenKind::name);
    if (fits_) into += text_of(*here());
    ++index_;
  }

  void skip_cast() {
    std::string type;
    ++index_;
    name(type);
    if (here() == nullptr || here()->kind != TokenKind::open) return;
    index_ += 3;
  }

  static std::string unquoted(std::string_view literal) {
    std::string text;
    for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
      text += literal[i];
      if (literal[i] == '\'') ++i;
    }
    return text;
  }

  std::string_view script_;
  const OfflineStatement& statement_;
  std::size_t index_ = 0;
  bool fits_ = true;
};

bool read_insert(RowReader reader, VersionRow& row) {
  row.kind = VersionRow::Kind::insert;
  reader.words({"INSERT", "INTO"}).name(row.table).sign("(").words({"VERSION_NUM"}).sign(")").words({"VALUES"}).sign("(");
  reader.id(row.after).sign(")");
  std::string column;
  if (reader.more()) reader.words({"RETURNING"}).name(column);
  return reader.at_end();
}

bool read_update(RowReader reader, VersionRow& row) {
  row.kind = VersionRow::Kind::update;
  std::string column;
  reader.words({"UPDATE"}).name(row.table).words({"SET", "VERSION_NUM"}).sign("=").id(row.after).words({"WHERE"});
  return reader.name(column).sign("=").id(row.before).at_end() && column.ends_with("version_num");
}

bool read_remove(RowReader reader, VersionRow& row) {
  row.kind = VersionRow::Kind::remove;
  std::string column;
  reader.words({"DELETE", "FROM"}).name(row.table).words({"WHERE"}).name(column).sign("=").id(row.before);
  return reader.at_end() && column.ends_with("version_num");
}

bool read_create(RowReader reader, VersionRow& row) {
  row.kind = VersionRow::Kind::create_table;
  return reader.words({"CREATE", "TABLE"}).name(row.table).sign("(").words({"VERSION_NUM", "VARCHAR"}).fits();
}

bool read_drop(RowReader reader, VersionRow& row) {
  row.kind = VersionRow::Kind::drop_table;
  return reader.words({"DROP", "TABLE"}).name(row.table).at_end();
}

}  // namespace

std::optional<VersionRow> find_version_row(std::string_view script, const OfflineStatement& statement) {
  for (const auto read : {read_insert, read_update, read_remove, read_create, read_drop}) {
    VersionRow row;
    if (read(RowReader(script, statement), row)) return row;
  }
  return std::nullopt;
}

}  // namespace cairn
