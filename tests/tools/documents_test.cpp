// Reads the Markdown files of the source tree.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace cairn {
namespace {

namespace fs = std::filesystem;

const fs::path root = CAIRN_SOURCE_DIR;

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  EXPECT_TRUE(stream) << file;
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Lines outside of fenced blocks: what looks like a link or a heading in there is neither.
std::vector<std::string> prose_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  bool fenced = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("```")) fenced = !fenced;
    else if (!fenced) lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> links_of(const std::string& text) {
  std::vector<std::string> links;
  for (const std::string& line : prose_of(text))
    for (std::size_t at = line.find("]("); at != line.npos; at = line.find("](", at + 2))
      links.push_back(line.substr(at + 2, line.find(')', at) - at - 2));
  return links;
}

/// The name by which a heading is linked: "## When it stops" is #when-it-stops.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading.substr(heading.find_first_not_of("# "))) {
    if (c == ' ' || c == '-') anchor += '-';
    else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return anchor;
}

bool has_anchor(const std::string& text, const std::string& anchor) {
  const std::vector<std::string> lines = prose_of(text);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.starts_with('#') && anchor_of(line) == anchor; });
}

/// What is wrong with a link that stands in the file; empty when nothing is.
std::string fault_of(const fs::path& file, const std::string& link) {
  if (link.starts_with("https://")) return "";
  const std::size_t hash = std::min(link.find('#'), link.size());
  const fs::path target = hash == 0 ? file : file.parent_path() / link.substr(0, hash);
  if (!fs::exists(target)) return file.string() + " links " + link + ", which does not exist\n";
  if (hash == link.size() || has_anchor(read_text(target), link.substr(hash + 1))) return "";
  return file.string() + " links " + link + ", which has no such heading\n";
}

std::vector<fs::path> documents() {
  std::vector<fs::path> files;
  for (auto at = fs::recursive_directory_iterator(root); at != fs::recursive_directory_iterator(); ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (name.starts_with('.') || name == "build")) at.disable_recursion_pending();
    else if (at->path().extension() == ".md") files.push_back(at->path());
  }
  return files;
}

TEST(Documents, link_only_what_exists) {
  std::string faults;
  std::size_t links = 0;
  for (const fs::path& file : documents())
    for (const std::string& link : links_of(read_text(file))) {
      faults += fault_of(file, link);
      ++links;
    }
  EXPECT_EQ(faults, "");
  EXPECT_GT(links, 20u);
}

TEST(Documents, list_every_decision) {
  const fs::path folder = root / "docs" / "decisions";
  const std::vector<std::string> listed = links_of(read_text(folder / "README.md"));
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name == "README.md" || std::find(listed.begin(), listed.end(), name) != listed.end()) << name;
  }
}

TEST(Changelog, begins_with_this_version) {
  const std::string text = read_text(root / "CHANGELOG.md");
  const std::size_t entry = text.find("\n## [");
  ASSERT_NE(entry, text.npos);
  EXPECT_EQ(text.substr(entry + 5, text.find(']', entry) - entry - 5), CAIRN_VERSION);
}

TEST(DocumentRules, find_a_broken_link) {
  const fs::path file = root / "CHANGELOG.md";
  struct Case { const char* name; const char* text; bool broken; };
  const Case cases[] = {
      {"no such file", "see [a](missing.md)", true},
      {"no such heading", "see [a](CHANGELOG.md#missing)", true},
      {"the second of a line", "[a](CHANGELOG.md) [b](missing.md)", true},
      {"a file and a heading", "[a](CHANGELOG.md#changelog)", false},
      {"a heading of its own", "[a](#changelog)", false},
      {"in an example", "```\n[a](missing.md)\n```", false},
  };
  for (const Case& c : cases) {
    std::string faults;
    for (const std::string& link : links_of(c.text)) faults += fault_of(file, link);
    EXPECT_EQ(!faults.empty(), c.broken) << c.name << ": " << faults;
  }
}

}  // namespace
}  // namespace cairn
