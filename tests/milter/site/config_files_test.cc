// Every file in tests/config/good is read without a word, every one in tests/config/bad gives exactly the
// issues told beside it, and every sample in conf/ works. NAME.KIND.yaml: the kind says who reads it.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "milter/site/config_yaml.h"
#include "milter/site/ruleset.h"
#include "policy/registry/registries_yaml.h"
#include "policy/rules/lint.h"
#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"

using namespace ccgate;
namespace fs = std::filesystem;

namespace {

const fs::path kTree = CCGATE_SOURCE_DIR;

std::string content(const fs::path& file) {
  const std::ifstream stream(file);
  REQUIRE(stream);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string rendered(const Issues& issues) {
  std::string text;
  for (const Issue& issue : issues) text += render(issue);
  return text;
}

/// Reads `file` as its kind says; true when it was accepted.
bool accepted(const fs::path& file, Issues& issues) {
  const std::string text = content(file);
  const std::string name = file.filename().string();
  const std::string kind = file.stem().extension().string();
  if (kind == ".policy") return parse_policy(text, name, issues).has_value();
  if (kind == ".config") return parse_config(text, name, issues).has_value();
  if (kind == ".registries") return parse_registries(text, name, issues).has_value();
  FAIL("unknown kind of file: " << name);
  return false;
}

std::vector<fs::path> yaml_files(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kTree / "tests/config" / folder))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("good files are read without a word") {
  for (const fs::path& file : yaml_files("good")) {
    INFO(file);
    Issues issues;
    CHECK(accepted(file, issues));
    CHECK(rendered(issues) == "");
  }
}

TEST_CASE("bad files give the issues told beside them") {
  for (const fs::path& file : yaml_files("bad")) {
    INFO(file);
    Issues issues;
    CHECK_FALSE(accepted(file, issues));
    fs::path expected = file;
    CHECK(rendered(issues) == content(expected.replace_extension(".expected")));
  }
}

TEST_CASE("the samples load as they stand") {
  Issues issues;
  const auto rules = load_ruleset((kTree / "conf/ccgate.yaml").string(), issues);
  INFO(rendered(issues));
  REQUIRE(rules);
  CHECK(issues.empty());
  REQUIRE(rules->lists.size() == 1);
  const List& list = rules->lists.front();
  CHECK(list.config.name == "tld-ops");
  CHECK(list.policy.rules.size() == 6);
  CHECK(list.policy.hash.size() == 64);
  CHECK(list.policy.file == list.config.policy_file);
  CHECK(rules->directory->size() == 4);
  CHECK(rules->alias_sets.size() == 1);

  lint_policy(list.policy, list.policy_text, issues, policy_site(rules->config, list.config));
  CHECK(rendered(issues) == "");
}

TEST_CASE("the sample for real ccTLDs loads, and each kind of special case is in it") {
  Issues issues;
  const auto overrides =
      parse_registries(content(kTree / "conf/registries-iana.yaml"), "registries-iana.yaml", issues);
  INFO(rendered(issues));
  REQUIRE(overrides);
  CHECK(issues.empty());
  const auto has = [&](auto&& member) {
    return std::any_of(overrides->registries.begin(), overrides->registries.end(),
                       [&](const auto& registry) { return member(registry.second); });
  };
  CHECK(has([](const RegistryOverride& one) { return !one.covers.empty() && !one.domains.empty(); }));
  CHECK(has([](const RegistryOverride& one) { return !one.operators.empty(); }));
  CHECK(has([](const RegistryOverride& one) { return one.never_same_registry; }));
  CHECK(overrides->shared_domains.contains(*Domain::parse("gmail.com")));
}

TEST_CASE("mail to the sample list's command addresses is gated, other mail is not") {
  Issues issues;
  const auto rules = load_ruleset((kTree / "conf/ccgate.yaml").string(), issues);
  REQUIRE(rules);
  const auto gated = [&](const char* address) { return rules->gated(Address::parse(address).value()); };
  REQUIRE(gated("tld-ops-join@lists.example.org").size() == 1);
  CHECK(gated("tld-ops-join@lists.example.org").front().list == &rules->lists.front());
  CHECK_FALSE(gated("TLD-OPS-Join@Lists.Example.ORG").empty());
  CHECK_FALSE(gated("secretariat@lists.example.org").empty());
  CHECK_FALSE(gated("tldops-join@lists.example.org").empty());
  CHECK(gated("anne@lists.example.org").empty());
  CHECK(gated("tld-ops-join@other.example.org").empty());
}

TEST_CASE("all errors of all files are told at once, each where it can be mended") {
  const fs::path folder = fs::temp_directory_path() / ("ccgate-config-test-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const auto put = [&](const char* name, std::string_view text) { std::ofstream(folder / name) << text; };
  put("ccgate.yaml",
      "ccgate: 1\nlisten: fd:3\ncontacts: {file: contacts.json, overrides: registries.yaml}\n"
      "aliases: [none]\n"
      "lists:\n"
      "  a: {address: a@lists.example, manager: mailman3, policy: a.policy.yaml}\n"
      "  b: {address: b@lists.example, manager: mailman3, policy: missing.policy.yaml}\n");
  put("contacts.json", "{\"ccgate_contacts\": 1, \"cctlds\": {}, \"cctlds\": {}}\n");
  put("registries.yaml", "xa: {domain: [nic.example]}\n");
  put("a.policy.yaml", "ccgate: 1\npolicy: a\nrules: [{id: x, then: acept}]\n");
  Issues issues;
  CHECK_FALSE(load_ruleset((folder / "ccgate.yaml").string(), issues));
  std::string told;
  for (const Issue& issue : issues)
    told += fs::path(issue.file).filename().string() + ":" + std::to_string(issue.at.line) + ":" +
            std::to_string(issue.at.column) + " " + issue.what + "\n";
  const std::string at = folder.string() + "/";
  CHECK(told == "ccgate.yaml:4:1 cannot read `" + at + "none`: No such file or directory\n" +
                    "contacts.json:1:38 duplicate key `cctlds`\n" +
                    "registries.yaml:1:6 unknown key `domain`\n" +
                    "a.policy.yaml:3:23 `then` cannot be `acept`\n" + "ccgate.yaml:7:60 cannot read `" + at +
                    "missing.policy.yaml`: No such file or directory\n");

  issues.clear();
  CHECK_FALSE(load_ruleset((folder / "nothing.yaml").string(), issues));
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().what == "cannot read the file: No such file or directory");
  fs::remove_all(folder);
}

TEST_CASE("a list that lacks something hides nothing of what it names") {
  const fs::path folder = fs::temp_directory_path() / ("ccgate-unread-test-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const auto put = [&](const char* name, std::string_view text) { std::ofstream(folder / name) << text; };
  put("contacts.json",
      "{\"ccgate_contacts\": 1, \"cctlds\": {\"xa\": {\"admin\": {\"email\": \"a@nic.xa\"}}}}\n");
  put("p.yaml",
      "ccgate: 1\npolicy: a\nrules: [{id: x, when: [{members_of_tld: {more_than: 1}}], then: acept}]\n");
  put("q.yaml",
      "ccgate: 1\npolicy: a\nrules: [{id: x, when: [{members_of_tld: {more_than: 1}}], then: hold}]\n");
  const auto told = [&](const std::string& list) {
    put("ccgate.yaml",
        "ccgate: 1\nlisten: fd:3\ncontacts: {file: contacts.json}\nstore: sqlite:/nowhere/c.db\n"
        "lists:\n  a: {" +
            list + "}\n");
    Issues issues;
    CHECK_FALSE(load_ruleset((folder / "ccgate.yaml").string(), issues));
    std::string all;
    for (const Issue& issue : issues)
      all += fs::path(issue.file).filename().string() + " " + issue.what + "\n";
    for (std::size_t at = 0; (at = all.find(folder.string() + "/")) != std::string::npos;)
      all.erase(at, folder.string().size() + 1);
    return all;
  };
  const std::string of_policy = "p.yaml `then` cannot be `acept`\n";
  CHECK(told("manager: mailman3, policy: p.yaml") == "ccgate.yaml `address` is missing\n" + of_policy);
  CHECK(told("address: a@lists.example, policy: p.yaml") == "ccgate.yaml `manager` is missing\n" + of_policy);
  CHECK(told("address: a@lists.example, manager: majordomo, policy: p.yaml") ==
        "ccgate.yaml `manager` cannot be `majordomo`\n" + of_policy);
  CHECK(told("address: a, manager: mlmmj, policy: p.yaml") ==
        "ccgate.yaml `a` is not one mail address\n" + of_policy);
  CHECK(told("policy: none.yaml, roster: members, hooks: {accepted: hook}, retention: 1d, "
             "review: {every: 1d}, repository: {every: daily}") ==
        "ccgate.yaml `address` is missing\n"
        "ccgate.yaml `manager` is missing\n"
        "ccgate.yaml `retention` is too short\n"
        "ccgate.yaml a reminder comes before `expires`, and that before `every` is over\n"
        "ccgate.yaml `every` cannot be `daily`\n"
        "ccgate.yaml cannot run `hook`: No such file or directory\n"
        "ccgate.yaml cannot read `none.yaml`: No such file or directory\n"
        "ccgate.yaml cannot read `members`: No such file or directory\n");
  CHECK(told("address: a@lists.example, manager: mlmmj, roster: members") ==
        "ccgate.yaml `policy` is missing\n"
        "ccgate.yaml cannot read `members`: No such file or directory\n");
  // What the policy leans on is known: that a roster is named, or none.
  CHECK(told("policy: q.yaml, manager: mlmmj, roster: store") == "ccgate.yaml `address` is missing\n");
  CHECK_THAT(told("policy: q.yaml, manager: mlmmj"), contains("q.yaml "));
  fs::remove_all(folder);
}

TEST_CASE("the contacts alone are read again, whole or not at all") {
  const fs::path folder = fs::temp_directory_path() / ("ccgate-contacts-test-" + std::to_string(getpid()));
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator(kTree / "conf"))
    if (entry.is_regular_file()) fs::copy_file(entry.path(), folder / entry.path().filename());
  const auto put = [&](const char* name, std::string_view text) { std::ofstream(folder / name) << text; };
  Issues issues;
  const auto rules = load_ruleset((folder / "ccgate.yaml").string(), issues);
  INFO(rendered(issues));
  REQUIRE(rules);
  const std::string contacts = (folder / "contacts.json").string();
  CHECK(rules->contacts_state == file_state(contacts));

  put("tld-ops.policy.yaml", "not read");
  put("contacts.json", "{\"ccgate_contacts\": 1, \"fetched\": \"2026-11-22\", \"cctlds\": {\"xa\": {}}}");
  RulesReload next = reload_contacts(*rules, issues);
  REQUIRE(next.rules);
  CHECK(next.read);
  CHECK(next.state == file_state(contacts));
  CHECK(next.rules->contacts_state == next.state);
  CHECK(issues.size() == 1);  // of xa
  CHECK(next.rules->directory->size() == 1);
  CHECK(next.rules->directory->fetched() == 1795305600);
  CHECK(rules->directory->size() == 4);
  const auto gated = next.rules->gated(Address::parse("tld-ops-join@lists.example.org").value());
  REQUIRE(gated.size() == 1);
  CHECK(gated.front().list == &next.rules->lists.front());

  issues.clear();
  put("contacts.json", "{}");
  next = reload_contacts(*rules, issues);
  CHECK_FALSE(next.rules);
  CHECK(next.read);
  CHECK(issues.size() == 2);
  issues.clear();
  fs::remove(contacts);
  next = reload_contacts(*rules, issues);
  CHECK_FALSE(next.rules);
  CHECK_FALSE(next.read);
  CHECK(next.state == FileState{});
  CHECK(
      rendered(issues).starts_with(contacts + ": error: cannot read the file: No such file or directory\n"));
  fs::remove_all(folder);
}

TEST_CASE("what a site with a store names must be there") {
  const fs::path folder = fs::temp_directory_path() / ("ccgate-store-test-" + std::to_string(getpid()));
  fs::create_directories(folder / "texts");
  const auto put = [&](const char* name, std::string_view text) { std::ofstream(folder / name) << text; };
  const std::string head =
      "ccgate: 1\nlisten: fd:3\ncontacts: {file: contacts.json}\nstore: sqlite:/nowhere/ccgate.db\n"
      "lists:\n"
      "  a: {address: a@lists.example, manager: mailman3, policy: a.policy.yaml, roster: members}\n";
  put("contacts.json",
      "{\"ccgate_contacts\": 1, \"cctlds\": {\"xa\": {\"admin\": {\"email\": \"a@nic.xa\"}}}}\n");
  put("a.policy.yaml", "ccgate: 1\npolicy: a\nrules: [{id: x, then: reject}]\n");
  put("hook", "#!/bin/sh\n");
  const auto load = [&](const std::string& lines) {
    put("ccgate.yaml", head + lines);
    Issues issues;
    const auto rules = load_ruleset((folder / "ccgate.yaml").string(), issues);
    std::string told = rules ? "" : "refused\n";
    for (const Issue& issue : issues)
      told += fs::path(issue.file).filename().string() + ":" + std::to_string(issue.at.line) + ":" +
              std::to_string(issue.at.column) + " " + issue.what + "\n";
    return told;
  };
  const std::string at = folder.string() + "/";
  CHECK(load("submit: sendmail:/nowhere/sendmail\nnotices: {folder: none}\nhooks: {accepted: [hook, x]}\n") ==
        "refused\n"
        "ccgate.yaml:7:9 cannot run `/nowhere/sendmail`: No such file or directory\n"
        "ccgate.yaml:8:19 `" +
            at + "none` is no folder\n" + "ccgate.yaml:9:1 cannot run `" + at + "hook`: Permission denied\n" +
            "ccgate.yaml:6:83 cannot read `" + at + "members`: No such file or directory\n");
  put("members", "xa anne@nic.xa\n\n# the second\nxa ben@nic.xa\nxa nobody\n");
  fs::permissions(folder / "hook", fs::perms::owner_all);
  // The store is opened by the daemon, not looked at here.
  CHECK(load("notices: {folder: texts}\nhooks: {accepted: hook}\n") ==
        "members:5:1 no member in this line\n");
  CHECK(load("notices: {languages: {xa: fr}}\nhooks: {accepted: hook}\n") ==
        "ccgate.yaml:7:1 `languages` without `folder`: the texts built in are in English alone\n"
        "members:5:1 no member in this line\n");

  Issues issues;
  const auto rules = load_ruleset((folder / "ccgate.yaml").string(), issues);
  REQUIRE(rules);
  const auto members = [](const Ruleset& of) {
    return of.lists.front().roster->at(*Domain::parse("xa")).size();
  };
  CHECK(members(*rules) == 2);
  issues.clear();
  put("members", "xa anne@nic.xa\n");
  RulesReload next = reload_roster(*rules, "a", issues);
  REQUIRE(next.rules);
  CHECK(issues.empty());
  CHECK(next.read);
  CHECK(members(*next.rules) == 1);
  CHECK(next.rules->lists.front().roster_state == file_state((folder / "members").string()));
  CHECK(members(*rules) == 2);
  fs::remove(folder / "members");
  next = reload_roster(*rules, "a", issues);
  CHECK_FALSE(next.rules);
  CHECK_FALSE(next.read);
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().what == "cannot read the file: No such file or directory");
  fs::remove_all(folder);
}
