// milter/members/member_lines.h: members as a list manager prints them, with what their display names tell.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/members/member_import.h"
#include "milter/store/member_records.h"
#include "policy/text/issue.h"

namespace ccgate {

/// True for a file whose first line that is not empty ends with an address in angle brackets.
[[nodiscard]] bool are_member_lines(std::string_view text) noexcept;

/// A line for each address, `"NAME, #1, .nl, +31 20 1234567" <anne@nic.example>`: parts behind commas, of
/// which those that begin with a dot are ccTLDs (one at least), the one with digits only a phone, and `#1`
/// the number of the person. The name may be encoded (RFC 2047). As of read_members_csv: all of it, or
/// nullopt and everything that is wrong.
[[nodiscard]] std::optional<std::vector<Member>> read_member_lines(std::string_view text,
                                                                   std::string_view file,
                                                                   const std::string& list, std::int64_t now,
                                                                   Issues& issues,
                                                                   const IsCcTld& is_cctld = {});

}  // namespace ccgate
