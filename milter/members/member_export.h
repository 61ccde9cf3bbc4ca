// milter/members/member_export.h: the members as files of other programs. Pure. Those who were forgotten are
// left out: nobody is left to name.
#pragma once

#include <string>
#include <vector>

#include "milter/store/member_records.h"

namespace ccgate {

/// As read_members_csv reads it, all columns; LF at the ends of lines. Read in and written once more it is
/// the same text.
[[nodiscard]] std::string members_csv(const std::vector<Member>& members);

/// One vCard 4.0 (RFC 6350) for each address, its ccTLDs in CATEGORIES.
[[nodiscard]] std::string members_vcards(const std::vector<Member>& members);

/// A ccTLD on a line of its own, below it its people: for people who have no other program at hand.
[[nodiscard]] std::string members_plain(const std::vector<Member>& members);

}  // namespace ccgate
