// milter/scenario/scenario_sign.h: DKIM signatures made for a scenario's message and for tests. Shares no
// code with the verifier: the two check each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/message/message.h"
#include "policy/text/enum_words.h"

namespace ccgate {

enum class SigningKey { rsa2048, rsa1024, rsa768, ed25519 };
template <>
struct EnumWords<SigningKey> {
  using enum SigningKey;
  static constexpr auto table = word_table<SigningKey>({
      {rsa2048, "rsa2048"},
      {rsa1024, "rsa1024"},
      {rsa768, "rsa768"},
      {ed25519, "ed25519"},
  });
};

struct SigningRequest {
  std::string domain;
  std::string selector;
  SigningKey key = SigningKey::rsa2048;
  /// a=: rsa-sha256, rsa-sha1 or ed25519-sha256; empty: the one of the key.
  std::string algorithm;
  /// h=, in order; a name repeated beyond its instances signs that there is no further one.
  std::vector<std::string> header_names{"From", "To", "Cc", "Subject", "Date"};
  std::optional<std::size_t> body_length;  ///< l=
  std::optional<std::int64_t> signed_at;   ///< t=
  std::optional<std::int64_t> expires;     ///< x=
  std::string extra_tags;                  ///< as they shall stand in the field, `i=@nic.example`
  /// Not empty: the whole value, tags in any order and form; `{h}`, `{bh}` and `{b}` are filled in.
  std::string field = {};
  bool relaxed_header = true;
  bool relaxed_body = true;
};

/// The value of a DKIM-Signature field (leading blank, folds as LF and tab, as HeaderField wants it) for a
/// message of `fields` and `body` (CRLF line ends). Throws std::runtime_error for an algorithm that the key
/// cannot do.
[[nodiscard]] std::string sign(const std::vector<HeaderField>& fields, std::string_view body,
                               const SigningRequest& request);

/// The TXT record for the selector: `v=DKIM1; k=...; p=...`.
[[nodiscard]] std::string public_key_record(SigningKey key);

/// An RSA key as p= may hold it too: base64 of an RSAPublicKey (RFC 8017 A.1.1).
[[nodiscard]] std::string pkcs1_public_key(SigningKey key);

}  // namespace ccgate
