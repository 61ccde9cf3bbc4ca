#include "policy/verdict/reply.h"

#include <set>

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

Signature signature(std::string_view d, AuthResult result) {
  Signature signature;
  signature.result = result;
  if (!d.empty()) signature.domain = domain(d);
  return signature;
}

SpfEvidence spf(AuthResult result, std::string_view mail_from = "nic.xa") {
  return {result, domain(mail_from), ""};
}

std::string line(const Reply& reply) {
  return std::to_string(reply.code) + " " + reply.status + " " + reply.text;
}

const std::string kNotAuthenticated =
    "550 5.7.20 sign with DKIM as the domain in From, or send from a host that its SPF record allows";

TEST_CASE("each ground has a reply that says what to do next") {
  using enum Decision;
  using enum Ground;
  struct Row {
    Ground ground;
    Decision decision;
    std::string want;
  };
  const auto row = GENERATE(values<Row>({
      {malformed, reject, "554 5.6.0 this message cannot be read in one way only; send a plain one"},
      {over_limit, reject, "552 5.3.4 this message is too large; send a short one in plain text"},
      {automatic, reject, "550 5.7.1 automatic and list mail is no request; write the mail by hand"},
      {not_authenticated, reject, kNotAuthenticated},
      {outsider, reject,
       "550 5.7.2 write from an address of the registry of .{tld}, or from {admin_contact}"},
      {contact_not_in_copy, reject,
       "550 5.7.2 write from {admin_contact} (the IANA admin contact of .{tld}) or copy it in Cc"},
      {unknown_cctld, reject,
       "550 5.7.2 a ccTLD named in this request is not known here; name ccTLDs as in: subscribe fr re"},
      {contradiction, reject,
       "550 5.7.2 the Subject, the text and the address name different ccTLDs; name the same in each"},
      {no_cctld, reject,
       "550 5.7.2 no ccTLD found: write from its IANA admin contact or copy it in Cc, and name the ccTLD in "
       "the Subject as in: subscribe fr"},
      {mixed_recipients, reject,
       "550 5.7.1 send the request to the list's address alone, without other recipients here"},
      {contact_asked, tempfail,
       "451 4.7.1 asked {admin_contact} to confirm; your mail server will try again"},
      {contact_refused, reject,
       "550 5.7.2 {admin_contact} (the IANA admin contact of .{tld}) has refused this request"},
      {contact_unreachable, tempfail,
       "451 4.4.1 mail of ours to {admin_contact} cannot leave now; your mail server will try again"},
      {flood, tempfail, "450 4.7.28 too many requests in one day; your mail server will try again"},
      {dns_trouble, tempfail, "451 4.4.3 DNS does not answer now; your mail server will try again"},
      {stale_contacts, tempfail,
       "451 4.3.0 our contact data is being renewed; your mail server will try again"},
      {internal_error, tempfail, "451 4.3.0 trouble on our side; your mail server will try again"},
      {rule, reject,
       "550 5.7.2 the policy of this list does not let this request through; write to the list's owner"},
      {rule, tempfail, "451 4.7.1 not now; your mail server will try again"},
      {guard, reject,
       "550 5.7.2 the policy of this list does not let this request through; write to the list's owner"},
      {guard, tempfail, "451 4.7.1 not now; your mail server will try again"},
  }));
  INFO(to_string(row.ground));
  CHECK(line(default_reply(row.ground, row.decision)) == row.want);
}

TEST_CASE("a reply is ASCII, of the class that it says, and leaves room for a contact and the id") {
  for (const auto& [ground, word] : EnumWords<Ground>::table) {
    for (const Decision decision : {Decision::tempfail, Decision::reject}) {
      INFO(word);
      const Reply reply = default_reply(ground, decision);
      CHECK(reply.status.front() == std::to_string(reply.code).front());
      CHECK(reply.text.size() < 250);
      for (const char c : reply.text) CHECK((c >= ' ' && c <= '~'));
      CHECK(reply.text.find('%') == std::string::npos);
    }
  }
}

