// milter/site/aliases.h: aliases(5) files -> addresses that reach the same people.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "policy/names/address.h"
#include "policy/text/issue.h"

namespace ccgate {

/// aliases(5) text: `name: address, address` with continuation lines and comments. Each name and each of its
/// addresses are a set of two that reach the same people; the addresses among themselves are not, since a
/// team is no one of its people. Entries that are no addresses (pipes, files, :include:, local names) are
/// told as warnings and ignored.
[[nodiscard]] std::vector<std::set<Address>> parse_aliases(std::string_view text, std::string_view file,
                                                           Issues& issues);

}  // namespace ccgate
