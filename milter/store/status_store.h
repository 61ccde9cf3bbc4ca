// milter/store/status_store.h: what waits, and how much there was of what.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "milter/store/ledger_reader.h"
#include "policy/text/enum_words.h"

namespace ccgate {

enum class LedgerGroup { ground, cctld, author_domain, day };
template <>
struct EnumWords<LedgerGroup> {
  using enum LedgerGroup;
  static constexpr auto table = word_table<LedgerGroup>({
      {ground, "ground"},
      {cctld, "cctld"},
      {author_domain, "author_domain"},
      {day, "day"},
  });
};
struct GroupCount {
  std::string group;  ///< its word; of a day its first second since 1970
  std::string verdict;
  std::int64_t n = 0;
  friend bool operator==(const GroupCount&, const GroupCount&) = default;
};

/// One message in the MTA's hold queue, as far as anybody said.
struct HeldMail {
  LedgerEntry entry;
  std::int64_t at = 0;
  std::string reason;
};

/// For whoever watches over a gate.
class StatusStore : public virtual EntryReader, public virtual EventWriter {
 public:
  /// Those that wait for an answer at `now`, the oldest first; none beyond `most`.
  [[nodiscard]] virtual std::vector<Question> open_questions(std::int64_t now, std::size_t most) = 0;
  /// Decided at `since` or later, held, and not released; the oldest first, of more the newest `most`.
  [[nodiscard]] virtual std::vector<HeldMail> held(std::int64_t since, std::size_t most) = 0;
  /// Of the decisions that `filter` chooses (its limit, row and id do not matter), by group and verdict: the
  /// largest `most`. What is about several ccTLDs is counted for each.
  [[nodiscard]] virtual std::vector<GroupCount> count_groups(const LedgerFilter& filter, LedgerGroup by,
                                                             std::size_t most) = 0;
  /// Adds a task `key`, as the one that asked `question` first. False: it is not open, or there is such a
  /// task.
  virtual bool ask_again(const std::string& question, const std::string& key, std::int64_t now) = 0;
  /// An open question becomes expired, with `answered`; the event tells `detail`. False: it is not open.
  virtual bool cancel_question(const std::string& question, const std::string& detail, std::int64_t now) = 0;
};

}  // namespace ccgate
