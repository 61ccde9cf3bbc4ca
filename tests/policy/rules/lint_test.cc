#include "policy/rules/lint.h"

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr const char* kGood =
    "when: [dkim_aligned, from_is_admin_contact], then: accept, do: [{inform: admin_contact}]";

constexpr const char* kAged = "guards: [{id: aged, require: [{contact_age: {more_than: 14d}}], else: hold}],";

/// What the lints say, as `line: text`. A guard looks at the age of the contact where `aged` says no other.
std::vector<std::string> lint(const std::string& rules, const std::string& head = "",
                              const std::string& aged = kAged, const PolicySite& site = {}) {
  const std::string text = "{ccgate: 1, policy: demo, " + aged + head + " rules: [\n" + rules + "]}\n";
  Issues issues;
  const auto policy = parse_policy(text, "p", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(policy);
  issues.clear();
  lint_policy(*policy, text, issues, site);
  std::vector<std::string> told;
  for (const Issue& issue : issues) told.push_back(std::to_string(issue.at.line) + ": " + issue.what);
  return told;
}

}  // namespace

TEST_CASE("what is probably not meant is told") {
  const std::string good = "{id: ok, " + std::string(kGood) + "},\n";
  struct Row {
    const char* story;
    std::string rules;
    std::vector<std::string> want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing wrong", good, {}},
      {"an accept without any condition",
       "{id: a, then: accept}",
       {"2: rule `a` accepts without an authentication fact: anyone can write any From",
        "2: rule `a` accepts without an authority fact: nothing ties it to the admin contact",
        "2: rule `a` accepts without `inform`: the admin contact does not learn of it"}},
      {"leaving is free", "{id: a, for: [unsubscribe, confirm], then: accept}", {}},
      {"authentication in one branch only",
       "{id: a, when: [{any: [dkim_aligned, same_registry]}, from_is_admin_contact], then: accept, do: "
       "[{inform: admin_contact}]}",
       {"2: rule `a` accepts without an authentication fact: anyone can write any From"}},
      {"authentication in every branch",
       "{id: a, when: [{any: [dkim_aligned, spf_aligned]}, admin_contact_copied], then: accept, do: "
       "[{inform: "
       "admin_contact}]}",
       {}},
      {"a negated fact is none",
       "{id: a, when: [{dkim_aligned: false}, {not: from_is_admin_contact}], then: accept, do: [{inform: "
       "admin_contact}]}",
       {"2: rule `a` accepts without an authentication fact: anyone can write any From",
        "2: rule `a` accepts without an authority fact: nothing ties it to the admin contact"}},
      {"a rule behind one without conditions",
       "{id: a, then: reject},\n{id: b, when: [dkim_aligned], then: hold}",
       {"3: rule `b` is never reached: rule `a` matches whenever it would"}},
      {"a rule behind a weaker one",
       "{id: a, when: [{any: [dkim_aligned, spf_aligned]}], then: hold},\n"
       "{id: b, when: [same_registry, spf_aligned], then: reject}",
       {"3: rule `b` is never reached: rule `a` matches whenever it would"}},
      {"a rule behind a weaker number",
       "{id: a, when: [{contacts: {more_than: 3}}], then: hold},\n"
       "{id: b, when: [{contacts: {more_than: 5}}], then: reject}",
       {"3: rule `b` is never reached: rule `a` matches whenever it would"}},
      {"a rule behind a stronger number",
       "{id: a, when: [{contacts: {more_than: 5}}], then: reject},\n"
       "{id: b, when: [{contacts: {more_than: 3}}], then: hold}",
       {}},
      {"a rule behind a longer list",
       "{id: a, when: [{tld: [xa, xb]}], then: hold},\n{id: b, when: [{tld: xa}], then: reject}",
       {"3: rule `b` is never reached: rule `a` matches whenever it would"}},
      {"a rule behind one of another kind",
       "{id: a, for: [other], then: reject},\n{id: b, when: [dkim_aligned], then: hold}",
       {}},
      {"a rule with one kind left",
       "{id: a, for: [other], then: reject},\n{id: b, for: [other, subscribe], then: hold}",
       {}},
      {"a rule with each kind taken by another",
       "{id: a, for: [other], then: reject},\n{id: b, then: hold},\n{id: c, for: [other, subscribe], then: "
       "hold}",
       {"4: rule `c` is never reached: rule `b` matches whenever it would"}},
      {"a quota behind an accept",
       good + "{id: many, when: [{contacts: {more_than: 3}}], then: hold}",
       {"3: rule `many` limits a number, but rule `ok` accepts before it is asked"}},
      {"a quota before the accept",
       "{id: many, when: [{contacts: {more_than: 3}}], then: hold},\n" + good,
       {}},
      {"conditions that exclude each other",
       "{id: a, when: [dkim_aligned, {not: dkim_aligned}], then: hold}",
       {"2: rule `a` can never match: `not (dkim_aligned)` excludes `dkim_aligned`"}},
      {"numbers that exclude each other",
       "{id: a, when: [{contacts: {more_than: 3}}, {contacts: {less_than: 4}}], then: hold}",
       {"2: rule `a` can never match: `contacts less_than 4` excludes `contacts more_than 3`"}},
      {"ask is hold", "{id: a, then: ask}", {"2: without `store` in ccgate.yaml, `ask` is `hold`"}},
  }));
  INFO(row.story);
  CHECK(lint(row.rules) == row.want);
}

