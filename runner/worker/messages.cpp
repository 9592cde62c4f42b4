#include "worker/messages.hpp"

namespace cairn {

namespace {

constexpr std::size_t least_text_bytes = 8;
constexpr std::size_t least_cell_bytes = 4;

}  // namespace

void write_place(FieldWriter& fields, const Place& place) { fields.text(place.file).u64(place.line); }

Place read_place(FieldReader& fields) {
  Place place;
  place.file = fields.text();
  place.line = fields.u64();
  return place;
}

void write_cells(FieldWriter& fields, const std::vector<Cell>& cells) {
  fields.u64(cells.size());
  for (const Cell& cell : cells) fields.optional(cell);
}

std::vector<Cell> read_cells(FieldReader& fields) {
  const std::size_t count = fields.count(least_cell_bytes);
  if (count > most_cells) throw WireBroken("a frame with " + std::to_string(count) + " values in a row");
  std::vector<Cell> cells(count);
  for (Cell& cell : cells) cell = fields.optional();
  return cells;
}

void write_result(FieldWriter& fields, const Result& result) {
  fields.text(result.tag).u64(result.columns.size());
  for (const std::string& column : result.columns) fields.text(column);
  fields.u64(result.rows.size());
  for (const std::vector<Cell>& row : result.rows) write_cells(fields, row);
}

Result read_result(FieldReader& fields) {
  Result result;
  result.tag = fields.text();
  result.columns.resize(fields.count(least_text_bytes));
  for (std::string& column : result.columns) column = fields.text();
  result.rows.resize(fields.count(least_text_bytes));
  for (std::vector<Cell>& row : result.rows) row = read_cells(fields);
  return result;
}

void write_error(FieldWriter& fields, const Error& error) {
  fields.text(error.message()).text(error.detail()).text(error.hint()).text(error.sqlstate());
  write_place(fields, error.place().value_or(Place{}));
}

Error read_error(FieldReader& fields, Category category) {
  Error error(category, std::string(fields.text()));
  error.detail(std::string(fields.text()));
  error.hint(std::string(fields.text()));
  error.sqlstate(std::string(fields.text()));
  const Place place = read_place(fields);
  if (place != Place{}) error.at(place);
  return error;
}

}  // namespace cairn
