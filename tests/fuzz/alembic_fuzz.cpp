#include "alembic/alembic_import.hpp"
#include "alembic/ini_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

/// A project of one file, a1, which every script may be about.
const cairn::AlembicProject& project() {
  static const cairn::AlembicProject made{
      {}, {*cairn::parse_revision_file(cairn::make_input_text("a1.py", "revision = 'a1'\ndown_revision = None\n"))}, {}};
  return made;
}

void read_script(const cairn::InputText& input) {
  static const cairn::RevisionGraph graph = cairn::make_alembic_graph(project());
  for (const cairn::OfflineStep& step : cairn::parse_offline_script(input, graph).steps) {
    const cairn::CarriedStep carried = cairn::carry_over(project().revisions.front(), step.direction, &step);
    if (step.empty && carried.problems.empty()) std::abort();
  }
}

}  // namespace

/// Whatever the bytes: they are read as a revision file, an .ini file or a script, or refused with an Error. No step is
/// carried over without SQL, since the file's functions are not known to do nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const cairn::InputText input = cairn::make_input_text("fuzz", bytes.substr(std::min<std::size_t>(1, size)));
    if (bytes.starts_with('p')) cairn::parse_revision_file(input);
    else if (bytes.starts_with('i')) cairn::parse_ini_section(input, "alembic", {{"here", "/here"}});
    else read_script(input);
  } catch (const cairn::Error&) {
  }
  return 0;
}
