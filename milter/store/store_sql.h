// milter/store/store_sql.h: the store in a database, in SQL that both databases read.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "milter/store/sql_database.h"
#include "milter/store/store.h"

namespace ccgate {

/// Opens its database when it is first asked (sql_opening.h), unless open_now did before.
class SqlStore final : private SqlDatabase, public Store {
 public:
  explicit SqlStore(SqlSource source) : SqlDatabase(std::move(source)) {}

  using SqlDatabase::begin_to_open;
  using SqlDatabase::open_now;

  // store_ledger.cc
  std::optional<LedgerEntry> seen_before(const std::string& list, const std::vector<std::string>& replay_keys,
                                         std::int64_t since) override;
  std::int64_t count_by_author_domain(const std::string& list, const std::string& author_domain,
                                      std::int64_t since, std::int64_t most) override;
  std::int64_t count_by_cctld(const std::string& list, const std::string& cctld, std::int64_t since,
                              std::int64_t most) override;
  std::optional<std::int64_t> objected(const std::string& request_key, std::int64_t since) override;
  Recorded record(const DecisionRecord& record) override;
  void add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) override;
  std::vector<LedgerEntry> digest(const std::string& key) override;
  std::optional<LedgerEntry> find_entry(const std::string& id) override;
  std::vector<LedgerRow> entries(const LedgerFilter& filter) override;
  std::vector<LedgerEvent> events_of(const std::string& decision_id) override;
  std::int64_t purge(std::int64_t now, std::size_t limit) override;

  // store_questions.cc
  std::vector<Question> questions_of(const std::string& request_key) override;
  std::vector<Question> questions_by_decision(const std::string& decision_id) override;
  std::optional<Question> find_question(const std::string& id) override;
  std::vector<Question> expire_questions(std::int64_t now) override;
  void add_token(const Token& token, std::int64_t now) override;
  std::optional<Token> find_token(const std::string& hash) override;
  TokenUse answer(const std::string& hash, const std::string& list, QuestionState state,
                  const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse object(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse bounce(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;

  // store_tasks.cc
  std::vector<Task> claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                          std::size_t count) override;
  bool finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
              std::int64_t now, const std::vector<Task>& follow_up) override;
  bool postpone(const Task& task, const std::string& worker, std::int64_t due,
                const std::string& error) override;
  bool is_open(const std::string& task_key) override;
  Backlog backlog() override;

  std::string name() const override { return SqlDatabase::name(); }

 private:
  TokenUse take_for_event(const std::string& hash, const std::string& list, TokenPurpose purpose,
                          const LedgerEvent& event, const std::vector<Task>& tasks);
};

}  // namespace ccgate
