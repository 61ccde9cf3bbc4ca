#include "milter/site/site_lint.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "milter/system/timestamp.h"
#include "policy/rules/implication.h"
#include "policy/text/ascii.h"
#include "policy/yaml/yaml_reader.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

void warn(Issues& issues, const std::string& file, Position at, std::string what, std::string help) {
  issues.push_back({Severity::warning, file, at, std::move(what), std::move(help), ""});
}

bool asks_previous(Fact fact) {
  return fact == Fact::contact_changed_from || fact == Fact::previous_contact_copied;
}

/// An alias that the MTA rewrites to a command address is a way around the gate, unless it is gated too.
void lint_aliases(const Ruleset& rules, Issues& issues) {
  for (const std::set<Address>& same : rules.alias_sets) {
    const auto gated =
        std::find_if(same.begin(), same.end(), [&](const Address& a) { return !rules.gated(a).empty(); });
    if (gated == same.end()) continue;
    for (const Address& address : same) {
      if (!rules.gated(address).empty()) continue;
      warn(issues, rules.config.file, {},
           fmt::format("`{}` reaches the command address `{}`, but no list covers it", address.text(),
                       gated->text()),
           fmt::format("add it to `also` of list `{}`", rules.gated(*gated).front().list->config.name));
    }
  }
}

void lint_lists(const Ruleset& rules, Issues& issues) {
  for (const List& list : rules.lists) {
    if (!gated_addresses(list.config.addresses).empty()) continue;
    warn(issues, rules.config.file, list.config.at,
         fmt::format("list `{}` has no command address: nothing is gated", list.config.name),
         "name the addresses where people read the joining form in `form`");
  }
}

/// Mail of ccgate's own is automatic mail, which the gate lets through to no command address.
void lint_owners(const Ruleset& rules, Issues& issues) {
  if (rules.config.store.empty()) return;
  for (const List& list : rules.lists) {
    if (!list.config.owner) continue;
    const auto gated = rules.gated(*list.config.owner);
    const bool refused = std::any_of(gated.begin(), gated.end(), [](const Ruleset::Gated& each) {
      return each.command.form || each.command.at_least > RequestKind::owner;
    });
    if (!refused) continue;
    warn(issues, rules.config.file, list.config.at,
         fmt::format("`{}`, the owner of list `{}`, is a command address: mail that tells of objections "
                     "would be refused",
                     list.config.owner->text(), list.config.name),
         "name another address in `owner`");
  }
}

/// `xa, xb and 4 more (6 of 9 ccTLDs)`
std::string first_few(const std::set<Domain>& cctlds, const Ruleset& rules) {
  constexpr std::size_t kNamed = 5;
  std::string text;
  std::size_t named = 0;
  for (const Domain& cctld : cctlds) {
    if (named == kNamed) break;
    text += (named++ == 0 ? "" : ", ") + cctld.ascii();
  }
  if (cctlds.size() > named) text += fmt::format(" and {} more", cctlds.size() - named);
  return fmt::format("{} ({} of {} ccTLDs)", text, cctlds.size(), rules.directory->size());
}

void lint_stale_contacts(const Ruleset& rules, std::int64_t now, Issues& issues) {
  const std::int64_t max_age = rules.config.contacts.max_age.count();
  std::set<Domain> stale;
  for (const CcTld& cctld : rules.directory->all())
    if (rules.directory->is_stale(&cctld, now, max_age)) stale.insert(cctld.label);
  if (rules.directory->is_stale(nullptr, now, max_age) && stale.size() == rules.directory->size())
    warn(issues, rules.config.contacts.file, {},
         fmt::format("the contact data is of {}, older than `max_age`: every subscription is deferred",
                     format_timestamp(rules.directory->fetched().value_or(0))),
         "renew it, and `fetched` in it");
  else if (!stale.empty())
    warn(issues, rules.config.contacts.file, {},
         fmt::format("the data of {} is older than `max_age`: subscriptions for them are deferred",
                     first_few(stale, rules)),
         "renew it, and `fetched` in it");
}

bool asks_age(Fact fact) {
  return fact == Fact::contact_age || asks_previous(fact);
}

/// A contact without a date counts as new: right for a record that nobody has watched yet, wrong for a file
/// that somebody wrote without knowing of it.
void lint_undated_contacts(const Ruleset& rules, Issues& issues) {
  std::set<Domain> undated;
  for (const List& list : rules.lists) {
    if (!looks_at(list.policy, asks_age)) continue;
    for (const CcTld& cctld : rules.directory->all())
      for (const auto& [role, contact] : cctld.contacts)
        if (list.policy.authority.contains(role) && (!contact.changed || !contact.first_seen))
          undated.insert(cctld.label);
  }
  if (undated.empty()) return;
  warn(issues, rules.config.contacts.file, {},
       fmt::format(
           "the contacts of {} have no `changed` or no `first_seen`: to the rules they are new for ever",
           first_few(undated, rules)),
       "write since when each is the contact, as in \"2024-03-12\"");
}

/// A program does not say whether such mail can leave (SMTPUTF8), so none is handed to it.
void lint_unreached_contacts(const Ruleset& rules, Issues& issues) {
  if (rules.config.submit.kind != Submission::Kind::sendmail) return;
  std::set<Domain> unreached;
  for (const CcTld& cctld : rules.directory->all())
    for (const auto& [role, contact] : cctld.contacts) {
      if (!is_ascii(contact.email.local())) unreached.insert(cctld.label);
    }
  if (unreached.empty()) return;
  warn(issues, rules.config.file, rules.config.at.submit,
       fmt::format("contacts of {} have an address that is not ASCII: they are not reached",
                   first_few(unreached, rules)),
       "use `smtp://` with a mail server that offers SMTPUTF8");
}

/// A rule that waits for longer than the one before is remembered has no way around it in between.
void lint_cool_down(const Ruleset& rules, Issues& issues) {
  const std::int64_t cool_down = rules.config.contacts.cool_down.count();
  for (const List& list : rules.lists) {
    if (!looks_at(list.policy, asks_previous)) continue;
    for (const Rule& rule : list.policy.rules) {
      const std::int64_t age = largest_number(rule.when, Fact::contact_age);
      if (age <= cool_down) continue;
      warn(issues, list.policy.file, rule.at,
           fmt::format("rule `{}` asks for a contact_age of {}, but `contacts.cool_down` is {}: after it no "
                       "copy to the one before helps",
                       rule.id, format_duration(age), format_duration(cool_down)),
           fmt::format("set `cool_down: {}` in ccgate.yaml, or ask for less", format_duration(age)));
    }
  }
}

}  // namespace

void lint_site(const Ruleset& rules, std::int64_t now, Issues& issues) {
  lint_aliases(rules, issues);
  lint_lists(rules, issues);
  lint_owners(rules, issues);
  lint_stale_contacts(rules, now, issues);
  lint_undated_contacts(rules, issues);
  lint_cool_down(rules, issues);
  lint_unreached_contacts(rules, issues);
}

}  // namespace ccgate
