#include "report/smoke_report.hpp"

#include "report/smoke_effects.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t most_differences = 200;

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, escape_markup(value));
}

std::string seconds(std::chrono::microseconds time) { return fmt::format("{:.3f}", static_cast<double>(time.count()) / 1e6); }

std::string error_text(const Error& error) {
  std::string text = error.message() + "\n";
  if (!error.sqlstate().empty()) text += "sqlstate: " + error.sqlstate() + "\n";
  if (!error.detail().empty()) text += "detail: " + error.detail() + "\n";
  if (error.place()) text += "at: " + describe(*error.place()) + "\n";
  if (!error.hint().empty()) text += "hint: " + error.hint() + "\n";
  return text;
}

std::string details_of(const Trial& trial) {
  std::string text = trial.error ? error_text(*trial.error) : "";
  const std::vector<std::string> lines = describe_differences(trial.differences);
  const std::size_t shown = std::min(lines.size(), most_differences);
  for (std::size_t i = 0; i < shown; ++i) text += lines[i] + "\n";
  if (const std::string more = more_line(lines.size(), shown); !more.empty()) text += more + "\n";
  return text;
}

std::string finding_text(const SmokeReport& report, const Finding& finding) {
  std::string text = fmt::format("{} {}: {}: {}\n", name_of(finding.level), finding.rule, where(finding), finding.what);
  if (!finding.accepted.empty()) return text + "  accepted: " + finding.accepted + "\n";
  if (const Rule* rule = find_rule(report, finding.rule); rule != nullptr)
    text += fmt::format("  why: {}\n  instead: {}\n", rule->why, rule->instead);
  return text;
}

std::string failure(std::string_view type, std::string_view message, const std::string& text) {
  return fmt::format("      <failure{}{}>{}</failure>\n", attribute("type", type), attribute("message", message), escape_markup(text));
}

/// A test case with what is in it. JUnit knows one verdict for a case: what failed is told before what was left out.
class TestCase {
 public:
  TestCase(std::string classname, std::string_view name, const Trial& trial)
      : classname_(std::move(classname)), name_(name), trial_(&trial) {}

  void add(const SmokeReport& report, const Finding& finding) {
    const std::string text = finding_text(report, finding);
    if (!fails(report.result, finding)) notes_ += text;
    else failures_ += failure(finding.rule, finding.what, text + details_once());
  }

  bool failed() const { return !failures_.empty(); }
  bool skipped() const { return !failed() && trial_->verdict == Verdict::left_out; }

  std::string text() {
    if (skipped()) failures_ = fmt::format("      <skipped{}/>\n", attribute("message", trial_->why));
    notes_ += details_once();
    const std::string out = notes_.empty() ? "" : fmt::format("      <system-out>{}</system-out>\n", escape_markup(notes_));
    return fmt::format("    <testcase{}{}{}>\n{}{}    </testcase>\n", attribute("classname", classname_), attribute("name", name_),
                       attribute("time", seconds(trial_->duration)), failures_, out);
  }

 private:
  /// With the first failure, or with the notes where the gate lets them pass.
  std::string details_once() {
    if (told_) return "";
    told_ = true;
    return details_of(*trial_);
  }

  std::string classname_;
  std::string name_;
  const Trial* trial_;
  std::string failures_;
  std::string notes_;
  bool told_ = false;
};

constexpr std::size_t cases_of_revision = 3;

std::string class_of(const SmokeReport& report, const Revision& revision) {
  const auto source = report.sources.find(revision.id);
  return source == report.sources.end() || source->second.name.empty() ? revision.id : source->second.name;
}

/// Where a finding belongs: rules name the direction, and those of the second upgrade say so by their ids.
std::size_t case_of(const Finding& finding) {
  if (finding.rule.starts_with("second-upgrade")) return 2;
  return finding.direction == Direction::down ? 1 : 0;
}

std::vector<TestCase> cases_of(const SmokeReport& report, const Proof& proof) {
  std::vector<TestCase> cases;
  for (const ShownPassage& passage : passages(proof)) cases.emplace_back(class_of(report, *proof.revision), passage.name, *passage.trial);
  for (const Finding& finding : report.result.findings)
    if (finding.revision == proof.revision->id) cases[std::min(case_of(finding), cases_of_revision - 1)].add(report, finding);
  return cases;
}

bool has_proof(const SmokeReport& report, const Finding& finding) {
  const auto& proofs = report.result.proofs;
  return std::any_of(proofs.begin(), proofs.end(),
                     [&](const Proof& proof) { return proof.asked && proof.revision->id == finding.revision; });
}

/// The whole way, and whatever belongs to no revision that has cases.
std::vector<TestCase> cases_of_history(const SmokeReport& report) {
  std::vector<TestCase> cases;
  cases.emplace_back("history", "whole way down", report.result.chain.down);
  cases.emplace_back("history", "whole way up again", report.result.chain.again);
  for (const Finding& finding : report.result.findings)
    if (!has_proof(report, finding)) cases[finding.direction == Direction::up ? 1 : 0].add(report, finding);
  return cases;
}

std::string properties(const SmokeReport& report) {
  const auto property = [](std::string_view name, std::string_view value) {
    return fmt::format("      <property{}{}/>\n", attribute("name", name), attribute("value", value));
  };
  const SmokeResult& result = report.result;
  return "    <properties>\n" + property("command", report.line) + property("cairn", report.runner) + property("scratch", result.scratch) +
         property("postgresql", version_text(result.server_version)) + (result.origin.empty() ? "" : property("origin", result.origin)) +
         property("gate", result.gate ? name_of(*result.gate) : "never") + property("locks", lower_bound) + "    </properties>\n";
}

template <typename Predicate>
std::string count(const std::vector<TestCase>& cases, Predicate predicate) {
  return std::to_string(std::count_if(cases.begin(), cases.end(), predicate));
}

}  // namespace

std::string render_junit(const SmokeReport& report) {
  std::vector<TestCase> cases;
  for (const Proof& proof : report.result.proofs)
    if (proof.asked)
      for (TestCase& one : cases_of(report, proof)) cases.push_back(std::move(one));
  for (TestCase& one : cases_of_history(report)) cases.push_back(std::move(one));
  const std::string totals = attribute("tests", std::to_string(cases.size())) +
                             attribute("failures", count(cases, [](const TestCase& one) { return one.failed(); })) +
                             attribute("errors", "0") + attribute("skipped", count(cases, [](const TestCase& one) { return one.skipped(); })) +
                             attribute("time", seconds(report.result.duration));
  std::string text = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite{}{}>\n{}",
                                 attribute("name", "cairn smoke"), totals, properties(report));
  for (TestCase& one : cases) text += one.text();
  return text + "  </testsuite>\n</testsuites>\n";
}

}  // namespace cairn
