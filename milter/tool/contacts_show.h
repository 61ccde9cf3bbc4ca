// milter/tool/contacts_show.h: `ccgate contacts show`: all that is known of one ccTLD.
#pragma once

#include <string>

#include "milter/tool/contacts_view.h"

namespace ccgate {

/// Everything about one of the ccTLDs.
[[nodiscard]] std::string show_cctld(const ContactsView& view, const CcTld& cctld, bool json);

}  // namespace ccgate
