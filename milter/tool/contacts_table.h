// milter/tool/contacts_table.h: `ccgate contacts show`: all ccTLDs, one line each.
#pragma once

#include <string>

#include "milter/tool/contacts_view.h"

namespace ccgate {

/// All ccTLDs by A-label; as JSON one object a line.
[[nodiscard]] std::string show_all(const ContactsView& view, bool json);

}  // namespace ccgate
