#include "bundle/gzip.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <limits>

#define ZLIB_CONST   // else its input would have to be writable
#include <zlib.h>

namespace cairn {

namespace {

/// One stream of zlib from its beginning to its end.
class Deflater {
 public:
  Deflater() {
    constexpr int largest_window = 15;
    constexpr int as_gzip = 16;
    constexpr int usual_memory = 8;
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, largest_window + as_gzip, usual_memory, Z_DEFAULT_STRATEGY) != Z_OK)
      throw Error(Category::internal, "zlib cannot be started");
    header_.os = 3;   // Unix: zlib would name the system it was built for
    deflateSetHeader(&stream_, &header_);
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void add(std::string_view bytes, int flush, std::string& to) {
    stream_.next_in = reinterpret_cast<const Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 65536> piece;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream_.avail_out = piece.size();
      deflate(&stream_, flush);
      to.append(piece.data(), piece.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
  gz_header header_{};
};

}  // namespace

std::string gzip(std::string_view bytes) {
  constexpr std::size_t most = std::numeric_limits<uInt>::max() / 2;   // zlib counts in 32 bits
  std::string file;
  Deflater deflater;
  while (bytes.size() > most) {
    deflater.add(bytes.substr(0, most), Z_NO_FLUSH, file);
    bytes.remove_prefix(most);
  }
  deflater.add(bytes, Z_FINISH, file);
  return file;
}

}  // namespace cairn
