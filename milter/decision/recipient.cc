#include "milter/decision/recipient.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "policy/request/odd_recipient.h"
#include "policy/text/ascii.h"

namespace ccgate {
namespace {

/// Letters, digits and a few marks that no mail server quotes, rewrites or routes by.
bool is_plain(std::string_view address) {
  return std::all_of(address.begin(), address.end(), [](char c) {
    return is_letter_or_digit(c) || std::string_view("@.-_+=").find(c) != std::string_view::npos;
  });
}

/// Postfix compares what is to be taken out with what the client wrote, Sendmail with what became of it.
/// Without angle brackets it is Postfix's own account of mail from elsewhere (sendmail(1), its bounces),
/// where it tells the address as rewritten and compares with the one before.
bool is_in_brackets(std::string_view raw, std::string_view rcpt_addr) {
  return raw.size() == rcpt_addr.size() + 2 && raw.front() == '<' && raw.back() == '>' &&
         raw.substr(1, rcpt_addr.size()) == rcpt_addr && is_plain(rcpt_addr);
}

/// One account of the recipient; every mail brings some, so each is read once.
struct Path {
  std::string_view text;
  std::optional<Address> address;
};

}  // namespace

Recipient read_recipient(const Ruleset& rules, std::string_view raw, std::string_view rcpt_addr) {
  Recipient recipient;
  recipient.raw = raw;
  const bool same = is_in_brackets(raw, rcpt_addr);
  std::vector<Path> paths;
  paths.push_back({raw, parse_path(raw)});
  recipient.certain = same && paths.front().address;
  if (!same && !rcpt_addr.empty() && rcpt_addr != raw) paths.push_back({rcpt_addr, parse_path(rcpt_addr)});
  for (const auto& [text, address] : paths) {
    if (!address || std::find(recipient.addresses.begin(), recipient.addresses.end(), *address) !=
                        recipient.addresses.end())
      continue;
    recipient.addresses.push_back(*address);
    if (!recipient.own) recipient.own = rules.own(*address);
    if (recipient.own) continue;
    for (Ruleset::Gated& each : rules.gated(*address)) recipient.gated.push_back(std::move(each));
  }
  if (!recipient.own && recipient.gated.empty()) recipient.own = rules.own_local(rcpt_addr);
  if (recipient.own) recipient.gated.clear();
  if (recipient.own || !recipient.gated.empty()) return recipient;
  for (const auto& [text, address] : paths) {
    if (text.empty() || (address && !has_routing_characters(text))) continue;
    for (Ruleset::Gated& each : rules.gated_oddly(text)) recipient.gated.push_back(std::move(each));
  }
  recipient.odd = !recipient.gated.empty();
  return recipient;
}

}  // namespace ccgate
