// milter/iana/merge.h: what is kept of the old contact data when IANA has been asked again. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "milter/contacts/contacts_file.h"
#include "milter/contacts/history.h"
#include "milter/iana/iana_record.h"
#include "policy/text/durations.h"
#include "policy/text/enum_words.h"

namespace ccgate {

enum class FetchResult { ok, changed, anomaly, failed };
template <>
struct EnumWords<FetchResult> {
  using enum FetchResult;
  static constexpr auto table = word_table<FetchResult>({
      {ok, "ok"},
      {changed, "changed"},
      {anomaly, "anomaly"},
      {failed, "failed"},
  });
};

struct MergeOptions {
  std::int64_t now = 0;                       ///< seconds since 1970
  std::int64_t cool_down = 14 * kDaySeconds;  ///< seconds after which a contact counts as established
  bool dates_of_record = false;               ///< WHOIS: the dates are the record's, not the contact's
  bool adopt = false;  ///< contacts that nobody was seen before count as seen since IANA's own date
};

/// One ccTLD after the question.
struct Merged {
  CcTld cctld;
  FetchResult result = FetchResult::ok;
  std::string why;                    ///< what changed, or what was wrong; may be empty when ok
  bool address_changed = false;       ///< of any contact
  bool gone = false;                  ///< IANA knows it no more
  bool first_reading = false;         ///< there was no usable entry before
  std::vector<HistoryEntry> history;  ///< to be appended
};

/// `old`: the entry so far, nullptr where there is none (one that is unusable counts as none). An answer that
/// is no record leaves the old entry as it is, with the reason as its anomaly. A contact whose address is a
/// new one is first seen now, and remembers the last established one as its previous: one that we saw for
/// longer than the cool-down, or the first that we know of, if by IANA's date it had been it for so long
/// (none where there was none), until it is itself established. Contacts of roles that IANA does not have
/// stay.
[[nodiscard]] Merged merge(const Domain& cctld, const CcTld* old, const IanaAnswer& answer,
                           const MergeOptions& options);

}  // namespace ccgate
