#pragma once

#include <cairn/text.hpp>

// For std::exception, complete as the base of std::bad_alloc. <exception> would bring <type_traits>:
// two thirds of everything a revision compiles.
#include <new>

namespace cairn {
inline namespace sdk __attribute__((visibility("hidden"))) {

namespace detail {

/// A host call failed; the runner already knows why. Not a std::exception, so that a step which
/// catches those for its own purposes does not swallow it. Only savepoint() may catch it.
struct HostFailure {};

inline cairn_place place_of(const char* file, uint32_t line) { return {Text(file), line, 0}; }

}  // namespace detail

/// The step has found that it cannot go on: message, hint and the author's own line. Copies share the text.
class Failure : public std::exception {
 public:
  explicit Failure(Text message, Text hint = {}, const char* file = __builtin_FILE(), uint32_t line = __builtin_LINE())
      : place_(detail::place_of(file, line)), texts_(new Texts{1, copy(message), copy(hint)}) {}
  Failure(Text message, Text hint, const cairn_place& place)
      : place_(place), texts_(new Texts{1, copy(message), copy(hint)}) {}
  Failure(const Failure& other) noexcept : std::exception(other), place_(other.place_), texts_(other.texts_) {
    ++texts_->owners;
  }
  Failure& operator=(const Failure&) = delete;
  ~Failure() override {
    if (--texts_->owners != 0) return;
    delete[] texts_->message;
    delete[] texts_->hint;
    delete texts_;
  }

  const char* what() const noexcept override { return texts_->message; }
  Text hint() const { return texts_->hint; }
  const cairn_place& place() const { return place_; }

 private:
  struct Texts {
    uint32_t owners;
    char* message;
    char* hint;
  };

  static char* copy(Text text) {
    char* const to = new char[text.size + 1];
    if (text.size != 0) __builtin_memcpy(to, text.data, text.size);
    to[text.size] = '\0';
    return to;
  }

  cairn_place place_;
  Texts* texts_;
};

}  // namespace sdk
}  // namespace cairn
