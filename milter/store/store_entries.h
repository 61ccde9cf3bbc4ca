// milter/store/store_entries.h: the ledger read, in SQL.
#pragma once

#include "milter/store/ledger_reader.h"
#include "milter/store/sql_database.h"

namespace ccgate {

/// `database` outlives it.
class SqlEntries : public virtual LedgerReader {
 public:
  explicit SqlEntries(SqlDatabase& database) : database_(database) {}

  std::optional<LedgerEntry> find_entry(const std::string& id) override;
  std::vector<LedgerRow> entries(const LedgerFilter& filter) override;
  std::vector<LedgerEvent> events_of(const std::string& decision_id) override;
  std::vector<Question> questions_by_decision(const std::string& decision_id) override;

 private:
  SqlDatabase& database_;
};

}  // namespace ccgate
