#include "milter/coverage/growth.h"

#include <map>
#include <string>
#include <unordered_map>

#include "milter/coverage/registry_groups.h"

namespace ccgate {
namespace {

/// What changes at one moment.
struct Changes {
  std::vector<std::pair<std::size_t, int>> members;  // ccTLD, one more or one less
  std::vector<std::size_t> invited;
};

class GrowthMaker {
 public:
  explicit GrowthMaker(const CoverageInput& input) : input_(input) {
    std::vector<Domain> labels;
    for (const CountedCcTld& each : input.cctlds) {
      position_.emplace(each.label.ascii(), labels.size());
      labels.push_back(each.label);
    }
    registry_ = registry_groups(labels, *input.directory, input.covers);
    people_.resize(labels.size());
    cctlds_on_.resize(labels.size());
    invited_.resize(labels.size());
  }

  [[nodiscard]] std::vector<GrowthStep> make(std::int64_t until) {
    std::vector<GrowthStep> steps;
    for (const auto& [at, changes] : changes_until(until)) {
      GrowthStep step = steps.empty() ? GrowthStep{} : steps.back();
      step.at = at;
      for (const auto& [cctld, by] : changes.members) change(cctld, by, step);
      for (const std::size_t cctld : changes.invited) {
        step.invited += invited_[cctld] ? 0 : 1;
        invited_[cctld] = true;
      }
      GrowthStep before = steps.empty() ? GrowthStep{} : steps.back();
      before.at = at;
      if (before != step) steps.push_back(step);
    }
    return steps;
  }

 private:
  [[nodiscard]] std::map<std::int64_t, Changes> changes_until(std::int64_t until) const {
    std::map<std::int64_t, Changes> changes;
    const auto find = [&](const std::string& cctld) { return position_.find(cctld); };
    for (const Member& member : input_.members) {
      const auto cctld = find(member.cctld);
      if (cctld == position_.end() || member.since > until) continue;
      changes[member.since].members.emplace_back(cctld->second, 1);
      if (member.ended != 0 && member.ended <= until)
        changes[std::max(member.ended, member.since)].members.emplace_back(cctld->second, -1);
    }
    for (const OutreachStep& step : input_.steps) {
      if (step.request != "invite" || step.at > until) continue;
      for (const std::string& label : step.cctlds)
        if (const auto cctld = find(label); cctld != position_.end())
          changes[step.at].invited.push_back(cctld->second);
    }
    return changes;
  }

  void change(std::size_t cctld, int by, GrowthStep& step) {
    const bool before = people_[cctld] > 0;
    people_[cctld] += by;
    const bool after = people_[cctld] > 0;
    if (before == after) return;
    std::size_t& on = cctlds_on_[registry_[cctld]];
    if (after) {
      ++step.cctlds;
      step.registries += on++ == 0 ? 1 : 0;
    } else {
      --step.cctlds;
      step.registries -= --on == 0 ? 1 : 0;
    }
  }

  const CoverageInput& input_;
  std::unordered_map<std::string, std::size_t> position_;
  std::vector<std::size_t> registry_;
  std::vector<int> people_;             // of each ccTLD
  std::vector<std::size_t> cctlds_on_;  // of each registry
  std::vector<bool> invited_;
};

}  // namespace

std::vector<GrowthStep> growth(const CoverageInput& input, std::int64_t until) {
  return GrowthMaker(input).make(until);
}

}  // namespace ccgate
