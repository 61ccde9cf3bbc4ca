// policy/registry/roster.h: who is a member of a list, for which ccTLD.
#pragma once

#include <map>
#include <set>
#include <string_view>

#include "policy/names/address.h"
#include "policy/text/issue.h"

namespace ccgate {

/// The members for each ccTLD.
using Roster = std::map<Domain, std::set<Address>>;

/// The text of a roster file: a line for each member, `CCTLD ADDRESS`, the ccTLD as people write it; empty
/// lines and those that start with `#` are left out. Lines that cannot be read are told as warnings; the
/// others count.
[[nodiscard]] Roster parse_roster(std::string_view text, std::string_view file, Issues& issues);

}  // namespace ccgate
