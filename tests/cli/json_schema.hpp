#pragma once

#include "cli/json_answers.hpp"

#include <string>
#include <vector>

namespace cairn::test {

/// A JSON Schema with as much of the language as docs/schema uses; whatever else stands in one is refused, so that no
/// rule is taken for checked that is not.
class JsonSchema {
 public:
  /// Throws std::runtime_error for a keyword it does not know.
  explicit JsonSchema(Json schema);

  /// What is wrong with the value, each with its place; nothing when it conforms. Stricter than the language: a key that
  /// the schema of its object does not name is a fault, since it would go out undocumented.
  std::vector<std::string> faults_of(const Json& value) const;

 private:
  Json schema_;
};

}  // namespace cairn::test
