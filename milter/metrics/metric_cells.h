// milter/metrics/metric_cells.h: numbers that many threads and processes count in, and one reads. What is in
// memory of zeros is ready for use; nobody ever waits for anybody.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "policy/text/enum_words.h"

namespace ccgate {

static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
                  std::atomic<std::int64_t>::is_always_lock_free,
              "processes share them");

/// A number that only rises. To count costs one addition that orders nothing.
class Counter {
 public:
  void add(std::uint64_t by = 1) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// A number as it stands; not there until it was told.
class Gauge {
 public:
  void set(std::int64_t value) noexcept {
    value_.store(value, std::memory_order_relaxed);
    known_.store(true, std::memory_order_release);
  }
  void forget() noexcept { known_.store(false, std::memory_order_release); }
  void add(std::int64_t by) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
  /// What was added, told or not.
  [[nodiscard]] std::int64_t sum() const noexcept { return value_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::optional<std::int64_t> get() const noexcept {
    if (!known_.load(std::memory_order_acquire)) return std::nullopt;
    return value_.load(std::memory_order_relaxed);
  }

 private:
  std::atomic<std::int64_t> value_{0};
  std::atomic<bool> known_{false};
};

/// One of something for each word of an enum.
template <WordedEnum Enum, typename Each = Counter>
class ByWord {
 public:
  static constexpr std::size_t kSize = EnumWords<Enum>::table.size();
  [[nodiscard]] Each& operator[](Enum value) noexcept { return all_[place(value)]; }
  [[nodiscard]] const Each& operator[](Enum value) const noexcept { return all_[place(value)]; }

 private:
  static constexpr std::size_t place(Enum value) noexcept {
    const auto at = static_cast<std::size_t>(value);
    return at < kSize ? at : kSize - 1;
  }
  std::array<Each, kSize> all_{};
};

/// How long something took. The bounds are the same for all.
class Histogram {
 public:
  static constexpr std::array<double, 14> kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                  0.25,  0.5,    1,     2.5,  5,     10,   20};
  void observe(std::chrono::nanoseconds took) noexcept {
    const std::chrono::duration<double> seconds = took;
    std::size_t at = 0;
    while (at < kBounds.size() && seconds.count() > kBounds[at]) ++at;
    buckets_[at].add();
    nanoseconds_.add(static_cast<std::uint64_t>(took.count() < 0 ? 0 : took.count()));
  }
  /// Of those that took no longer than bound `at`, and longer than the one before; the last has no bound.
  [[nodiscard]] std::uint64_t bucket(std::size_t at) const noexcept { return buckets_.at(at).get(); }
  [[nodiscard]] std::uint64_t nanoseconds() const noexcept { return nanoseconds_.get(); }

 private:
  std::array<Counter, kBounds.size() + 1> buckets_{};
  Counter nanoseconds_;
};

}  // namespace ccgate
