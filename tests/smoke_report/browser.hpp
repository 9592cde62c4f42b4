#pragma once

#include "smoke_report/picture.hpp"
#include "support/temporary_directory.hpp"

#include <string>
#include <string_view>

namespace cairn::test {

enum class Theme { light, dark };
struct View {
  int width = 1280;
  int height = 900;
  Theme theme = Theme::light;
};

/// Chromium without a window. Each call is a process of its own with an empty profile, and is over when it returns.
class Browser {
 public:
  /// What is in the document after its scripts have run. Throws std::runtime_error when the browser fails.
  std::string read_document(const std::string& page);

  Picture photograph(const std::string& page, const View& view);

  /// What the last page complained of, scripts and policy alike; empty: nothing.
  const std::string& complaints() const { return complaints_; }

 private:
  std::string open(const std::string& page, const View& view, const std::string& option);

  TemporaryDirectory folder_;
  std::string complaints_;
};

}  // namespace cairn::test
