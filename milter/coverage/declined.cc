#include "milter/coverage/declined.h"

#include <algorithm>

#include "milter/coverage/request_standing.h"
#include "policy/verdict/verdict.h"

namespace ccgate {
namespace {

bool contains(const std::vector<std::string>& cctlds, const std::string& cctld) {
  return std::find(cctlds.begin(), cctlds.end(), cctld) != cctlds.end();
}

bool is_invited_again(const OutreachStep& step, const std::string& cctld) {
  return step.request == "invite" && step.rule == kInvitedAgain && contains(step.cctlds, cctld);
}

bool came_after(const CoverageInput& input, const std::string& cctld, std::int64_t at) {
  return std::any_of(input.members.begin(), input.members.end(),
                     [&](const Member& member) { return member.cctld == cctld && member.since > at; });
}

/// When a contact of the ccTLD last said no to it; 0: none did.
std::int64_t refused_at(const RequestSeen& request, const CoverageInput& input, const std::string& cctld) {
  std::int64_t at = request.ground == to_string(Ground::contact_refused) ? request.decided : 0;
  if (request.request_key.empty()) return at;
  for (const Question& question : input.questions)
    if (question.request_key == request.request_key && question.state == QuestionState::refused &&
        contains(question.cctlds, cctld))
      at = std::max(at, question.answered);
  return at;
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
    if (is_decline(step) && contains(step.cctlds, cctld) &&
        (declined == nullptr || is_later(step, *declined)))
      declined = &step;
  if (declined == nullptr) return nullptr;
  for (const OutreachStep& step : input.steps)
    if (is_invited_again(step, cctld) && is_later(step, *declined)) return nullptr;
  return came_after(input, cctld, declined->at) ? nullptr : declined;
}

std::optional<ContactRefusal> standing_refusal(const CoverageInput& input, const Domain& cctld) {
  std::optional<ContactRefusal> newest;
  for (const RequestSeen& request : input.requests) {
    if (request.observed || !contains(request.cctlds, cctld.ascii())) continue;
    const std::int64_t at = refused_at(request, input, cctld.ascii());
    if (at == 0 || (newest && newest->at >= at)) continue;
    if (standpoint_of(request, *input.directory, cctld) == Standpoint::registry)
      newest = ContactRefusal{at, request.id};
  }
  if (!newest || came_after(input, cctld.ascii(), newest->at)) return std::nullopt;
  for (const OutreachStep& step : input.steps)
    if (is_invited_again(step, cctld.ascii()) && step.at > newest->at) return std::nullopt;
  return newest;
}

}  // namespace ccgate
