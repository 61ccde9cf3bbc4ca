// milter/store/retrying_store.h: a store that may not be there yet.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "milter/store/patience.h"
#include "milter/store/store.h"

namespace ccgate {

/// Opens the store when it is first asked, in a thread of its own, and as long as that fails tries again once
/// a second at most: between the tries every call is a StoreError at once. Whoever asks while it is being
/// opened waits for that as for a lock. So a daemon starts, and lets other mail pass, while its store is away
/// or stands still. Thread-safe.
class RetryingStore : public Store {
 public:
  using Open = std::function<std::unique_ptr<Store>()>;
  RetryingStore(std::string name, Open open) : name_(std::move(name)), open_(std::move(open)) {}

  /// Waits until it is open, or cannot be opened, for `patience` at most.
  void begin_to_open(std::chrono::milliseconds patience);

  [[nodiscard]] std::optional<LedgerEntry> seen_before(const std::string& list,
                                                       const std::vector<std::string>& replay_keys,
                                                       std::int64_t since) override;
  [[nodiscard]] std::int64_t count_by_author_domain(const std::string& list, const std::string& author_domain,
                                                    std::int64_t since, std::int64_t most) override;
  [[nodiscard]] std::int64_t count_by_cctld(const std::string& list, const std::string& cctld,
                                            std::int64_t since, std::int64_t most) override;
  [[nodiscard]] std::vector<Question> questions_of(const std::string& request_key) override;
  [[nodiscard]] std::optional<std::int64_t> objected(const std::string& request_key,
                                                     std::int64_t since) override;
  Recorded record(const DecisionRecord& record) override;
  void add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) override;
  void add_token(const Token& token, std::int64_t now) override;
  [[nodiscard]] std::optional<Token> find_token(const std::string& hash) override;
  TokenUse answer(const std::string& hash, const std::string& list, QuestionState state,
                  const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse object(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse bounce(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;
  [[nodiscard]] std::vector<Task> claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                                        std::size_t count) override;
  bool finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
              std::int64_t now, const std::vector<Task>& follow_up) override;
  bool postpone(const Task& task, const std::string& worker, std::int64_t due,
                const std::string& error) override;
  [[nodiscard]] bool is_open(const std::string& task_key) override;
  [[nodiscard]] std::vector<LedgerEntry> digest(const std::string& key) override;
  [[nodiscard]] std::optional<Question> find_question(const std::string& id) override;
  [[nodiscard]] Backlog backlog() override;
  [[nodiscard]] std::optional<LedgerEntry> find_entry(const std::string& id) override;
  [[nodiscard]] std::vector<LedgerRow> entries(const LedgerFilter& filter) override;
  [[nodiscard]] std::vector<LedgerEvent> events_of(const std::string& decision_id) override;
  [[nodiscard]] std::vector<Question> questions_by_decision(const std::string& decision_id) override;
  std::vector<Question> expire_questions(std::int64_t now) override;
  std::int64_t purge(std::int64_t now, std::size_t limit) override;
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  template <class Ask>
  auto ask(const Ask& ask);
  [[nodiscard]] Store& opened(StoreClock::time_point end);
  void open() noexcept;

  std::string name_;
  Open open_;
  std::mutex mutex_;
  std::unique_ptr<Store> store_;  // never replaced once it is there
  bool opening_ = false;
  std::string why_;
  std::optional<StoreClock::time_point> tried_;
  std::condition_variable ended_;  // of an opening
  std::jthread opener_;            // the last member: it uses the others
};

}  // namespace ccgate
