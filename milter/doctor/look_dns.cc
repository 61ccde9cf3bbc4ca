#include "milter/doctor/look_dns.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>

#include "milter/evidence/dns_attempts.h"
#include "milter/evidence/resolv_conf.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostDomains = 3, kMostSigned = 2;
constexpr std::int64_t kSlow = 1000;  // a request asks several times

DnsAsked ask_server(const ResolverOptions& options, const DnsWanted& wanted) {
  using Clock = std::chrono::steady_clock;
  DnsAsked asked{options.servers.front(), wanted.name, {}, 0, wanted.is_signed};
  try {
    const auto resolver = make_unbound_resolver(options);
    const auto begin = Clock::now();
    asked.answer = *resolver->ask(wanted.name, RrType::txt)->wait(begin + options.timeout);
    asked.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
  } catch (const std::exception& error) {
    asked.answer.why = error.what();
  }
  return asked;
}

}  // namespace

std::vector<DnsWanted> dns_questions(const Config& config, const Directory& directory) {
  std::vector<DnsWanted> all;
  const auto add = [&](const std::string& name, bool is_signed) {
    if (std::none_of(all.begin(), all.end(), [&](const DnsWanted& each) { return each.name == name; }))
      all.push_back({name, is_signed});
  };
  for (const ListConfig& list : config.lists)
    if (all.size() < kMostDomains) add(list.addresses.address.domain().ascii(), false);
  if (config.dns.trust_anchor.empty()) return all;
  std::size_t known = 0;
  for (const CcTld& cctld : directory.all())
    if (cctld.dnssec.value_or(false) && known++ < kMostSigned) add(cctld.label.ascii(), true);
  return all;
}

std::vector<DnsAsked> ask_dns_servers(const ResolverOptions& options, const std::vector<DnsWanted>& wanted,
                                      std::string& why) {
  std::vector<DnsAsked> all;
  try {
    for (const std::string& server : name_servers(options)) {
      ResolverOptions one = options;
      one.servers = {server};
      for (const DnsWanted& each : wanted) {
        all.push_back(ask_server(one, each));
        // A silent one is not waited for again.
        if (all.back().answer.status == DnsAnswer::Status::temperror) break;
      }
    }
  } catch (const std::exception& error) {
    why = error.what();
  }
  return all;
}

LookResult look_at_dns(const std::vector<DnsAsked>& asked, const std::string& why) {
  LookResult result{Look::dns};
  if (!why.empty()) result.untold.push_back(why);
  std::map<std::string, std::string> good;  // server -> what to say of it
  std::vector<std::string> order;
  for (const DnsAsked& each : asked) {
    if (!good.contains(each.server)) order.push_back(each.server);
    std::string& said = good[each.server];
    const std::size_t before = result.found.size();
    if (each.answer.status == DnsAnswer::Status::temperror)
      result.found.push_back(
          found(SiteFinding::dns_silent,
                {each.server, each.name, each.answer.why.empty() ? "no reason" : each.answer.why}));
    else if (each.is_signed && !each.answer.secure)
      result.found.push_back(found(SiteFinding::dns_not_validated, {each.server, each.name}));
    else if (each.milliseconds > kSlow)
      result.found.push_back(
          found(SiteFinding::dns_slow, {each.server, std::to_string(each.milliseconds), each.name}));
    if (result.found.size() > before) continue;
    said +=
        fmt::format("{}`{}`{}", said.empty() ? "" : ", ", each.name, each.is_signed ? " (validated)" : "");
  }
  for (const std::string& server : order)
    if (!good[server].empty())
      result.seen.push_back(fmt::format("`{}` answers for {}", server, good[server]));
  if (asked.empty() && why.empty())
    result.untold.emplace_back("there is no list whose domain could be asked for");
  return result;
}

}  // namespace ccgate
