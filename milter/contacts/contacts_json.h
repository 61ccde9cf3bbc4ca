// milter/contacts/contacts_json.h: contacts.json -> ContactsFile.
#pragma once

#include <optional>
#include <string_view>

#include "milter/contacts/contacts_file.h"
#include "policy/text/issue.h"

namespace ccgate {

/// nullopt when the text is not well-formed (syntax, duplicate or unknown keys); a bad entry becomes an
/// unusable CcTld with a warning. An entry without contacts whose `anomaly` says why is an unusable CcTld
/// without one. Entries are taken one by one: a million of them load in seconds, and what is in memory beside
/// `text` is little more than the result. Of a hundred errors and a hundred warnings on, further ones are
/// counted only.
[[nodiscard]] std::optional<ContactsFile> parse_contacts(std::string_view text, std::string_view file,
                                                         Issues& issues);

}  // namespace ccgate
