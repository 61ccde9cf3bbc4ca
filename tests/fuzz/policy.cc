// A policy, its lints, and the scenarios that may hold one.
#include <algorithm>

#include "policy/rules/lint.h"
#include "policy/rules/policy_site.h"
#include "policy/rules/policy_yaml.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestPolicy = std::size_t{1024} * 1024;

void check_outcome(const Outcome& outcome) {
  const ReplyTemplate& reply = outcome.reply;
  expect_printable(reply.text, "a reply is ASCII");
  expect_printable(reply.status, "a status is ASCII");
  expect(reply.code == 0 || (reply.code >= 200 && reply.code < 600), "a code is of SMTP");
  const bool refuses = outcome.decision == Decision::reject || outcome.decision == Decision::tempfail;
  if (refuses && reply.code != 0)
    expect(reply.code / 100 == (outcome.decision == Decision::reject ? 5 : 4), "a refusal has its code");
}

void run_policy(std::string_view input) {
  Issues issues;
  const auto policy = parse_policy(input, "f", issues);
  expect(policy.has_value() != has_errors(issues), "a policy with an error is none");
  for (const Issue& issue : issues) expect_utf8(render(issue), "an issue is UTF-8");
  if (!policy) return;
  for (const Rule& rule : policy->rules) {
    expect(!rule.id.empty() && rule.id.size() <= 64, "a rule has a short name", rule.id);
    expect(!rule.kinds.empty(), "a rule is for something");
    check_outcome(rule.then);
    for (const Action& action : rule.actions) {
      expect_printable(action.name, "a field name is ASCII");
      expect(action.value.find_first_of("\r\n") == std::string::npos, "a field is one line");
    }
  }
  for (const Guard& guard : policy->guards) check_outcome(guard.otherwise);
  for (const bool store : {false, true}) {
    lint_policy(*policy, input, issues, {store, store});
    check_policy_site(*policy, {store, store}, input, issues);
  }
  for (const Issue& issue : issues) (void)render(issue);
}

std::vector<std::string> policy_seeds() {
  std::vector<std::string> seeds;
  for (const char* folder : {"conf", "tests/config/good", "tests/config/bad", "tests/site"})
    for (const std::string& text : repository_files(folder, ".policy.yaml")) seeds.push_back(text);
  return seeds;
}

std::vector<std::string> policy_extremes() {
  const std::string text = repository_file("tests/site/tld-ops.policy.yaml");
  std::string definitions = "define:\n  d0: from_is_admin_contact\n";
  for (int i = 1; i <= 30; ++i)
    definitions += "  d" + std::to_string(i) + ": {not: d" + std::to_string(i - 1) + "}\n";
  const auto with = [&](const std::string& conditions) {
    std::string made = text;
    made.replace(made.find("define:\n"), 8, definitions);
    const std::string from = "[authenticated, from_is_admin_contact]";
    made.replace(made.find(from), from.size(), conditions);
    return made;
  };
  std::string doubled = "define:\n  d0: from_is_admin_contact\n";
  for (int i = 1; i <= 30; ++i) {
    const std::string before = "d" + std::to_string(i - 1);
    doubled += "  d" + std::to_string(i) + ": {any: [" + before + ", " + before + "]}\n";
  }
  std::string rules = text;
  for (int i = 0; i < 300; ++i)
    rules += "  - {id: r" + std::to_string(i) + ", when: [{contacts: {more_than: " + std::to_string(i) +
             "}}], then: reject}\n";
  return {with("[" + repeated("{not: ", 26) + "d30" + repeated("}", 26) + "]"),
          with("[" + repeated("{any: [", 13) + "d30" + repeated("]}", 13) + "]"),
          with("[" + filled_up("authenticated, ", 100000) + "d30]"),
          doubled + text,
          rules,
          text + filled_up("  - {}\n", 100000),
          text + filled_up("x: y\n", 100000)};
}

}  // namespace

Target policy_target() {
  return {"policy", kLargestPolicy, run_policy, policy_seeds, policy_extremes};
}

}  // namespace ccgate::fuzz
