#include "policy/verdict/evaluate.h"

#include <algorithm>
#include <memory>
#include <string>

#include "policy/verdict/fact_values.h"
#include "policy/verdict/reply.h"
#include "policy/verdict/request_facts.h"
#include "policy/verdict/requested_cctlds.h"

namespace ccgate {
namespace {

/// All conditions of a `when` or `require`, and the one that decided.
struct Conjunction {
  Truth truth = Truth::yes;
  Ground trouble = Ground::dns_trouble;
  const Condition* decisive = nullptr;
};

Conjunction test_all(const std::vector<Condition>& conditions, const FactSource& values) {
  Conjunction result;
  for (const Condition& condition : conditions) {
    const TruthValue value = values.test(condition);
    const Truth joined = both(result.truth, value.truth);
    if (joined == result.truth) continue;
    result = {joined, value.trouble, &condition};
    if (joined == Truth::no) break;
  }
  return result;
}

TraceStep trace_step(std::string rule, const Conjunction& result, bool conditional) {
  TraceStep step{std::move(rule), result.truth, ""};
  if (result.decisive != nullptr)
    step.because = result.decisive->text + " is " + std::string(to_string(result.truth));
  else
    step.because = conditional ? "every condition is yes" : "no conditions";
  return step;
}

bool authenticates(const Condition& condition) {
  return any_within(condition, [](const Condition& each) {
    return each.kind == Condition::Kind::fact && info_of(each.fact).authenticates;
  });
}

/// Evaluates one policy for one ccTLD, or for none.
class Evaluation {
 public:
  Evaluation(const Policy& policy, const RequestFacts& request, const FactSource& values, const Domain* cctld,
             bool name_cctld)
      : policy_(policy),
        request_(request),
        kind_(request.asked().kind),
        cctld_(cctld != nullptr ? request.record(*cctld) : nullptr),
        name_cctld_(name_cctld),
        values_(values) {
    if (cctld != nullptr) verdict_.cctld = *cctld;
  }

  CcTldVerdict run() {
    if (kind_ == RequestKind::subscribe && stale()) {
      settle(Decision::tempfail, Ground::stale_contacts, "", {});
      return verdict_;
    }
    if (guarded() || ruled()) return verdict_;
    by_default();
    return verdict_;
  }

 private:
  bool stale() const {
    const TruthValue known = values_.truth(Fact::from_is_admin_contact);
    return known.truth == Truth::unknown && known.trouble == Ground::stale_contacts;
  }

  void settle(Decision decision, Ground ground, std::string rule, const ReplyTemplate& reply) {
    settle(decision, ground, std::move(rule), reply, default_reply(ground, decision));
  }
  void settle(Decision decision, Ground ground, std::string rule, const ReplyTemplate& reply,
              const Reply& fallback) {
    verdict_.decision = decision;
    verdict_.ground = ground;
    verdict_.rule = std::move(rule);
    if (decision == Decision::tempfail || decision == Decision::reject)
      verdict_.reply = fill_reply(reply, fallback, cctld_, name_cctld_);
    else
      verdict_.reply = Reply{};
  }

  void settle_outcome(const Outcome& outcome, Ground ground, std::string rule) {
    settle(outcome.decision, ground, std::move(rule), outcome.reply);
    verdict_.ask_style = outcome.ask_style;
    verdict_.quorum = outcome.quorum;
  }

  bool guarded() {
    for (const Guard& guard : policy_.guards) {
      const Conjunction result = test_all(guard.require, values_);
      verdict_.trace.push_back(trace_step("guard " + guard.id, result, true));
      if (result.truth == Truth::yes) continue;
      if (result.truth == Truth::unknown)
        settle(Decision::tempfail, result.trouble, guard.id, {});
      else
        settle_outcome(guard.otherwise, Ground::guard, guard.id);
      return true;
    }
    return false;
  }

  bool ruled() {
    const RequestKind kind = kind_;
    bool any_rule = false;
    for (const Rule& rule : policy_.rules) {
      if (!rule.kinds.contains(kind)) continue;
      any_rule = true;
      const Conjunction result = test_all(rule.when, values_);
      verdict_.trace.push_back(trace_step(rule.id, result, !rule.when.empty()));
      if (result.truth == Truth::no) {
        note_miss(rule);
        continue;
      }
      if (result.truth == Truth::unknown) {
        settle(Decision::tempfail, result.trouble, rule.id, {}, trouble_reply(result.trouble));
        return true;
      }
      settle_outcome(rule.then, ground_of(rule), rule.id);
      for (const Action& action : rule.actions) verdict_.actions.push_back(&action);
      return true;
    }
    // People must be able to leave, confirm and ask for help where the operator says nothing about it.
    if (!any_rule && kind != RequestKind::subscribe) {
      settle(Decision::accept, Ground::not_gated_request, "", {});
      return true;
    }
    return false;
  }

