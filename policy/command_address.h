// policy/command_address.h: what one word of an address means to a list manager.
#pragma once

#include <string_view>

#include "policy/request.h"

namespace ccgate {

/// The kind of `list+WORD@` for mlmmj; a word that it does not have is `subscribe`.
[[nodiscard]] RequestKind mlmmj_command(std::string_view word);

}  // namespace ccgate
