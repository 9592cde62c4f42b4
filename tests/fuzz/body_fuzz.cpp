#include "base/text.hpp"
#include "sql/body.hpp"
#include "sql/classify.hpp"

#include <cstdint>
#include <cstdlib>

/// Whatever the bytes: a body with statements in order and as many data blocks as readers of them, or an Error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string sql(reinterpret_cast<const char*>(data), size);
  try {
    const cairn::Body body = cairn::parse_body("fuzz.sql", sql);
    std::size_t readers = 0;
    std::size_t behind = 0;
    for (const cairn::Statement& s : body.statements) {
      if (s.begin < behind || s.end <= s.begin || s.end > body.text.size()) std::abort();
      behind = s.end;
      readers += s.copies_in ? 1 : 0;
      cairn::needs_no_transaction(body, s);
    }
    if (readers != body.copies.size() || !cairn::is_valid_utf8(body.text)) std::abort();
  } catch (const cairn::Error&) {
  }
  return 0;
}
