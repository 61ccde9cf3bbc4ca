// policy/evidence/dkim_signature.h: a DKIM-Signature field read strictly (RFC 6376 3.2, 3.5), before any
// library sees it, and which header field instances its h= selects.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policy/message/message.h"
#include "policy/names/domain.h"

namespace ccgate {

struct DkimTags {
  std::string algorithm;                  ///< a=, lower case: rsa-sha256, ed25519-sha256, rsa-sha1
  Domain domain;                          ///< d=
  std::string selector;                   ///< s=, one or more LDH labels, lower case
  std::vector<std::string> header_names;  ///< h=, lower case, in order
  bool has_length = false;                ///< l= present
  std::optional<std::int64_t> signed_at;  ///< t=
  std::optional<std::int64_t> expires;    ///< x=
  std::string signature = {};             ///< b=, without blanks
  bool body_whole() const noexcept { return !has_length; }
};

struct DkimTagFault {
  std::string why;               ///< ASCII, for the log and `ccgate explain`
  std::optional<Domain> domain;  ///< d= where it could be read
};

/// Strict: every tag once, well-formed, required ones present (v=1 a b bh d h s), field at most 8 kB, h=
/// 1 to 64 field names, `from` among them, never `dkim-signature`; d= a domain of at least
/// two labels; i= at most 250 octets, ending in the d= domain, without quoted-printable `=` but
/// upper-case hex pairs; t=, x=, l= decimal of at most 12 digits; x= after t=; q= dns/txt only. Line
/// ends only as folds; blanks inside a value only in base64 and around the colons of h=.
[[nodiscard]] std::variant<DkimTags, DkimTagFault> parse_dkim_signature(std::string_view field_body);

/// The indexes into `fields` that h= selects (RFC 6376 5.4.2: for each name the lowest instance not
/// yet taken), ascending. Names without an instance left select nothing.
[[nodiscard]] std::vector<std::size_t> selected_fields(const std::vector<std::string>& header_names,
                                                       const std::vector<HeaderField>& fields);

}  // namespace ccgate
