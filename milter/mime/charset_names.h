// milter/mime/charset_names.h: the names under which charsets are known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// All names of the charset that is registered as `name` (IANA character sets, and what mail programs write
/// beside them), in lower case, `name` first; only `name` where no such charset is known. Letter case and
/// hyphens make no difference, and the `cs` that registered aliases begin with may be missing.
[[nodiscard]] std::vector<std::string> charset_names(std::string_view name);

}  // namespace ccgate
