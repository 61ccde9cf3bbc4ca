// milter/store/store_sql.h: the store in a database, in SQL that both databases read.
#pragma once

#include <chrono>
#include <utility>

#include "milter/store/sql_database.h"
#include "milter/store/store.h"
#include "milter/store/store_duties.h"
#include "milter/store/store_entries.h"
#include "milter/store/store_ledger.h"
#include "milter/store/store_members.h"
#include "milter/store/store_questions.h"
#include "milter/store/store_report.h"
#include "milter/store/store_status.h"
#include "milter/store/store_tasks.h"

namespace ccgate {

/// Opens its database when it is first asked (sql_opening.h), unless open_now did before.
class SqlStore final : private SqlDatabase,  // the first: the parts refer to it
                       public Store,
                       public SqlLedger,
                       public SqlQuestions,
                       public SqlTasks,
                       public SqlEntries,
                       public SqlMembers,
                       public SqlDuties,
                       public SqlReport,
                       public SqlStatus {
 public:
  explicit SqlStore(SqlSource source)
      : SqlDatabase(std::move(source)),
        SqlLedger(database()),
        SqlQuestions(database()),
        SqlTasks(database()),
        SqlEntries(database()),
        SqlMembers(database()),
        SqlDuties(database()),
        SqlReport(database()),
        SqlStatus(database()) {}

  using SqlDatabase::begin_to_open;
  using SqlDatabase::open_now;
  using SqlTasks::name;

 private:
  [[nodiscard]] SqlDatabase& database() noexcept { return *this; }
};

}  // namespace ccgate
