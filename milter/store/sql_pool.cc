#include "milter/store/sql_pool.h"

namespace ccgate {

SqlPool::Lease SqlPool::take(std::chrono::steady_clock::time_point end) {
  std::unique_lock lock(mutex_);
  if (!freed_.wait_until(lock, end, [this] { return taken_ < size_; }))
    throw SqlError(SqlFault::other, "all its connections are at work for too long");
  ++taken_;
  const unsigned generation = generation_;
  if (!idle_.empty()) {
    std::unique_ptr<SqlConnection> connection = std::move(idle_.back());
    idle_.pop_back();
    return {*this, std::move(connection), generation};
  }
  lock.unlock();
  try {
    return {*this, opener_(), generation};
  } catch (...) {
    lock.lock();
    --taken_;
    freed_.notify_one();
    throw;
  }
}

SqlPool::Lease::~Lease() {
  if (!connection_) return;
  std::unique_lock lock(pool_->mutex_);
  if (connection_->usable() && generation_ == pool_->generation_)
    pool_->idle_.push_back(std::move(connection_));
  --pool_->taken_;
  pool_->freed_.notify_one();
  lock.unlock();
  connection_.reset();  // closing may take its time
}

void SqlPool::forget() {
  std::vector<std::unique_ptr<SqlConnection>> closed;  // after the mutex is free again
  closed.reserve(size_);
  const std::lock_guard lock(mutex_);
  ++generation_;
  closed.swap(idle_);
}

}  // namespace ccgate