TEST_CASE("with a store every acceptance is told to the contact, and contacts are asked") {
  const auto with_store = [](const std::string& rules) { return lint(rules, "", kAged, {true, false}); };
  const std::string when = "when: [dkim_aligned, from_is_admin_contact], ";
  CHECK(with_store("{id: a, " + when + "then: accept}").empty());
  CHECK(with_store("{id: a, " + when + "then: accept, do: [{inform: tech_contact}]}").empty());
  const std::vector<std::string> nobody{
      "2: rule `a` accepts and tells nobody: the admin contact does not learn of it"};
  const std::string silent = "{id: a, " + when + "then: accept, do: [{inform: nobody}]}";
  CHECK(with_store(silent) == nobody);
  CHECK(lint(silent) == nobody);
  CHECK(with_store("{id: a, when: [{any: [dkim_aligned, spf_aligned]}, admin_contact_copied], then: ask}")
            .empty());
  CHECK(
      with_store("{id: a, when: [admin_contact_copied], then: {ask: {style: reject}}}") ==
      std::vector<std::string>{"2: rule `a` asks without an authentication fact: a request of an author who "
                               "is not authenticated is refused, and nobody is asked"});
}

TEST_CASE("rules on what is remembered are compared like others") {
  struct Row {
    const char* story;
    std::string rules;
    std::vector<std::string> want;
  };
  const std::string good = "{id: ok, " + std::string(kGood) + "}";
  const auto row = GENERATE_COPY(values<Row>({
      {"a quota of members behind an accept",
       good + ",\n{id: full, when: [{members_of_tld: {more_than: 2}}], then: hold}",
       {"3: rule `full` limits a number, but rule `ok` accepts before it is asked"}},
      {"a rate behind an accept",
       good + ",\n{id: busy, when: [{rate: {more_than: 9}}], then: reject}",
       {"3: rule `busy` limits a number, but rule `ok` accepts before it is asked"}},
      {"a rule behind a weaker rate",
       "{id: a, when: [{rate: {more_than: 3}}], then: hold},\n{id: b, when: [{rate: 5}], then: reject}",
       {"3: rule `b` is never reached: rule `a` matches whenever it would"}},
      {"a rule behind the same memory",
       "{id: a, when: [seen_before], then: hold},\n{id: b, when: [dkim_aligned, seen_before], then: reject}",
       {"3: rule `b` is never reached: rule `a` matches whenever it would"}},
      {"seen and not seen",
       "{id: a, when: [seen_before, {seen_before: false}], then: hold}",
       {"2: rule `a` can never match: `not seen_before` excludes `seen_before`"}},
      {"more and fewer members than there can be",
       "{id: a, when: [{members_of_tld: {less_than: 3}}, {members_of_tld: {more_than: 2}}], then: hold}",
       {"2: rule `a` can never match: `members_of_tld more_than 2` excludes `members_of_tld less_than 3`"}},
  }));
  INFO(row.story);
  CHECK(lint(row.rules, "", kAged, {true, true}) == row.want);
}