TEST_CASE("what authentication lacks is told by what came nearest") {
  using enum AuthResult;
  const std::string weak =
      "550 5.7.21 the DKIM signature does not count: sign From, To, Cc, Subject and Date and the whole body, "
      "with rsa-sha256 (1024 bits or more) or ed25519, unexpired";
  const std::string spf_alone =
      "550 5.7.20 SPF alone is not enough here: sign with DKIM as the domain in From, To and Cc included";
  const std::string unaligned =
      "550 5.7.22 the DKIM signature or SPF is of another domain; sign as the domain in From";
  const std::string both_fail =
      "550 5.7.26 DKIM and SPF both fail; send through the mail server of the domain in From";
  const std::string spf_fails =
      "550 5.7.23 SPF fails and no DKIM signature counts; send through the mail server of your domain";
  const std::string spf_long =
      "550 5.7.20 the SPF record of your domain is longer than this server reads; sign with DKIM as the "
      "domain "
      "in From";
  const std::string spf_error =
      "550 5.7.24 the SPF record of your domain has an error and no DKIM signature counts; mend it or sign";
  const std::string fails =
      "550 5.7.20 the DKIM signature of the domain in From fails; send the message again so that nothing "
      "changes "
      "it on the way";
  const auto because = [](Signature miss, const char* why) {
    miss.why = why;
    return miss;
  };
  struct Row {
    const char* story;
    std::vector<Signature> signatures;
    SpfEvidence spf;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing at all", {}, {}, kNotAuthenticated},
      {"a signature that covers too little", {signature("nic.xa", pass)}, {}, weak},
      {"one that does not count", {signature("nic.xa", AuthResult::policy)}, {}, weak},
      {"one that does not count, of any domain", {signature("other.example", AuthResult::policy)}, {}, weak},
      {"one of another domain", {signature("other.example", pass)}, {}, unaligned},
      {"one without a domain", {signature("", pass)}, {}, unaligned},
      {"SPF of another domain", {}, spf(pass, "other.example"), unaligned},
      {"SPF alone", {}, spf(pass), spf_alone},
      {"SPF, and a signature of another domain", {signature("other.example", pass)}, spf(pass), unaligned},
      {"SPF, and a signature that fails", {signature("nic.xa", fail)}, spf(pass), fails},
      {"both fail", {signature("nic.xa", fail)}, spf(fail), both_fail},
      {"SPF fails", {}, spf(fail), spf_fails},
      {"the signature fails", {signature("nic.xa", fail)}, {}, fails},
      {"one of another domain fails", {signature("other.example", fail)}, {}, kNotAuthenticated},
      {"the body was changed, and the host that did so signs",
       {signature("other.example", pass),
        because(signature("nic.xa", fail), "the body is not the one that was signed")},
       spf(pass, "other.example"),
       "550 5.7.20 the DKIM signature of the domain in From fails: the body is not the one that was signed; "
       "send the "
       "message again so that nothing changes it on the way"},
      {"it was changed, and SPF fails",
       {because(signature("nic.xa", fail), "the header is not the one that was signed")},
       spf(fail),
       "550 5.7.26 DKIM and SPF both fail: the header is not the one that was signed; send through the mail "
       "server "
       "of the domain in From"},
      {"no key, sent through a mail service",
       {because(signature("nic.xa", permerror), "there is no public key in DNS")},
       spf(pass, "other.example"),
       "550 5.7.20 the DKIM signature of the domain in From cannot be verified: there is no public key in "
       "DNS; mend "
       "it, or send through the mail server of that domain"},
      {"malformed beside one of another domain",
       {because(signature("nic.xa", permerror), "a tag stands twice"), signature("other.example", pass)},
       {},
       "550 5.7.20 the DKIM signature of the domain in From cannot be verified: a tag stands twice; mend it, "
       "or send "
       "through the mail server of that domain"},
      {"expired, beside one of another domain",
       {because(signature("nic.xa", AuthResult::policy), "it has expired (x=)"),
        signature("other.example", pass)},
       {},
       "550 5.7.21 the DKIM signature does not count: it has expired (x=); sign From, To, Cc, Subject and "
       "Date and "
       "the whole body, with rsa-sha256 (1024 bits or more) or ed25519, unexpired"},
      {"expired of another domain, broken of the author's",
       {because(signature("other.example", AuthResult::policy), "it has expired (x=)"),
        signature("nic.xa", fail)},
       {},
       fails},
      {"broken twice, once only expired",
       {signature("nic.xa", fail), because(signature("nic.xa", AuthResult::policy), "it has expired (x=)")},
       {},
       "550 5.7.21 the DKIM signature does not count: it has expired (x=); sign From, To, Cc, Subject and "
       "Date and "
       "the whole body, with rsa-sha256 (1024 bits or more) or ed25519, unexpired"},
      {"unknown here",
       {because(signature("nic.xa", neutral), "a= is no known algorithm")},
       spf(pass, "other.example"),
       "550 5.7.21 this server does not verify the DKIM signature of the domain in From: a= is no known "
       "algorithm; "
       "sign with rsa-sha256 or ed25519 as most do"},
      {"the SPF record has an error", {}, spf(permerror), spf_error},
      {"and the signature fails", {signature("nic.xa", fail)}, spf(permerror), fails},
      {"the SPF record is too long for us", {}, spf(AuthResult::policy), spf_long},
      {"and the signature fails", {signature("nic.xa", fail)}, spf(AuthResult::policy), fails},
      {"SPF says nothing of use", {}, spf(softfail), kNotAuthenticated},
      {"a key that cannot be had", {signature("nic.xa", temperror)}, {}, kNotAuthenticated},
  }));
  INFO(row.story);
  Evidence evidence;
  evidence.signatures = row.signatures;
  evidence.spf = row.spf;
  CHECK(line(authentication_reply(evidence, domain("nic.xa"))) == row.want);
}

