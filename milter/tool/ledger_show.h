// milter/tool/ledger_show.h: one decision of the ledger, as people read it.
#pragma once

#include <string>

#include "milter/store/ledger_reader.h"
#include "milter/tool/ledger_json.h"

namespace ccgate {

[[nodiscard]] std::string show_decision(const LedgerStory& story);

}  // namespace ccgate
