#include "policy/verdict/evaluate.h"

#include "policy/rules/policy_yaml.h"
#include "policy/verdict/reply.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

constexpr std::int64_t kNow = 1'900'000'000;

Policy policy_of(std::string_view rules) {
  Issues issues;
  const std::string text =
      "ccgate: 1\npolicy: test\ndefine:\n  authenticated: {any: [dkim_aligned, spf_aligned]}\n" +
      std::string(rules);
  auto policy = parse_policy(text, "test.policy.yaml", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(policy);
  return *policy;
}

Directory directory_of(std::optional<std::int64_t> fetched = kNow) {
  return Directory(
      {cctld("xa", "hostmaster@nic.xa"), cctld("xb", "admin@nic.xb"), cctld("xc", "admin@nic.xb")}, {}, {},
      fetched);
}

const std::string kRules = R"(
rules:
  - {id: leave, for: [unsubscribe], then: accept}
  - {id: admin-writes, for: [subscribe], when: [authenticated, from_is_admin_contact], then: accept}
  - {id: admin-copied, for: [subscribe], when: [dkim_aligned, copy_signed, same_registry, admin_contact_copied], then: accept}
  - {id: weaker, for: [subscribe], when: [authenticated, admin_contact_copied], then: ask}
)";

struct Mail {
  std::string author = "anne@nic.xa";
  std::vector<std::string> cc;
  std::vector<std::string> cctlds;
  RequestKind kind = RequestKind::subscribe;
};

Signature signed_by(std::string_view d, AuthResult result = AuthResult::pass) {
  Signature signature;
  signature.result = result;
  signature.domain = domain(d);
  signature.header_names = {"from", "to", "cc", "subject", "date"};
  if (result == AuthResult::pass) signature.covered = {0, 1, 2};
  return signature;
}

Verdict decide(const Policy& policy, const Directory& directory, const Mail& mail, const Evidence& evidence) {
  std::string copied;
  Message message{
      address(mail.author), {}, {}, {address("list-join@lists.example")}, {}, "subscribe", kNow, "", {}};
  for (const std::string& each : mail.cc) {
    message.cc.push_back(address(each));
    copied += (copied.empty() ? " " : ", ") + each;
  }
  const std::vector<HeaderField> fields{
      {"From", " " + mail.author}, {"To", " list-join@lists.example"}, {"Cc", copied}};
  Request request;
  request.kind = mail.kind;
  for (const std::string& cctld : mail.cctlds) request.cctlds.insert(domain(cctld));
  const Facts facts{fields, message, request, address(mail.author).domain(), kNow, 7 * 86400};
  return evaluate(policy, directory, facts, evidence);
}

Evidence with(Signature signature) {
  Evidence evidence;
  evidence.signatures.push_back(std::move(signature));
  return evidence;
}

}  // namespace

