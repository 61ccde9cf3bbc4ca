// milter/store/store_ledger.h: decisions into the ledger, and what those to come ask of it, in SQL.
#pragma once

#include "milter/store/decision_store.h"
#include "milter/store/sql_database.h"

namespace ccgate {

/// `database` outlives it.
class SqlLedger : public virtual DecisionStore {
 public:
  explicit SqlLedger(SqlDatabase& database) : database_(database) {}

  std::optional<LedgerEntry> seen_before(const std::string& list, const std::vector<std::string>& replay_keys,
                                         std::int64_t since) override;
  std::int64_t count_by_author_domain(const std::string& list, const std::string& author_domain,
                                      std::int64_t since, std::int64_t most) override;
  std::int64_t count_by_cctld(const std::string& list, const std::string& cctld, std::int64_t since,
                              std::int64_t most) override;
  std::vector<Question> questions_of(const std::string& request_key) override;
  std::optional<std::int64_t> objected(const std::string& request_key, std::int64_t since) override;
  std::vector<StoredVoucher> vouchers_of(const std::string& list, const std::string& cctld,
                                         std::size_t most) override;
  std::vector<KeptEvidence> kept_evidence(const std::vector<std::string>& keys, std::int64_t now) override;
  Recorded record(const DecisionRecord& record) override;
  void add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) override;

 private:
  SqlDatabase& database_;
};

}  // namespace ccgate
