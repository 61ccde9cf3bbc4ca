// milter/outbox/carry_out.h: one task of the store done: a mail or a hook, and what follows from how it went.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "milter/notice/compose.h"
#include "milter/notice/smtputf8.h"
#include "milter/outbox/hook.h"
#include "milter/outbox/make_submitter.h"
#include "milter/site/ruleset.h"
#include "milter/store/outbox_store.h"
#include "milter/system/log.h"
#include "milter/system/program.h"

namespace ccgate {

/// What a worker works with. Everything is called from its threads: from one, unless `deliveries` says
/// otherwise.
struct WorkerParts {
  OutboxStore& store;
  std::function<std::shared_ptr<const Ruleset>()> rules;  ///< those in force
  std::function<std::int64_t()> now;                      ///< seconds since 1970
  std::string name;                                       ///< of no other worker: worker_name()
  std::function<std::unique_ptr<Submitter>(const Submission&, std::stop_token)> submitter = make_submitter;
  std::function<void(const LogLine&)> log = write_log;
  ProgramLimits hook_limits = {};
  RunProgram run = run_program;       ///< for hooks
  Smtputf8Offer* smtputf8 = nullptr;  ///< told what the mail server says; null: nobody wants to know
  std::size_t deliveries = 1;         ///< mails at a time, each in a thread; never two hooks
};

/// What is to be kept of a task that was tried.
struct TaskEnd {
  bool finished = true;  ///< done, given up, or no longer wanted; else to be tried again
  std::vector<LedgerEvent> events;
  std::vector<Task> follow_up;
  std::int64_t due = 0;  ///< not finished: the next try
  std::string error;
};

/// Seconds until the next try of a task that was tried `attempts` times.
[[nodiscard]] std::int64_t back_off(std::int64_t attempts) noexcept;

/// Carries out tasks with one set of rules. For one thread.
class Carrier {
 public:
  Carrier(const WorkerParts& parts, std::shared_ptr<const Ruleset> rules, const NoticeTemplates& texts,
          std::stop_token stop);

  /// Blocks while it works: bounded by SmtpTimes and ProgramLimits. Writes one log line, none for a question
  /// that is no longer open. Throws StoreError when the store fails before the mail is handed over, which
  /// then did not happen.
  [[nodiscard]] TaskEnd carry_out(const Task& task);

 private:
  struct Draft;
  TaskEnd mail(const Task& task, const ListConfig& list);
  std::optional<Draft> draft(const Task& task, const ListConfig& list);
  std::optional<Draft> draft_question(const Task& task, const LedgerEntry& entry, const Question& question,
                                      NoticeFrame& frame);
  std::optional<Draft> draft_review(const Task& task, const LedgerEntry& entry, const Question& question,
                                    NoticeFrame& frame);
  std::optional<Draft> draft_repository(const Task& task, NoticeFrame& frame);
  std::optional<Draft> draft_invite(const Task& task, const LedgerEntry& entry, NoticeFrame& frame);
  std::optional<Draft> draft_held(const Task& task, const Address& owner, const NoticeFrame& frame);
  std::optional<Draft> draft_digest(const Task& task, NoticeFrame& frame);
  std::vector<std::string> decisions_of(const Task& task);
  std::string make_token(const Task& task, TokenPurpose purpose, const std::string& decision_id,
                         std::int64_t expires);
  TaskEnd mail_ended(const Task& task, const Draft& draft, const SubmitResult& result);
  TaskEnd troubled(const Task& task, const SubmitResult& result);
  TaskEnd hook(const Task& task, const ListConfig& list);
  TaskEnd removal_hook(const Task& task, const ListConfig& list);
  TaskEnd hook_ended(const Task& task, const std::string& decision_id, const HookResult& result);
  TaskEnd give_up(const Task& task, EventKind kind, const std::vector<std::string>& decisions,
                  const std::string& why);
  TaskEnd again(const Task& task, const std::string& why) const;

  const WorkerParts& parts_;
  std::shared_ptr<const Ruleset> rules_;
  const NoticeTemplates& texts_;
  std::stop_token stop_;
  std::unique_ptr<Submitter> submitter_;
  std::string away_;  // why the mail server is not reached; then mail is not tried
  std::int64_t now_ = 0;
};

}  // namespace ccgate
