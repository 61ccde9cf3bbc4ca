// milter/tool/ledger_input.h: the ledger, opened to be read.
#pragma once

#include <memory>

#include "milter/tool/ledger_tool.h"

namespace ccgate {

/// Null after telling on standard error what is wrong; `status`: 3 when configuration or store cannot be
/// read, 1 when the configuration is bad or names no store. Of the configuration only that matters: policies
/// are not read. Nothing is created.
[[nodiscard]] std::unique_ptr<Store> open_ledger(const LedgerSource& source, int& status);

}  // namespace ccgate
