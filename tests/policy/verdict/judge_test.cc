#include "policy/verdict/judge.h"

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

constexpr std::int64_t kJudgedAt = 1'900'000'000;

Policy policy_with(const std::string& guards) {
  Issues issues;
  return parse_policy("ccgate: 1\npolicy: test\n" + guards +
                          "rules:\n"
                          "  - {id: writes, when: [dkim_aligned, from_is_admin_contact], then: accept}\n"
                          "  - {id: copied, when: [dkim_aligned, same_registry, admin_contact_copied], then: "
                          "accept}\n",
                      "test.policy.yaml", issues)
      .value();
}

const Policy& policy() {
  static const Policy kPolicy = policy_with("");
  return kPolicy;
}

const Directory& directory() {
  static const Directory kDirectory({cctld("xa", "hostmaster@nic.xa"), cctld("xb", "hostmaster@nic.xb")}, {},
                                    {}, kJudgedAt);
  return kDirectory;
}

/// A mail by the contact of .xa to the address that takes commands, signed whole.
struct JudgedMail {
  std::string author = "hostmaster@nic.xa";
  std::string recipient = "ops-request@lists.example";
  std::string to = recipient;
  std::string cc = "";
  std::string subject = "subscribe xa";
  std::string text = "";
  bool readable = true;
  bool subject_readable = true;
  Envelope envelope{address("bounces@nic.xa"), false};
  Manager manager = Manager::mailman3;
  std::vector<std::string> recipient_too = {};  ///< other spellings of it in the envelope
  bool truncated = false;
};

Signature signature(AuthResult result, std::vector<std::string> names, std::vector<std::size_t> covered) {
  Signature signature;
  signature.result = result;
  signature.domain = domain("nic.xa");
  signature.header_names = std::move(names);
  signature.covered = std::move(covered);
  return signature;
}

/// Everything signed.
Evidence signed_whole() {
  Evidence evidence;
  evidence.signatures.push_back(signature(AuthResult::pass, {}, {0, 1, 2, 3, 4}));
  return evidence;
}

/// The author is authenticated. Whether the text is his depends on a key that DNS does not give now: the
/// first signature leaves Content-Type out.
Evidence text_in_doubt() {
  Evidence evidence;
  evidence.signatures.push_back(signature(AuthResult::pass, {}, {0, 1, 2, 3}));
  evidence.signatures.push_back(
      signature(AuthResult::temperror, {"from", "to", "cc", "subject", "content-type"}, {}));
  return evidence;
}

Judgement judged(const JudgedMail& mail, const Evidence& evidence = signed_whole(),
                 const Policy& by = policy()) {
  const ListAddresses list{address("ops@lists.example"), mail.manager, {}, {}, '+'};
  const auto command = command_address(list, address(mail.recipient));
  REQUIRE(command);
  std::vector<Address> recipient{address(mail.recipient)};
  for (const std::string& spelling : mail.recipient_too) recipient.push_back(address(spelling));
  Message message{address(mail.author), {}, {}, {address(mail.to)}, {}, mail.subject, kJudgedAt, "", {4}};
  if (!mail.cc.empty()) message.cc.push_back(address(mail.cc));
  const std::vector<HeaderField> fields{{"From", " " + mail.author},
                                        {"To", " " + mail.to},
                                        {"Cc", " " + mail.cc},
                                        {"Subject", " " + mail.subject},
                                        {"Content-Type", " text/plain"}};
  const Words words{mail.subject, mail.text, mail.readable, "", mail.subject_readable, {}};
  return judge(by, directory(), {list, *command, recipient},
               {mail.envelope, fields, message, words, evidence, mail.truncated},
               {kJudgedAt, 7 * 86400, 14 * 86400});
}

std::string told(const Verdict& verdict) {
  std::string text = std::string(to_string(verdict.decision)) + " " + std::string(to_string(verdict.ground));
  if (verdict.reply.code != 250)
    text += ": " + std::to_string(verdict.reply.code) + " " + verdict.reply.status + " " + verdict.reply.text;
  return text;
}

std::string told(const JudgedMail& mail, const Evidence& evidence = signed_whole()) {
  return told(judged(mail, evidence).verdict);
}

const std::string kAccepted = "accept author_is_contact";
const std::string kNotPlain =
    "reject malformed: 554 5.6.0 the envelope sender (MAIL FROM) is not one plain address";
const std::string kDnsTrouble =
    "tempfail dns_trouble: 451 4.4.3 DNS does not answer now; your mail server will try again";
