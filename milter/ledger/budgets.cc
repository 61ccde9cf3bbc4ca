#include "milter/ledger/budgets.h"

#include <algorithm>

#include "policy/names/public_suffix.h"

namespace ccgate {
namespace {

/// Whoever has a domain has all names below it.
std::string organizational_of(const std::string& author_domain) {
  const auto domain = Domain::parse(author_domain);
  const auto organizational = domain ? organizational_domain(*domain) : std::nullopt;
  return organizational ? organizational->ascii() : author_domain;
}

}  // namespace

bool is_of_registry(const Memory& memory, const List& list, const CcTld& cctld) {
  const std::set<Role>& authority = list.policy.authority;
  const Directory& directory = *memory.rules.directory;
  if (memory.author && directory.is_contact(cctld, authority, *memory.author)) return true;
  const auto domain = Domain::parse(memory.author_domain);
  return domain && directory.same_registry(cctld, authority, *domain);
}

bool is_of_registry(const Memory& memory, const List& list, const std::set<Domain>& cctlds) {
  return std::all_of(cctlds.begin(), cctlds.end(), [&](const Domain& cctld) {
    const CcTld* known = memory.rules.directory->find(cctld);
    return known != nullptr && is_of_registry(memory, list, *known);
  });
}

std::vector<Budget> budgets_of_request(const Memory& memory, const RecipientJudgement& judged) {
  const FloodLimits& limits = memory.rules.config.flood;
  const List& list = *judged.gated->list;
  const std::string organizational = organizational_of(memory.author_domain);
  const std::int64_t share = std::max(limits.cctld / 10, limits.foreign);
  std::vector<Budget> budgets;
  bool stranger = false;
  for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld) {
    if (!each.cctld || is_of_registry(memory, list, std::set<Domain>{*each.cctld})) continue;
    stranger = true;
    if (each.ground == Ground::contact_confirmed) continue;
    const std::string key = "cctld " + list.config.name + " " + each.cctld->ascii();
    budgets.push_back({key, limits.cctld});
    budgets.push_back({key + " " + organizational, share});
  }
  const std::string& author = stranger ? organizational : memory.author_domain;
  budgets.push_back({"author " + list.config.name + " " + author, limits.author_domain});
  return budgets;
}

std::vector<Budget> budgets_for(const Memory& memory, MailKind kind, const Address& contact, Cause cause) {
  const FloodLimits& limits = memory.rules.config.flood;
  const std::string mail = kind == MailKind::question ? "question " : "notice ";
  const std::string to = contact.key();
  if (cause == Cause::registry) return {{mail + "registry " + to, limits.contact}};
  std::vector<Budget> budgets{
      {mail + "stranger " + to + " " + organizational_of(memory.author_domain), limits.foreign}};
  if (cause == Cause::stranger)
    budgets.push_back({mail + "strangers " + to, std::max<std::int64_t>(limits.contact / 2, 1)});
  return budgets;
}

}  // namespace ccgate