TEST_CASE("a subscription needs the contact as author or in copy, authenticated") {
  const Policy policy = policy_of(kRules);
  const Directory directory = directory_of();
  struct Row {
    const char* story;
    Mail mail;
    Evidence evidence;
    Decision decision;
    Ground ground;
    std::string rule;
  };
  Evidence spf;
  spf.spf = {AuthResult::pass, domain("nic.xa"), ""};
  Evidence dns_trouble;
  dns_trouble.spf = {AuthResult::temperror, domain("nic.xa"), "timeout"};
  Signature unsigned_cc = signed_by("nic.xa");
  unsigned_cc.covered = {0, 1};
  const Evidence good = with(signed_by("nic.xa"));
  const std::vector<Row> rows = {
      {"the contact writes",
       {"hostmaster@nic.xa", {}, {"xa"}},
       good,
       Decision::accept,
       Ground::author_is_contact,
       "admin-writes"},
      {"the contact writes in capitals",
       {"HostMaster@NIC.XA", {}, {"xa"}},
       good,
       Decision::accept,
       Ground::author_is_contact,
       "admin-writes"},
      {"a colleague copies it",
       {"anne@nic.xa", {"hostmaster@nic.xa"}, {"xa"}},
       good,
       Decision::accept,
       Ground::contact_in_copy,
       "admin-copied"},
      {"a colleague names no ccTLD",
       {"anne@nic.xa", {"hostmaster@nic.xa"}, {}},
       good,
       Decision::accept,
       Ground::contact_in_copy,
       "admin-copied"},
      {"a colleague forgets the copy",
       {"anne@nic.xa", {}, {"xa"}},
       good,
       Decision::reject,
       Ground::contact_not_in_copy,
       "default"},
      {"SPF only, copied",
       {"anne@nic.xa", {"hostmaster@nic.xa"}, {"xa"}},
       spf,
       Decision::ask,
       Ground::contact_in_copy,
       "weaker"},
      {"the Cc is not signed",
       {"anne@nic.xa", {"hostmaster@nic.xa"}, {"xa"}},
       with(unsigned_cc),
       Decision::reject,
       Ground::not_authenticated,
       "default"},
      {"a stranger copies it",
       {"eve@evil.example", {"hostmaster@nic.xa"}, {"xa"}},
       with(signed_by("evil.example")),
       Decision::ask,
       Ground::contact_in_copy,
       "weaker"},
      {"a stranger does not",
       {"eve@evil.example", {}, {"xa"}},
       with(signed_by("evil.example")),
       Decision::reject,
       Ground::outsider,
       "default"},
      {"signed by another domain",
       {"hostmaster@nic.xa", {}, {"xa"}},
       with(signed_by("evil.example")),
       Decision::reject,
       Ground::not_authenticated,
       "default"},
      {"nothing is signed",
       {"hostmaster@nic.xa", {}, {"xa"}},
       {},
       Decision::reject,
       Ground::not_authenticated,
       "default"},
      {"DNS is down",
       {"hostmaster@nic.xa", {}, {"xa"}},
       dns_trouble,
       Decision::tempfail,
       Ground::dns_trouble,
       "admin-writes"},
      {"DNS is down, but nobody is copied",
       {"anne@nic.xa", {}, {"xa"}},
       dns_trouble,
       Decision::reject,
       Ground::contact_not_in_copy,
       "default"},
      {"another ccTLD",
       {"hostmaster@nic.xa", {}, {"xb"}},
       good,
       Decision::reject,
       Ground::outsider,
       "default"},
      {"one of two",
       {"hostmaster@nic.xa", {}, {"xa", "xb"}},
       good,
       Decision::reject,
       Ground::outsider,
       "default"},
      {"an unknown one",
       {"hostmaster@nic.xa", {}, {"xz"}},
       good,
       Decision::reject,
       Ground::unknown_cctld,
       ""},
      {"no ccTLD, no contact", {"anne@nic.xa", {}, {}}, good, Decision::reject, Ground::no_cctld, ""},
      {"no ccTLD, no signature",
       {"anne@nic.xa", {}, {}},
       {},
       Decision::reject,
       Ground::not_authenticated,
       "default"},
      {"leaving is open",
       {"anne@nic.xa", {}, {}, RequestKind::unsubscribe},
       {},
       Decision::accept,
       Ground::rule,
       "leave"},
      {"confirming is open without a rule",
       {"anne@nic.xa", {}, {}, RequestKind::confirm},
       {},
       Decision::accept,
       Ground::not_gated_request,
       ""},
      {"a post is none of ours",
       {"anne@nic.xa", {}, {}, RequestKind::post},
       {},
       Decision::accept,
       Ground::not_gated_request,
       ""},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    const Verdict verdict = decide(policy, directory, row.mail, row.evidence);
    CHECK(to_string(verdict.decision) == to_string(row.decision));
    CHECK(to_string(verdict.ground) == to_string(row.ground));
    CHECK(verdict.rule == row.rule);
    if (verdict.decision == Decision::reject || verdict.decision == Decision::tempfail) {
      CHECK(verdict.reply.code / 100 == (verdict.decision == Decision::reject ? 5 : 4));
      CHECK_FALSE(verdict.reply.text.empty());
      CHECK(reply_text(verdict.reply, "0123456789ab").find("{") == std::string::npos);
    }
  }
}

TEST_CASE("the strictest ccTLD decides and is named") {
  const Policy policy = policy_of(kRules);
  const Verdict verdict = decide(policy, directory_of(), {"anne@nic.xa", {"hostmaster@nic.xa"}, {"xa", "xb"}},
                                 with(signed_by("nic.xa")));
  CHECK(verdict.decision == Decision::reject);
  REQUIRE(verdict.cctld);
  CHECK(verdict.cctld->ascii() == "xb");
  CHECK(verdict.reply.text.find("xb") != std::string::npos);
  CHECK(verdict.per_cctld.size() == 2);
  CHECK(verdict.per_cctld[0].decision == Decision::accept);
}

TEST_CASE("stale contact data defers, whatever the rules say") {
  const Policy policy = policy_of(kRules);
  const Verdict verdict = decide(policy, directory_of(kNow - 8 * 86400), {"hostmaster@nic.xa", {}, {"xa"}},
                                 with(signed_by("nic.xa")));
  CHECK(verdict.decision == Decision::tempfail);
  CHECK(verdict.ground == Ground::stale_contacts);
  CHECK(verdict.reply.status == "4.3.0");
}

