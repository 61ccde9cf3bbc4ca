#include "milter/store/token.h"

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <stdexcept>

#include "milter/system/sha256.h"
#include "policy/request/own_address.h"

namespace ccgate {

std::string new_token() {
  std::array<std::uint8_t, 16> octets{};
  if (getrandom(octets.data(), octets.size(), 0) != static_cast<ssize_t>(octets.size()))
    throw std::runtime_error("the system gives no random octets");
  std::string token;
  unsigned held = 0, bits = 0;
  for (const std::uint8_t octet : octets) {
    held = (held << 8) | octet;
    for (bits += 8; bits >= 5; bits -= 5)
      token += "abcdefghijklmnopqrstuvwxyz234567"[(held >> (bits - 5)) & 31];
    held &= (1U << bits) - 1;
  }
  token += "abcdefghijklmnopqrstuvwxyz234567"[(held << (5 - bits)) & 31];
  return token;
}

std::string token_hash(std::string_view token) {
  return sha256_hex(token);
}

bool same_in_constant_time(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

}  // namespace ccgate