TEST_CASE("definitions without use and mild defaults are told") {
  const std::string good = "{id: ok, " + std::string(kGood) + "}";
  CHECK(lint(good, "define: {x: dkim_aligned, y: x, z: {not: y}},") ==
        std::vector<std::string>{"1: definition `x` is never used", "1: definition `y` is never used",
                                 "1: definition `z` is never used"});
  CHECK(lint("{id: a, when: [y], then: hold}", "define: {x: dkim_aligned, y: x},").empty());
  CHECK(lint(good, "default: accept,") ==
        std::vector<std::string>{"1: `default` accepts: whoever meets no rule is let in"});
  CHECK(lint(good, "default: discard,") ==
        std::vector<std::string>{"1: `default` discards: authors never learn what to do"});
}

TEST_CASE("a policy that lets in whoever has just become the contact is told") {
  const std::string good = "{id: ok, " + std::string(kGood) + "}";
  const std::vector<std::string> told{
      "2: no rule looks at how long the contact has been the contact: whoever gets the record changed is let "
      "in at once"};
  CHECK(lint(good, "", "") == told);
  CHECK(lint("{id: leave, for: [unsubscribe], then: accept},\n{id: all, then: hold}", "", "").empty());
  struct Row {
    const char* story;
    std::string when;
  };
  const auto row = GENERATE(values<Row>({
      {"its age", "{contact_age: {less_than: 14d}}"},
      {"deep inside", "{any: [{not: {all: [{contact_age: {less_than: 14d}}, dkim_aligned]}}]}"},
      {"the age of the file", "{contacts_file_age: {more_than: 2d}}"},
      {"who it was", "{contact_changed_from: gone@nic.example}"},
      {"whether the one before is copied", "{not: previous_contact_copied}"},
      {"whether the ccTLD is signed", "{dnssec_signed: false}"},
      {"where its address is", "contact_is_shared_domain"},
  }));
  INFO(row.story);
  CHECK(lint("{id: hold, when: [" + row.when + "], then: hold},\n" + good, "", "").empty());
}

TEST_CASE("that the admin contact is not among those who are asked is told") {
  const std::string head = "{id: a, when: [dkim_aligned], then: {ask: {need: 1, of: ";
  const auto of = [&](const std::string& names) {
    return lint(head + names + "}}}", "", kAged, PolicySite{.store = true});
  };
  CHECK(of("[admin_contact, members]").empty());
  CHECK(
      of("[tech_contact, members]") ==
      std::vector<std::string>{"2: rule `a` asks without the admin contact: its no cannot keep anybody out, "
                               "and it learns of whoever is let in afterwards"});
}

TEST_CASE("a rule on new contacts has to stand above those that accept") {
  const std::string good = "{id: ok, " + std::string(kGood) + "}";
  const std::string young = "{id: young, when: [dkim_aligned, {contact_age: {less_than: 14d}}], then: hold}";
  CHECK(lint(young + ",\n" + good, "", "").empty());
  CHECK(
      lint(good + ",\n" + young, "", "") ==
      std::vector<std::string>{"3: rule `young` limits a number, but rule `ok` accepts before it is asked"});
  CHECK(lint(young + ",\n{id: younger, when: [dkim_aligned, {contact_age: {less_than: 7d}}], then: reject}",
             "", "") == std::vector<std::string>{
                            "3: rule `younger` is never reached: rule `young` matches whenever it would"});
  CHECK(lint("{id: a, when: [{contact_age: {less_than: 7d}}, {contact_age: {more_than: 14d}}], then: hold}",
             "", "") == std::vector<std::string>{
                            "2: rule `a` can never match: `contact_age more_than 14d` excludes `contact_age "
                            "less_than 7d`"});
  CHECK(lint("{id: a, when: [{contact_changed_from: x@nic.example}, {contact_changed_from: {not: "
             "x@nic.example}}], then: hold}",
             "", "")
            .size() == 1);
}
