// milter/store/store.h: what ccgate remembers, behind one interface: operations, not SQL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/store/records.h"
#include "milter/store/store_error.h"

namespace ccgate {

/// One of something that has a bound in kBudgetTime. Counted when the decision is recorded, so that of many
/// at the same time no more than `most` are.
struct Budget {
  std::string key;
  std::int64_t most = 0;
  std::string question = {};  ///< id; counted only when this one is asked; empty: in any case
  friend bool operator==(const Budget&, const Budget&) = default;
};
inline constexpr std::int64_t kBudgetTime = 24 * 3600;

/// Everything that has to be there before the client gets its reply; in one transaction.
struct DecisionRecord {
  LedgerEntry entry;
  std::vector<std::string> replay_keys;  ///< hex SHA-256 each: by what the same message is known again
  std::vector<LedgerEvent> events;       ///< of this decision
  std::vector<Question> questions;       ///< new ones
  std::vector<Task> tasks;
  /// What seen_before told of these keys when it was decided.
  struct Seen {
    std::int64_t since = 0;
    std::string id;  ///< of the entry; empty: there was none
  };
  std::optional<Seen> seen = {};  ///< nullopt: it was not asked
  /// Not 0: the entry is kept only while there were fewer such records of its list on its day (UTC); those
  /// with and without an author domain are counted apart. Many at the same moment may go over by some.
  std::int64_t most_a_day = 0;
  std::vector<Budget> budgets = {};
  std::vector<Question> rests_on =
      {};  ///< whose answers let the request in, as they were when it was decided
};

/// What came of a decision that was to be recorded. Nothing of it is kept unless `yes`.
enum class Recorded {
  yes,
  seen_meanwhile,      ///< the same message was decided by another thread or process since `seen`
  over_budget,         ///< one of `budgets` is used up
  approval_withdrawn,  ///< one of `rests_on` is confirmed no longer
};

/// Of the decisions; members without a value do not choose.
struct LedgerFilter {
  std::optional<std::string> list, cctld, verdict, author, request;
  std::optional<std::int64_t> since, until;  ///< seconds since 1970, both included
  std::optional<std::string> id_prefix;
  std::int64_t after_row = 0;  ///< only those recorded after this row, without a gap: for following
  std::size_t limit = 100;     ///< the newest so many; with after_row, the oldest so many
};
struct LedgerRow {
  std::int64_t row = 0;  ///< rises with every entry recorded
  LedgerEntry entry;
};

/// What came of a token that was sent back.
struct TokenUse {
  enum class Outcome {
    done,     ///< it was used now, and what follows is recorded
    unknown,  ///< no such token, or of another purpose or list
    used,     ///< used before
    expired,  ///< or the question it answers was, or was answered by another token
    let_in,   ///< a no, after the yes before it let a request in
  };
  Outcome outcome = Outcome::unknown;
  std::optional<Token> token;        ///< unless unknown
  std::optional<Question> question;  ///< of a token that answers one; as it is now
};

/// How many tasks wait.
struct Backlog {
  std::int64_t waiting = 0;     ///< due or later
  std::int64_t oldest_due = 0;  ///< seconds since 1970; 0: nothing waits
};

/// Thread-safe; every function throws StoreError and nothing else (but std::bad_alloc). Each is one
/// transaction. None waits longer than some seconds for a lock, or for a store that is being opened; `record`
/// waits for the disk. Times are the caller's: the store has no clock. Texts with NUL or broken UTF-8 are a
/// StoreError.
class Store {
 public:
  virtual ~Store() = default;

  // What a decision asks.

  /// The newest decision recorded with one of `replay_keys` on `list`, decided at `since` or later; not
  /// tempfailed ones.
  [[nodiscard]] virtual std::optional<LedgerEntry> seen_before(const std::string& list,
                                                               const std::vector<std::string>& replay_keys,
                                                               std::int64_t since) = 0;
  /// Decisions accept, ask and hold on `list` since `since` that have an author_domain: for it, for the
  /// ccTLD. What was refused, or held without one, does not count: anybody can write in the name of another.
  /// Nobody is counted beyond `most`.
  [[nodiscard]] virtual std::int64_t count_by_author_domain(const std::string& list,
                                                            const std::string& author_domain,
                                                            std::int64_t since, std::int64_t most) = 0;
  [[nodiscard]] virtual std::int64_t count_by_cctld(const std::string& list, const std::string& cctld,
                                                    std::int64_t since, std::int64_t most) = 0;
  /// All questions about one request, the newest first.
  [[nodiscard]] virtual std::vector<Question> questions_of(const std::string& request_key) = 0;