TEST_CASE("strict alignment makes a parent domain another one") {
  Evidence evidence;
  evidence.signatures = {signature("nic.xa", AuthResult::pass)};
  CHECK(authentication_reply(evidence, domain("mail.nic.xa")).status == "5.7.21");
  evidence.adkim = AlignmentMode::strict;
  CHECK(authentication_reply(evidence, domain("mail.nic.xa")).status == "5.7.22");
  evidence.adkim = AlignmentMode::unknown;
  CHECK(authentication_reply(evidence, domain("mail.nic.xa")).status == "5.7.21");
}

TEST_CASE("so does an organizational domain below it") {
  Evidence evidence;
  evidence.signatures = {signature("nic.xa", AuthResult::pass)};
  evidence.organizational = domain("mail.nic.xa");
  CHECK(authentication_reply(evidence, domain("mail.nic.xa")).status == "5.7.22");
}

TEST_CASE("a reply is filled in from the operator's words and the contact data") {
  static const CcTld xa = cctld("xa", "hostmaster@nic.xa");
  static const CcTld no_contact = cctld("xb", "");
  static const CcTld not_ascii = cctld("xc", "пошта@nic.xc");
  const Reply fallback{550, "5.7.2", "write from {admin_contact} (the contact of .{tld})"};
  struct Row {
    const char* story;
    ReplyTemplate own;
    const CcTld* cctld;
    bool name_cctld;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"the ground's words", {}, &xa, false, "550 5.7.2 write from hostmaster@nic.xa (the contact of .xa)"},
      {"named already", {}, &xa, true, "550 5.7.2 write from hostmaster@nic.xa (the contact of .xa)"},
      {"no ccTLD", {}, nullptr, true, "550 5.7.2 write from its admin contact (the contact of your ccTLD)"},
      {"no contact", {}, &no_contact, false, "550 5.7.2 write from its admin contact (the contact of .xb)"},
      {"a contact that SMTP cannot say",
       {},
       &not_ascii,
       false,
       "550 5.7.2 write from its admin contact (the contact of .xc)"},
      {"words of the operator's", {0, "", "no"}, &xa, false, "550 5.7.2 no"},
      {"which of several", {0, "", "no"}, &xa, true, "550 5.7.2 .xa: no"},
      {"none of them", {0, "", "no"}, nullptr, true, "550 5.7.2 no"},
      {"code and status",
       {554, "5.7.1", ""},
       &xa,
       false,
       "554 5.7.1 write from hostmaster@nic.xa (the contact of .xa)"},
      {"each time", {0, "", "{tld} {tld} {admin_contact}"}, &xa, true, "550 5.7.2 xa xa hostmaster@nic.xa"},
  }));
  INFO(row.story);
  CHECK(line(fill_reply(row.own, fallback, row.cctld, row.name_cctld)) == row.want);
}

