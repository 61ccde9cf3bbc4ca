#include "policy/rules/policy_yaml.h"

#include "policy/text/issue_sink.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::string policy_with(const std::string& when) {
  return "ccgate: 1\npolicy: demo\ndefine: {authenticated: {any: [dkim_aligned, spf_aligned]}}\n"
         "rules: [{id: a, when: [" +
         when + "], then: hold}]\n";
}

std::optional<Policy> read(const std::string& text) {
  Issues issues;
  auto policy = parse_policy(text, "p.policy.yaml", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  return policy;
}

}  // namespace

TEST_CASE("a policy is read as it stands") {
  const auto policy = read(
      "ccgate: 1\npolicy: demo\nmode: observe\nauthority: [admin, tech]\ntlds: {missing: hold}\n"
      "define: {authenticated: {any: [dkim_aligned, spf_aligned]}}\n"
      "guards: [{id: fresh, require: [{date_age: {less_than: 7d}}], else: {tempfail: {code: 450}}}]\n"
      "rules:\n"
      "  - {id: one, for: [unsubscribe, confirm], then: accept}\n"
      "  - id: two\n"
      "    when: [authenticated]\n"
      "    then: accept\n"
      "    do: [{inform: [admin_contact, tech_contact]}, {add_header: {name: X-Gate, value: ok}},\n"
      "         {add_recipient: a@lists.example}, {redirect: b@lists.example}]\n"
      "default: {reject: {code: 554, status: 5.7.2, text: \"ask {admin_contact} of .{tld}\"}}\n"
      "tests: [a.yaml]\n");
  REQUIRE(policy);
  CHECK(policy->name == "demo");
  CHECK(policy->file == "p.policy.yaml");
  CHECK(policy->mode == Mode::observe);
  CHECK(policy->authority == std::set{Role::admin, Role::tech});
  CHECK(policy->missing_cctlds == MissingCcTlds::hold);
  REQUIRE(policy->definitions.size() == 1);
  CHECK(policy->definitions[0].first == "authenticated");
  REQUIRE(policy->guards.size() == 1);
  CHECK(policy->guards[0].otherwise.decision == Decision::tempfail);
  CHECK(policy->guards[0].otherwise.reply.code == 450);
  CHECK(policy->guards[0].require.at(0).number == 7 * 24 * 3600);
  REQUIRE(policy->rules.size() == 2);
  CHECK(policy->rules[0].kinds == std::set{RequestKind::unsubscribe, RequestKind::confirm});
  CHECK(policy->rules[0].when.empty());
  CHECK(policy->rules[1].kinds == std::set{RequestKind::subscribe});
  CHECK(policy->rules[1].at == Position{10, 5});
  const Condition& defined = policy->rules[1].when.at(0);
  CHECK(defined.kind == Condition::Kind::defined);
  CHECK(defined.text == "authenticated");
  CHECK(defined.children.at(0).text == "any of (dkim_aligned, spf_aligned)");
  const auto& actions = policy->rules[1].actions;
  REQUIRE(actions.size() == 4);
  CHECK(actions[0].roles == std::set{Role::admin, Role::tech});
  CHECK(actions[1].name == "X-Gate");
  CHECK(actions[1].value == "ok");
  CHECK(actions[2].kind == Action::Kind::add_recipient);
  CHECK(actions[3].kind == Action::Kind::redirect);
  CHECK(actions[3].address->text() == "b@lists.example");
  CHECK(policy->otherwise.reply.code == 554);
  CHECK(policy->otherwise.reply.text == "ask {admin_contact} of .{tld}");
  CHECK(policy->default_at == Position{15, 1});
  CHECK(policy->tests == std::vector<std::string>{"a.yaml"});
}

TEST_CASE("without more, a policy rejects, by the admin contact's authority") {
  const auto policy = read("ccgate: 1\npolicy: demo\nrules: [{id: a, then: hold}]\n");
  REQUIRE(policy);
  CHECK(policy->mode == Mode::enforce);
  CHECK(policy->authority == std::set{Role::admin});
  CHECK(policy->missing_cctlds == MissingCcTlds::from_admin);
  CHECK(policy->otherwise.decision == Decision::reject);
  CHECK(policy->otherwise.reply.code == 0);
  CHECK(policy->default_at == Position{});
}

