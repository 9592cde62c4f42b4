#pragma once

#include "base/error.hpp"
#include "lint/finding.hpp"
#include "report/format.hpp"
#include "smoke/proof.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// What a revision's proof does not say and a reader wants to know. All of it may be empty.
struct SmokeSource {
  std::string name;                  ///< "37a02ec8662a_init_schema", as its folder is called
  std::vector<std::string> files;    ///< its sources, as seen from the working directory; else its plugin
  std::string verify;                ///< SQL of its verify step
};

/// What smoke has to say, in whatever form.
struct SmokeReport {
  std::string_view command = "smoke";
  std::string line;                  ///< "cairn smoke --gate=warning", as it can be typed again, without secrets
  std::string runner;                ///< version of the program
  SmokeResult result;
  std::map<std::string, SmokeSource, std::less<>> sources;   ///< by the id of the revision
  std::span<const Rule> rules = cairn::rules();              ///< that findings name
  std::optional<Error> error;        ///< behind an exit code other than 0, for JSON
};

/// Text for a terminal, or JSON with everything in it.
std::string render(const SmokeReport& report, const Format& format);

/// For CI servers: a test suite with a case for each passage over a revision.
std::string render_junit(const SmokeReport& report);

/// One page that needs no network, and no script to be read.
std::string render_html(const SmokeReport& report);

/// The body of a pull request, with blanks for what a machine cannot know.
std::string render_markdown(const SmokeReport& report);

}  // namespace cairn
