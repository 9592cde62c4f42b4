#pragma once

#include "commands/invocation.hpp"

namespace cairn {

// One function per command, each a straight line in a file of its own. They throw Error for what stops them.

Answer upgrade(const Invocation& invocation);
Answer downgrade(const Invocation& invocation);
Answer plan(const Invocation& invocation);
Answer accept(const Invocation& invocation);
Answer stamp(const Invocation& invocation);
Answer current(const Invocation& invocation);
Answer heads(const Invocation& invocation);
Answer branches(const Invocation& invocation);
Answer history(const Invocation& invocation);
Answer graph(const Invocation& invocation);
Answer show(const Invocation& invocation);
Answer inspect(const Invocation& invocation);
Answer db(const Invocation& invocation);
Answer import_history(const Invocation& invocation);
Answer version(const Invocation& invocation);
Answer init(const Invocation& invocation);
Answer revision(const Invocation& invocation);
Answer merge(const Invocation& invocation);
Answer edit(const Invocation& invocation);
Answer config(const Invocation& invocation);
Answer ensure_version(const Invocation& invocation);
Answer lock(const Invocation& invocation);
Answer bundle(const Invocation& invocation);
Answer smoke(const Invocation& invocation);
Answer wait(const Invocation& invocation);

}  // namespace cairn
