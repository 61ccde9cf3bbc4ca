// policy/evidence/spf_macro.h: what the macros of an SPF record stand for (RFC 7208 7).
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// What is checked. Refers to what the caller owns. Octets, without any escape.
struct SpfMacroValues {
  std::string_view local;                  ///< of MAIL FROM
  std::string_view sender_domain;          ///< `o`
  std::string_view current_domain;         ///< `d`: of the record that the macro stands in
  std::string_view address;                ///< `i`: the octets of the client's address, 4 or 16
  std::string_view helo;                   ///< `h`, whatever it was
  std::string_view validated = "unknown";  ///< `p`
};

/// True when `domain_spec`, which obeys the ABNF, has a macro of one of `letters` (lower case).
[[nodiscard]] bool uses_macro(std::string_view domain_spec, std::string_view letters);

/// The name that `domain_spec`, which obeys the ABNF, stands for: octets, without final dot, labels cut off
/// at the left until it has 253 of them at most (7.3).
[[nodiscard]] std::string expand_macros(std::string_view domain_spec, const SpfMacroValues& values);

}  // namespace ccgate
