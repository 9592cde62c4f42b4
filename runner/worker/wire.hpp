#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace cairn {

/// Changes whenever a frame changes its meaning; runner and worker must agree exactly.
inline constexpr std::uint32_t wire_version = 3;

/// The largest payload of one frame. More is refused by the sender and is a broken wire for the receiver.
inline constexpr std::size_t most_frame_bytes = std::size_t{64} << 20U;

/// What a frame says. "One way" frames get no answer; every other call gets `answer` or `failed`.
enum class Opcode : std::uint16_t {
  // worker to runner
  hello = 1,        ///< first frame: wire version, ABI major and minor
  opened,           ///< answer to open_library
  not_opened,       ///< answer to open_library: the error
  finished,         ///< answer to run_function
  execute,          ///< one way
  query,
  run,
  savepoint,
  begin_copy_in,
  write_copy,       ///< one way
  end_copy_in,
  begin_copy_out,
  read_copy,        ///< the answer is the piece; empty: the end of the data
  end_copy_out,
  log,              ///< one way
  progress,         ///< one way
  variable,
  cancelled,
  offline,
  refused,          ///< one way: a call failed before it could be sent
  // runner to worker
  open_library,
  run_function,
  answer,
  failed,
};

/// The other side sent what the protocol does not know. Says what was wrong.
class WireBroken : public std::exception {
 public:
  explicit WireBroken(std::string what) : what_(std::move(what)) {}
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

/// A frame as received; the payload belongs to the FrameInput it came from.
struct Frame {
  Opcode opcode;
  std::string_view payload;
};

/// On the wire: u32 payload size, u16 opcode, u16 flags (0), payload; in the machine's byte order, since
/// both ends are on one machine.
using FrameHeader = std::array<char, 8>;
FrameHeader make_header(Opcode opcode, std::size_t payload_size);

/// Puts a frame together from whatever pieces arrive. Its buffer is used again and again, so that a long
/// stream of frames costs constant memory.
class FrameInput {
 public:
  /// Where the next bytes go; empty once a frame is complete.
  std::span<char> room();
  /// Says how many bytes came. Throws WireBroken for a header that announces too much.
  void filled(std::size_t count);
  bool complete() const;
  /// The frame; its payload is valid until the next room().
  Frame take();

 private:
  void read_header();

  FrameHeader header_{};
  std::size_t have_ = 0;     ///< bytes of header and payload received
  std::size_t size_ = 0;     ///< payload bytes announced
  Opcode opcode_ = Opcode::hello;
  std::string payload_;
};

/// Appends fields to a payload.
class FieldWriter {
 public:
  FieldWriter& u32(std::uint32_t value);
  FieldWriter& u64(std::uint64_t value);
  FieldWriter& text(std::string_view value);
  FieldWriter& optional(const std::optional<std::string>& value);
  /// The rest of the payload, without a size of its own.
  FieldWriter& bytes(std::string_view rest);

  const std::string& payload() const& { return payload_; }
  std::string payload() && { return std::move(payload_); }

 private:
  std::string payload_;
};

/// Takes fields from a payload. Never reads beyond it: throws WireBroken instead.
class FieldReader {
 public:
  explicit FieldReader(std::string_view payload) : rest_(payload) {}

  std::uint32_t u32();
  std::uint64_t u64();
  std::string_view text();
  std::optional<std::string> optional();
  /// All that is left.
  std::string_view rest() { return std::exchange(rest_, {}); }
  /// How many entries of at least `least_bytes` each follow. Throws when the rest cannot hold them.
  std::size_t count(std::size_t least_bytes);
  /// Throws when bytes are left over.
  void end() const;

 private:
  std::string_view bytes(std::size_t count);

  std::string_view rest_;
};

}  // namespace cairn
