// milter/contacts/history.h: contacts-history.jsonl, every contact address ever seen, one JSON object a line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/registry/registry.h"

namespace ccgate {

/// One address of one role of one ccTLD. `first_seen` when it came; with `last_seen` when it was replaced.
struct HistoryEntry {
  std::string cctld;  ///< A-label
  Role role = Role::admin;
  std::string email;
  std::int64_t first_seen = 0;            ///< seconds since 1970
  std::optional<std::int64_t> last_seen;  ///< absent: it is the present one
};

/// One line with its line end: {"cctld": "fr", "role": "admin", "email": "...", "first_seen": "...",
/// "last_seen": "..."}.
[[nodiscard]] std::string history_line(const HistoryEntry& entry);

/// All lines, in order; a line that a crash cut short, or any other that cannot be read, is skipped. Of lines
/// with the same ccTLD, role, email and first_seen the last counts.
[[nodiscard]] std::vector<HistoryEntry> parse_history(std::string_view text);

/// `contacts-history.jsonl` in the folder of `contacts_file`.
[[nodiscard]] std::string history_beside(const std::string& contacts_file);

}  // namespace ccgate
