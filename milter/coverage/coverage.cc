#include "milter/coverage/coverage.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "milter/coverage/declined.h"
#include "milter/coverage/member_marks.h"
#include "milter/coverage/registry_groups.h"
#include "milter/coverage/request_standing.h"

namespace ccgate {
namespace {

/// All that concerns one ccTLD.
struct Dossier {
  std::vector<const Member*> members;
  std::vector<const RequestSeen*> requests;
  std::vector<const OutreachStep*> steps;
};

class CoverageMaker {
 public:
  CoverageMaker(const CoverageInput& input, std::int64_t at) : input_(input), at_(at) {
    for (const Member& member : input.members)
      if (member.since <= at) dossiers_[member.cctld].members.push_back(&member);
    for (const RequestSeen& request : input.requests)
      if (request.decided <= at)
        for (const std::string& cctld : request.cctlds) dossiers_[cctld].requests.push_back(&request);
    for (const OutreachStep& step : input.steps)
      if (step.at <= at)
        for (const std::string& cctld : step.cctlds) dossiers_[cctld].steps.push_back(&step);
    roster_seen_ = roster_seen_at(input.members, at);
  }

  [[nodiscard]] Coverage make() {
    Coverage result;
    result.at = at_;
    std::vector<CountedCcTld> sorted = input_.cctlds;
    std::sort(sorted.begin(), sorted.end(), [](const CountedCcTld& a, const CountedCcTld& b) {
      return std::tuple(a.label.ascii().starts_with("xn--"), std::string_view(a.label.ascii())) <
             std::tuple(b.label.ascii().starts_with("xn--"), std::string_view(b.label.ascii()));
    });
    std::vector<Domain> labels;
    for (const CountedCcTld& each : sorted) labels.push_back(each.label);
    const auto registries = registry_groups(labels, *input_.directory, input_.covers);
    for (std::size_t i = 0; i < sorted.size(); ++i)
      result.cctlds.push_back(covered(sorted[i], registries[i]));
    count(result);
    return result;
  }

 private:
  [[nodiscard]] CoveredCcTld covered(const CountedCcTld& cctld, std::size_t registry) {
    CoveredCcTld one{cctld.label, cctld.region, registry, "", {}, {}};
    if (const Contact* admin = admin_contact(*input_.directory, cctld.label))
      one.contact = admin->email.text();
    const Dossier& dossier = dossiers_[cctld.label.ascii()];
    for (const Member* member : dossier.members)
      if (is_member_at(*member, at_)) one.members.push_back(*member);
    one.standing = one.members.empty() ? absent(cctld.label, dossier, one.contact.empty())
                                       : present(cctld.label, dossier, one.members);
    return one;
  }

  [[nodiscard]] Standing present(const Domain& label, const Dossier& dossier,
                                 const std::vector<Member>& members) const {
    Standing standing;
    standing.state = CoverageState::member;
    standing.since = at_;
    for (const Member& member : members) standing.since = std::min(standing.since, member.since);
    MarkSite site{input_.most_people, roster_seen_, 0, at_};
    for (const OutreachStep* step : dossier.steps)
      if (step->request == "review" && step->at <= at_ - input_.review_expires)
        site.asked = std::max(site.asked, step->at);
    standing.marks = member_marks(members, label, site);
    return standing;
  }

  [[nodiscard]] Standing absent(const Domain& label, const Dossier& dossier, bool no_contact) const {
    std::vector<const OutreachStep*> invitations;
    const OutreachStep* declined = nullptr;
    for (const OutreachStep* step : dossier.steps) {
      if (step->request == "invite") invitations.push_back(step);
      if (is_decline(*step) && (declined == nullptr || is_later(*step, *declined))) declined = step;
    }
    Standing standing;
    if (declined != nullptr && holds(*declined, label, dossier)) {
      standing.state = CoverageState::declined;
      standing.since = declined->at;
      return standing;
    }
    if (auto asked_for = request_standing(dossier.requests, input_.questions, *input_.directory, label, at_))
      return *asked_for;
    if (!dossier.members.empty()) return lapsed(dossier.members);
    if (!invitations.empty()) return invited_standing(invitations);
    if (no_contact) standing.marks.insert(CoverageMark::no_contact);
    return standing;
  }

  /// They were neither invited nor on the list since, and did not write.
  [[nodiscard]] bool holds(const OutreachStep& declined, const Domain& label, const Dossier& dossier) const {
    return last_word(dossier.requests, *input_.directory, label) <= declined.at &&
           std::none_of(dossier.steps.begin(), dossier.steps.end(),
                        [&](const OutreachStep* step) {
                          return step->request == "invite" && is_later(*step, declined);
                        }) &&
           std::none_of(dossier.members.begin(), dossier.members.end(),
                        [&](const Member* member) { return member->since > declined.at; });
  }

  [[nodiscard]] static Standing lapsed(const std::vector<const Member*>& members) {
    const Member* last = *std::max_element(
        members.begin(), members.end(), [](const Member* a, const Member* b) { return a->ended < b->ended; });
    Standing standing;
    standing.state = CoverageState::lapsed;
    standing.since = last->ended;
    standing.ended_by = last->ended_by;
    return standing;
  }

  [[nodiscard]] Standing invited_standing(const std::vector<const OutreachStep*>& invitations) const {
    const OutreachStep* last = *std::max_element(invitations.begin(), invitations.end(),
                                                 [](const OutreachStep* a, const OutreachStep* b) {
                                                   return std::tie(a->at, a->id) < std::tie(b->at, b->id);
                                                 });
    Standing standing;
    standing.state = CoverageState::invited;
    standing.since = last->at;
    standing.reminders = invitations.size() - 1;
    standing.decision_id = last->id;
    if (last->bounced != 0 && last->bounced <= at_) standing.marks.insert(CoverageMark::bounced);
    return standing;
  }

  void count(Coverage& result) const {
    std::set<std::size_t> registries, on;
    struct OfRegion {
      Share cctlds;
      std::set<std::size_t> registries, on;
    };
    std::map<Region, OfRegion> regions;
    for (const auto& row : EnumWords<Region>::table) regions[row.value];
    std::set<std::string_view> people, counted;
    for (const CoveredCcTld& each : result.cctlds) {
      counted.insert(each.label.ascii());
      const bool member = each.standing.state == CoverageState::member;
      registries.insert(each.registry);
      if (member) on.insert(each.registry);
      result.all_cctlds.on += member ? 1 : 0;
      if (!each.region) continue;
      OfRegion& region = regions[*each.region];
      ++region.cctlds.of;
      region.cctlds.on += member ? 1 : 0;
      region.registries.insert(each.registry);
      if (member) region.on.insert(each.registry);
    }
    result.all_cctlds.of = result.cctlds.size();
    result.all_registries = {on.size(), registries.size()};
    for (const auto& [region, all] : regions)
      result.regions.push_back({region, all.cctlds, {all.on.size(), all.registries.size()}});
    std::set<std::string> undelegated;
    for (const Member& member : input_.members) {
      if (!is_member_at(member, at_)) continue;
      people.insert(member.address);
      if (!counted.contains(member.cctld)) undelegated.insert(member.cctld);
    }
    result.people = people.size();
    result.undelegated.assign(undelegated.begin(), undelegated.end());
  }

  const CoverageInput& input_;
  std::int64_t at_;
  std::map<std::string, Dossier, std::less<>> dossiers_;
  std::int64_t roster_seen_ = 0;
};

}  // namespace

Coverage coverage(const CoverageInput& input, std::int64_t at) {
  return CoverageMaker(input, at).make();
}

}  // namespace ccgate
