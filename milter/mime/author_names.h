// milter/mime/author_names.h: a From field -> what its author goes by.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// The display name in `from`, encoded words decoded, and behind it the local part of the address. Of a name
/// that cannot be read, or is very long, nothing. Never fails; nothing in it is proven.
[[nodiscard]] std::string author_names(std::string_view from);

}  // namespace ccgate