const std::string kNotUnderstood =
    "550 5.7.2 not understood; to leave send an empty mail to ops-leave@lists.example; for help write to "
    "ops-owner@lists.example; to join write to ops-join@lists.example";

TEST_CASE("one message to one command address, from what it says to what becomes of it") {
  const Judgement judgement = judged({});
  CHECK(told(judgement.verdict) == kAccepted);
  CHECK(judgement.request.kind == RequestKind::subscribe);
  CHECK(judgement.request.cctlds == std::set<Domain>{domain("xa")});
  CHECK(judgement.verdict.rule == "writes");
  CHECK(judgement.verdict.cctld == domain("xa"));

  JudgedMail colleague;
  colleague.author = "anne@nic.xa";
  CHECK(
      told(colleague) ==
      "reject contact_not_in_copy: 550 5.7.2 write from hostmaster@nic.xa (the IANA admin contact of .xa) or "
      "copy it in Cc");
  colleague.cc = "hostmaster@nic.xa";
  CHECK(told(colleague) == "accept contact_in_copy");
}

TEST_CASE("the envelope is of one plain sender") {
  JudgedMail mail;
  mail.envelope = {std::nullopt, true};
  CHECK(told(mail) ==
        "reject automatic: 550 5.7.1 a message without an envelope sender is no request; write the mail by "
        "hand");
  mail.envelope = {std::nullopt, false};
  CHECK(told(mail, {}) == kNotPlain);
}

TEST_CASE("MAIL FROM that is not plain is no fault of a message that is signed") {
  JudgedMail mail;
  mail.envelope = {std::nullopt, false};
  CHECK(told(mail) == kAccepted);
  Evidence open;
  open.signatures.push_back(signature(AuthResult::temperror, {"from", "to", "cc", "subject"}, {}));
  CHECK(told(mail, open) == kDnsTrouble);
  Evidence of_another = signed_whole();
  of_another.signatures.front().domain = domain("other.xb");
  CHECK(told(mail, of_another) == kNotPlain);
  Evidence uncovered = signed_whole();
  uncovered.signatures.front().covered = {0};
  CHECK(told(mail, uncovered) == kNotPlain);
}

TEST_CASE("nobody gets past a comparison of MAIL FROM by writing it oddly") {
  const Policy compares = policy_with(
      "guards:\n  - {id: elsewhere, require: [{not: {mail_from_domain: {in: [bad.example]}}}], else: "
      "reject}\n");
  const auto told_of = [&](std::optional<Domain> domain) {
    JudgedMail mail;
    mail.envelope = {std::nullopt, false, std::move(domain)};
    return told(judged(mail, signed_whole(), compares).verdict);
  };
  CHECK(told_of(std::nullopt) == kNotPlain);
  CHECK(told_of(domain("bad.example")).starts_with("reject guard"));
  CHECK(told_of(domain("good.example")) == kAccepted);
}

TEST_CASE("the command address stands in To or Cc, in some spelling of the same command") {
  const std::string elsewhere =
      "reject malformed: 554 5.6.0 the list's command address is not in To or Cc; write to it directly";
  struct Row {
    const char* story;
    std::string recipient, to, cc;
    std::vector<std::string> recipient_too;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"in To", "ops-request@lists.example", "ops-request@lists.example", "", {}, kAccepted},
      {"in other letters", "ops-request@lists.example", "OPS-Request@LISTS.example", "", {}, kAccepted},
      {"in Cc", "ops-request@lists.example", "bob@nic.xa", "ops-request@lists.example", {}, kAccepted},
      {"another word for it", "ops-join@lists.example", "ops-subscribe@lists.example", "", {}, kAccepted},
      {"nowhere", "ops-request@lists.example", "bob@nic.xa", "", {}, elsewhere},
      {"another command", "ops-join@lists.example", "ops-request@lists.example", "", {}, elsewhere},
      {"another detail", "ops-join+xa@lists.example", "ops-join@lists.example", "", {}, elsewhere},
      {"another list", "ops-join@lists.example", "dev-join@lists.example", "", {}, elsewhere},
      {"as the envelope had it before an alias was followed",
       "ops-join@lists.example",
       "join@nic.example",
       "",
       {"join@nic.example"},
       kAccepted},
  }));
  INFO(row.story);
  JudgedMail mail;
  mail.recipient = row.recipient;
  mail.to = row.to;
  mail.cc = row.cc;
  mail.recipient_too = row.recipient_too;
  CHECK(told(mail) == row.want);
}

