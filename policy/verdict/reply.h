// policy/verdict/reply.h: the SMTP reply of each ground (RFC 3463, 7372): it tells the author what to do
// next.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/evidence/evidence.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

/// The longest reply, with code, status and decision id.
constexpr std::size_t kReplyBytes = 400;

/// The reply of a ground when the operator has no words of their own for it.
[[nodiscard]] Reply default_reply(Ground ground, Decision decision);

/// The refusal of a ccTLD that is not known here, which it names. `label`: letters, digits and hyphens of
/// ASCII.
[[nodiscard]] Reply unknown_cctld_reply(std::string_view label);

/// Why authentication is missing, by the codes of RFC 7372: which of the identifiers came nearest. A
/// signature of the author domain that does not count, with the reason, before what is of another domain.
[[nodiscard]] Reply authentication_reply(const Evidence& evidence, const Domain& author_domain);

/// `reply` where the operator's template says something, else `fallback`; `{tld}` and `{admin_contact}`
/// filled in from the directory. Without a ccTLD they read "your ccTLD" and "its admin contact". Text that
/// does not name the ccTLD gets `.tld: ` before it when `name_cctld` is set.
[[nodiscard]] Reply fill_reply(const ReplyTemplate& reply, const Reply& fallback, const CcTld* cctld,
                               bool name_cctld);

/// The answer while `contacts` are asked, and `members` of the list, whom nobody outside is told; as `style`
/// wants it, of `hold` that of an accept. Addresses that are not ASCII, and those beyond the third, are left
/// out of the text.
[[nodiscard]] Reply asked_reply(AskStyle style, const std::vector<Address>& contacts, bool members = false);

/// The refusal of a request where too few of those who were asked can agree any more.
[[nodiscard]] Reply outvoted_reply();

/// `text [id]`, cut so that the whole line stays within kReplyBytes.
[[nodiscard]] std::string reply_text(const Reply& reply, std::string_view decision_id);

}  // namespace ccgate
