#include "milter/report/report_data.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "milter/coverage/member_marks.h"
#include "milter/coverage/registry_groups.h"
#include "milter/iana/cctld_list.h"
#include "policy/rules/policy.h"
#include "policy/verdict/verdict.h"

namespace ccgate {
namespace {

constexpr std::int64_t kRequestsOf = 90 * kDaySeconds;
constexpr std::size_t kNewestOfDomain = 20;  // for each ccTLD that it is of
constexpr std::size_t kMostOfDomain = 400;
constexpr std::size_t kNewestOfCcTld = 50;
constexpr int kMonths = 12;

/// The mail domains that may speak for a registry, and of how many of `cctlds` the busiest is.
struct SpeakingDomains {
  std::vector<std::string> domains;
  std::size_t busiest = 1;
};
SpeakingDomains speaking_domains(const std::vector<Domain>& cctlds, const ReportSite& site) {
  std::map<std::string, std::size_t> counts;
  std::map<Domain, const RegistryOverride*> overrides;
  for (const auto& [key, registry] : site.overrides.registries) {
    overrides.emplace(key, &registry);
    for (const Domain& covered : registry.covers) overrides.emplace(covered, &registry);
  }
  for (const Domain& cctld : cctlds) {
    std::set<std::string> of_it;
    if (const CcTld* known = site.directory->find(cctld); known != nullptr && !known->unusable)
      for (const auto& [role, contact] : known->contacts) of_it.insert(contact.email.domain().ascii());
    if (const auto found = overrides.find(cctld); found != overrides.end()) {
      for (const Domain& domain : found->second->domains) of_it.insert(domain.ascii());
      for (const Domain& domain : found->second->operators) of_it.insert(domain.ascii());
      for (const auto& [contact, others] : found->second->aliases)
        for (const Address& other : others) of_it.insert(other.domain().ascii());
    }
    for (const std::string& domain : of_it) ++counts[domain];
  }
  SpeakingDomains speaking;
  for (const auto& [domain, count] : counts) {
    speaking.domains.push_back(domain);
    speaking.busiest = std::max(speaking.busiest, count);
  }
  return speaking;
}

/// Each of them once.
void add_requests(std::vector<RequestSeen>& all, std::set<std::string>& known,
                  std::vector<RequestSeen> more) {
  for (RequestSeen& request : more)
    if (known.insert(request.id).second) all.push_back(std::move(request));
}

void read_requests(Store& store, const ReportSite& site, std::int64_t at, std::int64_t requests,
                   CoverageInput& input) {
  std::set<std::string> present;
  for (const Member& member : input.members)
    if (is_member_at(member, at)) present.insert(member.cctld);
  std::vector<Domain> absent;
  std::vector<std::string> labels;
  for (const CountedCcTld& each : input.cctlds) {
    if (present.contains(each.label.ascii())) continue;
    absent.push_back(each.label);
    labels.push_back(each.label.ascii());
  }
  const ReportSpan span{site.list, std::max<std::int64_t>(at - requests, 0), at};
  const SpeakingDomains speaking = speaking_domains(absent, site);
  std::set<std::string> known;
  add_requests(input.requests, known,
               store.requests_of_domains(span, speaking.domains,
                                         std::min(kNewestOfDomain * speaking.busiest, kMostOfDomain)));
  add_requests(input.requests, known, store.requests_for_cctlds(span, labels, kNewestOfCcTld));
  std::set<std::string> asked;
  for (const RequestSeen& request : input.requests)
    if (!request.request_key.empty() &&
        (request.verdict == to_string(Decision::ask) || request.ground == to_string(Ground::contact_asked)))
      asked.insert(request.request_key);
  input.questions = store.questions_about({asked.begin(), asked.end()});
}

std::int64_t seconds_of(std::chrono::year_month month) {
  return std::chrono::sys_days(month / 1).time_since_epoch().count() * kDaySeconds;
}

std::vector<DecisionMonth> read_months(Store& store, const std::string& list, std::int64_t at) {
  const std::chrono::sys_days today{std::chrono::days(at / kDaySeconds)};
  const std::chrono::year_month_day date{today};
  std::vector<DecisionMonth> months;
  for (int back = kMonths - 1; back >= 0; --back) {
    const std::chrono::year_month month =
        std::chrono::year_month(date.year(), date.month()) - std::chrono::months(back);
    const std::int64_t first = seconds_of(month);
    if (first < 0) continue;
    const std::int64_t last = std::min(at, seconds_of(month + std::chrono::months(1)) - 1);
    months.push_back(
        {fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month())),
         store.count_decisions({list, first, last})});
  }
  return months;
}

/// With what is known beside the store.
CoverageInput empty_input(const ReportSite& site) {
  CoverageInput input;
  input.directory = site.directory.get();
  input.cctlds = counted_cctlds(*site.directory);
  input.covers = covered_together(site.overrides);
  input.review_expires = site.review_expires;
  return input;
}

}  // namespace

std::vector<CountedCcTld> counted_cctlds(const Directory& directory) {
  std::vector<CountedCcTld> counted;
  const auto add = [&](const Domain& label, std::optional<Region> region) {
    const auto own = directory.region(label);
    counted.push_back({label, own ? own : region});
  };
  for (const CcTldName& name : cctld_list())
    if (const auto label = Domain::parse(name.a_label); name.delegated && label) add(*label, name.region);
  for (const CcTld& cctld : directory.all())
    if (find_cctld(cctld.label.ascii()) == nullptr) add(cctld.label, std::nullopt);
  return counted;
}

CoverageInput read_coverage_input(Store& store, const ReportSite& site, std::int64_t at,
                                  std::int64_t requests) {
  CoverageInput input = empty_input(site);
  MemberFilter filter;
  filter.list = site.list;
  filter.ended = true;
  input.members = store.members(filter);
  input.steps = store.outreach_steps({site.list, 0, at});
  if (requests > 0) read_requests(store, site, at, requests, input);
  return input;
}

Report read_report(Store& store, const ReportSite& site, std::int64_t at, const ReportWish& wish) {
  Report report;
  report.list = site.list;
  CoverageInput input;
  if (wish.coverage || wish.follow_ups || wish.growth)
    input = read_coverage_input(store, site, at, wish.coverage || wish.follow_ups ? kRequestsOf : 0);
  else
    input = empty_input(site);
  report.coverage = coverage(input, at);
  if (wish.follow_ups) report.follow_ups = follow_ups(report.coverage, input, wish.people);
  if (wish.growth) report.growth = growth(input, at);
  if (wish.decisions) report.months = read_months(store, site.list, at);
  return report;
}

}  // namespace ccgate
