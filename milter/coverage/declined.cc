#include "milter/coverage/declined.h"

#include <algorithm>

namespace ccgate {
namespace {

bool is_about(const OutreachStep& step, const std::string& cctld) {
  return std::find(step.cctlds.begin(), step.cctlds.end(), cctld) != step.cctlds.end();
}

}  // namespace

bool is_decline(const OutreachStep& step) {
  return step.request == "note" && step.rule == "decline";
}

bool is_later(const OutreachStep& step, const OutreachStep& other) {
  if (step.number != other.number) return step.number > other.number;
  return step.at > other.at;
}

const OutreachStep* standing_decline(const CoverageInput& input, const std::string& cctld) {
  const OutreachStep* declined = nullptr;
  for (const OutreachStep& step : input.steps)
    if (is_decline(step) && is_about(step, cctld) && (declined == nullptr || is_later(step, *declined)))
      declined = &step;
  if (declined == nullptr) return nullptr;
  for (const OutreachStep& step : input.steps)
    if (step.request == "invite" && step.rule == kInvitedAgain && is_about(step, cctld) &&
        is_later(step, *declined))
      return nullptr;
  const bool came = std::any_of(input.members.begin(), input.members.end(), [&](const Member& member) {
    return member.cctld == cctld && member.since > declined->at;
  });
  return came ? nullptr : declined;
}

}  // namespace ccgate
