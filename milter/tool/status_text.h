// milter/tool/status_text.h: the state of a site, for people and for scripts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "milter/store/outbox_store.h"
#include "milter/store/report_records.h"
#include "milter/store/status_store.h"
#include "milter/tool/daemon_probe.h"

namespace ccgate {

/// One list: by which rules, and what was decided.
struct ListStatus {
  std::string list;
  std::string policy_file;
  std::string policy_hash;              ///< of the file as it is now; empty: it cannot be read
  std::int64_t policy_since = 0;        ///< when the file was written
  std::string decided_by;               ///< hash of the newest decision; empty: there is none, or no store
  std::string running = {};             ///< hash of the one in force; empty: no daemon tells
  std::int64_t running_since = 0;       ///< when that took effect
  std::vector<DecisionCount> day = {};  ///< of the last 24 hours
};

struct SiteStatus {
  std::int64_t now = 0;
  std::vector<DaemonAnswer> daemon = {};
  std::vector<ListStatus> lists = {};
  bool store = false;  ///< there is one; else what follows is empty
  std::vector<Question> questions = {};
  std::vector<HeldMail> held = {};
  Backlog outbox = {};
  std::optional<std::int64_t> fetched = {};                         ///< the contact data as a whole
  std::int64_t max_age = 0;                                         ///< seconds
  std::vector<std::pair<std::string, std::string>> anomalies = {};  ///< A-label, why
};

[[nodiscard]] std::string site_status_text(const SiteStatus& status);
[[nodiscard]] std::string site_status_json(const SiteStatus& status);

}  // namespace ccgate
