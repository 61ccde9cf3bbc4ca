#include "milter/store/patience.h"

#include <algorithm>

namespace ccgate {

namespace {

struct Left {
  bool bounded = false;
  StoreClock::duration time{};
  bool waiting = false;
  StoreClock::time_point end;  // of the question that is being asked
};
thread_local Left left;

}  // namespace

StorePatience::StorePatience(std::chrono::milliseconds whole) noexcept {
  left.bounded = true;
  left.time = whole;
}
StorePatience::~StorePatience() {
  left.bounded = false;
}

StoreWait::StoreWait(std::chrono::milliseconds otherwise) noexcept : begun_(StoreClock::now()) {
  outer_ = !left.waiting;
  if (outer_) {
    left.waiting = true;
    left.end = begun_ + (left.bounded ? left.time : StoreClock::duration(otherwise));
  }
  end_ = left.end;
}
StoreWait::~StoreWait() {
  if (!outer_) return;
  left.waiting = false;
  left.time = std::max(StoreClock::duration::zero(), left.time - (StoreClock::now() - begun_));
}

}  // namespace ccgate
