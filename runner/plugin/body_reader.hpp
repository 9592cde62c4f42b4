#pragma once

#include "plugin/plugin_file.hpp"
#include "sql/body.hpp"

#include <cstdint>
#include <string>

namespace cairn {

/// The SQL of one note (CAIRN_NOTE_SQL_UP, _DOWN or _VERIFY), byte by byte as the author's file.
/// Throws an Error (category plugin) when the file is not the one that was collected any more.
std::string read_sql_text(const PluginFile& plugin, std::uint32_t note_type);

/// The same, cut into statements; its problems carry the author's file and line.
Body read_body(const PluginFile& plugin, std::uint32_t note_type);

/// What messages call the source of a note: the author's file, or the plugin when that is not known.
std::string sql_source_name(const PluginFile& plugin, std::uint32_t note_type);

}  // namespace cairn
