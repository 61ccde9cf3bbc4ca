// milter/outbox/outbox_thread.h: a worker at work beside the milter.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "milter/outbox/smtputf8_probe.h"
#include "milter/outbox/worker.h"

namespace ccgate {

/// A thread that looks for tasks every second, and at once when it is poked; about once a minute for
/// questions whose time is over, and about once an hour for entries that need not be kept; tells the metrics
/// every ten seconds what waits; and asks the mail server what Smtputf8Probe does. It starts with the
/// object: after a fork, and with all signals blocked. Hooks run with the rights of the process. What the
/// parts refer to outlives it.
class OutboxThread {
 public:
  explicit OutboxThread(WorkerParts parts);
  OutboxThread(const OutboxThread&) = delete;
  OutboxThread& operator=(const OutboxThread&) = delete;
  ~OutboxThread();  ///< stops

  /// There may be a new task. Any thread; never blocks for long.
  void poke() noexcept;
  /// Returns when the thread has ended: at once, or within some seconds when a mail or a hook is under way.
  /// Its tasks are left to the next worker.
  void stop() noexcept;

 private:
  void run(const std::stop_token& stop);

  std::optional<Smtputf8Probe> probe_;
  std::function<std::shared_ptr<const Ruleset>()> rules_;
  OutboxWorker worker_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool poked_ = false;
  std::jthread thread_;  // the last member: it uses the others
};

}  // namespace ccgate