  Reply trouble_reply(Ground trouble) const {
    Reply reply = default_reply(trouble, Decision::tempfail);
    const bool spf_open = values_.truth(Fact::spf_aligned).truth == Truth::unknown;
    const bool dkim_open = values_.truth(Fact::dkim_aligned).truth == Truth::unknown;
    if (trouble == Ground::dns_trouble && spf_open && !dkim_open) reply.status = "4.7.24";
    return reply;
  }

  Ground ground_of(const Rule& rule) const {
    if (rule.then.decision == Decision::reject || rule.then.decision == Decision::discard)
      return Ground::rule;
    if (is_yes(Fact::from_is_admin_contact)) return Ground::author_is_contact;
    if (is_yes(Fact::admin_contact_copied)) return Ground::contact_in_copy;
    return Ground::rule;
  }

  bool is_yes(Fact fact) const {
    return kind_ == RequestKind::subscribe && values_.truth(fact).truth == Truth::yes;
  }

  /// Remembers whether authentication alone kept a rule that lets people in from matching.
  void note_miss(const Rule& rule) {
    if (rule.then.decision != Decision::accept && rule.then.decision != Decision::ask &&
        rule.then.decision != Decision::hold)
      return;
    const bool missed = std::any_of(rule.when.begin(), rule.when.end(), [this](const Condition& condition) {
      return authenticates(condition) && values_.test(condition).truth == Truth::no;
    });
    const bool asks = std::any_of(rule.when.begin(), rule.when.end(), authenticates);
    if (!asks) return;
    (missed ? missed_authentication_ : authenticated_enough_) = true;
  }

  void by_default() {
    const Outcome& outcome = policy_.otherwise;
    if (outcome.decision != Decision::reject) {
      settle_outcome(outcome, Ground::rule, "default");
      return;
    }
    // The operator's words speak of the contact; an author whose mail is not authenticated has to mend that
    // first.
    const bool named = is_yes(Fact::from_is_admin_contact) || is_yes(Fact::admin_contact_copied);
    if (missed_authentication_ && (!authenticated_enough_ || named)) {
      settle(Decision::reject, Ground::not_authenticated, "default", {}, request_.unauthenticated_reply());
      return;
    }
    Ground ground = Ground::contact_not_in_copy;
    const bool entitled = is_yes(Fact::from_is_admin_contact) || is_yes(Fact::same_registry);
    if (kind_ != RequestKind::subscribe)
      ground = Ground::rule;
    else if (!entitled)
      ground = Ground::outsider;
    else if (is_yes(Fact::admin_contact_copied) || is_yes(Fact::from_is_admin_contact))
      ground = Ground::rule;
    settle(Decision::reject, ground, "default", outcome.reply);
  }

  const Policy& policy_;
  const RequestFacts& request_;
  RequestKind kind_;
  const CcTld* cctld_;
  bool name_cctld_;
  const FactSource& values_;
  CcTldVerdict verdict_;
  bool missed_authentication_ = false;
  bool authenticated_enough_ = false;
};

}  // namespace

Verdict strictest(std::vector<CcTldVerdict> per_cctld) {
  Verdict verdict;
  const auto worst =
      std::max_element(per_cctld.begin(), per_cctld.end(),
                       [](const CcTldVerdict& a, const CcTldVerdict& b) { return a.decision < b.decision; });
  verdict.decision = worst->decision;
  verdict.ground = worst->ground;
  verdict.rule = worst->rule;
  verdict.cctld = worst->cctld;
  verdict.reply = worst->reply;
  verdict.per_cctld = std::move(per_cctld);
  return verdict;
}

namespace {

Verdict without_cctld(Decision decision, Ground ground, std::string rule = "") {
  CcTldVerdict single;
  single.decision = decision;
  single.ground = ground;
  single.rule = std::move(rule);
  if (decision == Decision::tempfail || decision == Decision::reject)
    single.reply = fill_reply({}, default_reply(ground, decision), nullptr, false);
  return strictest({std::move(single)});
}

/// True while an identifier that could authenticate the author is still open.
bool authentication_open(const Policy& policy, const RequestFacts& request) {
  const auto values = request.about(policy, nullptr);
  return either(values->truth(Fact::dkim_aligned).truth, values->truth(Fact::spf_aligned).truth) ==
         Truth::unknown;
}

bool is_stale_as_a_whole(const FactSource& values) {
  return values.truth(Fact::from_is_admin_contact) == TruthValue{Truth::unknown, Ground::stale_contacts};
}

/// Of a message that is there.
class MessageFacts final : public RequestFacts {
 public:
  MessageFacts(const Directory& directory, const Facts& facts, const Evidence& evidence)
      : directory_(directory), facts_(facts), evidence_(evidence) {}

