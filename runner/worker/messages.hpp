#pragma once

#include "base/error.hpp"
#include "seam/sql_channel.hpp"
#include "worker/wire.hpp"

#include <vector>

namespace cairn {

/// Parameters of a statement, and columns of a row: the server takes no more of either.
inline constexpr std::size_t most_cells = 65535;

/// The values that cross the wire, as fields. Every read_ function throws WireBroken for bytes that are
/// not such a value.
void write_place(FieldWriter& fields, const Place& place);
Place read_place(FieldReader& fields);

void write_cells(FieldWriter& fields, const std::vector<Cell>& cells);
std::vector<Cell> read_cells(FieldReader& fields);

void write_result(FieldWriter& fields, const Result& result);
Result read_result(FieldReader& fields);

/// Message, detail, hint, sqlstate and place. The category does not cross: the reader knows what failed.
void write_error(FieldWriter& fields, const Error& error);
Error read_error(FieldReader& fields, Category category);

}  // namespace cairn
