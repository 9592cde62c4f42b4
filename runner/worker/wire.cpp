#include "worker/wire.hpp"

#include <cstring>

namespace cairn {

namespace {

constexpr std::uint32_t absent = 0xFFFFFFFFU;

template <class Number>
Number number_at(const char* data) {
  Number value{};
  std::memcpy(&value, data, sizeof value);
  return value;
}

template <class Number>
void append_number(std::string& payload, Number value) {
  std::array<char, sizeof value> raw{};
  std::memcpy(raw.data(), &value, sizeof value);
  payload.append(raw.data(), raw.size());
}

}  // namespace

FrameHeader make_header(Opcode opcode, std::size_t payload_size) {
  const auto size = static_cast<std::uint32_t>(payload_size);
  const auto code = static_cast<std::uint16_t>(opcode);
  FrameHeader header{};
  std::memcpy(header.data(), &size, sizeof size);
  std::memcpy(header.data() + 4, &code, sizeof code);
  return header;
}

std::span<char> FrameInput::room() {
  if (have_ < header_.size()) return std::span(header_).subspan(have_);
  return std::span(payload_).subspan(have_ - header_.size(), size_ - (have_ - header_.size()));
}

void FrameInput::filled(std::size_t count) {
  const bool had_header = have_ >= header_.size();
  have_ += count;
  if (!had_header && have_ >= header_.size()) read_header();
}

void FrameInput::read_header() {
  size_ = number_at<std::uint32_t>(header_.data());
  opcode_ = static_cast<Opcode>(number_at<std::uint16_t>(header_.data() + 4));
  if (number_at<std::uint16_t>(header_.data() + 6) != 0) throw WireBroken("a frame with unknown flags");
  if (size_ > most_frame_bytes) throw WireBroken("a frame of " + std::to_string(size_) + " bytes");
  if (payload_.size() < size_) payload_.resize(size_);
}

bool FrameInput::complete() const { return have_ >= header_.size() && have_ - header_.size() == size_; }

Frame FrameInput::take() {
  have_ = 0;
  return Frame{opcode_, std::string_view(payload_).substr(0, size_)};
}

FieldWriter& FieldWriter::u32(std::uint32_t value) {
  append_number(payload_, value);
  return *this;
}

FieldWriter& FieldWriter::u64(std::uint64_t value) {
  append_number(payload_, value);
  return *this;
}

FieldWriter& FieldWriter::text(std::string_view value) {
  u64(value.size());
  payload_.append(value);
  return *this;
}

FieldWriter& FieldWriter::optional(const std::optional<std::string>& value) {
  u32(value ? 0 : absent);
  return value ? text(*value) : *this;
}

FieldWriter& FieldWriter::bytes(std::string_view rest) {
  payload_.append(rest);
  return *this;
}

std::string_view FieldReader::bytes(std::size_t count) {
  if (count > rest_.size()) throw WireBroken("a frame that ends inside a field");
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

std::uint32_t FieldReader::u32() { return number_at<std::uint32_t>(bytes(sizeof(std::uint32_t)).data()); }
std::uint64_t FieldReader::u64() { return number_at<std::uint64_t>(bytes(sizeof(std::uint64_t)).data()); }
std::string_view FieldReader::text() { return bytes(u64()); }

std::optional<std::string> FieldReader::optional() {
  const std::uint32_t mark = u32();
  if (mark == absent) return std::nullopt;
  if (mark != 0) throw WireBroken("a field that is neither there nor absent");
  return std::string(text());
}

std::size_t FieldReader::count(std::size_t least_bytes) {
  const std::uint64_t entries = u64();
  if (entries > rest_.size() / least_bytes) throw WireBroken("a frame that announces more entries than it holds");
  return entries;
}

void FieldReader::end() const {
  if (!rest_.empty()) throw WireBroken("a frame with bytes left over");
}

}  // namespace cairn
