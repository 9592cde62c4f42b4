#pragma once

#include "base/exit_code.hpp"

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// A place in a source text that a person can open: file, line and column count from 1; zero means unknown.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;   ///< in characters, not bytes
  std::string excerpt;      ///< the line to show: of the file, or of the SQL a source line sent
  std::size_t caret = 0;    ///< character of the excerpt to point at, from 1; zero: none

  bool operator==(const Place&) const = default;
};

/// "up.sql, line 3, column 14", as far as it is known.
std::string describe(const Place& place);

/// The one error type. Callers branch on the category, never on a class. The message is one factual
/// lower-case line; the hint is a sentence and, where possible, the command to type next.
class Error : public std::exception {
 public:
  Error(Category category, std::string message) : category_(category), message_(std::move(message)) {}

  Error& detail(std::string text) & { detail_ = std::move(text); return *this; }
  Error& hint(std::string text) & { hint_ = std::move(text); return *this; }
  Error& sqlstate(std::string code) & { sqlstate_ = std::move(code); return *this; }
  Error& at(Place place) & { place_ = std::move(place); return *this; }
  Error& database(std::string state) & { database_ = std::move(state); return *this; }
  Error& context(std::string line) & { context_.push_back(std::move(line)); return *this; }
  Error& also(Error other) & { also_.push_back(std::move(other)); return *this; }
  Error& prefix(const std::string& text) & { message_ = text + message_; return *this; }
  Error&& prefix(const std::string& text) && { return std::move(this->prefix(text)); }
  /// Further problems come along: those of one stage are of one category.
  Error& recategorise(Category category) &;

  Error&& detail(std::string text) && { return std::move(this->detail(std::move(text))); }
  Error&& hint(std::string text) && { return std::move(this->hint(std::move(text))); }
  Error&& sqlstate(std::string code) && { return std::move(this->sqlstate(std::move(code))); }
  Error&& at(Place place) && { return std::move(this->at(std::move(place))); }
  Error&& database(std::string state) && { return std::move(this->database(std::move(state))); }
  Error&& context(std::string line) && { return std::move(this->context(std::move(line))); }

  Category category() const { return category_; }
  const std::string& message() const { return message_; }
  const std::string& detail() const { return detail_; }
  const std::string& hint() const { return hint_; }
  const std::string& sqlstate() const { return sqlstate_; }
  const std::optional<Place>& place() const { return place_; }
  const std::string& database() const { return database_; }
  const std::vector<std::string>& context() const { return context_; }
  /// Further problems of the same stage: all are reported together.
  const std::vector<Error>& also() const { return also_; }

  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Category category_;
  std::string message_;
  std::string detail_;
  std::string hint_;
  std::string sqlstate_;
  std::string database_;
  std::optional<Place> place_;
  std::vector<std::string> context_;
  std::vector<Error> also_;
};

/// Throws the first problem with all others attached; returns when there is none.
void throw_all(std::vector<Error> problems);

}  // namespace cairn
