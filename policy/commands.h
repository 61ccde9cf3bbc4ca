// policy/commands.h: the commands that a list manager finds in a message, or people in a form.
#pragma once

#include "policy/request.h"

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

/// True when nothing in the message can let anybody in, whoever reads it and however: the direction of the
/// default. Where the manager reads commands, a Subject is harmless that is empty or exactly one harmless
/// command (`harmless_subject_command`), in ASCII, in encoded words only as every reader reads them
/// (`plain_field_pieces`). Where a Subject is mostly for people (a leave address, the owner of a Sympa list),
/// it may also be inert prose. A text has to be inert as a whole (`is_inert`). A confirm address has to come
/// with a code: its own, which stands in To as well and makes Mailman look at nothing else, or in a command.
[[nodiscard]] bool is_harmless(const ListAddresses& list, const CommandAddress& command,
                               const Message& message, const std::vector<HeaderField>& fields,
                               const Words& words);

/// The kind of a message whose text the manager does not read (`command` neither reads the body nor is a
/// form), from the header section alone, whatever else is wrong with it; subscribe where it is not harmless.
/// `subject`: decoded.
[[nodiscard]] RequestKind kind_from_header(const ListAddresses& list, const CommandAddress& command,
                                           const std::vector<HeaderField>& fields, std::string_view subject);

/// One line as Mailman or Sympa reads it.
void read_command_line(Manager manager, std::string_view line, const Address& author, Commands& commands);

/// True when Subject or text ask people to take somebody off the list and say nothing that could be a wish to
/// be on it. `at_leave_address`: the address asks already, so that only a wish to join speaks against it.
[[nodiscard]] bool asks_only_to_leave(const Words& words, bool at_leave_address = false);

}  // namespace ccgate
