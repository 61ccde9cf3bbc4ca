// milter/store/store_duties.h: what is done by the day, in SQL.
#pragma once

#include "milter/store/duty_store.h"
#include "milter/store/sql_database.h"

namespace ccgate {

/// `database` outlives it.
class SqlDuties : public virtual DutyStore {
 public:
  explicit SqlDuties(SqlDatabase& database) : database_(database) {}

  bool begin(const OwnEntry& own) override;
  bool is_known(const std::string& task_key) override;
  std::vector<Question> reviews(const std::string& list) override;
  std::optional<LedgerEntry> newest_of(const std::string& list, const std::string& request,
                                       std::int64_t before) override;

 private:
  SqlDatabase& database_;
};

}  // namespace ccgate
