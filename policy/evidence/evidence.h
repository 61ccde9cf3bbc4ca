// policy/evidence/evidence.h: what was verified about a message, and its tie to the author domain.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/evidence/truth.h"
#include "policy/message/message.h"
#include "policy/names/domain.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// RFC 8601 2.7. `temperror` means "ask again later"; it never means "no".
enum class AuthResult { none, pass, fail, softfail, neutral, policy, temperror, permerror };
template <>
struct EnumWords<AuthResult> {
  using enum AuthResult;
  static constexpr auto table = word_table<AuthResult>({
      {none, "none"},
      {pass, "pass"},
      {fail, "fail"},
      {softfail, "softfail"},
      {neutral, "neutral"},
      {policy, "policy"},
      {temperror, "temperror"},
      {permerror, "permerror"},
  });
};

/// One DKIM-Signature field. `pass` here means that it verifies *and* counts: no l=, not expired, a full key,
/// a strong hash. One that verifies but does not count is `policy`, with the reason; so is one that is more
/// than this program reads. `neutral` asks for something that is not known here.
struct Signature {
  AuthResult result = AuthResult::none;
  std::string why;                        ///< ASCII; empty for a pass
  std::optional<Domain> domain;           ///< d= (RFC 6376 3.5); nullopt when it could not be read
  std::string selector;                   ///< s=
  std::string algorithm;                  ///< a=
  unsigned key_bits = 0;                  ///< 0: not known
  std::vector<std::string> header_names;  ///< h=, lower case
  std::vector<std::size_t> covered;       ///< indexes of the header fields it covers; only when it verifies
};

/// RFC 7208. `none` too when the check was not possible (loopback, no client address, null MAIL FROM) or the
/// record lets everybody pass.
struct SpfEvidence {
  AuthResult result = AuthResult::none;
  std::optional<Domain> domain;  ///< of MAIL FROM
  std::string why;               ///< ASCII; empty for a plain pass
};

/// What the author domain's DMARC record asks of relaxed alignment (RFC 9989 adkim, aspf).
enum class AlignmentMode { relaxed, strict, unknown };

struct Evidence {
  std::vector<Signature> signatures;  ///< in message order
  SpfEvidence spf;
  AlignmentMode adkim = AlignmentMode::relaxed;  ///< unknown: a DNS temperror
  AlignmentMode aspf = AlignmentMode::relaxed;
  std::optional<Domain> organizational = {};  ///< of the author domain, where DMARC records tell it (RFC 9989
                                              ///< 4.10.2); nullopt: only the public suffix list does
};

/// The tie of an identifier to the author domain: the same name, or a parent of it down to and
/// including the organizational domain.
enum class Alignment { none, parent, exact };
/// By the public suffix list: the widest that can be.
[[nodiscard]] Alignment alignment(const Domain& identifier, const Domain& author_domain);
/// By that, and by `evidence.organizational` where it is narrower.
[[nodiscard]] Alignment alignment(const Evidence& evidence, const Domain& identifier,
                                  const Domain& author_domain);

/// True when `signature` covers every instance that the message has of `names` (lower case).
[[nodiscard]] bool covers_all(const Signature& signature, const std::vector<HeaderField>& fields,
                              std::initializer_list<std::string_view> names);

/// A signature that passes, is aligned and covers From, To, Cc, Subject, Date and Reply-To as far as the
/// message has them. Unknown while a temperror could still become one.
[[nodiscard]] Truth dkim_aligned(const Evidence& evidence, const Domain& author_domain,
                                 const std::vector<HeaderField>& fields);
/// Pass for a MAIL FROM domain that is aligned.
[[nodiscard]] Truth spf_aligned(const Evidence& evidence, const Domain& author_domain);
/// A signature as for dkim_aligned that also covers Content-Type and Content-Transfer-Encoding where present,
/// or SPF aligned: the text says what its author wrote.
[[nodiscard]] Truth text_authentic(const Evidence& evidence, const Domain& author_domain,
                                   const std::vector<HeaderField>& fields);

}  // namespace ccgate