TEST_CASE("a bad entry is answered as stale, the others go on") {
  const Policy policy = policy_of(kRules);
  const CcTld bad{domain("xd"), {}, "", std::nullopt, std::nullopt, "could never be read", true};
  const Directory directory({cctld("xa", "hostmaster@nic.xa"), bad}, {}, {}, kNow);
  const Evidence good = with(signed_by("nic.xa"));
  CHECK(decide(policy, directory, {"hostmaster@nic.xa", {}, {"xd"}}, good).ground == Ground::stale_contacts);
  CHECK(decide(policy, directory, {"hostmaster@nic.xa", {}, {"xa"}}, good).decision == Decision::accept);
}

TEST_CASE("the record of a ccTLD gets old by itself") {
  const Policy policy = policy_of(kRules);
  CcTld old = cctld("xb", "hostmaster@nic.xa");
  old.fetched = kNow - 8 * 86400;
  const Directory directory({cctld("xa", "hostmaster@nic.xa"), old}, {}, {}, kNow);
  const Evidence good = with(signed_by("nic.xa"));
  const auto ground = [&](const std::vector<std::string>& cctlds) {
    return decide(policy, directory, {"hostmaster@nic.xa", {}, cctlds}, good).ground;
  };
  CHECK(ground({"xa"}) == Ground::author_is_contact);
  CHECK(ground({"xb"}) == Ground::stale_contacts);
  CHECK(ground({"xa", "xb"}) == Ground::stale_contacts);
  CHECK(ground({}) == Ground::stale_contacts);  // both are its ccTLDs
  // The other way round: xa was fetched by itself, everything else is old.
  CcTld fresh = cctld("xa", "hostmaster@nic.xa");
  fresh.fetched = kNow;
  const Directory alone({fresh}, {}, {}, kNow - 30 * 86400);
  CHECK(decide(policy, alone, {"hostmaster@nic.xa", {}, {"xa"}}, good).decision == Decision::accept);
  CHECK(decide(policy, alone, {"anne@nic.xa", {}, {}}, good).ground == Ground::stale_contacts);
}

TEST_CASE("an operator's guard speaks before the rules") {
  const Policy policy = policy_of(R"(
guards:
  - id: fresh
    require: [{date_age: {less_than: 7d}}]
    else: {reject: {code: 550, status: 5.7.1, text: "the Date of this message is more than 7 days off"}}
rules:
  - {id: all, for: [subscribe], then: accept}
)");
  Message message{address("anne@nic.xa"), {}, {}, {}, {}, "", kNow - 8 * 86400, "", {}};
  const std::vector<HeaderField> fields;
  Request request;
  request.kind = RequestKind::subscribe;
  request.cctlds = {domain("xa")};
  const Directory directory = directory_of();
  const auto decided = [&] {
    return evaluate(policy, directory, Facts{fields, message, request, std::nullopt, kNow, 7 * 86400}, {});
  };
  CHECK(decided().ground == Ground::guard);
  CHECK(decided().reply == Reply{550, "5.7.1", "the Date of this message is more than 7 days off"});
  message.date = kNow - 6 * 86400;
  CHECK(decided().rule == "all");
  message.date = kNow + 8 * 86400;  // from the future is as bad
  CHECK(decided().ground == Ground::guard);
  message.date.reset();
  CHECK(decided().ground == Ground::guard);
}

TEST_CASE("the missing authentication is told by its own code") {
  const auto status = [](const Evidence& evidence) {
    return authentication_reply(evidence, domain("nic.xa")).status;
  };
  Evidence both_fail = with(signed_by("nic.xa", AuthResult::fail));
  both_fail.spf = {AuthResult::fail, domain("nic.xa"), ""};
  Evidence spf_fail;
  spf_fail.spf = {AuthResult::fail, domain("nic.xa"), ""};
  Evidence spf_broken;
  spf_broken.spf = {AuthResult::permerror, domain("nic.xa"), ""};
  CHECK(status({}) == "5.7.20");
  CHECK(status(with(signed_by("nic.xa", AuthResult::policy))) == "5.7.21");  // a weak signature
  CHECK(status(with(signed_by("evil.example"))) == "5.7.22");                // another domain's signature
  CHECK(status(spf_fail) == "5.7.23");
  CHECK(status(spf_broken) == "5.7.24");
  CHECK(status(both_fail) == "5.7.26");
  CHECK(status(with(signed_by("nic.xa", AuthResult::fail))) == "5.7.20");  // a bad signature alone
}

TEST_CASE("no reply is longer than 400 bytes") {
  const Reply reply{550, "5.7.2", std::string(1000, 'x')};
  const std::string text = reply_text(reply, "0123456789ab");
  CHECK(4 + 6 + text.size() <= kReplyBytes);
  CHECK(text.ends_with(" [0123456789ab]"));
}

}  // namespace ccgate
