// milter/evidence/spf_budget.h: what one SPF evaluation may ask and read, whoever evaluates it (RFC
// 7208 4.6.4). Every question and every record of an evaluation goes through here, and the first thing that
// settles the result from outside the record (no answer, bad syntax, over budget) is kept.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "milter/evidence/dns.h"
#include "milter/evidence/spf.h"
#include "milter/evidence/spf_client_names.h"
#include "policy/evidence/evidence.h"
#include "policy/evidence/spf_visit.h"

namespace ccgate {

/// The evaluator sees no name of the world: each domain-spec stands in its records as a name that is made up
/// (`n7.spf`), and the macros are expanded here when it asks about that name. So no name is too long for it,
/// has a mark that it reads otherwise, or is escaped twice.
class SpfBudget {
 public:
  struct Outcome {
    AuthResult result = AuthResult::none;
    std::string why;
  };
  /// Refers to all of it.
  SpfBudget(DnsBatch& dns, const ClientAddress& client, std::string_view helo, const Address& mail_from);

  /// The made-up name of the domain that is checked.
  [[nodiscard]] std::string origin() const { return made_up_name(0); }

  /// The SPF record behind a made-up name, checked, as terms that the evaluator knows: an ip4 or ip6 term is
  /// there only when it matches the client, as the client's address; ptr is an exists, which is answered as
  /// ptr would be; what stands behind a term that always matches, or behind more terms than may ask, is left
  /// out. The first call is for `origin`, later ones are include: and redirect=. Puts the questions that the
  /// record will raise in flight. nullopt: `settled` says why.
  [[nodiscard]] std::optional<std::string> record_of(std::string_view name);

  /// Records of a made-up name for a mechanism; empty for none. Where its prefix length is 0, the client's
  /// own address stands for every record. nullopt: `settled` says why.
  [[nodiscard]] std::optional<std::vector<std::string>> lookup(std::string_view name, RrType type);

  /// To be called after a pass, once: reads what stands behind the terms that decided, as far as it matters
  /// to passes_everybody and the look-ups of section 4.6.4 suffice. Only answers to questions that are in
  /// flight, unless what was read by then passes_many. Settles nothing: what has no answer, or is broken, is
  /// left out.
  void read_rest();

  /// What ended the evaluation early; nothing asked after it gets an answer.
  [[nodiscard]] const std::optional<Outcome>& settled() const noexcept { return settled_; }
  void settle(AuthResult result, std::string why);
  /// The records that were read; null when there was none.
  [[nodiscard]] const SpfVisit* visit() const noexcept { return root_.get(); }

 private:
  /// What a made-up name stands for: the domain-spec of a term, in the record of `current`.
  struct Target {
    std::string current;        ///< octets; of `is_host` a name as DnsAnswer has it
    SpfVisit* visit = nullptr;  ///< null: `current` is the domain that is checked
    std::size_t term = 0;
    bool is_host = false;  ///< that the mx of this term named
  };

  [[nodiscard]] static std::string made_up_name(std::size_t target);
  /// Null for a name that was not made up here.
  [[nodiscard]] const Target* target_of(std::string_view name) const;
  std::string add_target(Target target);
  [[nodiscard]] std::string terms_for_evaluator(const std::string& current, SpfVisit& visit);
  void prefetch(const std::string& current, const SpfRecord& record);
  /// The record of `target`, at its place in the visit, and whose it is; nullptr: settled.
  SpfVisit* read_record(const Target& target, std::string& current);
  void read_term(const std::string& current, SpfVisit& visit, std::size_t term, bool asking);
  [[nodiscard]] bool is_in_flight(const std::string& current, const SpfTerm& term) const;
  [[nodiscard]] bool is_never_matched(const SpfTerm& term) const;

  bool spend_term();
  bool spend_void();
  /// The octets of the name that `target` stands for; nullopt: settled.
  [[nodiscard]] std::optional<std::string> name_of(const Target& target);
  [[nodiscard]] std::shared_ptr<const DnsAnswer> get(std::string_view octets, RrType type);
  [[nodiscard]] std::optional<std::vector<std::string>> addresses(const Target& target,
                                                                  std::shared_ptr<const DnsAnswer> answer);
  [[nodiscard]] std::optional<std::vector<std::string>> hosts_of_mx(const Target& target,
                                                                    const DnsAnswer& answer);

  DnsBatch* dns_;
  const ClientAddress* client_;
  std::string_view helo_;
  const Address* mail_from_;
  std::string client_octets_;
  RrType address_type_;
  SpfClientNames client_names_;
  unsigned terms_ = 0;
  unsigned voids_ = 0;
  bool first_record_read_ = false;
  std::vector<Target> targets_;
  std::unique_ptr<SpfVisit> root_;
  struct Place {
    std::string current;
    SpfVisit* visit;
  };
  std::vector<Place> read_;  ///< every record of the visit
  std::vector<std::pair<std::string, RrType>> in_flight_;
  std::optional<Outcome> settled_;
};

}  // namespace ccgate
