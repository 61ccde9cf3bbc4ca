#include "policy/rules/lint.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "policy/rules/fact_table.h"
#include "policy/rules/implication.h"
#include "policy/text/issue_sink.h"

namespace ccgate {
namespace {

bool is_evidence(Fact fact) {
  return info_of(fact).authenticates;
}
bool is_authority(Fact fact) {
  return info_of(fact).authority;
}

/// Facts about the contact data itself, beside who wrote and who is copied.
bool is_about_contact_data(Fact fact) {
  switch (fact) {
    case Fact::contact_age:
    case Fact::contacts_file_age:
    case Fact::contact_changed_from:
    case Fact::previous_contact_copied:
    case Fact::dnssec_signed:
    case Fact::contact_is_shared_domain:
      return true;
    default:
      return false;
  }
}

/// Cost bound: comparing conditions is a product of their sizes, for each pair of rules.
constexpr std::size_t kMostRules = 200;

class Lint {
 public:
  Lint(const Policy& policy, const PolicySite& site, IssueSink& sink)
      : policy_(policy), site_(site), sink_(sink) {}

  void run() {
    for (const Rule& rule : policy_.rules) {
      lint_contradiction(rule);
      if (rule.kinds.contains(RequestKind::subscribe) && rule.then.decision == Decision::accept)
        lint_accept(rule);
      if (rule.then.decision == Decision::ask) lint_ask(rule);
      if (rule.then.quorum) lint_quorum(*rule.then.quorum, rule.at, fmt::format("rule `{}`", rule.id));
    }
    for (const Guard& guard : policy_.guards)
      if (guard.otherwise.quorum)
        lint_quorum(*guard.otherwise.quorum, guard.at, fmt::format("guard `{}`", guard.id));
    if (policy_.otherwise.quorum) lint_quorum(*policy_.otherwise.quorum, policy_.default_at, "`default`");
    if (policy_.rules.size() <= kMostRules) {
      for (std::size_t i = 0; i < policy_.rules.size(); ++i) lint_reach(i);
    }
    lint_quotas();
    lint_contact_age();
    lint_default();
    lint_definitions();
    if (!site_.store) note_ask();
  }

 private:
  void lint_accept(const Rule& rule) {
    const std::string who = fmt::format("rule `{}` accepts ", rule.id);
    if (!needs(rule.when, is_evidence))
      sink_.warning(rule.at, fmt::format("{}without an authentication fact: anyone can write any From", who),
                    "add dkim_aligned or spf_aligned to `when`");
    if (!needs(rule.when, is_authority))
      sink_.warning(rule.at,
                    fmt::format("{}without an authority fact: nothing ties it to the admin contact", who),
                    "add from_is_admin_contact or admin_contact_copied to `when`");
    lint_informed(rule, who);
  }

  void lint_informed(const Rule& rule, const std::string& who) {
    const auto inform = std::find_if(rule.actions.begin(), rule.actions.end(), [](const Action& action) {
      return action.kind == Action::Kind::inform;
    });
    if (inform != rule.actions.end() && inform->roles.empty())
      sink_.warning(inform->at,
                    fmt::format("{}and tells nobody: the admin contact does not learn of it", who),
                    "remove `inform: nobody`");
    else if (inform == rule.actions.end() && !site_.store)
      sink_.warning(rule.at, fmt::format("{}without `inform`: the admin contact does not learn of it", who),
                    "add `do: [{inform: admin_contact}]`");
  }

  void lint_ask(const Rule& rule) {
    if (!site_.store || needs(rule.when, is_evidence)) return;
    sink_.warning(rule.at,
                  fmt::format("rule `{}` asks without an authentication fact: a request of an author who is "
                              "not authenticated is refused, and nobody is asked",
                              rule.id),
                  "add dkim_aligned or spf_aligned to `when`");
  }

  void lint_quorum(const Quorum& quorum, Position at, const std::string& who) {
    if (quorum.of.contains(Voucher::admin_contact)) return;
    sink_.warning(at,
                  fmt::format("{} asks without the admin contact: its no cannot keep anybody out, and it "
                              "learns of whoever is let in afterwards",
                              who),
                  "add admin_contact to `of`");
  }

  void lint_contradiction(const Rule& rule) {
    for (std::size_t i = 0; i < rule.when.size(); ++i)
      for (std::size_t k = i + 1; k < rule.when.size(); ++k) {
        if (!excludes(rule.when[i], rule.when[k])) continue;
        sink_.warning(rule.when[k].at,
                      fmt::format("rule `{}` can never match: `{}` excludes `{}`", rule.id, rule.when[k].text,
                                  rule.when[i].text),
                      "remove one of them");
        return;
      }
  }

