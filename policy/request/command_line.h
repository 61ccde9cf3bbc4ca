// policy/request/command_line.h: one line as Mailman or Sympa reads it.
#pragma once

#include <string_view>

#include "policy/names/address.h"
#include "policy/names/list_addresses.h"
#include "policy/request/request_kind.h"

namespace ccgate {

struct Commands {
  RequestKind kind = RequestKind::post;  ///< the most privileged one; post when there is none
  bool subscribes_other = false;         ///< `address=`, ADD or INVITE names somebody who is not the author
};

/// Adds what the line asks to what was found before.
void read_command_line(Manager manager, std::string_view line, const Address& author, Commands& commands);

}  // namespace ccgate