TEST_CASE("what decides must be readable") {
  const std::string subject =
      "reject malformed: 554 5.6.0 the Subject of this message cannot be read; write it in plain letters or "
      "UTF-8";
  const std::string text =
      "reject malformed: 554 5.6.0 the text of this message cannot be read; send it as plain text in UTF-8";
  JudgedMail mail;
  mail.readable = false;
  CHECK(told(mail) == text);
  mail.subject_readable = false;
  CHECK(told(mail) == subject);
  // A join address means the same whatever the text says.
  mail.recipient = mail.to = "ops-join@lists.example";
  CHECK(told(mail) == kAccepted);
}

TEST_CASE("a command may stand behind what was read of the text") {
  JudgedMail mail;
  mail.truncated = true;
  mail.subject = "help";
  CHECK(
      told(mail) ==
      "reject over_limit: 552 5.3.4 this message is too large for a command; send a short one in plain text");
  mail.to = "bob@nic.xa";
  CHECK(judged(mail).verdict.ground == Ground::over_limit);
  // A subscription is judged by what was read, and where text decides, that must be all.
  mail.readable = false;
  CHECK(judged(mail).verdict.ground == Ground::malformed);
  mail.recipient = mail.to = "ops-join@lists.example";
  CHECK(told(mail) == kAccepted);
}

TEST_CASE("of several faults the first is told: envelope, text, address") {
  JudgedMail mail;
  mail.envelope = {std::nullopt, true};
  mail.readable = false;
  mail.to = "bob@nic.xa";
  CHECK(judged(mail).verdict.ground == Ground::automatic);
  mail.envelope = {address("bounces@nic.xa"), false};
  CHECK(judged(mail).verdict.reply.text.starts_with("the text"));
  mail.readable = true;
  CHECK(judged(mail).verdict.reply.text.starts_with("the list's command address"));
}

TEST_CASE("mail that asks nothing of the list manager is none of our business, whatever its envelope") {
  JudgedMail mail;
  mail.manager = Manager::mlmmj;
  mail.recipient = mail.to = "ops@lists.example";
  mail.envelope = {std::nullopt, true};
  mail.readable = false;
  CHECK(told(mail) == "accept not_gated_request");
  mail.recipient = mail.to = "ops+owner@lists.example";
  CHECK(told(mail) == "accept not_gated_request");
  mail.recipient = mail.to = "ops+subscribe@lists.example";
  CHECK(judged(mail).verdict.ground == Ground::automatic);
}

TEST_CASE("while it is unknown whether the text is the author's, only what holds without it too stands") {
  JudgedMail mail;
  CHECK(told(mail, text_in_doubt()) == kAccepted);
  mail.text = "subscribe xa";
  CHECK(told(mail, text_in_doubt()) == kAccepted);

  // The text would make another request of it.
  mail.subject = "subscribe";
  mail.text = "subscribe xb";
  const Judgement judgement = judged(mail, text_in_doubt());
  CHECK(told(judgement.verdict) == kDnsTrouble);
  CHECK(judgement.verdict.rule.empty());

  // No text makes a stranger the contact.
  mail = {};
  mail.author = "anne@nic.xa";
  CHECK(judged(mail, text_in_doubt()).verdict.decision == Decision::reject);
}

TEST_CASE("a text that is not the author's names no ccTLD") {
  JudgedMail mail;
  mail.subject = "subscribe";
  mail.text = "subscribe xb";
  Evidence unsigned_text;
  unsigned_text.signatures.push_back(signature(AuthResult::pass, {}, {0, 1, 2, 3}));
  const Judgement judgement = judged(mail, unsigned_text);
  CHECK(told(judgement.verdict) == kAccepted);
  CHECK(judgement.request.cctlds.empty());
  CHECK(judgement.verdict.cctld == domain("xa"));
}

TEST_CASE("whoever is refused and was not understood hears how to leave") {
  JudgedMail mail;
  mail.author = "anne@elsewhere.example";
  mail.subject = "take me off, please";
  const Judgement judgement = judged(mail);
  CHECK_FALSE(judgement.request.understood);
  CHECK(told(judgement.verdict) == "reject not_authenticated: " + kNotUnderstood);
  for (const CcTldVerdict& each : judgement.verdict.per_cctld) CHECK(each.reply == judgement.verdict.reply);

  mail.subject = "subscribe xa";
  CHECK(told(mail) ==
        "reject not_authenticated: 550 5.7.22 the DKIM signature or SPF is of another domain; sign as the "
        "domain in From");
}

}  // namespace
}  // namespace ccgate
