// milter/store/sql_database.h: transactions in a database, run again where that is safe.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "milter/store/patience.h"
#include "milter/store/sql_group.h"
#include "milter/store/sql_opening.h"
#include "milter/store/store_error.h"

namespace ccgate {

/// A store, and how it is used.
struct SqlSource {
  std::string name;  ///< for people
  SqlOpening::Open open;
  std::shared_ptr<const SchemaProgress> progress = nullptr;  ///< of `open`
  bool grouped = false;                      ///< one commit for several threads; a server does so by itself
  std::chrono::milliseconds patience{5000};  ///< with others, where the thread has no StorePatience
};

/// Opened when it is first asked, unless it was before. Thread-safe; all functions throw StoreError.
class SqlDatabase {
 public:
  explicit SqlDatabase(SqlSource source)
      : source_(std::move(source)), opening_(source_.open, source_.progress) {}

  [[nodiscard]] const std::string& name() const noexcept { return source_.name; }
  /// Waits until it is open, or cannot be opened, for `patience` at most.
  void begin_to_open(std::chrono::milliseconds patience) { opening_.begin_to_open(patience); }
  /// Opens it in this thread, before anybody asks.
  void open_now() { opening_.open_now(); }
  /// All that is asked while it lives is one question.
  [[nodiscard]] StoreWait wait() const noexcept { return StoreWait(source_.patience); }

  /// Runs `work` as one transaction, in full or not at all, and again when another one got in its way, or
  /// when the connection was lost before the commit: so it changes nothing but the database and its result.
  void write(SqlMode mode, const std::function<void(SqlConnection&)>& work);
  /// Likewise, for statements that only read and need not agree with each other.
  template <class Work>
  auto read(const Work& work) {
    std::optional<decltype(work(std::declval<SqlConnection&>()))> result;
    look(std::nullopt, [&](SqlConnection& c) { result.emplace(work(c)); });
    return std::move(*result);
  }
  /// As read; begins when no transaction of mode `append` that began earlier is still at work.
  template <class Work>
  auto read_settled(const Work& work) {
    std::optional<decltype(work(std::declval<SqlConnection&>()))> result;
    look(SqlMode::settled, [&](SqlConnection& c) { result.emplace(work(c)); });
    return std::move(*result);
  }

  [[noreturn]] void fail(const std::string& what, bool in_doubt = false) const;

 private:
  void look(std::optional<SqlMode> mode, const std::function<void(SqlConnection&)>& work);
  void transact(const SqlPools& pools, SqlPool& pool, std::optional<SqlMode> mode,
                const std::function<void(SqlConnection&)>& work, StoreClock::time_point end);

  SqlSource source_;
  SqlOpening opening_;
  SqlGroup group_{[this](const SqlGroup::Work& work, SqlGroup::Time end) {
    const SqlPools& pools = opening_.opened(end);
    transact(pools, *pools.writers, SqlMode::write, work, end);
  }};
};

}  // namespace ccgate
