#include "milter/ledger/message_identity.h"

#include <string_view>

#include "policy/text/text.h"

namespace ccgate {
namespace {

/// The one field of this name, or null.
const HeaderField* only(const std::vector<HeaderField>& fields, std::string_view name) {
  const HeaderField* found = nullptr;
  for (const HeaderField& field : fields) {
    if (!ascii_iequal(field.name, name)) continue;
    if (found != nullptr) return nullptr;
    found = &field;
  }
  return found;
}

}  // namespace

std::optional<Address> author_of(const std::vector<HeaderField>& fields) {
  const HeaderField* from = only(fields, "from");
  if (from == nullptr) return std::nullopt;
  const MailboxList list = parse_mailbox_list(from->value, 1);
  const auto* mailboxes = std::get_if<std::vector<Address>>(&list);
  if (mailboxes == nullptr || mailboxes->size() != 1) return std::nullopt;
  return mailboxes->front();
}

std::string message_id_of(const std::vector<HeaderField>& fields) {
  const HeaderField* id = only(fields, "message-id");
  return id == nullptr ? "" : unfold(id->value);
}

}  // namespace ccgate
