// milter/decision/recipient.h: an envelope recipient, and what it is to our lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/site/ruleset.h"

namespace ccgate {

/// One envelope recipient as the MTA gave it.
struct Recipient {
  std::string raw;                 ///< argument of RCPT, for edits
  std::vector<Address> addresses;  ///< raw and {rcpt_addr}, parsed; empty when neither is one strict address
  std::vector<Ruleset::Gated> gated;     ///< empty: not gated
  std::optional<Ruleset::Own> own = {};  ///< an address of ours; never gated then
  bool odd = false;                      ///< gated by a lenient reading only: to be refused
  /// The MTA finds it by `raw` when it is to be taken out: it came by SMTP, and the MTA names it octet for
  /// octet as the client did, by one plain address. Otherwise nobody knows, and nobody would be told.
  bool certain = false;
};

/// Reads one recipient in both spellings that the MTA gives: the argument of RCPT and the macro {rcpt_addr},
/// which may be empty. A spelling that no strict reading accepts is gated when a lenient one comes to a
/// command address. Our own addresses are known too where {rcpt_addr} is the local part alone.
[[nodiscard]] Recipient read_recipient(const Ruleset& rules, std::string_view raw,
                                       std::string_view rcpt_addr);

}  // namespace ccgate
