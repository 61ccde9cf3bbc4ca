#include "policy/verdict/judge_again.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "policy/rules/implication.h"
#include "policy/verdict/evaluate.h"
#include "policy/verdict/overrule.h"
#include "policy/verdict/reply.h"
#include "policy/verdict/request_facts.h"

namespace ccgate {
namespace {

/// Facts that were asked for and are not there are noted in `missing`, and unknown.
class KeptFacts final : public FactSource {
 public:
  KeptFacts(const Basis& basis, const FactList* about, const Domain* cctld, std::size_t cctlds,
            bool authority, std::set<Fact>& missing)
      : basis_(basis),
        about_(about),
        cctld_(cctld),
        cctlds_(cctlds),
        authority_(authority),
        missing_(missing) {}

  [[nodiscard]] Value value(Fact fact) const override {
    if (fact == Fact::request) return one_word(to_string(basis_.kind));
    if (fact == Fact::tld) return cctld_ != nullptr ? one_word(cctld_->ascii()) : std::set<std::string>{};
    if (fact == Fact::tlds) return static_cast<std::int64_t>(cctlds_);
    if (authority_ || !is_about_authority(fact))
      for (const FactList* list : {&basis_.facts, about_})
        if (list != nullptr)
          for (const auto& [each, value] : *list)
            if (each == fact) return value;
    missing_.insert(fact);
    return TruthValue{Truth::unknown, Ground::internal_error};
  }

 private:
  static std::set<std::string> one_word(std::string_view word) { return {std::string(word)}; }

  const Basis& basis_;
  const FactList* about_;
  const Domain* cctld_;
  std::size_t cctlds_;
  bool authority_;
  std::set<Fact>& missing_;
};

class KeptRequest final : public RequestFacts {
 public:
  explicit KeptRequest(const Basis& basis) : basis_(basis) {}

  [[nodiscard]] Asked asked() const override {
    return {basis_.kind, basis_.unknown, "", basis_.contradiction};
  }
  [[nodiscard]] std::set<Domain> cctlds(const Policy& policy) const override {
    std::set<Domain> all;
    if (!basis_.named && policy.missing_cctlds != MissingCcTlds::from_admin) return all;
    // Of other roles these may be others.
    if (!basis_.named && policy.authority != basis_.authority) missing_.insert(Fact::from_is_admin_contact);
    for (const auto& each : basis_.cctlds) all.insert(each.first);
    return all;
  }
  [[nodiscard]] std::unique_ptr<FactSource> about(const Policy& policy, const Domain* cctld) const override {
    const FactList* list = &basis_.without_cctld;
    if (cctld != nullptr) {
      const auto found = basis_.cctlds.find(*cctld);
      if (found == basis_.cctlds.end() || !found->second) return nullptr;
      list = &*found->second;
    }
    const bool counted = basis_.named || policy.missing_cctlds == MissingCcTlds::from_admin;
    return std::make_unique<KeptFacts>(basis_, list, cctld, counted ? basis_.cctlds.size() : 0,
                                       policy.authority == basis_.authority, missing_);
  }
  [[nodiscard]] const CcTld* record(const Domain& /*cctld*/) const override { return nullptr; }
  [[nodiscard]] Reply unauthenticated_reply() const override {
    return default_reply(Ground::not_authenticated, Decision::reject);
  }

  [[nodiscard]] const std::set<Fact>& missing() const noexcept { return missing_; }

 private:
  const Basis& basis_;
  mutable std::set<Fact> missing_;
};

bool is_open(const CcTldVerdict& verdict) {
  return std::any_of(verdict.trace.begin(), verdict.trace.end(),
                     [](const TraceStep& step) { return step.matched == Truth::unknown; });
}

Rejudgement decide_again(const Policy& policy, const Basis& basis) {
  const KeptRequest request(basis);
  Rejudgement again{evaluate(policy, request), {}};
  // A condition that says yes or no whatever is missing needs nothing of it. What a request to subscribe is
  // refused for, or let in by, always depends on whose contact it is.
  const auto& per_cctld = again.verdict.per_cctld;
  const bool contact =
      basis.kind == RequestKind::subscribe && request.missing().contains(Fact::from_is_admin_contact);
  if (contact || std::any_of(per_cctld.begin(), per_cctld.end(), is_open)) again.missing = request.missing();
  if (basis.asks_to_leave && again.verdict.decision <= Decision::hold)
    again.verdict = overruled(std::move(again.verdict), Decision::reject, Ground::contradiction,
                              default_reply(Ground::contradiction, Decision::reject));
  return again;
}

std::set<Domain> named_by(const Basis& basis) {
  std::set<Domain> all;
  if (basis.named)
    for (const auto& each : basis.cctlds) all.insert(each.first);
  return all;
}

Rejudgement refused_again(Ground ground) {
  const Fault::Kind kind = ground == Ground::over_limit  ? Fault::Kind::over_limit
                           : ground == Ground::automatic ? Fault::Kind::automatic
                                                         : Fault::Kind::malformed;
  return {refuse({kind, ""}), {}};
}

}  // namespace

Rejudgement judge_again(const Policy& policy, const JudgementBasis& basis) {
  const Basis& first = basis.cases.front();
  if (first.kind == RequestKind::post || first.kind == RequestKind::owner) return decide_again(policy, first);
  if (basis.fault) return refused_again(*basis.fault);
  if (basis.odd_sender && looks_at(policy, [](Fact fact) { return fact == Fact::mail_from_domain; }))
    return refused_again(Ground::malformed);
  Rejudgement again = decide_again(policy, first);
  if (basis.cases.size() < 2) return again;
  Rejudgement with_text = decide_again(policy, basis.cases[1]);
  again.missing.merge(with_text.missing);
  if (with_text.verdict.decision == again.verdict.decision && named_by(first) == named_by(basis.cases[1]))
    return again;
  again.verdict = overruled(std::move(again.verdict), Decision::tempfail, Ground::dns_trouble,
                            default_reply(Ground::dns_trouble, Decision::tempfail));
  return again;
}

}  // namespace ccgate
