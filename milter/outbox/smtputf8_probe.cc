#include "milter/outbox/smtputf8_probe.h"

#include <algorithm>

namespace ccgate {
namespace {

constexpr std::chrono::minutes kUnknown{1};
constexpr std::chrono::minutes kKnown{15};

bool is_needed(const Ruleset& rules) {
  const auto by_contact = [](const auto& contact) {
    return needs_smtputf8(contact.second.email) ||
           (contact.second.previous && needs_smtputf8(contact.second.previous->email));
  };
  const auto by_cctld = [&](const CcTld& cctld) {
    return std::any_of(cctld.contacts.begin(), cctld.contacts.end(), by_contact);
  };
  const auto by_list = [](const List& list) { return needs_smtputf8(list.config.addresses.address); };
  const std::vector<CcTld>& all = rules.directory->all();
  return std::any_of(all.begin(), all.end(), by_cctld) ||
         std::any_of(rules.lists.begin(), rules.lists.end(), by_list);
}

}  // namespace

void Smtputf8Probe::look(const std::shared_ptr<const Ruleset>& rules, Clock::time_point now,
                         const std::stop_token& stop) {
  if (!rules) return;
  if (rules != rules_) {
    rules_ = rules;
    needed_ = is_needed(*rules);
    if (rules->config.submit != asked_) {
      asked_ = rules->config.submit;
      offer_.learn(Truth::unknown);
      next_ = now;
    }
  }
  if (!needed_ || now < next_) return;
  const Truth heard = submitter_(asked_, stop)->offers_smtputf8();
  if (heard != Truth::unknown) offer_.learn(heard);
  next_ = now + (offer_.offered() == Truth::unknown ? kUnknown : kKnown);
}

}  // namespace ccgate
