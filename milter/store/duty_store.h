// milter/store/duty_store.h: what is done by the day and not because of a mail: reviews, mails to a list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/store/member_store.h"
#include "milter/store/store_part.h"

namespace ccgate {

/// What ccgate or its operator does by itself: an entry of the ledger like a decision, with its own kind of
/// request (`review`, `repository`), and the task that carries it out.
struct OwnEntry {
  LedgerEntry entry;
  std::optional<Question> question;
  Task task;
};

/// For whoever does it.
class DutyStore : public virtual EntryReader, public virtual EventWriter, public virtual MemberReader {
 public:
  /// All of it or nothing. False: a task of this key is known, or was, and nothing is recorded: so of two
  /// that begin the same at once, one does.
  virtual bool begin(const OwnEntry& own) = 0;
  /// True when a task of this key was ever added, as long as it is kept.
  [[nodiscard]] virtual bool is_known(const std::string& task_key) = 0;
  /// The reviews of a list (review_key), by contact and time.
  [[nodiscard]] virtual std::vector<Question> reviews(const std::string& list) = 0;
  /// The last entry of `list` with this kind of request that was decided before `before`.
  [[nodiscard]] virtual std::optional<LedgerEntry> newest_of(const std::string& list,
                                                             const std::string& request,
                                                             std::int64_t before) = 0;
};

/// Question::request_key of the reviews that ask one contact.
[[nodiscard]] std::string review_key(const std::string& list, const std::string& contact);

}  // namespace ccgate
