// milter/system/sha256.h: the fingerprint of a policy.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// SHA-256 of `octets` as 64 lower-case hexadecimal digits. Throws std::runtime_error when the crypto library
/// has none.
[[nodiscard]] std::string sha256_hex(std::string_view octets);

}  // namespace ccgate
