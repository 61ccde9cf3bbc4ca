// policy/evidence/dkim_signature.h: a DKIM-Signature field read strictly (RFC 6376 3.2, 3.5, RFC 8616 5),
// before any library sees it, and which header field instances its h= selects.
#pragma once

#include <cstddef>
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
  std::string selector;                   ///< s=, labels of letters, digits, `-`, `_`; lower case, A-labels
  std::vector<std::string> header_names;  ///< h=, lower case, in order
  bool has_length = false;                ///< l= present
  std::optional<std::int64_t> signed_at;  ///< t=
  std::optional<std::int64_t> expires;    ///< x=
  std::string signature = {};             ///< b=, without blanks, padded
  std::string body_hash = {};             ///< bh=, likewise
  bool relaxed_header = false;            ///< c=
  bool relaxed_body = false;
  bool identity_below = false;  ///< i= is of a domain below d=
  /// Where the value of b= stands in the field, the blanks around it included: what is hashed lacks it
  /// (RFC 6376 3.7).
  std::size_t signature_begin = 0;
  std::size_t signature_end = 0;
  /// Written as nearly all signers write: ASCII, at most 4 kB and 64 names of usual letters in h=, every name
  /// of a tag right before its equals sign, and so on. Libraries read the rest each in its own way.
  bool plain = false;
  bool body_whole() const noexcept { return !has_length; }
};

struct DkimTagFault {
  /// What is wrong with the field: its form, that it wants something that is not known here, or that it is
  /// more than this program reads. The last two say nothing against its author.
  enum class Kind { malformed, unknown, over_limit };
  Kind kind = Kind::malformed;
  std::string why;               ///< ASCII, for the log and `ccgate explain`
  std::optional<Domain> domain;  ///< d= where it could be read
};

/// The most names in h= that are read.
inline constexpr std::size_t kSignedNames = 200;

/// Strict: every tag once, well-formed, required ones present (v=1 a b bh d h s), h= 1 to kSignedNames field
/// names, `from` among them; d= a domain of at least two labels; i= in or below d=, quoted-printable `=` with
/// upper-case hex pairs; t=, x=, l= decimal of at most 12 digits; x= after t=; q= with dns/txt among it.
/// Names and local parts may be UTF-8. Line ends only as folds; blanks inside a value only in base64, around
/// the colons of h= and q=, and in the local part of i=. What other tags hold is not looked at. The field may
/// be as long as the header; linear time.
[[nodiscard]] std::variant<DkimTags, DkimTagFault> parse_dkim_signature(std::string_view field_body);

/// `field_body` of the signature that was read as `tags`, as it is hashed: without the value of b=.
[[nodiscard]] std::string without_signature(std::string_view field_body, const DkimTags& tags);

/// No field: every DKIM-Signature may be selected.
inline constexpr std::size_t kNoField = static_cast<std::size_t>(-1);

/// The indexes into `fields` that h= selects (RFC 6376 5.4.2: for each name the lowest instance not yet
/// taken, never `itself`, the signature's own field), in the order of h=. Names without an instance left
/// select nothing.
[[nodiscard]] std::vector<std::size_t> signed_fields(const std::vector<std::string>& header_names,
                                                     const std::vector<HeaderField>& fields,
                                                     std::size_t itself = kNoField);

/// The same, ascending.
[[nodiscard]] std::vector<std::size_t> selected_fields(const std::vector<std::string>& header_names,
                                                       const std::vector<HeaderField>& fields,
                                                       std::size_t itself = kNoField);

}  // namespace ccgate
