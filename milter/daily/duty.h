// milter/daily/duty.h: what is to be done by the day, and not because of a mail.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "milter/site/ruleset.h"
#include "milter/store/store.h"

namespace ccgate {

struct DailySite {
  const Ruleset& rules;
  Store& store;
  std::int64_t now = 0;  ///< seconds since 1970
};

/// One thing that is due.
struct Due {
  std::string told;  ///< a line for the operator: of which list, what, and to whom
  /// Begins it: the daemon does the rest. False: it was begun before, by another run; nothing is done twice,
  /// whoever runs this when and wherever. Throws StoreError. Refers to the site.
  std::function<bool()> begin;
};

/// What of its kind is due, in an order that depends on what there is alone. Changes nothing. Throws
/// StoreError.
using Duty = std::vector<Due> (*)(const DailySite& site);

}  // namespace ccgate