  [[nodiscard]] Asked asked() const override {
    const Request& request = facts_.request;
    return {request.kind, !request.unknown.empty(), request.unknown_word, request.contradiction};
  }
  [[nodiscard]] std::set<Domain> cctlds(const Policy& policy) const override {
    return requested_cctlds(policy, directory_, facts_);
  }
  [[nodiscard]] std::unique_ptr<FactSource> about(const Policy& policy, const Domain* cctld) const override {
    const CcTld* known = cctld != nullptr ? directory_.find(*cctld) : nullptr;
    if (cctld != nullptr && known == nullptr) return nullptr;
    return std::make_unique<FactValues>(policy, directory_, facts_, evidence_, known);
  }
  [[nodiscard]] const CcTld* record(const Domain& cctld) const override { return directory_.find(cctld); }
  [[nodiscard]] Reply unauthenticated_reply() const override {
    return authentication_reply(evidence_, facts_.message.author.domain());
  }

 private:
  const Directory& directory_;
  const Facts& facts_;
  const Evidence& evidence_;
};

}  // namespace

Verdict evaluate(const Policy& policy, const RequestFacts& request) {
  const RequestFacts::Asked asked = request.asked();
  if (asked.kind == RequestKind::post || asked.kind == RequestKind::owner)
    return without_cctld(Decision::accept, Ground::not_gated_request);
  const auto judged = [&](const FactSource& values, const Domain* cctld, bool name_cctld) {
    return Evaluation(policy, request, values, cctld, name_cctld).run();
  };
  if (asked.kind != RequestKind::subscribe)
    return strictest({judged(*request.about(policy, nullptr), nullptr, false)});

  // Not a definitive no to a request that may have been read without its text only because DNS was down.
  const auto refuse_request = [&](Decision decision, Ground ground) {
    if (decision == Decision::reject && authentication_open(policy, request))
      return without_cctld(Decision::tempfail, Ground::dns_trouble);
    return without_cctld(decision, ground);
  };
  const auto refuse_unknown = [&](const std::string& label) {
    Verdict verdict = refuse_request(Decision::reject, Ground::unknown_cctld);
    if (!label.empty() && verdict.decision == Decision::reject)
      verdict.reply = verdict.per_cctld.front().reply = unknown_cctld_reply(label);
    return verdict;
  };
  if (asked.unknown) return refuse_unknown(asked.unknown_word);
  if (asked.contradiction) return refuse_request(Decision::reject, Ground::contradiction);
  const std::set<Domain> cctlds = request.cctlds(policy);
  if (cctlds.empty()) {
    if (policy.missing_cctlds == MissingCcTlds::hold) return refuse_request(Decision::hold, Ground::no_cctld);
    const auto values = request.about(policy, nullptr);
    if (policy.missing_cctlds == MissingCcTlds::from_admin && is_stale_as_a_whole(*values))
      return without_cctld(Decision::tempfail, Ground::stale_contacts);
    // Nobody is entitled to anything here; guards and rules still speak first of authentication.
    Verdict verdict = strictest({judged(*values, nullptr, false)});
    if (verdict.decision >= Decision::tempfail && verdict.rule != "default") return verdict;
    if (verdict.ground == Ground::not_authenticated) return verdict;
    Verdict refusal = refuse_request(Decision::reject, Ground::no_cctld);
    refusal.per_cctld.front().trace = std::move(verdict.per_cctld.front().trace);
    return refusal;
  }

  std::vector<CcTldVerdict> per_cctld;
  for (const Domain& cctld : cctlds) {
    const auto values = request.about(policy, &cctld);
    if (values == nullptr) return refuse_unknown(cctld.ascii());
    per_cctld.push_back(judged(*values, &cctld, cctlds.size() > 1));
  }
  return strictest(std::move(per_cctld));
}

Verdict evaluate(const Policy& policy, const Directory& directory, const Facts& facts,
                 const Evidence& evidence) {
  return evaluate(policy, MessageFacts(directory, facts, evidence));
}

Verdict refuse(const Fault& fault) {
  const Ground ground = fault.kind == Fault::Kind::malformed    ? Ground::malformed
                        : fault.kind == Fault::Kind::over_limit ? Ground::over_limit
                                                                : Ground::automatic;
  Verdict verdict = without_cctld(Decision::reject, ground);
  if (!fault.why.empty()) verdict.reply.text = verdict.per_cctld.front().reply.text = fault.why;
  return verdict;
}

}  // namespace ccgate
