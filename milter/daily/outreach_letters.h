// milter/daily/outreach_letters.h: the letters to contacts of one list, read from the store and begun.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "milter/coverage/letters.h"
#include "milter/daily/duty.h"
#include "milter/report/report_data.h"

namespace ccgate {

/// What is known beside the store, for a report on `list`.
[[nodiscard]] ReportSite report_site(const Ruleset& rules, const ListConfig& list);

struct ListLetters {
  std::vector<Letter> all;     ///< in their order (coverage/letters.h)
  Share progress;              ///< ccTLDs that are on the list
  bool begun = false;          ///< somebody was invited before
  std::size_t left_today = 0;  ///< so many invitations may go today by themselves
};
/// Of a list that has `outreach`. `again`: as in LetterSituation. A letter that was begun before, as its task
/// tells, is none any more. Throws StoreError.
[[nodiscard]] ListLetters read_letters(const DailySite& site, const ListConfig& list,
                                       const std::set<std::string>& again = {});

/// What is due: one that is not of kind `none`.
[[nodiscard]] Due due_letter(const DailySite& site, const ListConfig& list, const Letter& letter,
                             const Share& progress);

}  // namespace ccgate
