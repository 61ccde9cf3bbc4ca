// milter/evidence/spf_budget.cc
#include "milter/evidence/spf_budget.h"

#include <algorithm>
#include <utility>

#include "policy/evidence/spf_record.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr unsigned kMaxTerms = 10;  // RFC 7208 4.6.4
constexpr unsigned kMaxVoids = 2;
constexpr std::size_t kMaxHosts = 10;  // of one mx or ptr

bool is_all(std::string_view term) {
  if (!term.empty() && std::string_view("+-~?").find(term.front()) != std::string_view::npos) {
    term.remove_prefix(1);
  }
  return ascii_iequal(term, "all");
}

bool is_redirect(std::string_view term) {
  constexpr std::string_view kRedirect = "redirect=";
  return term.size() > kRedirect.size() && ascii_iequal(term.substr(0, kRedirect.size()), kRedirect);
}

/// `name=value`: in a mechanism a colon or slash comes first, if anything.
bool is_modifier(std::string_view term) {
  const auto mark = term.find_first_of("=:/");
  return mark != std::string_view::npos && term[mark] == '=';
}

}  // namespace

std::string deciding_terms(std::string_view record) {
  std::string out;
  std::string_view redirect;
  while (!record.empty()) {
    const std::string_view term = record.substr(0, record.find(' '));
    record.remove_prefix(std::min(term.size() + 1, record.size()));
    if (term.empty()) continue;
    if (out.empty()) {
      out = term;  // v=spf1
    } else if (is_redirect(term)) {
      redirect = term;
    } else if (!is_modifier(term)) {
      out.append(" ").append(term);
      if (is_all(term)) return out;
    }
  }
  if (!redirect.empty()) out.append(" ").append(redirect);
  return out;
}

void SpfBudget::settle(AuthResult result, std::string why) {
  if (!settled_) settled_ = Outcome{result, std::move(why)};
}

bool SpfBudget::spend_term() {
  if (++terms_ <= kMaxTerms) return true;
  settle(AuthResult::permerror, "the SPF record needs more than 10 lookups");
  return false;
}

std::optional<std::string> SpfBudget::record_of(std::string_view domain) {
  if (settled_) return std::nullopt;
  const bool first = !std::exchange(first_record_read_, true);
  if (!first && !spend_term()) return std::nullopt;
  const auto answer = dns_->get(domain, RrType::txt);
  if (answer->status == DnsAnswer::Status::temperror) {
    settle(AuthResult::temperror, answer->why);
    return std::nullopt;
  }
  const auto& texts = answer->records;
  const auto found = std::find_if(texts.begin(), texts.end(), is_spf_record);
  if (found == texts.end()) {
    if (first) {
      settle(AuthResult::none, "no SPF record");
    } else {
      settle(AuthResult::permerror, "the SPF record refers to a domain without one");
    }
    return std::nullopt;
  }
  if (std::find_if(found + 1, texts.end(), is_spf_record) != texts.end()) {
    settle(AuthResult::permerror, "more than one SPF record");
    return std::nullopt;
  }
  auto parsed = parse_spf_record(*found);
  if (const auto* fault = std::get_if<SpfRecordFault>(&parsed)) {
    settle(AuthResult::permerror, fault->why);
    return std::nullopt;
  }
  const auto& record = std::get<SpfRecord>(parsed);
  passes_everybody_ = passes_everybody_ || record.passes_everybody;
  std::size_t left = kMaxTerms - terms_;
  const auto prefetch = [&](const std::vector<std::string>& names, RrType type) {
    for (const std::string& name : names) {
      if (left == 0) return;
      --left;
      dns_->prefetch(name.empty() ? domain : name, type);
    }
  };
  prefetch(record.lookups_txt, RrType::txt);
  prefetch(record.lookups_addr, address_type_);
  prefetch(record.lookups_mx, RrType::mx);
  return deciding_terms(record.text);
}

bool SpfBudget::take_host(std::string_view name) {
  const auto found = std::find_if(hosts_.begin(), hosts_.end(),
                                  [name](const std::string& host) { return ascii_iequal(host, name); });
  if (found == hosts_.end()) return false;
  hosts_.erase(found);
  return true;
}

std::vector<std::string> SpfBudget::hosts(const std::vector<std::string>& names, HostsOf what) {
  hosts_of_ = what;
  hosts_ = names;
  if (hosts_.size() > kMaxHosts) hosts_.resize(kMaxHosts);
  for (const std::string& host : hosts_) dns_->prefetch(host, address_type_);
  return hosts_;
}

std::optional<std::vector<std::string>> SpfBudget::lookup(std::string_view name, RrType type) {
  if (settled_) return std::nullopt;
  const bool is_address = type == RrType::a || type == RrType::aaaa;
  const bool of_host = is_address && take_host(name);
  if (!of_host && !spend_term()) return std::nullopt;
  const auto answer = dns_->get(name, type);
  if (answer->status == DnsAnswer::Status::temperror) {
    // RFC 7208 5.5: in a ptr mechanism a failing question means no match.
    if (type == RrType::ptr || (of_host && hosts_of_ == HostsOf::ptr)) return std::vector<std::string>{};
    settle(AuthResult::temperror, answer->why);
    return std::nullopt;
  }
  if (answer->records.empty() && !of_host && ++voids_ > kMaxVoids) {
    settle(AuthResult::permerror, "more than 2 lookups of the SPF record find nothing");
    return std::nullopt;
  }
  if (type == RrType::mx) {
    if (answer->records.size() > kMaxHosts) {
      settle(AuthResult::permerror, "an mx of the SPF record has more than 10 hosts");
      return std::nullopt;
    }
    return hosts(answer->records, HostsOf::mx);
  }
  if (type == RrType::ptr) return hosts(answer->records, HostsOf::ptr);
  return answer->records;
}

}  // namespace ccgate
