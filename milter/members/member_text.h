// milter/members/member_text.h: what others wrote of a member, made harmless, and in which order members
// stand. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "milter/store/member_records.h"

namespace ccgate {

/// As every export writes a text that came by mail: one line, without controls, direction marks and what
/// nobody sees.
[[nodiscard]] std::string member_text(std::string_view text);

/// True for digits with what stands between them: `+ ( ) . / -` and blanks.
[[nodiscard]] bool is_plain_phone(std::string_view text) noexcept;

/// ASCII ccTLDs before the others, each alphabetically; then by address and time; lists apart.
[[nodiscard]] std::vector<Member> in_member_order(std::vector<Member> members);

/// `.xa`; an IDN ccTLD as a U-label.
[[nodiscard]] std::string member_label(const Member& member);

}  // namespace ccgate
