#pragma once

#include "base/error.hpp"
#include "engine/world.hpp"
#include "graph/plan.hpp"
#include "seam/sql_channel.hpp"
#include "sql/body.hpp"
#include "state/bookkeeping.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// SQL of a step that came from one place: a file, or one execute() call in an author's source.
struct Piece {
  Body body;
  Place call;              ///< the call's place in a C++ source; empty for files
  bool verifies = false;   ///< each query in it must answer no rows

  bool from_code() const { return call.line > 0; }
};

/// What a stretch of a script's text is for.
enum class Part { begin, piece, bookkeeping, commit, cleanup };

/// Where in a script the server stopped.
struct Fault {
  std::size_t entry = 0;               ///< which step of the script
  Part part = Part::begin;
  std::optional<Place> place;          ///< in the author's file
};

/// The text of one message, with the memory of what each stretch of it belongs to. Steps are added in order;
/// each step's part may also be sent in several scripts (open, continue, close) when its code asks questions.
class Script {
 public:
  explicit Script(const Bookkeeping& bookkeeping) : bookkeeping_(&bookkeeping) {}

  /// A whole step: BEGIN to COMMIT and the clean-up behind it.
  void add_step(const Step& step, const std::vector<Piece>& pieces, std::chrono::milliseconds lock_timeout);

  void open(const Step& step, std::chrono::milliseconds lock_timeout);
  void add_piece(const Piece& piece);
  /// Bookkeeping, COMMIT, clean-up; ends the current step.
  void close(const Step& step);

  Message message(Marks marks = Marks::none) const;
  std::size_t bytes() const { return text_.size(); }
  std::size_t steps() const { return steps_; }
  bool empty() const { return text_.empty(); }

  /// Milliseconds of each step that is committed, according to the results that came back. A step is committed
  /// once its COMMIT is answered, whatever becomes of the clean-up behind it.
  std::vector<std::chrono::milliseconds> durations(const Reply& reply) const;
  /// Finds the failing stretch. The server's position decides where it is given, since a syntax error
  /// is found before anything of the message runs; else the results are counted.
  Fault locate(const Reply& reply) const;

 private:
  struct Segment {
    Part part;
    std::size_t entry;
    std::size_t begin, end;        // bytes of text_
    std::size_t statements;        // results it gives
    Piece piece;                   // for Part::piece
    std::vector<std::size_t> starts;  // for Part::piece: where each statement starts in text_
    std::vector<std::size_t> ends;    // of a verifying piece: where each one's wrapping ends, semicolon and line break
  };

  void add_verifying(Segment& segment, const Statement& statement);
  static void mark_statements(const Segment& segment, std::vector<AuthoredStatement>& marks);
  void append(Part part, std::size_t statements, const std::string& text);
  static Fault fault_in(const Segment& segment, std::optional<std::size_t> statement, std::optional<std::size_t> byte);
  static std::size_t statement_at(const Segment& segment, std::size_t byte);
  const Segment* segment_at(std::size_t byte) const;
  /// Which statement of which segment the result number `since` behind the last COMMIT belongs to.
  Fault locate_by_count(std::size_t done, std::size_t since) const;

  const Bookkeeping* bookkeeping_;
  std::string text_;
  std::vector<Segment> segments_;
  std::vector<std::string> copies_;
  std::size_t steps_ = 0;
};

/// The milliseconds in the answer to the bookkeeping; zero when there are none.
std::chrono::milliseconds read_duration(const Result& answer);

/// Ends a failed or abandoned transaction and brings the session back to its start-up settings.
std::string recovery_sql(bool in_transaction);

}  // namespace cairn
