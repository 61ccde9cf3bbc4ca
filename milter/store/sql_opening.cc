#include "milter/store/sql_opening.h"

#include <exception>
#include <system_error>
#include <utility>

#include "milter/store/store_error.h"

namespace ccgate {

namespace {

constexpr std::chrono::seconds kPause{1};

}  // namespace

void SqlPools::forget() const {
  if (writers) writers->forget();
  readers->forget();
}

void SqlOpening::open() noexcept {
  std::optional<SqlPools> pools;
  std::string why;
  try {
    pools = open_();
  } catch (const std::exception& error) {
    why = error.what();
  }
  const std::lock_guard lock(mutex_);
  pools_ = std::move(pools);
  why_ = std::move(why);
  tried_ = StoreClock::now();
  opening_ = false;
  ended_.notify_all();
}

const SqlPools& SqlOpening::opened(StoreClock::time_point end) {
  std::unique_lock lock(mutex_);
  if (pools_ && !opener_.joinable()) return *pools_;
  if (!pools_ && !opening_) {
    if (tried_ && StoreClock::now() < *tried_ + kPause) throw StoreError(why_, false);
    try {
      opener_ = std::jthread([this] { open(); });  // the one before has ended
    } catch (const std::system_error& error) {
      throw StoreError(error.what(), false);
    }
    opening_ = true;
  }
  if (!ended_.wait_until(lock, end, [this] { return !opening_; })) {
    const std::string work = progress_ ? progress_->text() : "";
    throw StoreError(work.empty() ? "the store is being opened" : "the store is being opened, " + work,
                     false);
  }
  if (opener_.joinable()) opener_.join();  // it has let go of the mutex for good
  if (!pools_) throw StoreError(why_, false);
  return *pools_;
}

void SqlOpening::begin_to_open(std::chrono::milliseconds patience) {
  try {
    (void)opened(StoreClock::now() + patience);
  } catch (const StoreError&) {
    // The next who asks is told.
  }
}

void SqlOpening::open_now() {
  SqlPools pools = open_();
  const std::lock_guard lock(mutex_);
  pools_ = std::move(pools);
}

}  // namespace ccgate
