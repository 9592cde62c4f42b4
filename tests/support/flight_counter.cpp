#include "support/flight_counter.hpp"

#include <algorithm>

namespace cairn::test {

namespace {

constexpr std::uint32_t ssl_request = 80877103;
constexpr std::uint32_t gss_request = 80877104;
constexpr std::size_t startup_head = 8;   // length, code
constexpr std::size_t message_head = 5;   // type, length

}  // namespace

/// True once a head is complete; its type and length are then in reader.head.
bool FlightCounter::next(Reader& reader, std::string_view& bytes, std::size_t head_size) {
  const std::size_t skipped = std::min<std::uint64_t>(reader.skip, bytes.size());
  reader.skip -= skipped;
  bytes.remove_prefix(skipped);
  while (reader.have < head_size && !bytes.empty()) {
    reader.head[reader.have++] = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
  }
  if (reader.have < head_size) return false;
  reader.have = 0;
  const std::uint64_t length = number_at(reader, head_size == startup_head ? 0 : 1);
  const std::uint64_t counted = head_size == startup_head ? 8 : 4;  // the part of the length already read
  reader.skip = length > counted ? length - counted : 0;
  return true;
}

std::uint32_t FlightCounter::number_at(const Reader& reader, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t byte = offset; byte < offset + 4; ++byte) number = number << 8 | reader.head[byte];
  return number;
}

void FlightCounter::from_client(std::string_view bytes) {
  if (bytes.empty()) return;
  if (waited_) ++turnarounds_;
  waited_ = false;
  while (!bytes.empty()) {
    if (!next(client_, bytes, started_ ? message_head : startup_head)) break;
    if (started_) {
      client_sent(static_cast<char>(client_.head[0]));
    } else {
      client_started(number_at(client_, 4));
    }
  }
}

void FlightCounter::client_started(std::uint32_t code) {
  one_byte_answer_ = code == ssl_request || code == gss_request;
  if (one_byte_answer_) return;
  started_ = true;
  pending_ = 1;
}

void FlightCounter::client_sent(char type) {
  if (type == 'Q' || type == 'S' || type == 'F') ++pending_;
}

void FlightCounter::from_server(std::string_view bytes) {
  if (one_byte_answer_ && !bytes.empty()) {
    one_byte_answer_ = false;
    waited_ = true;
    bytes.remove_prefix(1);
  }
  while (!bytes.empty()) {
    if (next(server_, bytes, message_head)) server_sent(static_cast<char>(server_.head[0]));
  }
}

void FlightCounter::server_sent(char type) {
  if (type == 'Z') --pending_;
  const bool asks = type == 'R' || type == 'G' || type == 'W';
  if (asks || (type == 'Z' && pending_ <= 0)) waited_ = true;
}

}  // namespace cairn::test
