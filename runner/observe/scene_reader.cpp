#include "observe/scene_query.hpp"

#include <array>
#include <charconv>
#include <string_view>

namespace cairn {

namespace {

/// The cells of one row, from the left.
class Row {
 public:
  explicit Row(const std::vector<Cell>& cells) : cells_(cells) {}

  bool is_null() const { return !cells_.at(at_); }
  std::string text() { return cells_.at(at_++).value_or(""); }
  bool flag() { return text() == "t"; }
  template <typename Number>
  Number number() {
    const std::string word = text();
    Number value = 0;
    std::from_chars(word.data(), word.data() + word.size(), value);
    return value;
  }
  Oid oid() { return number<Oid>(); }
  /// "{1,2}" or "1 2".
  std::vector<int> numbers();

 private:
  const std::vector<Cell>& cells_;
  std::size_t at_ = 0;
};

std::vector<int> Row::numbers() {
  std::vector<int> list;
  const std::string words = text();
  for (std::size_t at = words.find_first_of("-0123456789"); at != words.npos; at = words.find_first_of("-0123456789", at)) {
    int value = 0;
    at = static_cast<std::size_t>(std::from_chars(words.data() + at, words.data() + words.size(), value).ptr - words.data());
    list.push_back(value);
  }
  return list;
}

std::string kind_of(const std::string& letter) {
  switch (letter.empty() ? ' ' : letter.front()) {
    case 'r': return "table";
    case 'p': return "partitioned table";
    case 'i':
    case 'I': return "index";
    case 'v': return "view";
    case 'm': return "materialized view";
    case 'S': return "sequence";
    case 'f': return "foreign table";
    default: return "relation";
  }
}

std::string type_of(const std::string& letter) {
  switch (letter.empty() ? ' ' : letter.front()) {
    case 'c': return "check";
    case 'f': return "foreign key";
    case 'p': return "primary key";
    case 'u': return "unique";
    default: return "exclusion";
  }
}

/// pg_event_trigger_table_rewrite_reason() adds them up.
std::string reason_of(int bits) {
  constexpr std::array<std::string_view, 4> names{"persistence", "default", "type", "access method"};
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    if ((bits & (1 << i)) != 0) text += (text.empty() ? "" : ", ") + std::string(names[i]);
  return text;
}

void read_relation(Scene& scene, Row row) {
  const Oid oid = row.oid();
  SceneRelation relation;
  relation.kind = kind_of(row.text());
  relation.own_name = row.text();
  relation.schema = row.oid();
  relation.file = row.oid();
  relation.toast_file = row.oid();
  relation.scans = row.number<std::uint64_t>();
  relation.rows_read = row.number<std::uint64_t>();
  relation.rows.inserted = row.number<std::uint64_t>();
  relation.rows.updated = row.number<std::uint64_t>();
  relation.rows.deleted = row.number<std::uint64_t>();
  scene.relations.insert_or_assign(oid, std::move(relation));
}

void read_column(Scene& scene, Row row) {
  const Oid relation = row.oid();
  const int number = row.number<int>();
  if (!scene.relations.contains(relation)) return;
  SceneColumn column;
  column.name = row.text();
  column.type = row.text();
  column.type_identity = row.text();
  column.not_null = row.flag();
  column.value = row.text();
  scene.columns.emplace(std::pair(relation, number), std::move(column));
}

void read_constraint(Scene& scene, Row row) {
  const Oid oid = row.oid();
  SceneConstraint constraint;
  constraint.relation = row.oid();
  if (!scene.relations.contains(constraint.relation)) return;
  constraint.name = row.text();
  constraint.type = type_of(row.text());
  constraint.validated = row.flag();
  constraint.references = row.oid();
  constraint.columns = row.numbers();
  constraint.definition = row.text();
  scene.constraints.emplace(oid, std::move(constraint));
}

void read_index(Scene& scene, Row row) {
  const Oid oid = row.oid();
  SceneIndex index;
  index.table = row.oid();
  if (!scene.relations.contains(index.table) || !scene.relations.contains(oid)) return;
  index.key_columns = row.number<std::size_t>();
  index.unique = row.flag();
  index.valid = row.flag();
  index.finds_equal = row.flag();
  index.of_constraint = row.flag();
  index.columns = row.numbers();
  index.definition = row.text();
  scene.indexes.emplace(oid, std::move(index));
}

void read_type(Scene& scene, Row row) {
  const Oid oid = row.oid();
  const Oid schema = row.oid();
  scene.types.emplace(oid, SceneType{schema, row.text()});
}

void read_schema(Scene& scene, Row row) {
  const Oid oid = row.oid();
  scene.schemas.emplace(oid, row.text());
}

void read_label(Scene& scene, Row row) {
  const Oid oid = row.oid();
  const Oid type = row.oid();
  scene.labels.emplace(oid, SceneLabel{type, row.text()});
}

void read_event(Scene& scene, Row row) {
  const bool rewrite = !row.is_null();
  const Oid relation = row.oid();
  const int reason = row.number<int>();
  if (rewrite) return scene.rewrites.push_back({relation, reason_of(reason)});
  SeenDrop drop;
  drop.kind = row.text();
  drop.identity = row.text();
  drop.cascaded = row.flag();
  scene.drops.push_back(std::move(drop));
}

/// The results that hold rows, in the order of the selects.
std::vector<const Result*> answers_in(const Reply& reply) {
  std::vector<const Result*> answers;
  for (const Result& result : reply.results)
    if (!result.columns.empty()) answers.push_back(&result);
  return answers;
}

}  // namespace

std::optional<Scene> read_scene(const Reply& reply, const SceneQuery& query) {
  constexpr std::size_t selects = 10;
  const std::vector<const Result*> answers = answers_in(reply);
  if (answers.size() != selects) return std::nullopt;
  Scene scene;
  const auto each = [&](std::size_t answer, const auto& read) {
    for (const std::vector<Cell>& cells : answers[answer]->rows) read(Row(cells));
  };
  each(0, [&](Row row) { const Oid oid = row.oid(); scene.locks.emplace(oid, row.text()); });
  if (!query.reads_all()) take_over(scene, *query.known);
  each(1, [&](Row row) { read_schema(scene, row); });
  each(2, [&](Row row) { read_relation(scene, row); });
  name_relations(scene);
  each(3, [&](Row row) { read_column(scene, row); });
  each(4, [&](Row row) { read_constraint(scene, row); });
  each(5, [&](Row row) { read_index(scene, row); });
  each(6, [&](Row row) { read_type(scene, row); });
  each(7, [&](Row row) { read_label(scene, row); });
  each(8, [&](Row row) { scene.triggers = row.flag(); });
  each(9, [&](Row row) { read_event(scene, row); });
  return scene;
}

}  // namespace cairn
