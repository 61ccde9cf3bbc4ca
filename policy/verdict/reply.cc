#include "policy/verdict/reply.h"

#include <fmt/core.h>

#include <algorithm>

#include "policy/text/ascii.h"

namespace ccgate {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

std::string admin_contact_of(const CcTld* cctld) {
  if (cctld == nullptr) return "its admin contact";
  const auto admin = cctld->contacts.find(Role::admin);
  if (admin == cctld->contacts.end()) return "its admin contact";
  std::string text = admin->second.email.text();
  return is_printable_ascii(text) ? text : "its admin contact";
}

/// A signature of the author domain, or of a parent that may speak for it.
bool could_speak(const Signature& signature, const Evidence& evidence, const Domain& author_domain) {
  const Alignment tie =
      signature.domain ? alignment(evidence, *signature.domain, author_domain) : Alignment::none;
  return tie == Alignment::exact || (tie == Alignment::parent && evidence.adkim != AlignmentMode::strict);
}

/// How near a signature came to speak for the author; 0 for not at all, or while that is open.
int nearness(const Signature& signature) {
  switch (signature.result) {
    case AuthResult::pass:  // but it does not cover enough
      return 6;
    case AuthResult::policy:
      return 5;
    case AuthResult::fail:
      return 4;
    case AuthResult::permerror:
      return 3;
    case AuthResult::neutral:
      return 2;
    case AuthResult::none:
      return 1;
    case AuthResult::softfail:
    case AuthResult::temperror:
      break;
  }
  return 0;
}

/// Of the signatures that could have spoken for the author the one that came nearest; nullptr when there is
/// none.
const Signature* nearest_miss(const Evidence& evidence, const Domain& author_domain) {
  const Signature* nearest = nullptr;
  for (const Signature& signature : evidence.signatures)
    if (could_speak(signature, evidence, author_domain) &&
        nearness(signature) > (nearest == nullptr ? 0 : nearness(*nearest)))
      nearest = &signature;
  return nearest;
}

}  // namespace

Reply default_reply(Ground ground, Decision decision) {
  const bool later = decision == Decision::tempfail;
  switch (ground) {
    case Ground::malformed:
      return {554, "5.6.0", "this message cannot be read in one way only; send a plain one"};
    case Ground::over_limit:
      return {552, "5.3.4", "this message is too large; send a short one in plain text"};
    case Ground::automatic:
      return {550, "5.7.1", "automatic and list mail is no request; write the mail by hand"};
    case Ground::not_authenticated:
      return {550, "5.7.20",
              "sign with DKIM as the domain in From, or send from a host that its SPF record allows"};
    case Ground::outsider:
      return {550, "5.7.2", "write from an address of the registry of .{tld}, or from {admin_contact}"};
    case Ground::contact_not_in_copy:
      return {550, "5.7.2", "write from {admin_contact} (the IANA admin contact of .{tld}) or copy it in Cc"};
    case Ground::unknown_cctld:
      return {550, "5.7.2",
              "a ccTLD named in this request is not known here; name ccTLDs as in: subscribe fr re"};
    case Ground::contradiction:
      return {550, "5.7.2",
              "the Subject, the text and the address name different ccTLDs; name the same in each"};
    case Ground::no_cctld:
      return {550, "5.7.2",
              "no ccTLD found: write from its IANA admin contact or copy it in Cc, and name the ccTLD in the "
              "Subject as in: subscribe fr"};
    case Ground::mixed_recipients:
      return {550, "5.7.1", "send the request to the list's address alone, without other recipients here"};
    case Ground::contact_asked:
      return {451, "4.7.1", "asked {admin_contact} to confirm; your mail server will try again"};
    case Ground::contact_refused:
      return {550, "5.7.2", "{admin_contact} (the IANA admin contact of .{tld}) has refused this request"};
    case Ground::contact_unreachable:
      return {451, "4.4.1",
              "mail of ours to {admin_contact} cannot leave now; your mail server will try again"};
    case Ground::flood:
      return {450, "4.7.28", "too many requests in one day; your mail server will try again"};
    case Ground::dns_trouble:
      return {451, "4.4.3", "DNS does not answer now; your mail server will try again"};
    case Ground::stale_contacts:
      return {451, "4.3.0", "our contact data is being renewed; your mail server will try again"};
    case Ground::internal_error:
      return {451, "4.3.0", "trouble on our side; your mail server will try again"};
    case Ground::author_is_contact:
    case Ground::contact_in_copy:
    case Ground::contact_confirmed:
    case Ground::too_few_to_ask:
    case Ground::rule:
    case Ground::guard:
    case Ground::not_gated_request:
      break;
  }
  if (later) return {451, "4.7.1", "not now; your mail server will try again"};
  return {550, "5.7.2",
          "the policy of this list does not let this request through; write to the list's owner"};
}

Reply unknown_cctld_reply(std::string_view label) {
  return {550, "5.7.2",
          fmt::format(".{} is no ccTLD that is known here; name ccTLDs as in: subscribe fr re", label)};
}

