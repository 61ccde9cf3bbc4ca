// milter/evidence/public_key_cache.h: DKIM public keys parsed once. OpenSSL 3.0 takes five times as long to
// parse an RSA key as to verify with it, and libopendkim parses the key of every signature anew.
#pragma once

#include <cstddef>

namespace ccgate {

/// Keys kept; when they are more, all are forgotten.
constexpr std::size_t kKeptKeys = 1024;

/// How many parses were saved so far. Whoever uses the library that is to be served calls it, so that the
/// linker keeps the function that serves it: this program's own d2i_PUBKEY_bio(3), which stands before
/// OpenSSL's and does the same, but that it remembers, and reads RSA keys on the shortest way. The result
/// depends on nothing but the octets of the key.
[[nodiscard]] std::size_t parses_saved() noexcept;

}  // namespace ccgate