  /// When the contact last objected to this request, at `since` or later; nullopt: never.
  [[nodiscard]] virtual std::optional<std::int64_t> objected(const std::string& request_key,
                                                             std::int64_t since) = 0;

  // What it leaves.

  /// Keeps all of it or nothing. Recording an equal entry once more is no error and adds nothing: so a caller
  /// in doubt asks again. Another entry of the same id is a StoreError. A task whose key is known is left
  /// out; a question is left out, with its task, when one about the same request to the same contact is open,
  /// was not asked more than a day after this decision (by a clock that was wrong), and does not expire
  /// before `entry.decided`. What `budgets` count, they count to `entry.decided`. The questions of `rests_on`
  /// can be refused no longer. `yes`, and nothing kept: there were `most_a_day` before.
  virtual Recorded record(const DecisionRecord& record) = 0;
  /// Events of decisions recorded before, and tasks that follow from them. An event of a decision that is not
  /// there, or was purged, is left out, here and below. An event `repeated` is counted in the one that is
  /// there.
  virtual void add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) = 0;

  // Tokens.

  virtual void add_token(const Token& token, std::int64_t now) = 0;
  /// nullopt: none of this hash.
  [[nodiscard]] virtual std::optional<Token> find_token(const std::string& hash) = 0;
  /// Takes a token: the question becomes `state` (confirmed, by a token `confirm`; refused, by that or
  /// `refuse`), the event with `detail` is recorded with it. Of two at the same time one gets `done`. What
  /// was confirmed is refused by any token of the question, used and expired ones too, until it let a
  /// request in; what was refused stays so.
  virtual TokenUse answer(const std::string& hash, const std::string& list, QuestionState state,
                          const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) = 0;
  /// Takes a token of purpose `object`; likewise. `tasks` are added with it.
  virtual TokenUse object(const std::string& hash, const std::string& list, const std::string& detail,
                          std::int64_t now, const std::vector<Task>& tasks) = 0;
  /// Takes a token of purpose `bounce`; likewise: the second report about one mail records nothing. A
  /// question that the mail asked, and that is open, becomes undelivered.
  virtual TokenUse bounce(const std::string& hash, const std::string& list, const std::string& detail,
                          std::int64_t now, const std::vector<Task>& tasks) = 0;

  // Tasks, for workers of any number of processes.

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
  /// Entries with an event `digested` of this key, oldest first.
  [[nodiscard]] virtual std::vector<LedgerEntry> digest(const std::string& key) = 0;
  [[nodiscard]] virtual std::optional<Question> find_question(const std::string& id) = 0;
  [[nodiscard]] virtual Backlog backlog() = 0;

  // The ledger read.

  [[nodiscard]] virtual std::optional<LedgerEntry> find_entry(const std::string& id) = 0;
  /// In the order they were recorded.
  [[nodiscard]] virtual std::vector<LedgerRow> entries(const LedgerFilter& filter) = 0;
  [[nodiscard]] virtual std::vector<LedgerEvent> events_of(const std::string& decision_id) = 0;
  [[nodiscard]] virtual std::vector<Question> questions_by_decision(const std::string& decision_id) = 0;

  // Time goes by.

  /// Open questions whose time is over become expired, with their event. Gives them.
  virtual std::vector<Question> expire_questions(std::int64_t now) = 0;
  /// Removes entries that need not be kept any longer, with their events, questions, tasks and tokens. An
  /// entry with a task or question still open stays; a question whose time is over is open until
  /// expire_questions. Small steps: at most `limit` entries. The number removed.
  virtual std::int64_t purge(std::int64_t now, std::size_t limit) = 0;

  /// For people: `sqlite:/path` or `postgresql://host/name`, never a password.
  [[nodiscard]] virtual std::string name() const = 0;
};

}  // namespace ccgate
