#pragma once

#include "alembic/input_text.hpp"

#include <map>
#include <string>
#include <string_view>

namespace cairn {

/// One section of an .ini file, "%(name)s" filled in. Keys are in lower case.
using IniSection = std::map<std::string, std::string, std::less<>>;

/// Reads a section as Python's configparser does: "key = value" or "key: value", indented lines go on, "#" and ";"
/// begin comments. `given` can be referred to and is overruled by the section DEFAULT and by the section itself.
/// Empty when there is no such section. Throws Error (configuration) with the line of what cannot be read.
IniSection parse_ini_section(const InputText& input, std::string_view section, const IniSection& given);

}  // namespace cairn
