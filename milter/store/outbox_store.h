// milter/store/outbox_store.h: tasks, for workers of any number of processes, and what goes by with time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/store/member_store.h"
#include "milter/store/status_store.h"
#include "milter/store/store_part.h"

namespace ccgate {

/// How many tasks wait, and questions for their answer.
struct Backlog {
  std::int64_t waiting = 0;         ///< all that are not done: due, or later
  std::int64_t retrying = 0;        ///< of them, those that were put off
  std::int64_t at_work = 0;         ///< of them, those that somebody has claimed
  std::int64_t oldest_due = 0;      ///< seconds since 1970; 0: nothing waits
  std::int64_t oldest_added = 0;    ///< likewise
  std::int64_t questions_open = 0;  ///< questions without an answer, in their time
};

/// For whoever carries out what follows from decisions.
class OutboxStore : public virtual EntryReader, public virtual EventWriter, public virtual MemberReader {
 public:
  /// Up to `count` tasks that are due, for `worker` alone until `now + lease` seconds; the oldest first.
  /// Each has its attempts counted up. A task of a worker that ended meanwhile is claimed again after its
  /// lease. After the clock went back: a task due in more than two days, which nothing is ever put off for,
  /// is due; a claim that would end later than two leases from now is over.
  [[nodiscard]] virtual std::vector<Task> claim(const std::string& worker, std::int64_t now,
                                                std::int64_t lease, std::size_t count) = 0;
  /// It is done, or given up; events are recorded with it. The open question of a task `ask` with an event
  /// bounced or expired becomes undelivered. False: the claim was lost, and nothing is recorded.
  virtual bool finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
                      std::int64_t now, const std::vector<Task>& follow_up) = 0;
  /// Not now: due again at `due`. False: the claim was lost.
  virtual bool postpone(const Task& task, const std::string& worker, std::int64_t due,
                        const std::string& error) = 0;
  /// True while the task with this key waits or is at work.
  [[nodiscard]] virtual bool is_open(const std::string& task_key) = 0;
  /// An entry `note` that declines for this ccTLD, on the list of the decision, was recorded after it.
  [[nodiscard]] virtual bool declined_after(const std::string& decision_id, const std::string& cctld) = 0;
  [[nodiscard]] virtual Backlog backlog() = 0;

  // What a mail is made of.

  /// Entries with an event `digested` of this key, oldest first.
  [[nodiscard]] virtual std::vector<LedgerEntry> digest(const std::string& key) = 0;
  /// What of `list` is held and not released, decided at `since` or later, of which nobody was informed; the
  /// oldest first, of more the newest `most`.
  [[nodiscard]] virtual std::vector<HeldMail> held_untold(const std::string& list, std::int64_t since,
                                                          std::size_t most) = 0;
  virtual void add_token(const Token& token, std::int64_t now) = 0;

  // Time goes by.

  /// Open questions whose time is over become expired, with their event. Gives them.
  virtual std::vector<Question> expire_questions(std::int64_t now) = 0;
  /// Removes entries that need not be kept any longer, with their events, questions, tasks and tokens. An
  /// entry with a task or question still open stays; a question whose time is over is open until
  /// expire_questions. Small steps: at most `limit` entries. The number removed.
  virtual std::int64_t purge(std::int64_t now, std::size_t limit) = 0;
  /// Takes out of up to `limit` memberships of `list` that ended before `before` whatever tells whose they
  /// were; when and of which ccTLD stays. The number of them.
  virtual std::int64_t forget_ended(const std::string& list, std::int64_t before, std::size_t limit) = 0;

  /// Of the store, for people: `sqlite:/path` or `postgresql://host/name`, never a password.
  [[nodiscard]] virtual std::string name() const = 0;
};

}  // namespace ccgate
