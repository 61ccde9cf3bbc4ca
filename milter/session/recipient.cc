#include "milter/session/recipient.h"

#include <algorithm>
#include <utility>

#include "policy/odd_recipient.h"

namespace ccgate {

Recipient read_recipient(const Ruleset& rules, std::string_view raw, std::string_view rcpt_addr) {
  Recipient recipient;
  recipient.raw = raw;
  const bool second = !rcpt_addr.empty() && rcpt_addr != raw;
  for (const std::string_view path : {raw, second ? rcpt_addr : std::string_view()}) {
    auto address = parse_path(path);
    if (!address || std::find(recipient.addresses.begin(), recipient.addresses.end(), *address) !=
                        recipient.addresses.end())
      continue;
    if (!recipient.own) recipient.own = rules.own(*address);
    if (recipient.own) {
      recipient.addresses.push_back(std::move(*address));
      continue;
    }
    for (Ruleset::Gated& each : rules.gated(*address)) recipient.gated.push_back(std::move(each));
    recipient.addresses.push_back(std::move(*address));
  }
  if (recipient.own) recipient.gated.clear();
  if (recipient.own || !recipient.gated.empty()) return recipient;
  for (const std::string_view path : {raw, second ? rcpt_addr : std::string_view()}) {
    if (path.empty() || (parse_path(path) && !has_routing_characters(path))) continue;
    for (Ruleset::Gated& each : rules.gated_oddly(path)) recipient.gated.push_back(std::move(each));
  }
  recipient.odd = !recipient.gated.empty();
  return recipient;
}

}  // namespace ccgate
