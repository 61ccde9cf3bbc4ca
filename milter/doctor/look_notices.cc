#include "milter/doctor/look_notices.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <set>

#include "milter/notice/mail.h"
#include "milter/store/token.h"
#include "milter/system/host_name.h"
#include "policy/request/own_address.h"

namespace ccgate {
namespace {

std::string interface_address(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* octets = nullptr;
  if (address != nullptr && address->sa_family == AF_INET)
    octets = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  else if (address != nullptr && address->sa_family == AF_INET6)
    octets = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  if (octets == nullptr) return "";
  return inet_ntop(address->sa_family, octets, text.data(), text.size()) == nullptr ? "" : text.data();
}

}  // namespace

bool is_public_address(const ClientAddress& address) {
  const auto& o = address.octets();
  if (address.is_loopback() || address.is_unspecified()) return false;
  if (address.is_v4()) {
    const bool shared = o[0] == 100 && (o[1] & 0xc0) == 64;  // RFC 6598
    const bool link = o[0] == 169 && o[1] == 254;
    const bool own = o[0] == 10 || (o[0] == 172 && (o[1] & 0xf0) == 16) || (o[0] == 192 && o[1] == 168);
    return !shared && !link && !own && o[0] < 224 && o[0] != 0;
  }
  return (o[0] & 0xe0) == 0x20;  // 2000::/3, all that is given to networks
}

std::vector<std::string> public_addresses() {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(list, freeifaddrs);
  std::vector<std::string> all;
  for (const ifaddrs* each = list; each != nullptr; each = each->ifa_next) {
    if ((each->ifa_flags & IFF_UP) == 0) continue;
    std::string text = interface_address(each->ifa_addr);
    const auto address = ClientAddress::parse(text);
    if (address && is_public_address(*address) && std::find(all.begin(), all.end(), text) == all.end())
      all.push_back(std::move(text));
  }
  return all;
}

std::vector<NoticeSpf> check_notice_spf(const Config& config, const std::vector<std::string>& addresses,
                                        Resolver& resolver) {
  constexpr std::chrono::seconds kAtMost{20};
  std::vector<NoticeSpf> all;
  std::set<Domain> done;
  for (const ListConfig& list : config.lists) {
    const auto from = make_own_address(list.addresses, OwnAddressKind::notice, "");
    if (!from || !done.insert(from->domain()).second) continue;
    for (const std::string& each : addresses) {
      const auto client = ClientAddress::parse(each);
      if (!client) continue;
      DnsBatch dns(resolver, std::chrono::steady_clock::now() + kAtMost);
      const std::string helo = config.submit.helo.empty() ? own_host_name() : config.submit.helo;
      all.push_back({each, from->domain().ascii(), check_spf(*client, helo, *from, dns)});
    }
  }
  return all;
}

std::optional<Mail> probe_mail(const ListConfig& list, const Address& to, std::int64_t now) {
  const auto bounces = make_own_address(list.addresses, OwnAddressKind::notice, new_token());
  const auto from = make_own_address(list.addresses, OwnAddressKind::vouch, new_token());
  if (!bounces || !from) return std::nullopt;
  const std::string id = new_message_id("doctor " + std::to_string(now) + " " + bounces->text(),
                                        list.addresses.address.domain());
  return write_mail({*bounces, list.name + " gate", *from, std::nullopt, to, "ccgate: a mail to look at", id,
                     now,
                     "Somebody who looks after the list " + list.name +
                         " has asked ccgate for this mail.\n"
                         "\n"
                         "It is sent as its notices are. Look at the header where it came in: the field\n"
                         "Authentication-Results should say dkim=pass and spf=pass for " +
                         list.addresses.address.domain().ascii() +
                         ",\n"
                         "and dmarc=pass. Otherwise contacts may not get what the gate writes to them.\n"
                         "A reply does nothing.\n"});
}

LookResult look_at_notices(const Config& config, const NoticesSeen& seen) {
  LookResult result{Look::notices};
  if (config.submit.kind == Submission::Kind::none) {
    result.seen.emplace_back("`submit` is not set: ccgate sends no mail");
    return result;
  }
  if (config.submit.kind == Submission::Kind::sendmail)
    result.seen.push_back(fmt::format("mail is handed over to `{}`", seen.server));
  else if (seen.answers == Truth::unknown)
    result.found.push_back(found(SiteFinding::submit_unreachable, {seen.server}));
  else
    result.seen.push_back(fmt::format("`{}` takes mail", seen.server));
  if (!seen.spf_untold.empty()) result.untold.push_back(seen.spf_untold);
  for (const NoticeSpf& each : seen.spf) {
    const std::string said = fmt::format("spf={}{}{}", to_string(each.result.result),
                                         each.result.why.empty() ? "" : ", ", each.result.why);
    if (each.result.result == AuthResult::pass)
      result.seen.push_back(fmt::format("the SPF record of `{}` lets {} send", each.domain, each.address));
    else if (each.result.result == AuthResult::temperror)
      result.untold.push_back(fmt::format("the SPF record of `{}` could not be read: {}", each.domain, said));
    else if (each.result.result == AuthResult::none)
      result.found.push_back(found(SiteFinding::spf_missing, {each.domain, said}));
    else
      result.found.push_back(found(SiteFinding::spf_fails, {each.domain, each.address, said}));
  }
  if (!seen.probed || !seen.sent) return result;
  if (seen.sent->outcome == SubmitResult::Outcome::taken)
    result.seen.push_back(
        fmt::format("a mail for `{}` was taken: look there at Authentication-Results, whether it "
                    "is signed",
                    seen.probed->text()));
  else
    result.found.push_back(found(SiteFinding::probe_refused, {seen.probed->text(), seen.sent->why}));
  return result;
}

}  // namespace ccgate
