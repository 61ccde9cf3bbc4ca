// milter/evidence/spf_budget.h: what one SPF evaluation may ask and read, whoever evaluates it (RFC
// 7208 4.6.4). Every question and every record of an evaluation goes through here, and the first thing that
// settles the result from outside the record (no answer, bad syntax, over budget) is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/evidence/dns.h"
#include "policy/evidence/evidence.h"

namespace ccgate {

class SpfBudget {
 public:
  struct Outcome {
    AuthResult result = AuthResult::none;
    std::string why;
  };
  /// `address_type`: a or aaaa, as the client's address is.
  SpfBudget(DnsBatch& dns, RrType address_type) : dns_(&dns), address_type_(address_type) {}

  /// The text of the SPF record of `domain`, checked, and reduced to the terms that decide. The first call is
  /// for the domain that is checked, later ones are include: and redirect=. Puts the questions that the
  /// record will raise in flight. nullopt: `settled` says why.
  [[nodiscard]] std::optional<std::string> record_of(std::string_view domain);

  /// Records of `name` for a mechanism; empty for none. nullopt: `settled` says why.
  [[nodiscard]] std::optional<std::vector<std::string>> lookup(std::string_view name, RrType type);

  /// What ended the evaluation early; nothing asked after it gets an answer.
  [[nodiscard]] const std::optional<Outcome>& settled() const noexcept { return settled_; }
  void settle(AuthResult result, std::string why);
  /// True when one of the records read lets everybody pass.
  [[nodiscard]] bool passes_everybody() const noexcept { return passes_everybody_; }

 private:
  enum class HostsOf { mx, ptr };
  bool spend_term();
  bool take_host(std::string_view name);
  std::vector<std::string> hosts(const std::vector<std::string>& names, HostsOf what);

  DnsBatch* dns_;
  RrType address_type_;
  unsigned terms_ = 0;
  unsigned voids_ = 0;
  bool first_record_read_ = false;
  bool passes_everybody_ = false;
  HostsOf hosts_of_ = HostsOf::mx;
  std::vector<std::string> hosts_;  ///< whose addresses belong to the mx or ptr term that named them
  std::optional<Outcome> settled_;
};

/// `record` (which obeys the ABNF) without what decides nothing: modifiers but redirect=, terms after `all`,
/// a redirect= beside `all`. redirect= stands last, as it is evaluated last (RFC 7208 6.1).
[[nodiscard]] std::string deciding_terms(std::string_view record);

}  // namespace ccgate
