#include "base/digest.hpp"

#include "base/error.hpp"

// The older interface, which only computes. EVP first loads OpenSSL's configuration and providers, and the lock's key
// would make every upgrade wait for that.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace cairn {

Sha256 sha256(std::string_view bytes) {
  Sha256 digest{};
  SHA256_CTX state;
  const bool done = SHA256_Init(&state) == 1 && SHA256_Update(&state, bytes.data(), bytes.size()) == 1 &&
                    SHA256_Final(digest.data(), &state) == 1;
  if (!done) throw Error(Category::internal, "OpenSSL cannot compute SHA-256");
  return digest;
}

std::string hex(const Sha256& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

}  // namespace cairn
