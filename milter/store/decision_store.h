// milter/store/decision_store.h: what a decision asks of the past, and what it leaves.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "milter/store/member_store.h"
#include "milter/store/store_part.h"
#include "policy/text/durations.h"

namespace ccgate {

/// One of something that has a bound in kBudgetTime. Counted when the decision is recorded, so that of many
/// at the same time no more than `most` are.
struct Budget {
  std::string key;
  std::int64_t most = 0;
  std::string question = {};  ///< id; counted only when this one is asked; empty: in any case
  friend bool operator==(const Budget&, const Budget&) = default;
};
inline constexpr std::int64_t kBudgetTime = kDaySeconds;

/// A membership that has not ended.
struct MemberKey {
  std::string list, cctld;
  std::string address;  ///< folded, see Address::key
  friend bool operator==(const MemberKey&, const MemberKey&) = default;
};

/// A member who can be asked about others.
struct StoredVoucher {
  std::string email;        ///< as written
  std::string other_email;  ///< of the same person; may be empty
  friend bool operator==(const StoredVoucher&, const StoredVoucher&) = default;
};

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
  std::vector<KeptEvidence> evidence = {};  ///< of a message that waits for an answer
  MemberChanges members = {};               ///< who becomes a member by it, or no longer is one
  /// Ids of the questions about the requests of `rests_on` that were answered with no, as it was decided.
  std::set<std::string> known_refusals = {};
  std::vector<MemberKey> rests_on_members = {};  ///< of `rests_on`, who has to be a member still
};

/// What came of a decision that was to be recorded. Nothing of it is kept unless `yes`.
enum class Recorded {
  yes,
  seen_meanwhile,      ///< the same message was decided by another thread or process since `seen`
  over_budget,         ///< one of `budgets` is used up
  approval_withdrawn,  ///< one of `rests_on` is confirmed no longer, or somebody has said no since
};

/// For whoever decides.
class DecisionStore : public virtual EntryReader, public virtual EventWriter, public virtual MemberReader {
 public:
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
  /// Members of `list` for `cctld` to whom mail does not come back, those first who have been for longest;
  /// none beyond `most`.
  [[nodiscard]] virtual std::vector<StoredVoucher> vouchers_of(const std::string& list,
                                                               const std::string& cctld,
                                                               std::size_t most) = 0;
  /// What was kept under one of `keys` and counts at `now`: of one key, for each request one.
  [[nodiscard]] virtual std::vector<KeptEvidence> kept_evidence(const std::vector<std::string>& keys,
                                                                std::int64_t now) = 0;

  /// Keeps all of it or nothing, on the disk when it returns. Recording an equal entry once more is no error
  /// and adds nothing: so a caller in doubt asks again. Another entry of the same id is a StoreError. A task
  /// whose key is known is left out; a question is left out, with its task, when one about the same request
  /// to the same contact is open, was not asked more than a day after this decision (by a clock that was
  /// wrong), and does not expire before `entry.decided`. What `budgets` count, they count to
  /// `entry.decided`. No question about a request of `rests_on` can be refused any longer. Evidence that is
  /// kept for the same message and request, and still counts, stays. `yes`, and nothing kept: there were
  /// `most_a_day` before.
  virtual Recorded record(const DecisionRecord& record) = 0;
};

}  // namespace ccgate
