// policy/names/cctld.h: ccTLDs as people write them.
#pragma once

#include <optional>
#include <string_view>

#include "policy/names/domain.h"

namespace ccgate {

/// One ccTLD as people write it: `FR`, `.fr`, `рф`, `.xn--p1ai`, a leading ideographic or
/// fullwidth dot, direction marks around it. nullopt when `word` cannot be the label of a
/// ccTLD: two ASCII letters, or an IDN label. Whether it is delegated is the directory's question.
[[nodiscard]] std::optional<Domain> parse_cctld(std::string_view word);

}  // namespace ccgate
