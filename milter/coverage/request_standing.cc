#include "milter/coverage/request_standing.h"

#include <algorithm>
#include <set>
#include <utility>

#include "policy/rules/policy.h"
#include "policy/verdict/advice.h"
#include "policy/verdict/verdict.h"

namespace ccgate {
namespace {

constexpr std::int64_t kInProgress = 14 * kDaySeconds;
constexpr std::int64_t kRefused = 90 * kDaySeconds;

std::set<Role> all_roles() {
  return {Role::admin, Role::tech, Role::security, Role::authorizing};
}

bool is_verdict(const RequestSeen& request, Decision decision) {
  return request.verdict == to_string(decision);
}

/// It waits for the contact, whatever its client was told.
bool asks(const RequestSeen& request) {
  return is_verdict(request, Decision::ask) || request.ground == to_string(Ground::contact_asked);
}

/// What came of the questions about one request to the contacts of one ccTLD.
struct Answers {
  bool asked = false, open = false, confirmed = false, undelivered = false;
  std::int64_t refused = 0;  // when
};
Answers answers_to(const RequestSeen& request, const std::vector<Question>& questions, const Domain& cctld,
                   std::int64_t at) {
  Answers answers;
  for (const Question& question : questions) {
    if (question.request_key != request.request_key || question.asked > at) continue;
    if (std::find(question.cctlds.begin(), question.cctlds.end(), cctld.ascii()) == question.cctlds.end())
      continue;
    answers.asked = true;
    const bool answered = question.answered != 0 && question.answered <= at;
    const bool lost = question.state == QuestionState::undelivered;
    answers.open = answers.open || (!answered && !lost && question.expires > at);
    answers.undelivered = answers.undelivered || (!answered && lost);
    answers.confirmed = answers.confirmed || (answered && question.state == QuestionState::confirmed);
    if (answered && question.state == QuestionState::refused)
      answers.refused = std::max(answers.refused, question.answered);
  }
  return answers;
}

class Requests {
 public:
  Requests(std::vector<const RequestSeen*> newest_first, const std::vector<Question>& questions,
           const Domain& cctld, std::int64_t at)
      : requests_(std::move(newest_first)), questions_(questions), cctld_(cctld), at_(at) {}

  [[nodiscard]] std::optional<Standing> standing() const {
    if (auto going_on = in_progress()) return going_on;
    return refused();
  }
  /// What is open or was put off, and was not decided since.
  [[nodiscard]] std::optional<Standing> in_progress() const {
    std::set<std::string> decided;  // request keys of newer decisions
    for (const RequestSeen* request : requests_) {
      if (is_verdict(*request, Decision::accept)) return std::nullopt;
      const bool same = decided.contains(request->request_key);
      const bool newest = request->request_key.empty() ? decided.empty() : !same;
      decided.insert(request->request_key);
      const bool recent = request->decided > at_ - kInProgress;
      if (asks(*request)) {
        const Answers answers = answers_to(*request, questions_, cctld_, at_);
        const bool waits = answers.open || (recent && newest && (answers.confirmed || !answers.asked));
        if (waits && answers.refused == 0) return told(*request, request->ground, CoverageMark::asked);
      } else if (recent && newest && is_verdict(*request, Decision::hold)) {
        return told(*request, request->ground, CoverageMark::held);
      } else if (recent && newest && is_verdict(*request, Decision::tempfail)) {
        return told(*request, request->ground, std::nullopt);
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] static Standing told(const RequestSeen& request, std::string ground,
                                     std::optional<CoverageMark> mark) {
    Standing standing;
    standing.state = CoverageState::in_progress;
    standing.since = request.decided;
    if (mark) standing.marks.insert(*mark);
    standing.ground = std::move(ground);
    standing.rule = request.rule;
    standing.decision_id = request.id;
    standing.author = request.author;
    return standing;
  }

  [[nodiscard]] std::optional<Standing> refused() const {
    if (requests_.empty() || requests_.front()->decided <= at_ - kRefused) return std::nullopt;
    const RequestSeen& newest = *requests_.front();
    Standing standing = told(newest, newest.ground, std::nullopt);
    standing.state = CoverageState::refused;
    if (asks(newest)) {
      const Answers answers = answers_to(newest, questions_, cctld_, at_);
      if (answers.refused != 0) {
        standing.ground = to_string(Ground::contact_refused);
        standing.since = answers.refused;
      } else {
        standing.ground = to_string(answers.undelivered ? Setback::bounced : Setback::expired);
      }
      return standing;
    }
    if (is_verdict(newest, Decision::reject) || is_verdict(newest, Decision::discard)) return standing;
    return std::nullopt;
  }

  std::vector<const RequestSeen*> requests_;
  const std::vector<Question>& questions_;
  const Domain& cctld_;
  std::int64_t at_;
};

std::optional<Standing> unproven(std::optional<Standing> standing) {
  if (standing) standing->marks.insert(CoverageMark::unproven);
  return standing;
}

}  // namespace

Standpoint standpoint_of(const RequestSeen& request, const Directory& directory, const Domain& cctld) {
  const CcTld* known = directory.find(cctld);
  const auto author = Address::parse(request.author);
  if (known == nullptr || !author) return Standpoint::stranger;
  const auto proven = Domain::parse(request.author_domain);
  // The ledger has the domain of From, where it is proven: of a message whose From says something else
  // nothing is.
  if (!request.author_domain.empty() && (!proven || *proven != author->domain())) return Standpoint::stranger;
  if (!directory.is_contact(*known, all_roles(), *author) &&
      !directory.same_registry(*known, all_roles(), author->domain()))
    return Standpoint::stranger;
  return proven ? Standpoint::registry : Standpoint::maybe;
}

std::optional<Standing> request_standing(const std::vector<const RequestSeen*>& requests,
                                         const std::vector<Question>& questions, const Directory& directory,
                                         const Domain& cctld, std::int64_t at) {
  std::vector<const RequestSeen*> of_registry, maybe, of_strangers;
  for (const RequestSeen* request : requests) {
    if (request->observed) continue;  // its verdict was not carried out
    const Standpoint standpoint = standpoint_of(*request, directory, cctld);
    (standpoint == Standpoint::registry ? of_registry
     : standpoint == Standpoint::maybe  ? maybe
                                        : of_strangers)
        .push_back(request);
  }
  for (auto* some : {&of_registry, &maybe, &of_strangers})
    std::stable_sort(some->begin(), some->end(), [](const RequestSeen* a, const RequestSeen* b) {
      return std::pair(a->decided, std::string_view(a->id)) > std::pair(b->decided, std::string_view(b->id));
    });
  if (auto proven = Requests(of_registry, questions, cctld, at).standing()) return proven;
  if (auto likely = Requests(maybe, questions, cctld, at).standing()) return unproven(std::move(likely));
  // Of a stranger's request only the open question counts: a contact has been asked.
  std::erase_if(of_strangers, [&](const RequestSeen* request) {
    return !asks(*request) || !answers_to(*request, questions, cctld, at).open;
  });
  return unproven(Requests(of_strangers, questions, cctld, at).in_progress());
}

std::int64_t last_word(const std::vector<const RequestSeen*>& requests, const Directory& directory,
                       const Domain& cctld) {
  std::int64_t latest = 0;
  for (const RequestSeen* request : requests)
    if (standpoint_of(*request, directory, cctld) == Standpoint::registry)
      latest = std::max(latest, request->decided);
  return latest;
}

}  // namespace ccgate
