// milter/store/store_sql.h: the store in a database, in SQL that both databases read.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "milter/store/migrations.h"
#include "milter/store/patience.h"
#include "milter/store/sql_group.h"
#include "milter/store/sql_pool.h"
#include "milter/store/sql_sqlite.h"
#include "milter/store/store.h"

namespace ccgate {

/// Where the connections come from. For SQLite two pools: one writer, some readers. Else both are the same.
struct SqlSource {
  std::string name;
  std::shared_ptr<SqlPool> writers;  ///< null when the store is for looking only
  // Closed before the writers: whoever closes a file last puts its journal away, and readers cannot.
  std::shared_ptr<SqlPool> readers;
  bool grouped = false;                      ///< one commit for several threads; a server does so by itself
  std::chrono::milliseconds patience{5000};  ///< with others, where the thread has no StorePatience

  /// No connection opened before now is used again.
  void forget() const;
};

class SqlStore final : public Store {
 public:
  /// `source` with the schema in place.
  explicit SqlStore(SqlSource source) : source_(std::move(source)) {}

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

  std::string name() const override { return source_.name; }

 private:
  TokenUse take_for_event(const std::string& hash, const std::string& list, TokenPurpose purpose,
                          const LedgerEvent& event, const std::vector<Task>& tasks);
  /// Runs `work` as one transaction, in full or not at all, and again when another one got in its way, or
  /// when the connection was lost before the commit: so it changes nothing but the database and its result.
  /// Throws StoreError.
  void write(SqlMode mode, const std::function<void(SqlConnection&)>& work);
  /// Likewise, for statements that only read and need not agree with each other.
  template <class Work>
  auto read(const Work& work) {
    std::optional<decltype(work(std::declval<SqlConnection&>()))> result;
    const StoreWait wait(source_.patience);
    transact(
        source_.readers.get(), std::nullopt, [&](SqlConnection& c) { result.emplace(work(c)); }, wait.end());
    return std::move(*result);
  }
  void transact(SqlPool* pool, std::optional<SqlMode> mode, const std::function<void(SqlConnection&)>& work,
                StoreClock::time_point end);
  [[noreturn]] void fail(const std::string& what, bool in_doubt = false) const;

  SqlSource source_;
  SqlGroup group_{[this](const SqlGroup::Work& work, SqlGroup::Time end) {
    transact(source_.writers.get(), SqlMode::write, work, end);
  }};
};

/// `steps` leads to the schema that the database shall have. Throws StoreError.
[[nodiscard]] std::unique_ptr<Store> open_sqlite_store(const std::string& path, StoreAccess access,
                                                       const SqliteOptions& options = {},
                                                       std::span<const Migration> steps = migrations());
/// `url`: a libpq connection URI.
[[nodiscard]] std::unique_ptr<Store> open_postgresql_store(const std::string& url, StoreAccess access,
                                                           std::span<const Migration> steps = migrations());

}  // namespace ccgate