Reply authentication_reply(const Evidence& evidence, const Domain& author_domain) {
  bool weak = false, unaligned = false, failed = false;
  for (const Signature& signature : evidence.signatures) {
    const bool aligned = could_speak(signature, evidence, author_domain);
    if (signature.result == AuthResult::policy) weak = true;
    if (signature.result == AuthResult::pass && !aligned) unaligned = true;
    if (signature.result == AuthResult::fail) failed = true;
  }
  const AuthResult spf = evidence.spf.result;
  const Signature* nearest = nearest_miss(evidence, author_domain);
  const std::string why = nearest == nullptr || nearest->why.empty() ? "" : ": " + nearest->why;
  const auto nearly = [nearest](AuthResult result) {
    return nearest != nullptr && nearest->result == result;
  };
  if (nearly(AuthResult::pass) || nearly(AuthResult::policy) || (nearest == nullptr && weak))
    return {
        550, "5.7.21",
        "the DKIM signature does not count" + (why.empty() ? ": " : why + "; ") +
            "sign From, To, Cc, Subject and Date and the whole body, with rsa-sha256 (1024 bits or more) or "
            "ed25519, unexpired"};
  if (failed && spf == AuthResult::fail)
    return {550, "5.7.26",
            "DKIM and SPF both fail" + (nearly(AuthResult::fail) ? why : "") +
                "; send through the mail server of the domain in From"};
  if (nearly(AuthResult::fail))
    return {550, "5.7.20",
            "the DKIM signature of the domain in From fails" + why +
                "; send the message again so that nothing changes it on the way"};
  if (nearly(AuthResult::permerror))
    return {550, "5.7.20",
            "the DKIM signature of the domain in From cannot be verified" + why +
                "; mend it, or send through the mail server of that domain"};
  if (nearly(AuthResult::neutral) || nearly(AuthResult::none))
    return {550, "5.7.21",
            "this server does not verify the DKIM signature of the domain in From" + why +
                "; sign with rsa-sha256 or ed25519 as most do"};
  const bool spf_speaks = spf_aligned(evidence, author_domain) == Truth::yes;
  if (spf_speaks && !unaligned && !failed)
    return {550, "5.7.20",
            "SPF alone is not enough here: sign with DKIM as the domain in From, To and Cc included"};
  if (unaligned || (spf == AuthResult::pass && !spf_speaks))
    return {550, "5.7.22", "the DKIM signature or SPF is of another domain; sign as the domain in From"};
  if (spf == AuthResult::fail)
    return {550, "5.7.23",
            "SPF fails and no DKIM signature counts; send through the mail server of your domain"};
  if (spf == AuthResult::permerror && !failed)
    return {550, "5.7.24",
            "the SPF record of your domain has an error and no DKIM signature counts; mend it or sign"};
  if (spf == AuthResult::policy && !failed)
    return {550, "5.7.20",
            "the SPF record of your domain is longer than this server reads; sign with DKIM as the domain in "
            "From"};
  return default_reply(Ground::not_authenticated, Decision::reject);
}

Reply fill_reply(const ReplyTemplate& reply, const Reply& fallback, const CcTld* cctld, bool name_cctld) {
  Reply filled = fallback;
  if (reply.code != 0) filled.code = reply.code;
  if (!reply.status.empty()) filled.status = reply.status;
  if (!reply.text.empty()) filled.text = reply.text;
  if (name_cctld && cctld != nullptr && filled.text.find("{tld}") == std::string::npos)
    filled.text = ".{tld}: " + filled.text;
  if (cctld == nullptr) replace_all(filled.text, ".{tld}", "{tld}");
  replace_all(filled.text, "{tld}", cctld != nullptr ? std::string_view(cctld->label.ascii()) : "your ccTLD");
  replace_all(filled.text, "{admin_contact}", admin_contact_of(cctld));
  return filled;
}

Reply asked_reply(AskStyle style, const std::vector<Address>& contacts, bool members) {
  constexpr std::size_t kNamed = 3;
  std::string who;
  std::size_t named = 0;
  for (const Address& contact : contacts) {
    const std::string text = contact.text();
    if (!is_printable_ascii(text) || named == kNamed) continue;
    who += (who.empty() ? "" : " and ") + text;
    ++named;
  }
  if (who.empty() && !(members && contacts.empty()))
    who = "the admin contact";
  else if (named < contacts.size())
    who += " and others";
  if (members) who += who.empty() ? "members of the list" : " and members of the list";
  switch (style) {
    case AskStyle::tempfail:
      return {451, "4.7.1", "asked " + who + " to confirm; your mail server will try again"};
    case AskStyle::reject:
      return {550, "5.7.1", "asked " + who + " to confirm; send the request again once that is done"};
    case AskStyle::hold:
      break;
  }
  return {};
}

Reply outvoted_reply() {
  return {550, "5.7.2",
          "those who were asked about this request did not agree to it; write to the owner of the list"};
}

std::string reply_text(const Reply& reply, std::string_view decision_id) {
  // "550 5.7.2 " before the text, " [id]" behind it.
  const std::size_t frame = 4 + reply.status.size() + 1 + 3 + decision_id.size();
  std::string text = reply.text.substr(0, kReplyBytes - std::min(frame, kReplyBytes));
  return text + " [" + std::string(decision_id) + "]";
}

}  // namespace ccgate