  void lint_reach(std::size_t index) {
    const Rule& rule = policy_.rules[index];
    const Rule* shadow = nullptr;
    for (const RequestKind kind : rule.kinds) {
      const auto end = policy_.rules.begin() + static_cast<std::ptrdiff_t>(index);
      const auto earlier = std::find_if(policy_.rules.begin(), end, [&](const Rule& other) {
        return other.kinds.contains(kind) &&
               std::all_of(other.when.begin(), other.when.end(),
                           [&](const Condition& condition) { return follows(rule.when, condition); });
      });
      if (earlier == end) return;
      shadow = &*earlier;
    }
    if (shadow == nullptr) return;
    sink_.warning(
        rule.at,
        fmt::format("rule `{}` is never reached: rule `{}` matches whenever it would", rule.id, shadow->id),
        fmt::format("move it above line {}, or remove it", shadow->at.line));
  }

  [[nodiscard]] static bool limits_number(const Condition& condition) {
    if (condition.kind != Condition::Kind::fact) return false;
    if (condition.fact == Fact::contact_age) return condition.test == Condition::Test::less_than;
    return condition.test == Condition::Test::more_than && info_of(condition.fact).type == FactType::count;
  }
  [[nodiscard]] static bool is_quota(const Rule& rule) {
    return rule.then.decision != Decision::accept &&
           std::any_of(rule.when.begin(), rule.when.end(), limits_number);
  }

  void lint_quotas() {
    for (auto rule = policy_.rules.begin(); rule != policy_.rules.end(); ++rule) {
      if (!is_quota(*rule)) continue;
      const auto accepts = std::find_if(policy_.rules.begin(), rule, [&](const Rule& other) {
        return other.then.decision == Decision::accept &&
               std::any_of(other.kinds.begin(), other.kinds.end(),
                           [&](RequestKind kind) { return rule->kinds.contains(kind); });
      });
      if (accepts == rule) continue;
      sink_.warning(rule->at,
                    fmt::format("rule `{}` limits a number, but rule `{}` accepts before it is asked",
                                rule->id, accepts->id),
                    fmt::format("move it above line {}", accepts->at.line));
    }
  }

  void lint_contact_age() {
    const auto accepts = std::find_if(policy_.rules.begin(), policy_.rules.end(), [](const Rule& rule) {
      return rule.kinds.contains(RequestKind::subscribe) && rule.then.decision == Decision::accept;
    });
    if (accepts == policy_.rules.end() || looks_at(policy_, is_about_contact_data)) return;
    sink_.warning(
        accepts->at,
        "no rule looks at how long the contact has been the contact: whoever gets the record changed "
        "is let in at once",
        "put above it `- {id: new-contact, for: [subscribe], when: [{contact_age: {less_than: 14d}}, "
        "{not: previous_contact_copied}], then: hold}`");
  }

  void lint_default() {
    if (policy_.otherwise.decision == Decision::accept)
      sink_.warning(policy_.default_at, "`default` accepts: whoever meets no rule is let in",
                    "write `default: reject`");
    if (policy_.otherwise.decision == Decision::discard)
      sink_.warning(policy_.default_at, "`default` discards: authors never learn what to do",
                    "write `default: reject`");
  }

  void lint_definitions() {
    for (const auto& [name, condition] : policy_.definitions) {
      const std::string& wanted = name;
      const bool used = any_condition(policy_, [&wanted](const Condition& each) {
        return each.kind == Condition::Kind::defined && each.name == wanted;
      });
      if (!used) sink_.warning(condition.at, fmt::format("definition `{}` is never used", name), "remove it");
    }
  }

  void note_ask() {
    const auto asks = std::find_if(policy_.rules.begin(), policy_.rules.end(),
                                   [](const Rule& rule) { return rule.then.decision == Decision::ask; });
    const std::string what = "without `store` in ccgate.yaml, `ask` is `hold`";
    const std::string help = "the message waits in the mail server's hold queue until somebody releases it";
    if (asks != policy_.rules.end())
      sink_.note(asks->at, what, help);
    else if (policy_.otherwise.decision == Decision::ask)
      sink_.note(policy_.default_at, what, help);
  }

  const Policy& policy_;
  const PolicySite& site_;
  IssueSink& sink_;
};

}  // namespace

void lint_policy(const Policy& policy, std::string_view text, Issues& issues, const PolicySite& site) {
  IssueSink sink(policy.file, text, issues);
  Lint(policy, site, sink).run();
}

}  // namespace ccgate
