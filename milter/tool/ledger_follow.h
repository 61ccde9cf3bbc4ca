// milter/tool/ledger_follow.h: decisions told as they are made.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "milter/store/ledger_reader.h"

namespace ccgate {

/// Columns of the terminal that standard output is; 0: it is none.
[[nodiscard]] std::size_t terminal_width();

/// Gives those that `filter` chooses, then each second the new ones, and flushes standard output. Ends on
/// SIGINT and SIGTERM, and when nobody reads standard output any more; these signals and SIGPIPE are blocked
/// in the calling thread from then on. A store that cannot be asked for a while (StoreError) is told once on
/// standard error and asked again; at the first time it is thrown.
void follow(LedgerReader& ledger, LedgerFilter filter,
            const std::function<void(const std::vector<LedgerRow>&)>& print);

}  // namespace ccgate
