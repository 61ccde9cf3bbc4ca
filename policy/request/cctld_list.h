// policy/request/cctld_list.h: the ccTLDs at a label of the joining form.
#pragma once

#include <string_view>

#include "policy/request/known_cctlds.h"

namespace ccgate {

/// What stands behind a label (`ccTLD: xa, xb`). Where a word in it stands behind a dot, those words count,
/// and what is one code between separators. Else each part between separators counts that is nothing but
/// ccTLDs, or begins with one (`xa - Xanadu`); where no part does, what stands in brackets (`Xanadu (xa)`) or
/// somewhere among other words and exists. A word that is common in some language, or written like a name,
/// counts among others only where its contact is involved. Where a host name stands in it, nothing is named
/// so, or there are too many words, every word must be a ccTLD.
void read_cctld_list(std::string_view value, const KnownCcTlds& known, NamedCcTlds& named);

/// True for a line below a label that goes on with its list: `- xa`, `2. .xb Ybor`, `xa, xb`.
[[nodiscard]] bool is_list_item(std::string_view line, const KnownCcTlds& known);

}  // namespace ccgate
