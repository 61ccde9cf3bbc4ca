// milter/tool/outreach_tool.h: `ccgate outreach`, those who are not on a list yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/tool/ledger_input.h"

namespace ccgate {

struct OutreachSource {
  LedgerSource source;
  std::string list;  ///< empty: the only one of the configuration
  std::int64_t now = 0;
};

// Each gives 0; 1 when the configuration is bad, names no store or no such list, or a ccTLD is none; 3 when
// it, a file that it names, or the store cannot be read.

/// Whom to invite and remind, and why the others not.
[[nodiscard]] int run_outreach_next(const OutreachSource& options, bool json);

struct OutreachInvitation {
  OutreachSource from;
  std::optional<std::size_t> next;  ///< so many, of those who come next
  std::vector<std::string> cctlds;  ///< the contacts of these, as typed; with `next` none
  bool again = false;               ///< whatever these said, did or were sent before
  bool dry_run = false;
};
/// With neither, as many as the day has left. Of named ccTLDs all or none.
[[nodiscard]] int run_outreach_invite(const OutreachInvitation& options);

struct OutreachNote {
  OutreachSource from;
  std::string cctld;  ///< as typed
  std::string text;
  bool declines = false;  ///< they told a person that they will not come
};
[[nodiscard]] int run_outreach_note(const OutreachNote& options);

}  // namespace ccgate
