#include "plugin/inspection.hpp"

#include "base/text.hpp"
#include "commands/commands.hpp"
#include "report/inspection_report.hpp"

namespace cairn {

namespace {

Error flaw(const Inspection& inspection) {
  return Error(Category::plugin, inspection.path + (inspection.revision ? " has a flaw" : " is no usable plugin"))
      .detail(join(inspection.problems, "\n"));
}

}  // namespace

Answer inspect(const Invocation& invocation) {
  std::vector<Inspection> inspections;
  std::vector<Error> problems;
  for (const std::string& file : invocation.arguments) {
    try {
      inspections.push_back(inspect_plugin(file));
      if (!inspections.back().problems.empty()) problems.push_back(flaw(inspections.back()));
    } catch (const Error& error) {
      problems.push_back(error);
    }
  }
  Answer answer;
  try {
    throw_all(std::move(problems));
  } catch (const Error& error) {
    answer.error = error;
  }
  answer.out = render(inspections, answer.error, invocation.format);
  return answer;
}

}  // namespace cairn
