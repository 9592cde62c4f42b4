#include "plugin/dynamic_section.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "plugin/note_reader.hpp"

#include <elf.h>
#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::uint64_t most_entries = 4096;
constexpr std::uint64_t most_symbols = 1'000'000;
constexpr std::size_t most_names = 1000;
constexpr std::uint64_t longest_name = 4096;

Error damaged(std::string what) { return Error(Category::plugin, "damaged: " + std::move(what)); }

class DynamicReader {
 public:
  explicit DynamicReader(const Bytes& file) : file_(file), headers_(read_program_headers(file)) {}

  DynamicSection read() {
    for (const Elf64_Phdr& header : headers_)
      if (header.p_type == PT_DYNAMIC) entries(header);
    for (const std::uint64_t name : needed_) found_.needed.push_back(string_at(name));
    if (run_path_ != 0) found_.run_path = string_at(run_path_);
    if (symbols_ != 0) symbols();
    return std::move(found_);
  }

 private:
  void entries(const Elf64_Phdr& header) {
    const std::uint64_t count = header.p_filesz / sizeof(Elf64_Dyn);
    if (count > most_entries) throw damaged("the dynamic section is too large");
    for (std::uint64_t i = 0; i < count; ++i) {
      if (header.p_offset > file_.size()) throw damaged("the dynamic section lies outside the file");
      const auto entry = read_struct<Elf64_Dyn>(file_, header.p_offset + i * sizeof(Elf64_Dyn));
      if (entry.d_tag == DT_NULL) return;
      take(entry);
    }
  }

  void take(const Elf64_Dyn& entry) {
    const std::uint64_t value = entry.d_un.d_val;
    switch (entry.d_tag) {
      case DT_NEEDED: needed_.push_back(value); break;
      case DT_STRTAB: strings_ = offset_of(value); break;
      case DT_STRSZ: strings_size_ = value; break;
      case DT_SYMTAB: symbols_ = offset_of(value); break;
      case DT_HASH: hash_ = offset_of(value); break;
      case DT_GNU_HASH: gnu_hash_ = offset_of(value); break;
      case DT_RPATH:
      case DT_RUNPATH: run_path_ = value; break;
      default: break;
    }
  }

  /// Where in the file a loaded address comes from.
  std::uint64_t offset_of(std::uint64_t address) const {
    for (const Elf64_Phdr& header : headers_)
      if (header.p_type == PT_LOAD && address >= header.p_vaddr && address - header.p_vaddr < header.p_filesz) {
        const std::uint64_t inside = address - header.p_vaddr;
        if (header.p_offset > file_.size() || inside > file_.size() - header.p_offset) break;
        return header.p_offset + inside;
      }
    throw damaged(fmt::format("the address {:#x} belongs to no part of the file", address));
  }

  std::string string_at(std::uint64_t index) const {
    if (strings_ == 0 || index >= strings_size_) throw damaged("a name lies outside the string table");
    const std::uint64_t start = strings_ + index;
    if (start < strings_ || start > file_.size()) throw damaged("a name lies outside the file");
    const std::uint64_t room = std::min({strings_size_ - index, file_.size() - start, longest_name});
    std::string text(room, '\0');
    file_.read(start, text);
    text.resize(std::min(text.size(), text.find('\0')));
    return printable(text, longest_name);
  }

  /// The number of dynamic symbols stands nowhere but in a hash table.
  std::uint64_t symbol_count() const {
    if (hash_ != 0) return read_struct<Elf64_Word>(file_, hash_ + sizeof(Elf64_Word));
    if (gnu_hash_ == 0) return 0;
    const auto header = read_struct<std::array<std::uint32_t, 4>>(file_, gnu_hash_);
    const std::uint64_t buckets = gnu_hash_ + sizeof(header) + std::uint64_t{header[2]} * sizeof(std::uint64_t);
    const std::uint64_t chains = buckets + std::uint64_t{header[0]} * sizeof(std::uint32_t);
    if (header[0] > most_symbols) throw damaged("the symbol hash table is too large");
    std::uint64_t last = 0;
    for (std::uint64_t i = 0; i < header[0]; ++i)
      last = std::max<std::uint64_t>(last, read_struct<std::uint32_t>(file_, buckets + i * sizeof(std::uint32_t)));
    if (last < header[1]) return header[1];
    while ((read_struct<std::uint32_t>(file_, chains + (last - header[1]) * sizeof(std::uint32_t)) & 1U) == 0) ++last;
    return last + 1;
  }

  void symbols() {
    const std::uint64_t count = symbol_count();
    if (count > most_symbols) throw damaged("too many dynamic symbols");
    for (std::uint64_t i = 1; i < count; ++i) symbol(read_struct<Elf64_Sym>(file_, symbols_ + i * sizeof(Elf64_Sym)));
    std::sort(found_.exported.begin(), found_.exported.end());
  }

  void symbol(const Elf64_Sym& symbol) {
    const unsigned binding = symbol.st_info >> 4U;
    const unsigned visibility = symbol.st_other & 3U;
    if (symbol.st_shndx == SHN_UNDEF || binding == STB_LOCAL) return;
    if (visibility == STV_HIDDEN || visibility == STV_INTERNAL) return;
    ++found_.exported_count;
    if (binding == STB_GNU_UNIQUE) ++found_.unique_count;
    if (found_.exported.size() < most_names) found_.exported.push_back(string_at(symbol.st_name));
  }

  const Bytes& file_;
  std::vector<Elf64_Phdr> headers_;
  DynamicSection found_;
  std::vector<std::uint64_t> needed_;
  std::uint64_t strings_ = 0;
  std::uint64_t strings_size_ = 0;
  std::uint64_t symbols_ = 0;
  std::uint64_t hash_ = 0;
  std::uint64_t gnu_hash_ = 0;
  std::uint64_t run_path_ = 0;
};

}  // namespace

DynamicSection read_dynamic_section(const Bytes& file) { return DynamicReader(file).read(); }

}  // namespace cairn
