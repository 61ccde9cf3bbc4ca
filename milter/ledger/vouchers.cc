#include "milter/ledger/vouchers.h"

#include <algorithm>
#include <utility>

#include "milter/decision/services.h"
#include "milter/ledger/ledger_entry.h"

namespace ccgate {
namespace {

// What a story tells of was asked a minute ago, and answered now.
constexpr std::int64_t kToldAsked = 60;

bool names_members(const CcTldVerdict& each) {
  return each.decision == Decision::ask && each.cctld && each.quorum &&
         each.quorum->of.contains(Voucher::members);
}

std::vector<StoredVoucher> stored_vouchers(const Memory& memory, const List& list, const Domain& cctld) {
  if (memory.told != nullptr) {
    std::vector<StoredVoucher> told;
    if (!memory.told->roster) return told;
    if (const auto members = memory.told->roster->find(cctld); members != memory.told->roster->end())
      for (const Address& member : members->second) told.push_back({member.text(), ""});
    return told;
  }
  if (memory.store == nullptr) return {};
  // So many may be left out, and enough remain.
  return memory.store->vouchers_of(list.config.name, cctld.ascii(), kMostVouchers + kKeptPeople + 1);
}

/// Those of `stored` who can be asked.
std::vector<Address> members_to_ask(const Memory& memory, const std::vector<StoredVoucher>& stored,
                                    const std::vector<Person>& people) {
  std::vector<Address> members;
  std::set<Address> taken;  // and every other address of theirs
  for (const Person& person : people)
    if (person.email) taken.insert(*person.email);
  for (const StoredVoucher& one : stored) {
    auto member = Address::parse(one.email);
    const auto other = Address::parse(one.other_email);
    if (!member || taken.contains(*member) || (other && taken.contains(*other))) continue;
    if (can_be_told(*member, memory.smtputf8) != Truth::yes) continue;
    taken.insert(*member);
    if (other) taken.insert(*other);
    members.push_back(std::move(*member));
  }
  return members;
}

}  // namespace

bool asks_members(const Verdict& verdict) {
  return std::any_of(verdict.per_cctld.begin(), verdict.per_cctld.end(),
                     [](const CcTldVerdict& each) { return names_members(each); });
}

bool knows_members(const Memory& memory) noexcept {
  return memory.store != nullptr || memory.told != nullptr;
}

std::vector<Poll> polls_about(const Memory& memory, const RecipientJudgement& judged, const Address& author,
                              const std::vector<Person>& people) {
  const List& list = *judged.gated->list;
  const Verdict& verdict = judged.judgement.verdict;
  std::map<Domain, std::vector<Address>> members;
  for (const CcTldVerdict& each : verdict.per_cctld)
    if (names_members(each))
      members.emplace(*each.cctld,
                      members_to_ask(memory, stored_vouchers(memory, list, *each.cctld), people));
  return polls_of(verdict, {*memory.rules.directory, list.policy.authority, author, members, memory.now,
                            memory.rules.config.contacts.cool_down.count()});
}

std::vector<Question> questions_about(const Memory& memory, const RecipientJudgement& judged) {
  if (memory.told == nullptr)
    return memory.store != nullptr ? memory.store->questions_of(judged.request_key) : std::vector<Question>{};
  std::vector<Question> told;
  for (const auto& [who, state] : memory.told->answers) {
    Question question;
    question.id = "told " + who.key();
    question.contact = who.text();
    for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld)
      if (each.cctld) question.cctlds.push_back(each.cctld->ascii());
    question.asked = memory.now - kToldAsked;
    question.expires = memory.now + memory.rules.config.ask.expires.count();
    question.state = state;
    if (state == QuestionState::confirmed || state == QuestionState::refused) question.answered = memory.now;
    told.push_back(std::move(question));
  }
  return told;
}

}  // namespace ccgate
