#pragma once

#include "support/normaliser.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_database.hpp"
#include "support/transcript.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace cairn::test {

/// What transcripts are run with.
struct TranscriptSetup {
  std::filesystem::path programs = {};                  ///< put in front of PATH: where cairn is
  std::map<std::string, std::string> variables = {};    ///< ${NAME}; printed values are shown as <name>
};

/// The transcript with the answers that were really given, normalised; up to a directive that failed.
struct Played {
  Transcript actual;
  std::string problem = {};   ///< "line 7: …"; empty when all of it was played
};

/// Carries out one transcript: in an empty directory of its own, ${DIR}, and with a fresh database, ${URL}, which
/// CAIRN_DATABASE names. Variables that PostgreSQL or Cairn would read are taken out of the environment.
class TranscriptRun {
 public:
  explicit TranscriptRun(const TranscriptSetup& setup);

  Played play(const Transcript& expected);

 private:
  struct Signal {
    int number;
    std::string query;
    std::string expected;
  };
  using Action = void (TranscriptRun::*)(const Directive&);
  static const std::map<std::string, Action>& actions();

  void follow(const Directive& directive);
  void run_sql(const Directive& directive);
  void run_in_other_session(const Directive& directive);
  void set_variable(const Directive& directive);
  void unset_variable(const Directive& directive);
  void write_file(const Directive& directive);
  void write_plugin(const Directive& directive);
  void set_input(const Directive& directive);
  void set_terminal(const Directive& directive);
  void set_signal(const Directive& directive);
  Answer answer(const Invocation& invocation);
  std::string sessions();
  void wait_for_new_sessions_to_end(const std::string& before);
  Command command_for(const Invocation& invocation);
  std::string expanded(const std::string& text) const;

  TestDatabase database_;
  TemporaryDirectory directory_{fast_parent()};   // a local server of a transcript flushes its data there
  std::unique_ptr<Session> other_;
  std::map<std::string, std::string> variables_;
  Normaliser normaliser_;
  std::map<std::string, std::optional<std::string>> environment_;
  std::string input_;
  Streams streams_ = Streams::pipes;
  std::optional<Signal> signal_;
};

}  // namespace cairn::test
