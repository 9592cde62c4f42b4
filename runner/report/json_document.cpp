#include "report/json_document.hpp"

namespace cairn {

namespace {

constexpr int schema_version = 1;

}  // namespace

Json make_document(std::string_view command, Category category) {
  return {{"cairn", schema_version}, {"command", command}, {"exit", exit_code(category).code}};
}

Json to_json(const Place& place) {
  Json json = {{"file", place.file}};
  if (place.line > 0) json["line"] = place.line;
  if (place.column > 0) json["column"] = place.column;
  if (!place.excerpt.empty()) json["excerpt"] = place.excerpt;
  if (place.caret > 0) json["caret"] = place.caret;
  return json;
}

Json to_json(const Error& error) {
  Json json = {{"category", exit_code(error.category()).name}, {"message", error.message()}};
  if (!error.detail().empty()) json["detail"] = error.detail();
  if (!error.hint().empty()) json["hint"] = error.hint();
  if (!error.sqlstate().empty()) json["sqlstate"] = error.sqlstate();
  if (error.place()) json["at"] = to_json(*error.place());
  if (!error.context().empty()) json["context"] = error.context();
  if (!error.database().empty()) json["database"] = error.database();
  for (const Error& other : error.also()) json["also"].push_back(to_json(other));
  return json;
}

std::string print(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cairn
