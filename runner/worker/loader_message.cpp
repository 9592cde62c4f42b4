#include "worker/loader_message.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <optional>

namespace cairn {

namespace {

/// The text between two marks, or nothing when either is absent.
std::optional<std::string> find_between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t start = text.find(before);
  if (start == text.npos) return std::nullopt;
  const std::string_view rest = text.substr(start + before.size());
  const std::size_t end = after.empty() ? rest.size() : rest.find(after);
  if (end == rest.npos) return std::nullopt;
  return std::string(rest.substr(0, end));
}

/// dlerror()'s sentence without Boost.DLL's words around it.
std::string_view loader_sentence(std::string_view text) {
  constexpr std::string_view mark = "dlerror system message: ";
  const std::size_t start = text.find(mark);
  if (start == text.npos) return text;
  text.remove_prefix(start + mark.size());
  return text.substr(0, text.rfind(')'));
}

std::string readable_symbol(const std::string& symbol) {
  if (!symbol.starts_with("_Z")) return symbol;   // "f" would be read as the type float
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 && name ? name.get() : symbol;
}

Error undefined_symbol(const std::string& path, const std::string& symbol) {
  return Error(Category::plugin, path + ": needs \"" + readable_symbol(symbol) + "\", which nothing defines")
      .hint("Link the revision with the library that defines it, and with -Wl,-z,defs, so that its build finds this.");
}

Error version_not_found(const std::string& path, const std::string& version) {
  return Error(Category::plugin, path + ": needs " + version + ", which this system does not have")
      .hint("Build the revision on the oldest system it is to run on.");
}

Error missing_library(const std::string& path, const std::string& name) {
  return Error(Category::plugin, path + ": needs the library " + name + ", which is not installed")
      .hint("Install it where the system looks for libraries, or link the revision statically with it: the folder of the plugin "
            "is not searched.");
}

}  // namespace

Error loader_error(const std::string& path, std::string_view text) {
  const std::string sentence(loader_sentence(text));
  const std::string own = path + ": ";
  const auto with_sentence = [&](Error error) { return std::move(error.detail("The loader says: " + sentence)); };
  if (const auto symbol = find_between(sentence, "undefined symbol: ", ""))
    return with_sentence(undefined_symbol(path, symbol->substr(0, symbol->find_first_of(", "))));
  if (const auto version = find_between(sentence, "version `", "' not found"))
    return with_sentence(version_not_found(path, *version));
  const auto name = find_between(sentence, "", ": cannot open shared object file");
  if (name && *name != path) return with_sentence(missing_library(path, *name));
  const std::string reason = sentence.starts_with(own) ? sentence.substr(own.size()) : sentence;
  return Error(Category::plugin, path + ": cannot be loaded: " + reason);
}

}  // namespace cairn
