// milter/store/store_tasks.h: tasks claimed and ended, and what time takes away, in SQL.
#pragma once

#include "milter/store/outbox_store.h"
#include "milter/store/sql_database.h"

namespace ccgate {

/// `database` outlives it.
class SqlTasks : public virtual OutboxStore {
 public:
  explicit SqlTasks(SqlDatabase& database) : database_(database) {}

  std::vector<Task> claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                          std::size_t count) override;
  bool finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
              std::int64_t now, const std::vector<Task>& follow_up) override;
  bool postpone(const Task& task, const std::string& worker, std::int64_t due,
                const std::string& error) override;
  bool is_open(const std::string& task_key) override;
  bool declined_after(const std::string& decision_id, const std::string& cctld) override;
  Backlog backlog() override;
  std::optional<Question> find_question(const std::string& id) override;
  std::vector<LedgerEntry> digest(const std::string& key) override;
  std::vector<HeldMail> held_untold(const std::string& list, std::int64_t since, std::size_t most) override;
  void add_token(const Token& token, std::int64_t now) override;
  std::vector<Question> expire_questions(std::int64_t now) override;
  std::int64_t purge(std::int64_t now, std::size_t limit) override;
  std::int64_t forget_ended(const std::string& list, std::int64_t before, std::size_t limit) override;
  std::string name() const override { return database_.name(); }

 private:
  SqlDatabase& database_;
};

}  // namespace ccgate
