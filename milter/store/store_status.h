// milter/store/store_status.h: what waits, in SQL.
#pragma once

#include "milter/store/sql_database.h"
#include "milter/store/status_store.h"

namespace ccgate {

/// `list` empty: of all; `untold`: those of which no notice went out. The oldest first, of more the newest
/// `most`.
[[nodiscard]] std::vector<HeldMail> held_mails(SqlConnection& connection, const std::string& list,
                                               std::int64_t since, bool untold, std::size_t most);

/// `database` outlives it.
class SqlStatus : public virtual StatusStore {
 public:
  explicit SqlStatus(SqlDatabase& database) : database_(database) {}

  std::vector<Question> open_questions(std::int64_t now, std::size_t most) override;
  std::vector<HeldMail> held(std::int64_t since, std::size_t most) override;
  std::vector<GroupCount> count_groups(const LedgerFilter& filter, LedgerGroup by, std::size_t most) override;
  bool ask_again(const std::string& question, const std::string& key, std::int64_t now) override;
  bool cancel_question(const std::string& question, const std::string& detail, std::int64_t now) override;

 private:
  SqlDatabase& database_;
};

}  // namespace ccgate
