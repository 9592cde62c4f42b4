#pragma once

// Internal to this folder: owners for what libpq hands out.

#include <libpq-fe.h>

#include <memory>

namespace cairn {

struct FreeOptions { void operator()(PQconninfoOption* list) const noexcept { PQconninfoFree(list); } };
struct FreeResult { void operator()(PGresult* result) const noexcept { PQclear(result); } };
struct FreeCancel { void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); } };
struct FreeMemory { void operator()(void* memory) const noexcept { PQfreemem(memory); } };
struct FinishConnection { void operator()(PGconn* connection) const noexcept { PQfinish(connection); } };

using OptionList = std::unique_ptr<PQconninfoOption, FreeOptions>;
using ResultHandle = std::unique_ptr<PGresult, FreeResult>;
using ConnectionHandle = std::unique_ptr<PGconn, FinishConnection>;

}  // namespace cairn
