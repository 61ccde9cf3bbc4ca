#include "milter/store/sql_database.h"

#include <chrono>
#include <exception>
#include <thread>

#include "milter/metrics/metrics.h"

namespace ccgate {

namespace {

constexpr int kTransactionTries = 6;  // of a transaction that others got in the way of

/// One operation, for the metrics.
class CountedUse {
 public:
  explicit CountedUse(StoreUse use) noexcept : use_(use), watch_(metrics().store_time[use]) {}
  ~CountedUse() {
    if (std::uncaught_exceptions() > before_) metrics().store_errors[use_].add();
  }
  CountedUse(const CountedUse&) = delete;
  CountedUse& operator=(const CountedUse&) = delete;

 private:
  StoreUse use_;
  Stopwatch watch_;
  int before_ = std::uncaught_exceptions();
};

}  // namespace

void SqlDatabase::fail(const std::string& what, bool in_doubt) const {
  throw StoreError(source_.name + ": " + what, in_doubt);
}

void SqlDatabase::look(std::optional<SqlMode> mode, const std::function<void(SqlConnection&)>& work) {
  const CountedUse counted(StoreUse::read);
  const StoreWait waits = wait();
  const SqlPools& pools = opening_.opened(waits.end());
  transact(pools, *pools.readers, mode, work, waits.end());
}

void SqlDatabase::write(SqlMode mode, const std::function<void(SqlConnection&)>& work) {
  const CountedUse counted(StoreUse::write);
  const StoreWait waits = wait();
  const SqlPools& pools = opening_.opened(waits.end());
  if (!pools.writers) fail("opened for reading only");
  if (!source_.grouped) return transact(pools, *pools.writers, mode, work, waits.end());
  try {
    group_.run(work, waits.end());
  } catch (const SqlError& error) {
    fail(error.what());
  }
}

void SqlDatabase::transact(const SqlPools& pools, SqlPool& pool, std::optional<SqlMode> mode,
                           const std::function<void(SqlConnection&)>& work, StoreClock::time_point end) {
  bool lost_before = false;
  for (int tries = 1;; ++tries) {
    bool committing = false;
    try {
      const SqlPool::Lease lease = pool.take(end);
      (*lease).wait_until(end);
      try {
        if (mode) (*lease).begin(*mode);
        work(*lease);
        committing = true;
        if (mode) (*lease).commit();
        return;
      } catch (...) {
        if (mode) (*lease).rollback();
        throw;
      }
    } catch (const SqlError& error) {
      if (error.fault() == SqlFault::lost) {
        pools.forget();
        const bool in_doubt = committing && mode && *mode != SqlMode::settled;
        if (in_doubt || lost_before || StoreClock::now() >= end) fail(error.what(), in_doubt);
        lost_before = true;
        continue;
      }
      if (error.fault() != SqlFault::again || tries == kTransactionTries) fail(error.what());
    }
    const auto pause = StoreClock::now() + std::chrono::milliseconds(2 << tries);
    if (pause > end) fail("others got in the way for too long");
    std::this_thread::sleep_until(pause);
  }
}

}  // namespace ccgate
