#include "policy/verdict/fact_values.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "policy/verdict/requested_cctlds.h"

namespace ccgate {
namespace {

TruthValue plain(Truth truth) {
  return {truth, Ground::dns_trouble};
}

std::set<std::string> one(std::string word) {
  return {std::move(word)};
}

}  // namespace

FactValues::FactValues(const Policy& policy, const Directory& directory, const Facts& facts,
                       const Evidence& evidence, const CcTld* cctld)
    : policy_(policy), directory_(directory), facts_(facts), evidence_(evidence), cctld_(cctld) {}

bool FactValues::contacts_usable() const {
  return !directory_.is_stale(cctld_, facts_.now, facts_.max_contact_age) &&
         (cctld_ == nullptr || !cctld_->unusable);
}

bool FactValues::record_unusable() const {
  return cctld_ != nullptr && !contacts_usable();
}

bool FactValues::is_contact(const Address& address) const {
  if (cctld_ != nullptr) return directory_.is_contact(*cctld_, policy_.authority, address);
  return !directory_.cctlds_of(policy_.authority, address).empty();
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
           alignment(evidence_, *signature.domain, facts_.message.author.domain()) != Alignment::none &&
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

std::vector<const Contact*> FactValues::authority_contacts() const {
  std::vector<const Contact*> contacts;
  if (cctld_ == nullptr) return contacts;
  for (const auto& [role, contact] : cctld_->contacts)
    if (policy_.authority.contains(role)) contacts.push_back(&contact);
  return contacts;
}

std::int64_t FactValues::youngest_contact_age() const {
  std::optional<std::int64_t> youngest;
  for (const Contact* contact : authority_contacts())
    youngest = std::min(contact_age(*contact, facts_.now),
                        youngest.value_or(std::numeric_limits<std::int64_t>::max()));
  return youngest.value_or(0);
}

std::vector<const Contact*> FactValues::new_contacts() const {
  std::vector<const Contact*> contacts = authority_contacts();
  std::erase_if(contacts, [this](const Contact* each) {
    return !is_young(*each, facts_.now, facts_.contact_cool_down);
  });
  return contacts;
}

std::set<std::string> FactValues::previous_addresses() const {
  std::set<std::string> addresses;
  for (const Contact* contact : authority_contacts())
    if (const auto* previous = previous_of_young(*contact, facts_.now, facts_.contact_cool_down))
      addresses.insert(previous->email.key());
  return addresses;
}

bool FactValues::previous_contact_copied() const {
  const auto wrote_or_copied = [this](const Contact* contact) {
    if (!contact->previous) return false;
    const auto is_it = [&](const Address& address) {
      return directory_.counts_as(address, contact->previous->email);
    };
    const Message& message = facts_.message;
    return is_it(message.author) || std::any_of(message.to.begin(), message.to.end(), is_it) ||
           std::any_of(message.cc.begin(), message.cc.end(), is_it);
  };
  // One who has taken over two roles must not get by with the one whose previous holder is a friend.
  const std::vector<const Contact*> contacts = new_contacts();
  return !contacts.empty() && std::all_of(contacts.begin(), contacts.end(), wrote_or_copied);
}

FactValues::Value FactValues::value(Fact fact) const {
  const Domain& author_domain = facts_.message.author.domain();
  const TruthValue stale{Truth::unknown, Ground::stale_contacts};
  const TruthValue not_remembered{Truth::unknown, Ground::internal_error};
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
          truth_of(cctld_ != nullptr && directory_.same_registry(*cctld_, policy_.authority, author_domain)));
    case Fact::same_organisation:
      if (!contacts_usable()) return stale;
      return plain(truth_of(cctld_ != nullptr &&
                            directory_.same_organisation(*cctld_, policy_.authority, author_domain)));
    case Fact::contact_is_shared_domain: {
      if (record_unusable()) return stale;
      const auto contacts = authority_contacts();
      return plain(truth_of(std::any_of(contacts.begin(), contacts.end(), [this](const Contact* contact) {
        return directory_.is_nobodys_own(contact->email.domain());
      })));
    }
    case Fact::dnssec_signed:
      if (record_unusable()) return stale;
      return plain(truth_of(cctld_ != nullptr && cctld_->dnssec.value_or(false)));
    case Fact::contact_age:
      if (record_unusable()) return stale;
      return youngest_contact_age();
    case Fact::contacts_file_age:
      // Known of stale data too: that it is old is what it tells.
      return directory_.fetched() ? std::max<std::int64_t>(0, facts_.now - *directory_.fetched()) : 0;
    case Fact::contact_changed_from:
      if (record_unusable()) return stale;
      return previous_addresses();
    case Fact::previous_contact_copied:
      if (record_unusable()) return stale;
      return plain(truth_of(previous_contact_copied()));
    case Fact::subscribes_author:
      return plain(truth_of(facts_.request.subscribes_author));
    case Fact::contacts:
      // Nobody knows how many a part names that was not read: more than any limit.
      if (facts_.request.people_unknown) return std::numeric_limits<std::int64_t>::max();
      return static_cast<std::int64_t>(facts_.request.people.size());
    case Fact::form:
      return one(std::string(to_string(facts_.request.form)));
    case Fact::tlds:
      return static_cast<std::int64_t>(requested_cctlds(policy_, directory_, facts_).size());
    case Fact::tld:
      return cctld_ != nullptr ? one(cctld_->label.ascii()) : std::set<std::string>{};
    case Fact::request:
      return one(std::string(to_string(facts_.request.kind)));
    case Fact::author:
      return one(facts_.message.author.key());
    case Fact::author_domain:
      return one(author_domain.ascii());
    case Fact::mail_from_domain:
      return facts_.mail_from_domain ? one(facts_.mail_from_domain->ascii()) : std::set<std::string>{};
    case Fact::date_age: {
      // A message without a Date, or with one that nobody can read, is older than any limit.
      if (!facts_.message.date) return std::numeric_limits<std::int64_t>::max();
      const std::int64_t difference = facts_.now - *facts_.message.date;
      return difference < 0 ? -difference : difference;
    }
    case Fact::seen_before: {
      const auto& seen = facts_.history.seen_before;
      return seen ? plain(truth_of(*seen)) : not_remembered;
    }
    case Fact::rate:
      if (!facts_.history.rate) return not_remembered;
      return *facts_.history.rate;
    case Fact::members_of_tld: {
      if (const auto& counted = facts_.history.members; counted && cctld_ != nullptr) {
        const auto found = counted->find(cctld_->label);
        if (found == counted->end()) return not_remembered;
        return found->second;
      }
      const Roster* roster = facts_.history.roster;
      if (roster == nullptr) return not_remembered;
      const auto members = cctld_ != nullptr ? roster->find(cctld_->label) : roster->end();
      return members == roster->end() ? std::int64_t{0} : static_cast<std::int64_t>(members->second.size());
    }
  }
  return plain(Truth::unknown);
}

}  // namespace ccgate
