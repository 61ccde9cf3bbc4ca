// milter/store/patience.h: how long a thread waits for a store, all in all.
#pragma once

#include <chrono>

namespace ccgate {

using StoreClock = std::chrono::steady_clock;

/// While it lives, all that its thread asks of a store takes no longer than `whole` together, as far as it
/// waits for others: their locks, their connections, another thread. Then it is a StoreError. What the thread
/// does between its questions counts for nothing. One at a time in a thread.
class StorePatience {
 public:
  explicit StorePatience(std::chrono::milliseconds whole) noexcept;
  ~StorePatience();
  StorePatience(const StorePatience&) = delete;
  StorePatience& operator=(const StorePatience&) = delete;
};

/// One question to a store: its time is taken from the patience of the thread. One inside of another is part
/// of it.
class StoreWait {
 public:
  /// `otherwise`: without a StorePatience.
  explicit StoreWait(std::chrono::milliseconds otherwise) noexcept;
  ~StoreWait();
  StoreWait(const StoreWait&) = delete;
  StoreWait& operator=(const StoreWait&) = delete;
  /// What is not had by then is not waited for.
  [[nodiscard]] StoreClock::time_point end() const noexcept { return end_; }

 private:
  StoreClock::time_point begun_, end_;
  bool outer_ = false;
};

}  // namespace ccgate
