#pragma once

#include "base/error.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace cairn {

using Json = nlohmann::ordered_json;

/// Every JSON answer starts alike: the version of this schema, the command, its exit code.
Json make_document(std::string_view command, Category category);

Json to_json(const Error& error);
Json to_json(const Place& place);

/// The document as printed: two blanks deep, one newline at the end, invalid UTF-8 replaced.
std::string print(const Json& document);

}  // namespace cairn
