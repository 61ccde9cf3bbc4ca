#include "milter/outbox/outbox_thread.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

constexpr seconds kLook{1};
constexpr seconds kLongestPause{60};
constexpr seconds kQuestions{60};
constexpr seconds kCount{10};
constexpr seconds kPurge{3600};
constexpr std::int64_t kMoreToPurge = 50;

std::optional<Smtputf8Probe> probe_of(const WorkerParts& parts) {
  if (parts.smtputf8 == nullptr) return std::nullopt;
  return Smtputf8Probe(*parts.smtputf8, parts.submitter);
}

}  // namespace

OutboxThread::OutboxThread(WorkerParts parts)
    : probe_(probe_of(parts)),
      rules_(parts.rules),
      worker_(std::move(parts)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

OutboxThread::~OutboxThread() {
  stop();
}

void OutboxThread::poke() noexcept {
  {
    const std::lock_guard lock(mutex_);
    poked_ = true;
  }
  wake_.notify_one();
}

void OutboxThread::stop() noexcept {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void OutboxThread::run(const std::stop_token& stop) {
  auto next_questions = Clock::now();
  auto next_purge = Clock::now();
  auto next_count = Clock::now();
  seconds pause = kLook;
  while (!stop.stop_requested()) {
    OutboxWorker::Run done;
    try {
      if (probe_) probe_->look(rules_(), Clock::now(), stop);
      done = worker_.run_once(stop);
      if (!done.trouble && Clock::now() >= next_questions) {
        worker_.expire_questions();
        next_questions = Clock::now() + kQuestions;
      }
      if (!done.trouble && Clock::now() >= next_count) {
        worker_.count_waiting();
        next_count = Clock::now() + kCount;
      }
      if (!done.trouble && Clock::now() >= next_purge)
        next_purge = Clock::now() + (worker_.purge() >= kMoreToPurge ? kLook : kPurge);
    } catch (const std::exception& error) {
      write_log(LogLine(LogLevel::error, "internal_error").add("why", error.what()));
      done.trouble = true;
    }
    if (!done.trouble && done.tasks > 0) continue;
    pause = done.trouble ? std::min(pause * 2, kLongestPause) : kLook;
    std::unique_lock lock(mutex_);
    // A poke does not hurry a store that fails.
    wake_.wait_for(lock, stop, pause, [&] { return poked_ && !done.trouble; });
    poked_ = false;
  }
}

}  // namespace ccgate
