// tests/support/many_contacts.h: contact data of any size, the same each time.
#pragma once

#include <cstddef>
#include <string>

#include "milter/contacts/contacts_file.h"

namespace ccgate {

/// The label of ccTLD `number`: an A-label of two or three CJK ideographs.
[[nodiscard]] Domain label_of(std::size_t number);
/// Its admin contact: an odd number has one of its own; the five even ones of each ten share one.
[[nodiscard]] Address admin_of(std::size_t number);
/// `count` ccTLDs, 0 to `count` - 1, each with an admin contact, some with more, some 200 octets each.
[[nodiscard]] ContactsFile many_contacts(std::size_t count);

}  // namespace ccgate
