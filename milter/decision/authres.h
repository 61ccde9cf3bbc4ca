// milter/decision/authres.h: Authentication-Results written, forged ones found (RFC 8601).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "milter/decision/edits.h"
#include "policy/evidence/evidence.h"

namespace ccgate {

/// True when the field value claims to be written by `authserv_id`, comments, quotes, case, version and one
/// trailing dot aside; true too when it cannot be parsed as far as its authserv-id and could be ours (RFC
/// 8601 5).
[[nodiscard]] bool claims_authserv_id(std::string_view value, std::string_view authserv_id);

/// Our own field value, folded: `<id>; dkim=... spf=... x-ccgate=pass policy.rule=...`.
[[nodiscard]] std::string authentication_results(std::string_view authserv_id, const Evidence& evidence,
                                                 const Verdict& verdict);

/// The `X-CCgate` field value.
[[nodiscard]] std::string ccgate_mark(const Verdict& verdict, std::string_view decision_word,
                                      std::string_view list, std::string_view policy_hash,
                                      std::string_view decision_id);

/// True for the names of fields that only we may write: Authentication-Results (in our name), X-CCgate and
/// X-CCgate-*; whatever blanks stand before the colon.
[[nodiscard]] bool is_mark(std::string_view field_name);

/// More of them in one message than any mail has on its way: not all might be taken off.
inline constexpr std::size_t kMostMarks = 1000;
[[nodiscard]] std::size_t count_marks(const std::vector<HeaderField>& fields);

/// Every field to delete from a gated message: Authentication-Results in our name, and all X-CCgate fields.
[[nodiscard]] std::vector<Edits::Deletion> forged_fields(const std::vector<HeaderField>& fields,
                                                         std::string_view authserv_id);

}  // namespace ccgate
