#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cairn::test {

/// Follows both directions of an unencrypted PostgreSQL connection and counts how often the client sent
/// anew after the server had answered all, or had asked for more: start-up, each exchange, Terminate. A client
/// that pipelines is not counted for answers it did not wait for.
class FlightCounter {
 public:
  void from_client(std::string_view bytes);
  void from_server(std::string_view bytes);

  std::size_t turnarounds() const { return turnarounds_; }

 private:
  /// Finds message heads in a stream that arrives in pieces, and skips what lies between.
  struct Reader {
    std::array<std::uint8_t, 9> head{};
    std::size_t have = 0;
    std::uint64_t skip = 0;
  };
  static bool next(Reader& reader, std::string_view& bytes, std::size_t head_size);
  static std::uint32_t number_at(const Reader& reader, std::size_t offset);
  void client_started(std::uint32_t code);
  void client_sent(char type);
  void server_sent(char type);

  Reader client_;
  Reader server_;
  bool started_ = false;        ///< the start-up packet, which has no type, is behind us
  bool one_byte_answer_ = false;
  bool waited_ = true;
  std::int64_t pending_ = 0;    ///< ReadyForQuery that the server still owes
  std::size_t turnarounds_ = 0;
};

}  // namespace cairn::test
