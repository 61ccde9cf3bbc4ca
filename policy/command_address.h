// policy/command_address.h: what one word of an address means to a list manager.
#pragma once

#include <string_view>

#include "policy/request.h"

namespace ccgate {

/// What mlmmj does with `list+WORD@`: `subscribe-digest`, `confsub-COOKIE`, `permit-COOKIE`, ... The empty
/// word is the posting address. Case-insensitive; words that mlmmj does not know are `other`.
[[nodiscard]] RequestKind mlmmj_command(std::string_view word);

}  // namespace ccgate
