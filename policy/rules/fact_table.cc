#include "policy/rules/fact_table.h"

#include <algorithm>
#include <array>

namespace ccgate {
namespace {

constexpr std::array<FactInfo, 26> kFacts{{
    {Fact::dkim_aligned, "dkim_aligned", FactType::truth, "", true, false,
     "a DKIM signature of the author domain verifies and covers the whole message"},
    {Fact::spf_aligned, "spf_aligned", FactType::truth, "", true, false,
     "SPF passes for MAIL FROM, whose domain is the author's"},
    {Fact::from_is_admin_contact, "from_is_admin_contact", FactType::truth, "", false, true,
     "the author is a contact of the ccTLD (of a role in `authority`) or its declared alias"},
    {Fact::admin_contact_copied, "admin_contact_copied", FactType::truth, "", false, true,
     "To or Cc holds such a contact or its declared alias"},
    {Fact::copy_signed, "copy_signed", FactType::truth, "", true, true,
     "a DKIM signature of the author domain covers every field that copies the contact"},
    {Fact::same_registry, "same_registry", FactType::truth, "", false, false,
     "the author domain is the registry's own: declared in registries.yaml, else exactly the contact's"},
    {Fact::same_organisation, "same_organisation", FactType::truth, "", false, false,
     "the author domain and the contact's have the same organizational domain"},
    {Fact::contact_is_shared_domain, "contact_is_shared_domain", FactType::truth, "", false, false,
     "the domain of a contact's address is shared (free mail) or a public suffix"},
    {Fact::dnssec_signed, "dnssec_signed", FactType::truth, "", false, false,
     "the ccTLD is signed, as the contact data tells"},
    {Fact::contact_age, "contact_age", FactType::duration, "", false, false,
     "how long the youngest contact has been the contact, as IANA and we have seen it"},
    {Fact::contacts_file_age, "contacts_file_age", FactType::duration, "", false, false,
     "how long ago the contact data as a whole was fetched"},
    {Fact::contact_changed_from, "contact_changed_from", FactType::address, "", false, false,
     "who was the contact before, while the contact is younger than the cool-down"},
    {Fact::previous_contact_copied, "previous_contact_copied", FactType::truth, "", false, false,
     "while a contact is younger than the cool-down: the one before it wrote the mail or is copied"},
    {Fact::subscribes_author, "subscribes_author", FactType::truth, "", false, false,
     "nobody but the author is to be subscribed"},
    {Fact::contacts, "contacts", FactType::count, "", false, false, "people named in the joining form"},
    {Fact::form, "form", FactType::word, "full partial none", false, false,
     "how much of the joining form is filled in"},
    {Fact::tlds, "tlds", FactType::count, "", false, false, "ccTLDs that the request is for"},
    {Fact::tld, "tld", FactType::cctld, "", false, false, "the ccTLD that is being decided"},
    {Fact::request, "request", FactType::word, "subscribe unsubscribe confirm other post owner", false, false,
     "what is asked of the list manager"},
    {Fact::author, "author", FactType::address, "", false, false, "the address in From"},
    {Fact::author_domain, "author_domain", FactType::domain, "", false, false,
     "the domain of the address in From; subdomains are other domains"},
    {Fact::mail_from_domain, "mail_from_domain", FactType::domain, "", false, false,
     "the domain of MAIL FROM; subdomains are other domains"},
    {Fact::date_age, "date_age", FactType::duration, "", false, false,
     "how far the Date field is from now, in either direction"},
    {Fact::seen_before, "seen_before", FactType::truth, "", false, false,
     "the same message was decided before, as far back as the ledger goes"},
    {Fact::rate, "rate", FactType::count, "", false, false,
     "requests of the author domain to the list in the last 24 hours, this one not counted"},
    {Fact::members_of_tld, "members_of_tld", FactType::count, "", false, false,
     "members for the ccTLD in the list's roster"},
}};

}  // namespace

std::span<const FactInfo> fact_table() noexcept {
  return kFacts;
}

const FactInfo& info_of(Fact fact) noexcept {
  return *std::find_if(kFacts.begin(), kFacts.end(), [fact](const FactInfo& f) { return f.fact == fact; });
}

const FactInfo* find_fact(std::string_view name) noexcept {
  const auto* found =
      std::find_if(kFacts.begin(), kFacts.end(), [name](const FactInfo& f) { return f.name == name; });
  return found == kFacts.end() ? nullptr : found;
}

}  // namespace ccgate