TEST_CASE("what was filled in is not read again") {
  // An address may hold braces.
  const CcTld one = cctld("xa", "{tld}@nic.xa");
  CHECK(fill_reply({0, "", "ask {admin_contact}"}, {}, &one, false).text == "ask {tld}@nic.xa");
}

TEST_CASE("whoever is asked is named in the answer") {
  const Address a = address("a@nic.xa"), b = address("b@nic.xb"), c = address("c@nic.xc"),
                d = address("d@nic.xd"), other = address("пошта@nic.xe");
  struct Row {
    const char* story;
    AskStyle style;
    std::vector<Address> contacts;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"the mail server waits",
       AskStyle::tempfail,
       {a},
       "451 4.7.1 asked a@nic.xa to confirm; your mail server will try again"},
      {"the author waits",
       AskStyle::reject,
       {a, b},
       "550 5.7.1 asked a@nic.xa and b@nic.xb to confirm; send the request again once that is done"},
      {"the message waits", AskStyle::hold, {a}, "250  "},
      {"three are named",
       AskStyle::tempfail,
       {a, b, c},
       "451 4.7.1 asked a@nic.xa and b@nic.xb and c@nic.xc to confirm; your mail server will try again"},
      {"and no more",
       AskStyle::tempfail,
       {a, b, c, d},
       "451 4.7.1 asked a@nic.xa and b@nic.xb and c@nic.xc and others to confirm; your mail server will try "
       "again"},
      {"one that SMTP cannot say",
       AskStyle::tempfail,
       {other, b},
       "451 4.7.1 asked b@nic.xb and others to confirm; your mail server will try again"},
      {"nobody that it can",
       AskStyle::tempfail,
       {other},
       "451 4.7.1 asked the admin contact to confirm; your mail server will try again"},
  }));
  INFO(row.story);
  CHECK(line(asked_reply(row.style, row.contacts)) == row.want);
}

TEST_CASE("that members are asked is told, and not who they are") {
  const Address a = address("a@nic.xa"), other = address("пошта@nic.xe");
  const auto asked = [](const std::vector<Address>& contacts) {
    return line(asked_reply(AskStyle::tempfail, contacts, true));
  };
  CHECK(asked({a}) ==
        "451 4.7.1 asked a@nic.xa and members of the list to confirm; your mail server will try again");
  CHECK(asked({}) == "451 4.7.1 asked members of the list to confirm; your mail server will try again");
  CHECK(asked({other}) ==
        "451 4.7.1 asked the admin contact and members of the list to confirm; your mail server will try "
        "again");
  CHECK(line(asked_reply(AskStyle::hold, {a}, true)) == "250  ");
}

TEST_CASE("the id of the decision is always there, however long the reply") {
  CHECK(reply_text({550, "5.7.2", "no"}, "2030-abc") == "no [2030-abc]");
  const std::string id(20, 'i');
  const Reply longest{550, "5.7.2", std::string(1000, 'x')};
  const std::string text = reply_text(longest, id);
  CHECK(text.ends_with("x [" + id + "]"));
  CHECK(("550 5.7.2 " + text).size() == kReplyBytes);
  CHECK(reply_text(longest, std::string(1000, 'i')) == " [" + std::string(1000, 'i') + "]");
}

}  // namespace
}  // namespace ccgate
