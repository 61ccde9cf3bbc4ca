#include <algorithm>
#include <array>

#include "policy/schema.h"

namespace ccgate {
namespace {

constexpr std::array<FactInfo, 17> kFacts{{
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
