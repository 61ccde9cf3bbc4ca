// policy/request/commands.h: the commands that a list manager finds in a message.
#pragma once

#include <vector>

#include "policy/message/message.h"
#include "policy/message/words.h"
#include "policy/request/command_address.h"
#include "policy/request/command_line.h"

namespace ccgate {

/// Looks wherever the manager behind `command` may look, and a little further: all lines of all text parts
/// although Mailman reads ten lines of the first one, since which part is first depends on the MIME parser.
/// Whom they subscribe is told by closed set: the author alone, or `subscribes_other`.
[[nodiscard]] Commands read_commands(const ListAddresses& list, const CommandAddress& command,
                                     const Message& message, const std::vector<HeaderField>& fields,
                                     const Words& words);

}  // namespace ccgate
