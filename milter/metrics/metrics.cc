#include "milter/metrics/metrics.h"

#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <new>

namespace ccgate {
namespace {

constexpr int kPatience = 1000;

// Of a process that shares with nobody. Zeros: pages that nobody counts in are no memory.
Metrics of_this_process;
ProcessCounts untold;

}  // namespace

namespace metrics_detail {
Metrics* in_use = &of_this_process;
ProcessCounts* own = &untold;
}  // namespace metrics_detail

void CountedLists::add(std::string_view name) noexcept {
  if (name.empty() || name.size() > kLongestName) return;
  for (Place& place : places_) {
    State state = place.state.load(std::memory_order_acquire);
    if (state == State::free &&
        place.state.compare_exchange_strong(state, State::being_named, std::memory_order_acquire)) {
      std::copy(name.begin(), name.end(), place.name.begin());
      place.state.store(State::named, std::memory_order_release);
      return;
    }
    // Another process gives it a name, maybe this one. If it ends in this moment, the place is lost.
    for (int i = 0; i < kPatience && place.state.load(std::memory_order_acquire) == State::being_named; ++i)
      sched_yield();
    if (place.state.load(std::memory_order_acquire) == State::named && name == place.name.data()) return;
  }
}

ListCounts& CountedLists::operator[](std::string_view name) noexcept {
  for (Place& place : places_) {
    const State state = place.state.load(std::memory_order_acquire);
    if (state == State::free) break;
    if (state == State::named && name == place.name.data()) return place.counts;
  }
  return others_;
}

std::string_view CountedLists::name(std::size_t at) const noexcept {
  const Place& place = places_.at(at);
  return place.state.load(std::memory_order_acquire) == State::named ? place.name.data() : "";
}

void share_metrics() noexcept {
  void* memory = mmap(nullptr, sizeof(Metrics), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) metrics_detail::in_use = new (memory) Metrics;
}

void begin_process() noexcept {
  for (ProcessCounts& each : metrics().processes) {
    pid_t nobody = 0;
    if (!each.process.compare_exchange_strong(nobody, getpid())) continue;
    each.sessions.set(0);
    metrics_detail::own = &each;
    return;
  }
}

void end_process(pid_t process) noexcept {
  for (ProcessCounts& each : metrics().processes)
    if (each.process == process) each.process = 0;
}

}  // namespace ccgate
