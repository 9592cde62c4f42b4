// libFuzzer over everything that reads a plugin's bytes. With clang and -DCAIRN_FUZZ=ON:
//   build/<preset>/bin/note_fuzz -max_len=8192 -max_total_time=60 <corpus of plugins>
#include "base/error.hpp"
#include "plugin/dynamic_section.hpp"
#include "plugin/metadata.hpp"
#include "plugin/note_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

/// Whatever is not an Error is a finding.
template <class Part>
void attempt(const Part& part) {
  try {
    part();
  } catch (const cairn::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const cairn::MemoryBytes bytes(input);
  attempt([&] { cairn::parse_metadata(cairn::read_notes(bytes).metadata); });
  attempt([&] { cairn::parse_metadata(input); });
  attempt([&] { cairn::read_dynamic_section(bytes); });
  return 0;
}
