// milter/daily/own_entry.h: the ledger's entry of what ccgate does by itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "milter/site/config.h"
#include "milter/store/records.h"

namespace ccgate {

/// With a new id, decided at `now`, from the address of the list. `ground`: the same word as the request, or
/// why. Verdict and evidence are empty: nothing was judged.
[[nodiscard]] LedgerEntry own_entry(const ListConfig& list, const std::string& request,
                                    const std::string& ground, std::vector<std::string> cctlds,
                                    std::int64_t now, std::int64_t keep_until);

}  // namespace ccgate
