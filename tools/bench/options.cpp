#include "options.hpp"

#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

namespace cairn::bench {

namespace {

constexpr const char* usage =
    "usage: cairn-bench [--revisions N] [--runs N] [--start-runs N] [--round-trips MS,MS] [--cairn PATH] [--floor-only]";

std::vector<int> numbers_of(const std::string& text) {
  std::vector<int> numbers;
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');) numbers.push_back(std::stoi(word));
  return numbers;
}

int positive(const std::string& text) {
  const int number = std::stoi(text);
  if (number < 1) throw std::invalid_argument(text);
  return number;
}

using Setter = std::function<void(Options&, const std::string&)>;

const std::map<std::string, Setter>& setters() {
  static const std::map<std::string, Setter> table = {
      {"--revisions", [](Options& o, const std::string& v) { o.revisions = static_cast<std::size_t>(positive(v)); }},
      {"--runs", [](Options& o, const std::string& v) { o.runs = positive(v); }},
      {"--start-runs", [](Options& o, const std::string& v) { o.start_runs = positive(v); }},
      {"--round-trips", [](Options& o, const std::string& v) { o.round_trips_ms = numbers_of(v); }},
      {"--cairn", [](Options& o, const std::string& v) { o.cairn = v; }},
  };
  return table;
}

}  // namespace

Options parse_options(const std::vector<std::string>& arguments, const std::filesystem::path& self) {
  Options options;
  options.cairn = self / "cairn";
  options.floor = self / "cairn-floor";
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at] == "--floor-only") {
      options.cairn.clear();
      continue;
    }
    const auto setter = setters().find(arguments[at]);
    if (setter == setters().end() || at + 1 == arguments.size()) throw std::runtime_error(usage);
    try {
      setter->second(options, arguments[++at]);
    } catch (const std::logic_error&) {
      throw std::runtime_error(arguments[at - 1] + " does not take \"" + arguments[at] + "\"\n" + usage);
    }
  }
  if (!options.cairn.empty() && !std::filesystem::exists(options.cairn)) {
    throw std::runtime_error("there is no " + options.cairn.string() + ": build it, name it with --cairn, or use --floor-only");
  }
  return options;
}

}  // namespace cairn::bench
