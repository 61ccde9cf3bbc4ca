// milter/store/answer_store.h: tokens that were mailed out and come back, with what their contacts say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/store/member_store.h"
#include "milter/store/store_part.h"

namespace ccgate {

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

/// For whoever reads mail to our own addresses.
class AnswerStore : public virtual EntryReader, public virtual EventWriter, public virtual MemberReader {
 public:
  /// nullopt: none of this hash.
  [[nodiscard]] virtual std::optional<Token> find_token(const std::string& hash) = 0;
  /// Takes a token: the question becomes `state` (confirmed, by a token `confirm`; refused, by that or
  /// `refuse`), the event with `detail` is recorded with it. Of two at the same time one gets `done`. What
  /// was confirmed is refused by any token of the question, used and expired ones too, until it let a
  /// request in; what was refused stays so.
  virtual TokenUse answer(const std::string& hash, const std::string& list, QuestionState state,
                          const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) = 0;
  /// Takes a token `confirm` of a review; likewise, but `members` change with it, and until its time is over
  /// a later answer counts beside the first: one that ends memberships always, a no after a yes too. `used`:
  /// it says no more than is known.
  virtual TokenUse answer_review(const std::string& hash, const std::string& list, QuestionState state,
                                 const std::string& detail, std::int64_t now, const std::vector<Task>& tasks,
                                 const MemberChanges& members) = 0;
  /// Takes a token of purpose `object`; likewise. `tasks` are added with it. Memberships that its decision
  /// began end; those that it only renewed stay.
  virtual TokenUse object(const std::string& hash, const std::string& list, const std::string& detail,
                          std::int64_t now, const std::vector<Task>& tasks) = 0;
  /// An answer by a token of purpose `confirm`, `refuse` or `object` that is none: the event `unclear` is
  /// recorded, with `tasks`. The token stays usable, and its question as it is. `done` while a plain answer
  /// would count, of a review until its time is over, else nothing is recorded.
  virtual TokenUse unclear(const std::string& hash, const std::string& list, const std::string& detail,
                           std::int64_t now, const std::vector<Task>& tasks) = 0;
  /// Takes a token of purpose `bounce`; likewise: the second report about one mail records nothing. A
  /// question that the mail asked, and that is open, becomes undelivered.
  virtual TokenUse bounce(const std::string& hash, const std::string& list, const std::string& detail,
                          std::int64_t now, const std::vector<Task>& tasks) = 0;
};

}  // namespace ccgate
