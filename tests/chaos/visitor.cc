#include "tests/chaos/visitor.h"

#include <chrono>
#include <thread>

namespace ccgate {

std::string Visitor::bring(std::size_t number) {
  const Answered answered = bring_once(site_.daemons.front()->socket(), number);
  if (!answered.reply.empty()) return answered.reply.substr(0, 9);
  answered_.push_back(answered);
  return "accepted";
}

std::string Visitor::bring_until_answered(std::size_t number) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  std::string answer = bring(number);
  while (answer.starts_with("451") && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    answer = bring(number);
  }
  return answer;
}

std::string Visitor::post() const {
  const MilterOutcome outcome = send(*site_.daemons.front(), other_mail());
  if (!outcome.delivered()) return outcome.reply.text;
  return outcome.edits.empty() ? "untouched" : "edited";
}

std::vector<std::string> Visitor::faults() const {
  return tally(site_, answered_).faults;
}

}  // namespace ccgate
