#include "smoke_report/browser.hpp"

#include "support/file_text.hpp"
#include "support/process.hpp"

#include <unistd.h>

#include <sstream>
#include <stdexcept>

namespace cairn::test {

namespace {

std::vector<std::string> options_of(const View& view, const std::filesystem::path& profile) {
  std::vector<std::string> options{"chromium", "--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync",
                                   "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
                                   "--force-device-scale-factor=1", "--enable-logging=stderr", "--log-level=0",
                                   "--user-data-dir=" + profile.string(),
                                   "--window-size=" + std::to_string(view.width) + "," + std::to_string(view.height)};
  if (geteuid() == 0) options.emplace_back("--no-sandbox");   // it refuses to start as root otherwise
  options.emplace_back(view.theme == Theme::dark ? "--blink-settings=preferredColorScheme=0" : "--blink-settings=preferredColorScheme=1");
  return options;
}

/// Its own troubles with a machine without desktop are none of the page's.
std::string complaints_in(const std::string& log) {
  std::string found;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);)
    if (line.find(":CONSOLE") != line.npos) found += line + "\n";
  return found;
}

}  // namespace

std::string Browser::open(const std::string& page, const View& view, const std::string& option) {
  const TemporaryDirectory profile;
  write_file(folder_ / "page.html", page);
  Command command{.argv = options_of(view, profile.path()), .directory = folder_.path()};
  command.environment["HOME"] = profile.path().string();
  command.argv.push_back(option);
  command.argv.push_back("file://" + (folder_ / "page.html").string());
  const Finished finished = run(command);
  if (!finished.ok()) throw std::runtime_error("chromium failed: " + finished.err);
  complaints_ = complaints_in(finished.err);
  return finished.out;
}

std::string Browser::read_document(const std::string& page) { return open(page, {}, "--dump-dom"); }

Picture Browser::photograph(const std::string& page, const View& view) {
  const std::filesystem::path file = folder_ / "screen.png";
  std::filesystem::remove(file);
  open(page, view, "--screenshot=" + file.string());
  return read_png(read_file(file));
}

}  // namespace cairn::test
