#include "milter/store/store_sql.h"

#include <chrono>
#include <thread>

namespace ccgate {

namespace {

constexpr int kTries = 6;  // of a transaction that others got in the way of

}  // namespace

void SqlStore::fail(const std::string& what, bool in_doubt) const {
  throw StoreError(source_.name + ": " + what, in_doubt);
}

void SqlStore::write(SqlMode mode, const std::function<void(SqlConnection&)>& work) {
  if (!source_.writers) fail("opened for reading only");
  if (source_.grouped)
    group_.run(work);
  else
    transact(source_.writers.get(), mode, work);
}

void SqlStore::transact(SqlPool* pool, std::optional<SqlMode> mode,
                        const std::function<void(SqlConnection&)>& work) {
  bool lost_before = false;
  for (int tries = 1;; ++tries) {
    bool committing = false;
    try {
      const SqlPool::Lease lease = pool->take();
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
        pool->forget();
        const bool in_doubt = committing && mode && *mode != SqlMode::settled;
        if (in_doubt || lost_before) fail(error.what(), in_doubt);
        lost_before = true;
      } else if (error.fault() != SqlFault::again || tries == kTries) {
        fail(error.what());
      }
    }
    if (!lost_before) std::this_thread::sleep_for(std::chrono::milliseconds(2 << tries));
  }
}

}  // namespace ccgate