TEST_CASE("a condition is told as the operator would write it") {
  struct Row {
    const char* yaml;
    const char* text;
  };
  const auto row = GENERATE(values<Row>({
      {"dkim_aligned", "dkim_aligned"},
      {"{dkim_aligned: true}", "dkim_aligned"},
      {"{dkim_aligned: false}", "not dkim_aligned"},
      {"{dkim_aligned: {not: true}}", "not dkim_aligned"},
      {"{not: dkim_aligned}", "not (dkim_aligned)"},
      {"{not: {any: [dkim_aligned, spf_aligned]}}", "not (any of (dkim_aligned, spf_aligned))"},
      {"{all: [dkim_aligned, copy_signed]}", "all of (dkim_aligned, copy_signed)"},
      {"authenticated", "authenticated"},
      {"{authenticated: true}", "authenticated"},
      {"{authenticated: false}", "not (authenticated)"},
      {"{contacts: 3}", "contacts 3"},
      {"{contacts: [1, 2]}", "any of (contacts 1, contacts 2)"},
      {"{contacts: {in: [1, 2]}}", "any of (contacts 1, contacts 2)"},
      {"{contacts: {more_than: 3}}", "contacts more_than 3"},
      {"{contacts: {not: 3}}", "not (contacts 3)"},
      {"{contacts: {more_than: 1, less_than: 4}}", "all of (contacts more_than 1, contacts less_than 4)"},
      {"{date_age: {less_than: 1w}}", "date_age less_than 7d"},
      {"{form: full}", "form full"},
      {"{form: [partial, full]}", "form in full, partial"},
      {"{form: {in: [partial, full]}}", "form in full, partial"},
      {"{form: {not: none}}", "form not none"},
      {"{request: confirm}", "request confirm"},
      {"{tld: .XA}", "tld xa"},
      {"{tld: [\xd1\x80\xd1\x84, XB]}", "tld in xb, xn--p1ai"},
      {"{tld: {not: [xa, xb]}}", "tld not xa, xb"},
      {"{author: Anne@NIC.example}", "author anne@nic.example"},
      {"{author_domain: NIC.Example}", "author_domain nic.example"},
      {"{mail_from_domain: {in: [b.example, a.example]}}", "mail_from_domain in a.example, b.example"},
  }));
  INFO(row.yaml);
  const auto policy = read(policy_with(row.yaml));
  REQUIRE(policy);
  REQUIRE(policy->rules.at(0).when.size() == 1);
  CHECK(policy->rules[0].when[0].text == row.text);
}

TEST_CASE("conditions are nested within bounds") {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "{not: ";
    text += "dkim_aligned" + std::string(static_cast<std::size_t>(depth), '}');
    return policy_with(text);
  };
  CHECK(read(nested(20)));
  CHECK_FALSE(read(nested(40)));

  // Each definition twice the size of the one above it: a gigabyte, were it written out.
  std::string text = "ccgate: 1\npolicy: demo\ndefine:\n  d0: {not: dkim_aligned}\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "d" + std::to_string(i - 1);
    text += "  d" + std::to_string(i) + ": {any: [" + before + ", " + before + "]}\n";
  }
  CHECK_FALSE(read(text + "rules: [{id: a, when: [d29], then: hold}]\n"));

  text = "ccgate: 1\npolicy: demo\ndefine:\n  d0: {not: dkim_aligned}\n";
  for (int i = 1; i < 100; ++i)
    text += "  d" + std::to_string(i) + ": {not: d" + std::to_string(i - 1) + "}\n";
  CHECK_FALSE(read(text + "rules: [{id: a, when: [d99], then: hold}]\n"));
}

TEST_CASE("a policy inside another file is read from its tree") {
  Issues issues;
  const std::string text = "policy:\n  ccgate: 1\n  policy: demo\n  rules: [{id: a, then: hold}]\n";
  const auto root = parse_yaml(text, "story.yaml", issues);
  REQUIRE(root);
  IssueSink sink("story.yaml", text, issues);
  const auto policy = read_policy(*root->find("policy"), sink);
  REQUIRE(policy);
  CHECK(policy->rules.at(0).at == Position{4, 11});
}

TEST_CASE("`ask` may say what becomes of the request meanwhile, and `inform` that nobody is told") {
  const std::string text =
      "{ccgate: 1, policy: demo, guards: [{id: g, require: [dkim_aligned], else: {ask: {style: hold}}}],\n"
      " rules: [{id: a, then: {ask: {style: reject}}}, {id: b, then: {ask: {}}},\n"
      "         {id: c, then: accept, do: [{inform: nobody}]}], default: {ask: {style: tempfail}}}\n";
  Issues issues;
  const auto policy = parse_policy(text, "p", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(policy);
  CHECK(policy->guards[0].otherwise.ask_style == AskStyle::hold);
  CHECK(policy->rules[0].then.ask_style == AskStyle::reject);
  CHECK(policy->rules[1].then.decision == Decision::ask);
  CHECK_FALSE(policy->rules[1].then.ask_style);
  CHECK(policy->otherwise.ask_style == AskStyle::tempfail);
  REQUIRE(policy->rules[2].actions.size() == 1);
  CHECK(policy->rules[2].actions[0].kind == Action::Kind::inform);
  CHECK(policy->rules[2].actions[0].roles.empty());
}

TEST_CASE("`ask` may need the word of several") {
  const auto policy = read(
      "ccgate: 1\npolicy: demo\nguards: [{id: g, require: [dkim_aligned], else: {ask: {need: 1, of: "
      "members}}}]\n"
      "rules: [{id: a, then: {ask: {style: hold, need: 2, of: [admin_contact, tech_contact, members]}}},\n"
      "        {id: b, then: {ask: {need: 10, of: [members]}}}, {id: c, then: ask}]\n"
      "default: {ask: {need: 2, of: [security_contact, authorizing_contact]}}\n");
  REQUIRE(policy);
  CHECK(policy->guards[0].otherwise.quorum == Quorum{1, {Voucher::members}});
  CHECK(policy->rules[0].then.quorum ==
        Quorum{2, {Voucher::admin_contact, Voucher::tech_contact, Voucher::members}});
  CHECK(policy->rules[0].then.ask_style == AskStyle::hold);
  CHECK(policy->rules[1].then.quorum == Quorum{10, {Voucher::members}});
  CHECK_FALSE(policy->rules[2].then.quorum);
  CHECK(policy->otherwise.quorum == Quorum{2, {Voucher::security_contact, Voucher::authorizing_contact}});
}
