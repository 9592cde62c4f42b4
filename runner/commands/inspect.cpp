#include "plugin/inspection.hpp"

#include "base/text.hpp"
#include "commands/commands.hpp"
#include "report/inspection_report.hpp"

namespace cairn {

Answer inspect(const Invocation& invocation) {
  std::vector<Inspection> inspections;
  for (const std::string& file : invocation.arguments) inspections.push_back(inspect_plugin(file));
  Answer answer(render(inspections, invocation.format));
  std::vector<Error> problems;
  for (const Inspection& inspection : inspections)
    if (!inspection.problems.empty())
      problems.push_back(Error(Category::plugin, inspection.path + (inspection.revision ? " has a flaw" : " is no usable plugin"))
                             .detail(join(inspection.problems, "\n")));
  try {
    throw_all(std::move(problems));
  } catch (const Error& error) {
    answer.error = error;
  }
  return answer;
}

}  // namespace cairn
