// milter/metrics/metrics.h: what is counted, in one table that all processes of a daemon share.
#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <string_view>

#include "milter/metrics/metric_cells.h"
#include "policy/evidence/evidence.h"
#include "policy/evidence/truth.h"
#include "policy/request/request_kind.h"
#include "policy/rules/decision.h"
#include "policy/text/enum_words.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

enum class CountedMail { request, answer, other };
template <>
struct EnumWords<CountedMail> {
  using enum CountedMail;
  static constexpr auto table = word_table<CountedMail>({
      {request, "request"},
      {answer, "answer"},
      {other, "other"},
  });
};
enum class CountedMode { enforce, observe };
template <>
struct EnumWords<CountedMode> {
  using enum CountedMode;
  static constexpr auto table = word_table<CountedMode>({
      {enforce, "enforce"},
      {observe, "observe"},
  });
};
enum class CountedMethod { dkim, spf };
template <>
struct EnumWords<CountedMethod> {
  using enum CountedMethod;
  static constexpr auto table = word_table<CountedMethod>({
      {dkim, "dkim"},
      {spf, "spf"},
  });
};
enum class DnsResult { ok, nodata, nxdomain, temperror };
template <>
struct EnumWords<DnsResult> {
  using enum DnsResult;
  static constexpr auto table = word_table<DnsResult>({
      {ok, "ok"},
      {nodata, "nodata"},
      {nxdomain, "nxdomain"},
      {temperror, "temperror"},
  });
};
enum class StoreUse { read, write };
template <>
struct EnumWords<StoreUse> {
  using enum StoreUse;
  static constexpr auto table = word_table<StoreUse>({
      {read, "read"},
      {write, "write"},
  });
};
enum class OutboxState { waiting, retrying, at_work };
template <>
struct EnumWords<OutboxState> {
  using enum OutboxState;
  static constexpr auto table = word_table<OutboxState>({
      {waiting, "waiting"},
      {retrying, "retrying"},
      {at_work, "at_work"},
  });
};
enum class OutboxEnd { finished, put_off };
template <>
struct EnumWords<OutboxEnd> {
  using enum OutboxEnd;
  static constexpr auto table = word_table<OutboxEnd>({
      {finished, "finished"},
      {put_off, "put_off"},
  });
};
enum class ReloadResult { ok, refused };
template <>
struct EnumWords<ReloadResult> {
  using enum ReloadResult;
  static constexpr auto table = word_table<ReloadResult>({
      {ok, "ok"},
      {refused, "refused"},
  });
};

/// What is counted of one list.
struct ListCounts {
  ByWord<CountedMode, ByWord<Decision, ByWord<Ground>>> decisions;
  ByWord<RequestKind> requests;
};

/// Lists by name, in a bounded number of places that are taken for good: what was counted of a list never
/// falls. Lists that find no place, or whose name is too long for one, count together as others.
class CountedLists {
 public:
  static constexpr std::size_t kMost = 64;
  static constexpr std::size_t kLongestName = 127;

  /// Sees to a place for it; for whoever loads a configuration, in any process.
  void add(std::string_view name) noexcept;
  /// Never waits; of a name without a place, `others()`.
  [[nodiscard]] ListCounts& operator[](std::string_view name) noexcept;
  [[nodiscard]] const ListCounts& others() const noexcept { return others_; }
  /// Its name at `place`; empty: nobody has it. Two processes that add a name in the same moment, one of
  /// which ends in it, may leave two places with it.
  [[nodiscard]] std::string_view name(std::size_t place) const noexcept;
  [[nodiscard]] const ListCounts& at(std::size_t place) const noexcept { return places_.at(place).counts; }

 private:
  enum class State : int { free, being_named, named };
  struct Place {
    std::atomic<State> state{State::free};
    std::array<char, kLongestName + 1> name{};
    ListCounts counts;
  };
  std::array<Place, kMost> places_{};
  ListCounts others_;
};

/// What one process holds: it counts for as long as that lives.
struct ProcessCounts {
  std::atomic<pid_t> process{0};  ///< 0: nobody
  Gauge sessions;
  Gauge reload_ok;
  Gauge reloaded;  ///< seconds since 1970
  Gauge reload_nanoseconds;
};

/// Everything. In memory of zeros it is empty.
struct Metrics {
  static constexpr std::size_t kProcesses = 64;

  CountedLists lists;
  ByWord<CountedMail> messages;
  Counter sessions;
  Counter internal_errors;
  ByWord<AuthResult> dkim_signatures, spf_results;
  ByWord<CountedMethod, ByWord<Truth>> alignment;
  ByWord<CountedMail, Histogram> end_of_message;
  Counter dns_questions;
  ByWord<DnsResult> dns_answers;
  Histogram dns_time;
  ByWord<StoreUse> store_errors;
  ByWord<StoreUse, Histogram> store_time;
  ByWord<OutboxEnd> outbox_tries;
  ByWord<ReloadResult> reloads;
  // The same in all processes; whoever looked last tells.
  Gauge started;
  Gauge store_up;
  ByWord<OutboxState, Gauge> outbox_tasks;
  Gauge outbox_oldest_added;  ///< seconds since 1970; 0: nothing waits
  Gauge questions_open;
  Gauge contacts_fetched, contacts_max_age, contacts_cctlds, contacts_anomalies, contacts_unusable;

  std::array<ProcessCounts, kProcesses> processes{};
};

namespace metrics_detail {
extern Metrics* in_use;
extern ProcessCounts* own;
}  // namespace metrics_detail

/// Where this process counts. Any thread, at any time.
[[nodiscard]] inline Metrics& metrics() noexcept {
  return *metrics_detail::in_use;
}
/// What this process holds.
[[nodiscard]] inline ProcessCounts& own_process() noexcept {
  return *metrics_detail::own;
}

/// From now on this process and those that it forks count in the same memory. Before any thread is started.
/// Where there is no memory, each counts for itself.
void share_metrics() noexcept;
/// This process serves mail from now on; before its threads are started. One beyond Metrics::kProcesses holds
/// what nobody is shown.
void begin_process() noexcept;
/// It has ended, however it did.
void end_process(pid_t process) noexcept;

/// How long what its scope does takes.
class Stopwatch {
 public:
  explicit Stopwatch(Histogram& histogram) noexcept : histogram_(histogram) {}
  ~Stopwatch() { histogram_.observe(std::chrono::steady_clock::now() - begun_); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  Histogram& histogram_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace ccgate
