#include "schema/fingerprint.hpp"

#include "base/digest.hpp"

#include <fmt/core.h>

namespace cairn {

std::string fingerprint(const Snapshot& snapshot) {
  std::string bytes = "cairn snapshot 1\n";
  // Each field with its length, so that no two lists of objects share their bytes.
  for (const SchemaObject& object : snapshot.objects)
    for (const std::string* field : {&object.kind, &object.identity, &object.definition})
      bytes += fmt::format("{}:{}\n", field->size(), *field);
  return hex(sha256(bytes));
}

}  // namespace cairn
