#include "policy/fact_values.h"

#include <algorithm>
#include <limits>

#include "policy/evaluate.h"
#include "policy/text.h"

namespace ccgate {
namespace {

TruthValue plain(Truth truth) {
  return {truth, Ground::dns_trouble};
}

std::set<std::string> one(std::string word) {
  return {std::move(word)};
}

}  // namespace

bool contacts_stale(const Directory& directory, const Facts& facts) {
  // A file of the operator's own hand may have no date: it is as fresh as the operator keeps it.
  return directory.fetched() && facts.now - *directory.fetched() > facts.max_contact_age;
}

FactValues::FactValues(const Policy& policy, const Directory& directory, const Facts& facts,
                       const Evidence& evidence, const CcTld* tld)
    : policy_(policy), directory_(directory), facts_(facts), evidence_(evidence), tld_(tld) {}

bool FactValues::contacts_usable() const {
  return !contacts_stale(directory_, facts_) && (tld_ == nullptr || !tld_->unusable);
}

bool FactValues::is_contact(const Address& address) const {
  if (tld_ != nullptr) return directory_.is_contact(*tld_, policy_.authority, address);
  return !directory_.tlds_of(policy_.authority, address).empty();
}

bool FactValues::contact_in(const std::vector<Address>& addresses) const {
  return std::any_of(addresses.begin(), addresses.end(), [this](const Address& a) { return is_contact(a); });
}

TruthValue FactValues::copy_signed() const {
  const bool in_to = contact_in(facts_.message.to);
  const bool in_cc = contact_in(facts_.message.cc);
  if (!in_to && !in_cc) return plain(Truth::no);
  // Every field that names the contact has to be covered whole: the reader of an unsigned one could be
  // misled.
  const auto counts = [&](const Signature& signature) {
    return signature.domain &&
           alignment(*signature.domain, facts_.message.author.domain()) != Alignment::none &&
           covers_all(signature, facts_.fields, {"from"}) &&
           (!in_to || covers_all(signature, facts_.fields, {"to"})) &&
           (!in_cc || covers_all(signature, facts_.fields, {"cc"}));
  };
  const auto& signatures = evidence_.signatures;
  if (std::any_of(signatures.begin(), signatures.end(),
                  [&](const Signature& s) { return s.result == AuthResult::pass && counts(s); }))
    return plain(dkim_aligned(evidence_, facts_.message.author.domain(), facts_.fields));
  // Nothing that passes covers it; only a signature still open could.
  const Truth aligned = dkim_aligned(evidence_, facts_.message.author.domain(), facts_.fields);
  return plain(aligned == Truth::unknown ? Truth::unknown : Truth::no);
}

FactValues::Value FactValues::value(Fact fact) const {
  const Domain& author_domain = facts_.message.author.domain();
  const TruthValue stale{Truth::unknown, Ground::stale_contacts};
  switch (fact) {
    case Fact::dkim_aligned:
      return plain(dkim_aligned(evidence_, author_domain, facts_.fields));
    case Fact::spf_aligned:
      return plain(spf_aligned(evidence_, author_domain));
    case Fact::from_is_admin_contact:
      return contacts_usable() ? plain(truth_of(is_contact(facts_.message.author))) : stale;
    case Fact::admin_contact_copied:
      return contacts_usable()
                 ? plain(truth_of(contact_in(facts_.message.to) || contact_in(facts_.message.cc)))
                 : stale;
    case Fact::copy_signed:
      return contacts_usable() ? copy_signed() : stale;
    case Fact::same_registry:
      if (!contacts_usable()) return stale;
      return plain(
          truth_of(tld_ != nullptr && directory_.same_registry(*tld_, policy_.authority, author_domain)));
    case Fact::same_organisation:
      if (!contacts_usable()) return stale;
      return plain(
          truth_of(tld_ != nullptr && directory_.same_organisation(*tld_, policy_.authority, author_domain)));
    case Fact::subscribes_author:
      return plain(truth_of(facts_.request.subscribes_author));
    case Fact::contacts:
      return static_cast<std::int64_t>(facts_.request.people.size());
    case Fact::form:
      return one(std::string(to_string(facts_.request.form)));
    case Fact::tlds:
      return static_cast<std::int64_t>(requested_tlds(policy_, directory_, facts_).size());
    case Fact::tld:
      return tld_ != nullptr ? one(tld_->label.ascii()) : std::set<std::string>{};
    case Fact::request:
      return one(std::string(to_string(facts_.request.kind)));
    case Fact::author:
      return one(facts_.message.author.folded_local() + "@" + author_domain.ascii());
    case Fact::author_domain:
      return one(author_domain.ascii());
    case Fact::mail_from_domain:
      return facts_.mail_from ? one(facts_.mail_from->domain().ascii()) : std::set<std::string>{};
    case Fact::date_age: {
      // A message without a Date, or with one that nobody can read, is older than any limit.
      if (!facts_.message.date) return std::numeric_limits<std::int64_t>::max();
      const std::int64_t difference = facts_.now - *facts_.message.date;
      return difference < 0 ? -difference : difference;
    }
  }
  return plain(Truth::unknown);
}

TruthValue FactValues::test_fact(const Condition& condition) const {
  const Value actual = value(condition.fact);
  if (const auto* truth = std::get_if<TruthValue>(&actual)) {
    if (condition.test == Condition::Test::is_false) return {negation(truth->truth), truth->trouble};
    return *truth;
  }
  if (const auto* number = std::get_if<std::int64_t>(&actual)) {
    switch (condition.test) {
      case Condition::Test::more_than:
        return plain(truth_of(*number > condition.number));
      case Condition::Test::less_than:
        return plain(truth_of(*number < condition.number));
      default:
        return plain(truth_of(*number == condition.number));
    }
  }
  const auto& words = std::get<std::set<std::string>>(actual);
  const bool found = std::any_of(words.begin(), words.end(),
                                 [&](const std::string& word) { return condition.words.contains(word); });
  return plain(truth_of(condition.test == Condition::Test::none_of ? !found : found));
}

TruthValue FactValues::test(const Condition& condition) const {
  switch (condition.kind) {
    case Condition::Kind::fact:
      return test_fact(condition);
    case Condition::Kind::negation: {
      const TruthValue inner = test(condition.children.front());
      return {negation(inner.truth), inner.trouble};
    }
    case Condition::Kind::defined:
      return test(condition.children.front());
    case Condition::Kind::any:
    case Condition::Kind::all:
      break;
  }
  const bool any = condition.kind == Condition::Kind::any;
  TruthValue result{any ? Truth::no : Truth::yes, Ground::dns_trouble};
  for (const Condition& child : condition.children) {
    const TruthValue value = test(child);
    const Truth joined = any ? either(result.truth, value.truth) : both(result.truth, value.truth);
    if (joined != result.truth && value.truth == Truth::unknown) result.trouble = value.trouble;
    result.truth = joined;
  }
  return result;
}

}  // namespace ccgate
