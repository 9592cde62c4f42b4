#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

enum class CppTokenKind {
  word,      ///< name, keyword or number
  string,    ///< an ordinary string literal; its text is what it means
  sign,      ///< one character of anything else
  unread,    ///< a literal that only a compiler should read: raw, with a prefix, with an escape like \x41, or unterminated
};

struct CppToken {
  CppTokenKind kind = CppTokenKind::sign;
  std::string text;
  std::size_t line = 1;
};

/// The tokens of a C++ source, comments left out. Goes no further into the language than metadata needs.
std::vector<CppToken> split_cpp(std::string_view source);

}  // namespace cairn
