#include "milter/evidence/spf_budget.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "milter/evidence/dns_name.h"
#include "policy/evidence/spf_macro.h"
#include "policy/text/ascii.h"

namespace ccgate {
namespace {

constexpr unsigned kMaxTerms = 10;  // RFC 7208 4.6.4
constexpr unsigned kMaxVoids = 2;
constexpr std::size_t kMaxHosts = 10;  // of one mx
constexpr int kWide = 16;              // with longer prefixes, ten hosts are next to nobody

constexpr std::string_view kMadeUp = ".spf";

std::string address_octets(const ClientAddress& client) {
  const auto& octets = client.octets();
  return {octets.begin(), octets.begin() + (client.is_v4() ? 4 : 16)};
}

/// True when the first `length` bits are the same.
bool is_same_network(std::string_view a, const std::array<std::uint8_t, 16>& b, int length) {
  for (std::size_t i = 0; i < a.size() && length > 0; ++i, length -= 8) {
    const unsigned mask = length >= 8 ? 0xffU : 0xffU << (8 - length) & 0xffU;
    if (((static_cast<unsigned char>(a[i]) ^ b[i]) & mask) != 0) return false;
  }
  return true;
}

bool asks(const SpfTerm& term) {
  return term.mechanism != SpfMechanism::all && term.mechanism != SpfMechanism::ip4 &&
         term.mechanism != SpfMechanism::ip6;
}

/// The name of a term without macros.
std::string fixed_name(const std::string& current, const SpfTerm& term) {
  return escaped_name(term.domain.empty() ? current : expand_macros(term.domain, {}));
}

bool has_macros(const SpfTerm& term) {
  return term.domain.find('%') != std::string::npos;
}

std::string_view evaluator_word(SpfMechanism mechanism) {
  switch (mechanism) {
    case SpfMechanism::include:
      return "include:";
    case SpfMechanism::a:
      return "a:";
    case SpfMechanism::mx:
      return "mx:";
    case SpfMechanism::ptr:
    case SpfMechanism::exists:
      return "exists:";
    case SpfMechanism::redirect:
      return "redirect=";
    case SpfMechanism::all:
    case SpfMechanism::ip4:
    case SpfMechanism::ip6:
      break;
  }
  return "all";
}

}  // namespace

SpfBudget::SpfBudget(DnsBatch& dns, const ClientAddress& client, std::string_view helo,
                     const Address& mail_from)
    : dns_(&dns),
      client_(&client),
      helo_(helo),
      mail_from_(&mail_from),
      client_octets_(address_octets(client)),
      address_type_(client.is_v4() ? RrType::a : RrType::aaaa),
      client_names_(dns, client_octets_, address_type_) {
  targets_.push_back({mail_from.domain().ascii()});
}

std::string SpfBudget::made_up_name(std::size_t target) {
  return "n" + std::to_string(target).append(kMadeUp);
}

const SpfBudget::Target* SpfBudget::target_of(std::string_view name) const {
  if (!name.starts_with('n') || !name.ends_with(kMadeUp)) return nullptr;
  const std::string_view number = name.substr(1, name.size() - 1 - kMadeUp.size());
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
  if (error != std::errc() || end != number.data() + number.size()) return nullptr;
  return index < targets_.size() ? &targets_[index] : nullptr;
}

std::string SpfBudget::add_target(Target target) {
  targets_.push_back(std::move(target));
  return made_up_name(targets_.size() - 1);
}

void SpfBudget::settle(AuthResult result, std::string why) {
  if (!settled_) settled_ = Outcome{result, std::move(why)};
}

bool SpfBudget::spend_term() {
  if (++terms_ <= kMaxTerms) return true;
  settle(AuthResult::permerror, "the SPF record needs more than 10 lookups");
  return false;
}

bool SpfBudget::spend_void() {
  if (++voids_ <= kMaxVoids) return true;
  settle(AuthResult::permerror, "more than 2 lookups of the SPF record find nothing");
  return false;
}

std::shared_ptr<const DnsAnswer> SpfBudget::get(std::string_view octets, RrType type) {
  return dns_->get(escaped_name(octets), type);
}

/// No name in DNS has a local part that is not ASCII (RFC 8616 4).
bool SpfBudget::is_never_matched(const SpfTerm& term) const {
  return !is_ascii(mail_from_->local()) && uses_macro(term.domain, "sl");
}

void SpfBudget::prefetch(const std::string& current, const SpfRecord& record) {
  std::size_t left = kMaxTerms - terms_;
  const auto of = [&](std::initializer_list<SpfMechanism> mechanisms, RrType type) {
    for (const SpfTerm& term : record.terms) {
      const bool meant = std::find(mechanisms.begin(), mechanisms.end(), term.mechanism) != mechanisms.end();
      if (!meant || has_macros(term)) continue;
      if (left == 0) return;
      --left;
      in_flight_.emplace_back(fixed_name(current, term), type);
      dns_->prefetch(in_flight_.back().first, type);
    }
  };
  of({SpfMechanism::include, SpfMechanism::redirect}, RrType::txt);
  of({SpfMechanism::a}, address_type_);
  of({SpfMechanism::exists}, RrType::a);
  of({SpfMechanism::mx}, RrType::mx);
}

std::string SpfBudget::terms_for_evaluator(const std::string& current, SpfVisit& visit) {
  std::string text = "v=spf1";
  const SpfMechanism family = client_->is_v4() ? SpfMechanism::ip4 : SpfMechanism::ip6;
  unsigned asking = 0;
  for (std::size_t i = 0; i < visit.record.terms.size(); ++i) {
    const SpfTerm& term = visit.record.terms[i];
    const std::string qualifier = term.qualifier == '+' ? " " : std::string(" ") + term.qualifier;
    if (term.mechanism == SpfMechanism::all) return text + qualifier + "all";
    if (!asks(term)) {
      const int length = client_->is_v4() ? term.length4 : term.length6;
      if (term.mechanism == family && is_same_network(client_octets_, term.network, length))
        return text + qualifier + (client_->is_v4() ? "ip4:" : "ip6:") + client_->text();
      continue;
    }
    if (is_never_matched(term)) continue;
    text.append(qualifier).append(evaluator_word(term.mechanism)).append(add_target({current, &visit, i}));
    if (term.mechanism == SpfMechanism::a || term.mechanism == SpfMechanism::mx) {
      if (client_->is_v4() && term.length4 > 0) text += "/" + std::to_string(term.length4);
      if (!client_->is_v4() && term.length6 > 0) text += "//" + std::to_string(term.length6);
    }
    if (++asking > kMaxTerms) break;  // which ends the evaluation
  }
  return text;
}

SpfVisit* SpfBudget::read_record(const Target& target, std::string& current) {
  const bool first = !std::exchange(first_record_read_, true);
  if (!first && !spend_term()) return nullptr;
  auto name = name_of(target);
  if (!name) return nullptr;
  current = std::move(*name);
  const auto answer = get(current, RrType::txt);
  if (answer->status == DnsAnswer::Status::temperror) {
    settle(AuthResult::temperror, answer->why);
    return nullptr;
  }
  const auto& texts = answer->records;
  const auto found = std::find_if(texts.begin(), texts.end(), is_spf_record);
  if (found == texts.end()) {
    if (first) {
      settle(AuthResult::none, "no SPF record");
    } else {
      settle(AuthResult::permerror, "the SPF record refers to a domain without one");
    }
    return nullptr;
  }
  if (std::find_if(found + 1, texts.end(), is_spf_record) != texts.end()) {
    settle(AuthResult::permerror, "more than one SPF record");
    return nullptr;
  }
  auto parsed = parse_spf_record(*found);
  if (const auto* fault = std::get_if<SpfRecordFault>(&parsed)) {
    if (fault->own_limit) {
      settle(AuthResult::policy,
             "the SPF record of " + escaped_name(current) + " is longer than this server reads");
    } else {
      settle(AuthResult::permerror, fault->why);
    }
    return nullptr;
  }
  auto& place = target.visit == nullptr ? root_ : target.visit->found[target.term].record;
  place = std::make_unique<SpfVisit>(std::get<SpfRecord>(std::move(parsed)));
  read_.push_back({current, place.get()});
  return place.get();
}

std::optional<std::string> SpfBudget::record_of(std::string_view name) {
  if (settled_) return std::nullopt;
  const Target* found = target_of(name);
  if (found == nullptr) return std::nullopt;
  const Target target = *found;  // the vector grows
  std::string current;
  SpfVisit* const visit = read_record(target, current);
  if (visit == nullptr) return std::nullopt;
  prefetch(current, visit->record);
  return terms_for_evaluator(current, *visit);
}

bool SpfBudget::is_in_flight(const std::string& current, const SpfTerm& term) const {
  if (has_macros(term)) return false;
  const RrType type = term.mechanism == SpfMechanism::exists ? RrType::a
                      : term.mechanism == SpfMechanism::a    ? address_type_
                                                             : RrType::txt;
  return std::find(in_flight_.begin(), in_flight_.end(), std::pair(fixed_name(current, term), type)) !=
         in_flight_.end();
}

void SpfBudget::read_term(const std::string& current, SpfVisit& visit, std::size_t term, bool asking) {
  const SpfTerm& its = visit.record.terms[term];
  const SpfVisit::Found& found = visit.found[term];
  const int length = client_->is_v4() ? its.length4 : its.length6;
  const bool is_wide = length <= kWide && found.addresses.empty();
  const Target target{current, &visit, term};
  const auto name = [&] { return add_target(target); };
  if (is_never_matched(its)) return;
  switch (its.mechanism) {
    case SpfMechanism::include:
    case SpfMechanism::redirect: {
      if (found.record || !(asking || is_in_flight(current, its))) return;
      std::string unused;
      const SpfVisit* const read = read_record(target, unused);
      if (read != nullptr && asking) prefetch(unused, read->record);
      return;
    }
    case SpfMechanism::a:
      if (is_wide && (asking || is_in_flight(current, its))) (void)lookup(name(), address_type_);
      return;
    case SpfMechanism::mx:
      if (!is_wide || !asking) return;
      if (const auto hosts = lookup(name(), RrType::mx))
        for (const std::string& host : *hosts) (void)lookup(host, address_type_);
      return;
    case SpfMechanism::exists:
      if (!found.answered && !uses_macro(its.domain, "ip") && (asking || is_in_flight(current, its)))
        (void)lookup(name(), RrType::a);
      return;
    case SpfMechanism::ptr:
    case SpfMechanism::all:
    case SpfMechanism::ip4:
    case SpfMechanism::ip6:
      return;
  }
}

void SpfBudget::read_rest() {
  for (const bool asking : {false, true}) {
    if (!root_ || passes_everybody(*root_) || (asking && !passes_many(*root_))) return;
    for (std::size_t at = 0; at < read_.size(); ++at) {
      const Place place = read_[at];  // the vector grows
      for (std::size_t term = 0; term < place.visit->record.terms.size() && terms_ < kMaxTerms; ++term) {
        read_term(place.current, *place.visit, term, asking);
        settled_.reset();
      }
    }
  }
}

std::optional<std::string> SpfBudget::name_of(const Target& target) {
  if (target.visit == nullptr) return target.current;
  const std::string& spec = target.visit->record.terms[target.term].domain;
  if (spec.empty()) return target.current;
  SpfMacroValues values{mail_from_->local(), mail_from_->domain().ascii(), target.current, client_octets_,
                        helo_};
  std::string validated;
  if (uses_macro(spec, "p")) {
    if (!client_names_.asked() && !spend_term()) return std::nullopt;
    if (!client_names_.ask() && !spend_void()) return std::nullopt;
    validated = client_names_.validated(target.current);
    values.validated = validated;
  }
  return expand_macros(spec, values);
}

std::optional<std::vector<std::string>> SpfBudget::lookup(std::string_view name, RrType type) {
  if (settled_) return std::nullopt;
  const Target* found = target_of(name);
  if (found == nullptr) return std::vector<std::string>{};
  const Target target = *found;  // the vector grows
  if (target.is_host) return addresses(target, dns_->get(target.current, type));
  if (!spend_term()) return std::nullopt;
  const auto octets = name_of(target);
  if (!octets) return std::nullopt;
  if (target.visit != nullptr && target.visit->record.terms[target.term].mechanism == SpfMechanism::ptr) {
    if (!client_names_.ask() && !spend_void()) return std::nullopt;
    return client_names_.any_within(*octets) ? std::vector<std::string>{std::string(4, '\x7f')}
                                             : std::vector<std::string>{};
  }
  const auto answer = get(*octets, type);
  if (answer->status != DnsAnswer::Status::temperror && answer->records.empty() && !spend_void())
    return std::nullopt;
  return addresses(target, answer);
}

std::optional<std::vector<std::string>> SpfBudget::addresses(const Target& target,
                                                             std::shared_ptr<const DnsAnswer> answer) {
  if (answer->status == DnsAnswer::Status::temperror) {
    settle(AuthResult::temperror, answer->why);
    return std::nullopt;
  }
  if (target.visit == nullptr) return answer->records;
  const SpfTerm& term = target.visit->record.terms[target.term];
  if (term.mechanism == SpfMechanism::exists) {
    target.visit->found[target.term].answered = !answer->records.empty();
    return answer->records;
  }
  if (term.mechanism == SpfMechanism::mx && !target.is_host) return hosts_of_mx(target, *answer);
  auto& found = target.visit->found[target.term].addresses;
  found.insert(found.end(), answer->records.begin(), answer->records.end());
  const int length = client_->is_v4() ? term.length4 : term.length6;
  if (length == 0 && !answer->records.empty()) return std::vector<std::string>{client_octets_};
  return answer->records;
}

std::optional<std::vector<std::string>> SpfBudget::hosts_of_mx(const Target& target,
                                                               const DnsAnswer& answer) {
  if (answer.records.size() > kMaxHosts) {
    settle(AuthResult::permerror, "an mx of the SPF record has more than 10 hosts");
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const std::string& host : answer.records) {
    dns_->prefetch(host, address_type_);
    names.push_back(add_target({host, target.visit, target.term, true}));
  }
  return names;
}

}  // namespace ccgate
