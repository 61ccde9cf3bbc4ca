#include "milter/decision/poll.h"

#include <algorithm>

namespace ccgate {
namespace {

const Contact* contact_to_ask(const CcTld& cctld, const std::set<Role>& authority) {
  for (const auto& [role, contact] : cctld.contacts)  // the admin contact comes first
    if (authority.contains(role)) return &contact;
  return nullptr;
}

bool are_one(const Directory& directory, const Address& a, const Address& b) {
  return directory.counts_as(a, b) || directory.counts_as(b, a);
}

/// Adds `one`, unless that person is there; what it may decide, it may.
void add(Poll& poll, const PollSources& sources, PollMember one) {
  if (are_one(sources.directory, one.who, sources.author)) return;
  const auto same = std::find_if(poll.of.begin(), poll.of.end(), [&](const PollMember& other) {
    return are_one(sources.directory, one.who, other.who);
  });
  if (same == poll.of.end())
    poll.of.push_back(std::move(one));
  else
    same->decides = same->decides || one.decides;
}

void add_contact(Poll& poll, const PollSources& sources, const CcTld& cctld, Voucher as, Role role) {
  const auto found = cctld.contacts.find(role);
  if (found == cctld.contacts.end()) return;
  const bool authority = sources.authority.contains(role);
  if (!authority && is_young(found->second, sources.now, sources.cool_down)) return;
  add(poll, sources, {found->second.email, as, authority || role == Role::admin});
}

void add_members(Poll& poll, const PollSources& sources) {
  const auto members = sources.members.find(poll.cctld);
  if (members == sources.members.end()) return;
  const std::size_t most = poll.of.size() + kMostVouchers;
  for (const Address& member : members->second)
    if (poll.of.size() < most) add(poll, sources, {member, Voucher::members, false});
}

Poll poll_of(const CcTld& cctld, const Quorum& quorum, const PollSources& sources) {
  Poll poll{cctld.label, quorum.need, {}};
  for (const Voucher voucher : quorum.of) {
    if (const auto role = role_of(voucher))
      add_contact(poll, sources, cctld, voucher, *role);
    else
      add_members(poll, sources);
  }
  return poll;
}

}  // namespace

std::vector<Poll> polls_of(const Verdict& verdict, const PollSources& sources) {
  std::vector<Poll> polls;
  for (const CcTldVerdict& each : verdict.per_cctld) {
    if (each.decision != Decision::ask || !each.cctld) continue;
    const CcTld* cctld = sources.directory.find(*each.cctld);
    if (cctld == nullptr) return {};
    if (each.quorum) {
      polls.push_back(poll_of(*cctld, *each.quorum, sources));
      continue;
    }
    const Contact* contact = contact_to_ask(*cctld, sources.authority);
    if (contact == nullptr) return {};
    polls.push_back({*each.cctld, 1, {{contact->email, std::nullopt, true}}});
  }
  return polls;
}

}  // namespace ccgate
