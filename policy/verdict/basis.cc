#include "policy/verdict/basis.h"

#include <utility>

#include "policy/rules/fact_table.h"
#include "policy/verdict/fact_values.h"
#include "policy/verdict/requested_cctlds.h"

namespace ccgate {
namespace {

/// True when `policy` has a condition on `wanted`.
bool compares(const Policy& policy, Fact wanted) {
  return any_condition(policy, [wanted](const Condition& each) {
    return each.kind == Condition::Kind::fact && each.fact == wanted;
  });
}

/// What is remembered is looked up only for a policy that asks for it: else nothing is known of it.
bool was_looked_up(const Policy& policy, Fact fact, const FactSource::Value& value) {
  const auto* truth = std::get_if<TruthValue>(&value);
  return truth == nullptr || *truth != TruthValue{Truth::unknown, Ground::internal_error} ||
         compares(policy, fact);
}

FactList facts_about(const Policy& policy, const FactSource& values, bool cctld) {
  FactList list;
  for (const FactInfo& info : fact_table()) {
    if (follows_from_request(info.fact) || is_about_cctld(info.fact) != cctld) continue;
    FactSource::Value value = values.value(info.fact);
    if (was_looked_up(policy, info.fact, value)) list.emplace_back(info.fact, std::move(value));
  }
  return list;
}

}  // namespace

bool is_about_cctld(Fact fact) noexcept {
  return is_about_authority(fact) || fact == Fact::dnssec_signed || fact == Fact::members_of_tld ||
         fact == Fact::tld;
}

bool is_about_authority(Fact fact) noexcept {
  switch (fact) {
    case Fact::from_is_admin_contact:
    case Fact::admin_contact_copied:
    case Fact::copy_signed:
    case Fact::same_registry:
    case Fact::same_organisation:
    case Fact::contact_is_shared_domain:
    case Fact::contact_age:
    case Fact::contact_changed_from:
    case Fact::previous_contact_copied:
      return true;
    default:
      return false;
  }
}

bool follows_from_request(Fact fact) noexcept {
  return fact == Fact::tld || fact == Fact::tlds || fact == Fact::request;
}

Basis basis_of(const Policy& policy, const Directory& directory, const Facts& facts,
               const Evidence& evidence) {
  const Request& request = facts.request;
  Basis basis;
  basis.kind = request.kind;
  basis.named = !request.cctlds.empty();
  basis.unknown = !request.unknown.empty();
  basis.contradiction = request.contradiction;
  basis.asks_to_leave = request.asks_to_leave;
  basis.authority = policy.authority;
  if (request.kind == RequestKind::post || request.kind == RequestKind::owner) return basis;
  const FactValues none(policy, directory, facts, evidence, nullptr);
  basis.facts = facts_about(policy, none, false);
  if (!basis.named || request.kind != RequestKind::subscribe)
    basis.without_cctld = facts_about(policy, none, true);
  std::set<Domain> cctlds = request.cctlds;
  if (request.kind != RequestKind::subscribe || basis.unknown || basis.contradiction) {
    for (const Domain& cctld : cctlds) basis.cctlds.emplace(cctld, std::nullopt);
    return basis;
  }
  if (cctlds.empty()) {
    cctlds = involved_cctlds(policy, directory, facts.message);
    cctlds.insert(request.cctlds_besides.begin(), request.cctlds_besides.end());
  }
  for (const Domain& cctld : cctlds) {
    const CcTld* known = directory.find(cctld);
    auto& list = basis.cctlds[cctld];
    if (known != nullptr)
      list = facts_about(policy, FactValues(policy, directory, facts, evidence, known), true);
  }
  return basis;
}

}  // namespace ccgate
