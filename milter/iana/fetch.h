// milter/iana/fetch.h: one run: every wanted ccTLD asked for, and the contact data that comes of it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "milter/iana/merge.h"

namespace ccgate {

struct FetchPlan {
  std::vector<Domain> wanted;  ///< sorted, each once
  bool all = false;            ///< `wanted` is every delegated ccTLD: others are dropped from the file
  MergeOptions merge;          ///< `now` is the time of the run
  std::string source;          ///< for contacts.json
  /// After each ccTLD, whether it was `asked` for or given up with the rest; may be empty.
  std::function<void(const Merged&, std::size_t done, bool asked)> told = {};
};

struct Fetched {
  ContactsFile file;
  std::vector<HistoryEntry> history;  ///< to be appended
  std::size_t ok = 0, changed = 0, anomalies = 0, failed = 0;
  std::size_t first_readings = 0;  ///< of those that are ok
  bool nothing_asked = false;      ///< not one question reached anybody
  std::size_t not_asked = 0;       ///< given up with the rest; of those that failed
  std::string not_asked_why;       ///< empty: all were asked for
  std::string too_large;           ///< why the change should not be believed unseen; may be empty
};

/// Asks for one ccTLD; see Asker::ask.
using Ask = std::function<IanaAnswer(const Domain&)>;

/// After ten questions in a row without an answer the rest is not asked, and fails with the same reason;
/// after three that reached nobody, when nobody was ever reached. `old`: the file so far; its entries outside
/// `wanted` stay as they are. The file counts as fetched now when every ccTLD in it was asked for.
[[nodiscard]] Fetched fetch(const FetchPlan& plan, const ContactsFile& old, const Ask& ask);

}  // namespace ccgate
