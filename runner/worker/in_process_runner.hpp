#pragma once

#include "worker/step_conclusion.hpp"

namespace cairn {

/// Runs the code of revisions in this process, for debuggers and sanitizers: a crash or an endless loop of
/// a revision is one of the whole program. Loaded libraries stay for good.
class InProcessRunner final : public StepRunner {
 public:
  explicit InProcessRunner(Libraries libraries) : libraries_(std::move(libraries)) {}

  void load(std::span<const Revision* const> revisions) override;
  StepEnd run(const Step& step, StepHost& host) override;

 private:
  const cairn_plugin& require_open(const Revision& revision);

  Libraries libraries_;
  std::map<std::string, cairn_plugin, std::less<>> opened_;
};

}  // namespace cairn
