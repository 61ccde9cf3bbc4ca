// milter/outbox/worker.h: the tasks of the store, claimed and carried out, by any number of processes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "milter/outbox/carry_out.h"

namespace ccgate {

/// `host:pid:random`.
[[nodiscard]] std::string worker_name();

/// Carries out what is due. Called from one thread; no function throws (but std::bad_alloc): a task that
/// fails is tried again later, and a store that fails is logged once (`store_trouble`) until it works again
/// (`store_back`).
///
/// A mail is sent once as far as SMTP allows. It is sent again when the process ends between the reply of the
/// mail server and the entry in the store, or when the connection breaks behind the data. Its Message-ID is
/// the same then. While the store cannot be written, what was done is kept here, and nothing new begun.
class OutboxWorker {
 public:
  explicit OutboxWorker(WorkerParts parts);

  struct Run {
    std::size_t tasks = 0;  ///< that were claimed: more may be due
    bool trouble = false;   ///< the store failed: call again after a pause
  };
  /// Claims some tasks that are due and carries them out, `deliveries` at a time. Returns within some seconds
  /// after a stop; what was not done by then any worker may do.
  Run run_once(const std::stop_token& stop = {});

  /// Questions whose time is over become expired: the owners are told by tasks, `question_expired` is logged.
  void expire_questions();
  /// Tells the metrics how much waits, and that the store works, or not.
  void count_waiting();
  /// One step of OutboxStore::purge; `purged` is logged when there was something. The number of entries
  /// removed. Those who left a list longer ago than its `retention` are forgotten likewise.
  std::int64_t purge();

 private:
  struct Unrecorded {
    Task task;
    TaskEnd end;
  };
  struct Batch;
  void work(Batch& batch, bool hooks);
  void carry_out(Carrier& carrier, const Task& task, const std::stop_token& stop);
  bool record(const Unrecorded& what);
  bool record_all();
  bool add_all();
  const NoticeTemplates& texts_of(const std::shared_ptr<const Ruleset>& rules);
  void store_failed(const std::string& why);
  void store_worked();

  WorkerParts parts_;
  std::mutex mutex_;  // of the next two, while several threads work
  std::vector<Unrecorded> unrecorded_;
  std::string trouble_;
  std::vector<Task> unadded_;
  std::shared_ptr<const Ruleset> texts_rules_;  // that texts_ were read for
  std::optional<NoticeTemplates> texts_;
};

}  // namespace ccgate
