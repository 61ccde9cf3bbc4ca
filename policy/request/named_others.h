// policy/request/named_others.h: whether a text names somebody besides its author to be subscribed.
#pragma once

#include <string_view>

#include "policy/names/address.h"
#include "policy/names/list_addresses.h"

namespace ccgate {

/// A closed set, since the manager may read what `read_command_line` does not: true unless every line with a
/// word that names somebody (Mailman `address=`; Sympa ADD and INVITE with an address behind them) is a
/// command for `author` alone. Under every reading: as the lines stand, with those joined that format=flowed
/// or quoted-printable breaks, without what is not ASCII, with any control for a blank. False for managers
/// that read no text. Linear time.
[[nodiscard]] bool may_name_others(Manager manager, std::string_view text, const Address& author);

}  // namespace ccgate
