// milter/store/sql_pool.h: connections, opened when they are needed, for one thread at a time each.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "milter/store/sql.h"

namespace ccgate {

/// Thread-safe. Outlives its leases.
class SqlPool {
 public:
  using Opener = std::function<std::unique_ptr<SqlConnection>()>;
  /// At most `size` connections at a time.
  SqlPool(Opener opener, std::size_t size) : opener_(std::move(opener)), size_(size) {
    idle_.reserve(size);  // so that giving back needs no memory
  }

  /// A connection, given back at its end; closed then, when it is not usable any more.
  class Lease {
   public:
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    [[nodiscard]] SqlConnection& operator*() const noexcept { return *connection_; }

   private:
    friend class SqlPool;
    Lease(SqlPool& pool, std::unique_ptr<SqlConnection> connection, unsigned generation)
        : pool_(&pool), connection_(std::move(connection)), generation_(generation) {}
    SqlPool* pool_;
    std::unique_ptr<SqlConnection> connection_;
    unsigned generation_;
  };
  /// SqlError: none got free until `end`, or none could be opened.
  [[nodiscard]] Lease take(std::chrono::steady_clock::time_point end);
  /// The server went away: no connection opened before now is given out again.
  void forget();

 private:
  const Opener opener_;
  const std::size_t size_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<SqlConnection>> idle_;
  std::size_t taken_ = 0;
  unsigned generation_ = 0;
};

}  // namespace ccgate
