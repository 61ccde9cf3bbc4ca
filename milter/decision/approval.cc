#include "milter/decision/approval.h"

#include <algorithm>
#include <utility>

namespace ccgate {
namespace {

bool is_about(const Question& question, const Address& who, const std::set<Domain>& cctlds) {
  const auto asked = Address::parse(question.contact);
  if (!asked || *asked != who) return false;
  return std::all_of(cctlds.begin(), cctlds.end(), [&](const Domain& cctld) {
    return std::find(question.cctlds.begin(), question.cctlds.end(), cctld.ascii()) != question.cctlds.end();
  });
}

bool is_of_the_future(const Question& question, std::int64_t now) {
  return (question.answered != 0 ? question.answered : question.asked) > now + kClockError;
}

/// What one person was asked, and said.
struct Word {
  const Question* refusal = nullptr;
  const Question* confirmation = nullptr;  // the newest one
  bool open = false;
};

/// What let a request in before waits for nothing. What an operator took back is not asked again as long as
/// it would have been open.
bool is_open(const Question& question, bool member, std::int64_t now) {
  if (question.expires <= now || question.let_in != 0) return false;
  if (question.state == QuestionState::expired && question.answered != 0) return true;
  return question.state == QuestionState::open || (member && question.state == QuestionState::undelivered);
}

Word word_of(const Address& who, const ToAsk& about, const std::vector<Question>& questions,
             const AskTimes& times) {
  Word word;
  for (const Question& question : questions) {
    if (!is_about(question, who, about.cctlds) || is_of_the_future(question, times.now)) continue;
    const bool fresh = question.answered + times.fresh > times.now;
    if (question.state == QuestionState::refused && fresh) word.refusal = &question;
    if (question.state == QuestionState::confirmed && fresh &&
        (word.confirmation == nullptr || question.answered > word.confirmation->answered))
      word.confirmation = &question;
    if (is_open(question, about.as == Voucher::members, times.now)) word.open = true;
  }
  return word;
}

/// Everybody whose word counts, once, for all ccTLDs.
PeopleToAsk everybody_in(const std::vector<Poll>& polls) {
  PeopleToAsk people;
  for (const Poll& poll : polls) {
    for (const PollMember& one : poll.of) {
      ToAsk& asked = people[one.who];
      asked.cctlds.insert(poll.cctld);
      if (!one.as) continue;
      asked.as = std::min(asked.as.value_or(*one.as), *one.as);
      asked.needed[poll.cctld] = poll.need;
      for (const PollMember& other : poll.of)
        if (other.as && !(other.who == one.who)) asked.beside.insert(*other.as);
    }
  }
  return people;
}

struct Count {
  std::size_t yes = 0, no = 0;
  bool refused = false;  // by somebody who decides
};

Count count_of(const Poll& poll, const std::map<Address, Word>& words) {
  Count count;
  for (const PollMember& one : poll.of) {
    const Word& word = words.at(one.who);
    if (word.refusal != nullptr) {
      ++count.no;
      count.refused = count.refused || one.decides;
    } else if (word.confirmation != nullptr) {
      ++count.yes;
    }
  }
  return count;
}

Approval::State state_of(const Poll& poll, const Count& count) {
  if (count.refused) return Approval::State::refused;
  if (poll.of.size() < poll.need) return Approval::State::too_few;
  if (poll.of.size() - count.no < poll.need) return Approval::State::outvoted;
  return count.yes < poll.need ? Approval::State::waiting : Approval::State::given;
}

/// What one ccTLD makes of the whole: a no before all else, and a yes behind it.
Approval::State graver(Approval::State one, Approval::State other) {
  using enum Approval::State;
  for (const Approval::State state : {refused, outvoted, too_few, waiting})
    if (one == state || other == state) return state;
  return given;
}

std::map<Address, Word> words_of(const PeopleToAsk& people, const std::vector<Question>& questions,
                                 const AskTimes& times) {
  std::map<Address, Word> words;
  for (const auto& [who, about] : people) words.emplace(who, word_of(who, about, questions, times));
  return words;
}

/// Those of the polls that wait, without an answer yet.
void wait_for(Approval& approval, const PeopleToAsk& people, const std::set<Address>& wanted,
              const std::map<Address, Word>& words) {
  for (const Address& who : wanted) {
    const ToAsk& about = people.at(who);
    approval.waiting_for.push_back(who);
    if (about.as != Voucher::members) approval.named.push_back(who);
    if (!words.at(who).open) approval.unasked.emplace(who, about);
  }
}

void rest_on(Approval& approval, const std::vector<Poll>& polls, const PeopleToAsk& people,
             const std::map<Address, Word>& words) {
  std::vector<std::pair<Voucher, const Question*>> yeses;
  for (const auto& [who, word] : words)
    if (word.refusal == nullptr && word.confirmation != nullptr)
      yeses.emplace_back(people.at(who).as.value_or(Voucher::admin_contact), word.confirmation);
  std::stable_sort(yeses.begin(), yeses.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [as, question] : yeses) approval.given_by.push_back(*question);
  for (const Poll& poll : polls)
    for (const PollMember& one : poll.of) {
      const Word& word = words.at(one.who);
      if (one.as == Voucher::members && word.refusal == nullptr && word.confirmation != nullptr)
        approval.members.push_back({poll.cctld, one.who});
    }
}

}  // namespace

Approval approval_of(const std::vector<Poll>& polls, const std::vector<Question>& questions,
                     const AskTimes& times) {
  Approval approval;
  for (const Question& question : questions)
    if (question.state == QuestionState::refused) approval.refusals.insert(question.id);
  if (polls.empty()) return approval;
  const PeopleToAsk people = everybody_in(polls);
  const std::map<Address, Word> words = words_of(people, questions, times);
  std::set<Address> wanted;
  approval.state = Approval::State::given;
  for (const Poll& poll : polls) {
    const Approval::State state = state_of(poll, count_of(poll, words));
    approval.state = graver(approval.state, state);
    if (state != Approval::State::waiting) continue;
    for (const PollMember& one : poll.of) {
      const Word& word = words.at(one.who);
      if (word.refusal == nullptr && word.confirmation == nullptr) wanted.insert(one.who);
    }
  }
  if (approval.state == Approval::State::given)
    rest_on(approval, polls, people, words);
  else
    wait_for(approval, people, wanted, words);
  return approval;
}

std::string counted_yes(const std::vector<Poll>& polls, const std::vector<Question>& questions,
                        const AskTimes& times) {
  const std::map<Address, Word> words = words_of(everybody_in(polls), questions, times);
  std::string all;
  for (const Poll& poll : polls) {
    if (poll.of.size() == 1 && !poll.of.front().as) continue;
    const Count count = count_of(poll, words);
    all += (all.empty() ? "" : ", ") + std::to_string(count.yes) + " of " + std::to_string(poll.need) +
           " for ." + poll.cctld.ascii();
    if (count.no > 0) all += " (" + std::to_string(count.no) + " said no)";
  }
  return all;
}

}  // namespace ccgate
