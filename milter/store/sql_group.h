// milter/store/sql_group.h: what several threads have to write becomes one transaction, so that the disk is
// waited for once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "milter/store/sql.h"
#include "milter/store/store_error.h"

namespace ccgate {

/// Thread-safe.
class SqlGroup {
 public:
  using Work = std::function<void(SqlConnection&)>;
  using Time = std::chrono::steady_clock::time_point;
  /// Runs a work as one transaction, without waiting for others beyond `end`. Throws StoreError.
  using Transaction = std::function<void(const Work&, Time end)>;
  explicit SqlGroup(Transaction transaction) : transaction_(std::move(transaction)) {}

  /// Returns when what `work` did is committed. It runs in this thread or another one, with those of others
  /// or alone, and anew after a failure. Throws what it threw, when run alone, or StoreError; SqlError when
  /// others were at work until `end`.
  void run(const Work& work, Time end);

 private:
  struct Member {
    const Work* work;
    Time end;
    bool over = false;   // committed, unless one of the following
    bool alone = false;  // one of the group failed, and nobody knows which
    std::optional<StoreError> error;
  };
  void run_all(const std::vector<Member*>& members) noexcept;

  const Transaction transaction_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::vector<Member*> waiting_;
  bool at_work_ = false;
};

}  // namespace ccgate
