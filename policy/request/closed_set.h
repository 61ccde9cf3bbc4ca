// policy/request/closed_set.h: which messages to a command address can let nobody in. All others may.
#pragma once

#include <string_view>
#include <vector>

#include "policy/message/message.h"
#include "policy/message/words.h"
#include "policy/request/command_address.h"

namespace ccgate {

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

}  // namespace ccgate
