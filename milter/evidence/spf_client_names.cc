#include "milter/evidence/spf_client_names.h"

#include <algorithm>

#include "milter/evidence/dns_name.h"
#include "policy/evidence/spf_macro.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxNames = 10;  // RFC 7208 4.6.4

/// Names as DnsAnswer has them.
bool is_name_within(const std::string& name, const std::string& ancestor) {
  const auto a = askable_name(name), b = askable_name(ancestor);
  if (!a || !b) return false;
  return *a == *b || (a->ends_with(*b) && (*a)[a->size() - b->size() - 1] == '.');
}

}  // namespace

bool SpfClientNames::ask() {
  if (names_) return true;
  SpfMacroValues values;
  values.address = client_;
  const auto answer = dns_->get(expand_macros("%{ir}.%{v}.arpa", values), RrType::ptr);
  names_ = answer->records;
  if (names_->size() > kMaxNames) names_->resize(kMaxNames);
  for (const std::string& name : *names_) dns_->prefetch(name, address_type_);
  // RFC 7208 5.5: a question without an answer means no match.
  return answer->status == DnsAnswer::Status::temperror || !names_->empty();
}

bool SpfClientNames::leads_back(const std::string& name) {
  const auto answer = dns_->get(name, address_type_);
  return std::find(answer->records.begin(), answer->records.end(), client_) != answer->records.end();
}

bool SpfClientNames::any_within(std::string_view domain) {
  const std::string ancestor = escaped_name(domain);
  return std::any_of(names_->begin(), names_->end(), [&](const std::string& name) {
    return is_name_within(name, ancestor) && leads_back(name);
  });
}

std::string SpfClientNames::validated(std::string_view domain) {
  const std::string ancestor = escaped_name(domain);
  std::string best = "unknown";
  int rank = 0;
  for (const std::string& name : *names_) {
    const bool is_below = is_name_within(name, ancestor);
    const int its_rank = !is_below ? 1 : is_name_within(ancestor, name) ? 3 : 2;
    // One with octets that are escaped names no host.
    if (its_rank <= rank || name.find('\\') != std::string::npos || !leads_back(name)) continue;
    best = name;
    rank = its_rank;
  }
  return best;
}

}  // namespace ccgate
