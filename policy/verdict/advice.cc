#include "policy/verdict/advice.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ccgate {
namespace {

constexpr std::string_view kPhone =
    "phone them: {contact} should answer the mail, or somebody has to ask again";

Advice ours(std::string_view why) {
  return {why, {{Whom::mail_admin, "nobody outside has to do anything; the log tells what it was"}}};
}

Advice not_one_plain_mail(std::string_view why) {
  return {why, {{Whom::author, "send a plain mail to the list's address alone, written by hand"}}};
}

Advice which_cctld(std::string_view why) {
  return {why, {{Whom::author, "name the ccTLD in the Subject, as in: subscribe {tld}"}}};
}

}  // namespace

std::optional<Advice> advice(Ground ground) {
  switch (ground) {
    case Ground::contact_not_in_copy:
      return Advice{"{author} wrote without {contact} in Cc",
                    {{Whom::author, "send it again with {contact} in Cc"}}};
    case Ground::not_authenticated:
      return Advice{"{author} wrote, and neither DKIM nor SPF says that it was them",
                    {{Whom::author_mail_admin,
                      "sign with DKIM as the domain in From, or name the host in its SPF record"},
                     {Whom::author, "or let {contact} write"}}};
    case Ground::outsider:
      return Advice{"{author} is of another domain than the registry",
                    {{Whom::author, "write from an address of the registry, or let {contact} write"},
                     {Whom::list_operator, "does it act for the registry? then name it under `operators`"}}};
    case Ground::contact_asked:
      return Advice{"{contact} was asked about {author}, and has not answered", {{Whom::registry, kPhone}}};
    case Ground::contact_refused:
      return Advice{"{contact} said no to {author}, or objected",
                    {{Whom::nobody, "before somebody has talked to {contact}"}}};
    case Ground::too_few_to_ask:
      return Advice{"the policy needs the word of more people than can be asked about {author}",
                    {{Whom::list_operator, "release or delete what is held"},
                     {Whom::registry, "a technical contact at IANA, or more members, could vouch too"}}};
    case Ground::contact_unreachable:
      return ours("mail to {contact} could not leave here");
    case Ground::no_cctld:
      return which_cctld("{author} named no ccTLD");
    case Ground::unknown_cctld:
      return which_cctld("{author} named a ccTLD that is not known here");
    case Ground::contradiction:
      return which_cctld("{author} named one ccTLD here and another there");
    case Ground::malformed:
      return not_one_plain_mail("the mail of {author} cannot be read in one way only");
    case Ground::over_limit:
      return not_one_plain_mail("the mail of {author} is too large");
    case Ground::automatic:
      return not_one_plain_mail("a program wrote in the name of {author}");
    case Ground::mixed_recipients:
      return not_one_plain_mail("{author} wrote to others here in the same mail");
    case Ground::guard:
    case Ground::rule:
      return Advice{"`{rule}` of the policy did not let {author} through",
                    {{Whom::list_operator, "is that meant, as with a contact that is new? then it passes"}}};
    case Ground::dns_trouble:
      return ours("DNS did not answer");
    case Ground::stale_contacts:
      return ours("the contact data was too old, or bad for .{tld}");
    case Ground::flood:
      return ours("there were too many requests that day");
    case Ground::internal_error:
      return ours("ccgate failed");
    case Ground::author_is_contact:
    case Ground::contact_in_copy:
    case Ground::contact_confirmed:
    case Ground::not_gated_request:
      break;
  }
  return std::nullopt;
}

Advice advice(Setback setback) {
  switch (setback) {
    case Setback::bounced:
      return {"{contact}, the address that IANA lists, takes no mail",
              {{Whom::registry, "have the record at IANA mended"}}};
    case Setback::not_on_list:
      return {"{author} was let in, and the list manager does not have the address",
              {{Whom::member, "answer the mail of the list manager, or ask for the list again"}}};
    case Setback::expired:
      break;
  }
  return {"{contact} was asked, and did not answer", {{Whom::registry, kPhone}}};
}

Advice advice_of(std::string_view ground_or_setback) {
  if (const auto setback = parse_word<Setback>(ground_or_setback)) return advice(*setback);
  const auto ground = parse_word<Ground>(ground_or_setback);
  auto found = ground ? advice(*ground) : std::nullopt;
  // Held though a rule would accept, or an older word.
  return found ? *std::move(found) : *advice(Ground::rule);
}

std::string advice_text(std::string_view text, const AdviceNames& names) {
  const std::pair<std::string_view, const std::string*> all[] = {{"{author}", &names.author},
                                                                 {"{contact}", &names.contact},
                                                                 {"{tld}", &names.cctld},
                                                                 {"{rule}", &names.rule}};
  std::string out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    const auto* found = std::find_if(std::begin(all), std::end(all),
                                     [&](const auto& each) { return text.starts_with(each.first); });
    if (found != std::end(all)) {
      out += *found->second;
      text.remove_prefix(found->first.size());
    } else if (!text.empty()) {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace ccgate
