#pragma once

#include "base/file_descriptor.hpp"

#include <array>
#include <cstring>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cairn {

/// Which file a path led to, and in which state: a rebuilt or edited file differs.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;

  bool operator==(const FileIdentity&) const = default;
  bool same_file(const FileIdentity& other) const { return device == other.device && inode == other.inode; }
};

/// Bytes that can be read at any offset; nothing of them is trusted.
class Bytes {
 public:
  virtual ~Bytes() = default;
  virtual std::uint64_t size() const = 0;
  /// Fills `into` from `offset`, or throws an Error (category plugin) when these bytes do not exist.
  virtual void read(std::uint64_t offset, std::span<char> into) const = 0;
};

/// The bytes at `offset` as a struct of plain numbers in this machine's order.
template <class T>
T read_struct(const Bytes& bytes, std::uint64_t offset) {
  char raw[sizeof(T)];
  bytes.read(offset, raw);
  T value;
  std::memcpy(&value, raw, sizeof(T));
  return value;
}

/// All of them.
std::string read_all(const Bytes& bytes);

/// An open regular file. Its first page is kept: the notes of nearly every plugin lie in it.
class FileBytes : public Bytes {
 public:
  /// Throws an Error (category plugin) without the path in it: missing, unreadable, not a regular file.
  explicit FileBytes(const std::string& path);
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::uint64_t size() const override { return identity_.size; }
  void read(std::uint64_t offset, std::span<char> into) const override;
  const FileIdentity& identity() const { return identity_; }

 private:
  void load_head();

  FileDescriptor descriptor_;
  FileIdentity identity_;
  std::array<char, 4096> head_;
  std::uint64_t head_size_ = 0;
};

/// Bytes in memory, for tests and fuzzing. Does not own them.
class MemoryBytes : public Bytes {
 public:
  explicit MemoryBytes(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  void read(std::uint64_t offset, std::span<char> into) const override;

 private:
  std::string_view bytes_;
};

}  // namespace cairn
