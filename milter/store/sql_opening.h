// milter/store/sql_opening.h: the connections of a store that may not be there yet.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "milter/store/migrations.h"
#include "milter/store/patience.h"
#include "milter/store/sql_pool.h"

namespace ccgate {

/// For SQLite two pools: one writer, some readers. Else both are the same.
struct SqlPools {
  std::shared_ptr<SqlPool> writers;  ///< null when the store is for looking only
  // Closed before the writers: whoever closes a file last puts its journal away, and readers cannot.
  std::shared_ptr<SqlPool> readers;

  /// No connection opened before now is used again.
  void forget() const;
};

/// Opens a store when it is first asked, in a thread of its own, and as long as that fails tries again once a
/// second at most: between the tries whoever asks is told why, at once. Whoever asks while it is being opened
/// waits for that as for a lock. Thread-safe.
class SqlOpening {
 public:
  /// Gives what has its schema in place. Throws StoreError. Called by one thread at a time.
  using Open = std::function<SqlPools()>;
  /// `progress`: what Open tells of its work on the schema; null: nothing.
  explicit SqlOpening(Open open, std::shared_ptr<const SchemaProgress> progress = nullptr)
      : open_(std::move(open)), progress_(std::move(progress)) {}

  /// Those of the store, which is open from then on. StoreError: it cannot be opened, or not until `end`.
  [[nodiscard]] const SqlPools& opened(StoreClock::time_point end);

  /// Waits until it is open, or cannot be opened, for `patience` at most.
  void begin_to_open(std::chrono::milliseconds patience);
  /// Opens it in this thread, before anybody asks. Throws what Open throws.
  void open_now();

 private:
  void open() noexcept;

  const Open open_;
  const std::shared_ptr<const SchemaProgress> progress_;
  std::mutex mutex_;
  std::optional<SqlPools> pools_;  // never replaced once they are there
  bool opening_ = false;
  std::string why_;
  std::optional<StoreClock::time_point> tried_;
  std::condition_variable ended_;  // of an opening
  std::jthread opener_;            // the last member: it uses the others
};

}  // namespace ccgate
