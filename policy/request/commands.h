// policy/request/commands.h: the commands that a list manager finds in a message.
#pragma once

#include <string_view>
#include <vector>

#include "policy/message/message.h"
#include "policy/message/words.h"
#include "policy/request/command_address.h"

namespace ccgate {

struct Commands {
  RequestKind kind = RequestKind::post;  ///< the most privileged one; post when there is none
  bool subscribes_other = false;         ///< `address=`, ADD or INVITE names somebody who is not the author
};

/// Looks wherever the manager behind `command` may look, and a little further: all lines of all text parts
/// although Mailman reads ten lines of the first one, since which part is first depends on the MIME parser.
[[nodiscard]] Commands read_commands(const ListAddresses& list, const CommandAddress& command,
                                     const Message& message, const std::vector<HeaderField>& fields,
                                     const Words& words);

/// One line as Mailman or Sympa reads it.
void read_command_line(Manager manager, std::string_view line, const Address& author, Commands& commands);

}  // namespace ccgate
