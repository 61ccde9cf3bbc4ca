// milter/tool/ledger_input.h: the ledger, opened to be read.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "milter/site/config.h"
#include "milter/store/ledger_reader.h"
#include "milter/store/store.h"
#include "milter/store/store_access.h"

namespace ccgate {

/// Where the ledger is.
struct LedgerSource {
  std::string config_file;
  std::string store;          ///< URL in place of the configuration's; empty: none
  bool config_given = false;  ///< by -c: its faults are told though `store` is given
};

/// Null after telling on standard error what is wrong; `status`: 3 when configuration or store cannot be
/// read, 1 when the configuration is bad or names no store. Of the configuration only that matters: policies
/// are not read. Nothing is created.
[[nodiscard]] std::unique_ptr<LedgerReader> open_ledger(const LedgerSource& source, int& status);

/// True when the configuration can be read and names no store, and `source` none either. Tells nothing.
[[nodiscard]] bool names_no_store(const LedgerSource& source);

/// All of it, for `access`; likewise.
struct OpenedStore {
  std::unique_ptr<Store> store;
  std::vector<std::string> lists;                   ///< of the configuration, where it was read
  std::map<std::string, ReviewTimes> reviews = {};  ///< of those lists that have some
  bool report_people = false;                       ///< `report.people` of it
  std::string contacts_file = {};                   ///< likewise
};
[[nodiscard]] OpenedStore open_source(const LedgerSource& source, StoreAccess access, int& status);

}  // namespace ccgate
