#include "cli/json_schema.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace cairn::test {

namespace {

using Faults = std::vector<std::string>;

/// Conditions tell apart answers: keys they do not name are nobody's fault.
enum class Keys { closed, open };

struct Check {
  const Json& root;
  Faults& faults;

  void apply(const Json& schema, const Json& value, const std::string& at, Keys keys) const;
};

bool is_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  throw std::runtime_error("unknown type in the schema: " + type);
}

void check_required(const Check& check, const Json& names, const Json& value, const std::string& at) {
  for (const auto& name : names)
    if (!value.contains(name.get<std::string>())) check.faults.push_back(at + ": no " + name.get<std::string>());
}

void check_properties(const Check& check, const Json& properties, const Json& value, const std::string& at, Keys keys) {
  if (!value.is_object()) return;
  for (const auto& [name, member] : value.items()) {
    if (properties.contains(name)) check.apply(properties[name], member, at + "/" + name, keys);
    else if (keys == Keys::closed) check.faults.push_back(at + ": the schema knows no " + name);
  }
}

bool conforms(const Check& check, const Json& schema, const Json& value) {
  Faults faults;
  Check{check.root, faults}.apply(schema, value, "", Keys::open);
  return faults.empty();
}

void check_condition(const Check& check, const Json& schema, const Json& value, const std::string& at) {
  const char* branch = conforms(check, schema["if"], value) ? "then" : "else";
  if (schema.contains(branch)) check.apply(schema[branch], value, at, Keys::open);
}

using Rule = void (*)(const Check&, const Json& rule, const Json& value, const std::string& at, Keys);

void pass(const Check&, const Json&, const Json&, const std::string&, Keys) {}

const std::map<std::string, Rule>& rules() {
  static const std::map<std::string, Rule> known{
      {"$schema", pass}, {"title", pass}, {"description", pass}, {"$defs", pass}, {"if", pass}, {"then", pass}, {"else", pass},
      {"$ref", [](auto& check, auto& rule, auto& value, auto& at, auto keys) {
         check.apply(check.root.at(Json::json_pointer(rule.template get<std::string>().substr(1))), value, at, keys);
       }},
      {"type", [](auto& check, auto& rule, auto& value, auto& at, auto) {
         const auto type = rule.template get<std::string>();
         if (!is_type(value, type)) check.faults.push_back(at + ": is no " + type);
       }},
      {"const", [](auto& check, auto& rule, auto& value, auto& at, auto) {
         if (value != rule) check.faults.push_back(at + ": is not " + rule.dump());
       }},
      {"enum", [](auto& check, auto& rule, auto& value, auto& at, auto) {
         if (std::find(rule.begin(), rule.end(), value) == rule.end()) check.faults.push_back(at + ": is none of " + rule.dump());
       }},
      {"minimum", [](auto& check, auto& rule, auto& value, auto& at, auto) {
         if (value.is_number() && value < rule) check.faults.push_back(at + ": is less than " + rule.dump());
       }},
      {"required", [](auto& check, auto& rule, auto& value, auto& at, auto) { check_required(check, rule, value, at); }},
      {"dependentRequired", [](auto& check, auto& rule, auto& value, auto& at, auto) {
         for (const auto& item : rule.items())
           if (value.contains(item.key())) check_required(check, item.value(), value, at);
       }},
      {"properties", [](auto& check, auto& rule, auto& value, auto& at, auto keys) { check_properties(check, rule, value, at, keys); }},
      {"items", [](auto& check, auto& rule, auto& value, auto& at, auto keys) {
         if (!value.is_array()) return;
         for (std::size_t i = 0; i < value.size(); ++i) check.apply(rule, value[i], at + "/" + std::to_string(i), keys);
       }},
      {"allOf", [](auto& check, auto& rule, auto& value, auto& at, auto) {
         for (const Json& part : rule) check.apply(part, value, at, Keys::open);
       }},
  };
  return known;
}

void Check::apply(const Json& schema, const Json& value, const std::string& at, Keys keys) const {
  for (const auto& item : schema.items()) {
    const auto rule = rules().find(item.key());
    if (rule == rules().end()) throw std::runtime_error("unknown keyword in the schema: " + item.key());
    rule->second(*this, item.value(), value, at, keys);
  }
  if (schema.contains("if")) check_condition(*this, schema, value, at);
}

/// The schemas that lie in a schema, wherever that is.
void require_known_keywords(const Json& schema) {
  for (const auto& [keyword, rule] : schema.items()) {
    if (!rules().contains(keyword)) throw std::runtime_error("unknown keyword in the schema: " + keyword);
    if (keyword == "properties" || keyword == "$defs")
      for (const auto& item : rule.items()) require_known_keywords(item.value());
    if (keyword == "items" || keyword == "if" || keyword == "then" || keyword == "else") require_known_keywords(rule);
    if (keyword == "allOf")
      for (const Json& part : rule) require_known_keywords(part);
  }
}

}  // namespace

JsonSchema::JsonSchema(Json schema) : schema_(std::move(schema)) { require_known_keywords(schema_); }

std::vector<std::string> JsonSchema::faults_of(const Json& value) const {
  Faults faults;
  Check{schema_, faults}.apply(schema_, value, "", Keys::closed);
  return faults;
}

}  // namespace cairn::test
