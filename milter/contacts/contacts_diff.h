// milter/contacts/contacts_diff.h: what changed between two states of the contact data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "milter/contacts/contacts_file.h"
#include "policy/text/enum_words.h"

namespace ccgate {

struct Difference {
  enum class Kind { added, removed, changed };
  Domain cctld;
  Kind kind = Kind::changed;
  /// `admin.email`, `tech.name`, `admin.changed`, `organisation`, `dnssec`, `usable` or `anomaly`;
  /// `admin.email` for a ccTLD that came or went.
  std::string field;
  std::optional<std::string> before, after;  ///< absent: there was none, there is none
};

template <>
struct EnumWords<Difference::Kind> {
  using enum Difference::Kind;
  static constexpr auto table = word_table<Difference::Kind>({
      {added, "added"},
      {removed, "removed"},
      {changed, "changed"},
  });
};

/// By A-label, and for each in the order above. `fetched`, `first_seen` and `previous` are no difference:
/// they tell of our fetching. Of an entry that is unusable before or after only contacts and anomaly are
/// compared.
[[nodiscard]] std::vector<Difference> diff_contacts(const std::vector<CcTld>& before,
                                                    const std::vector<CcTld>& after);

}  // namespace ccgate
