#include "milter/session/recipient.h"

#include <algorithm>
#include <utility>

#include "policy/odd_recipient.h"

namespace ccgate {
namespace {

/// Letters, digits and a few marks that no mail server quotes, rewrites or routes by.
bool is_plain(std::string_view address) {
  return std::all_of(address.begin(), address.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("@.-_+=").find(c) != std::string_view::npos;
  });
}

/// Postfix compares what is to be taken out with what the client wrote, Sendmail with what became of it.
/// Without angle brackets it is Postfix's own account of mail from elsewhere (sendmail(1), its bounces),
/// where it tells the address as rewritten and compares with the one before.
bool is_certain(std::string_view raw, std::string_view rcpt_addr) {
  return raw.size() == rcpt_addr.size() + 2 && raw.front() == '<' && raw.back() == '>' &&
         raw.substr(1, rcpt_addr.size()) == rcpt_addr && is_plain(rcpt_addr) && Address::parse(rcpt_addr);
}

}  // namespace

Recipient read_recipient(const Ruleset& rules, std::string_view raw, std::string_view rcpt_addr) {
  Recipient recipient;
  recipient.raw = raw;
  recipient.certain = is_certain(raw, rcpt_addr);
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
