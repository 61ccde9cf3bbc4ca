#include "milter/site/site_lint.h"

#include <algorithm>

#include "milter/site/files.h"

namespace ccgate {
namespace {

void warn(Issues& issues, const std::string& file, Position at, std::string what, std::string help) {
  issues.push_back({Severity::warning, file, at, std::move(what), std::move(help), ""});
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
           "`" + address.text() + "` reaches the command address `" + gated->text() +
               "`, but no list covers it",
           "add it to `also` of list `" + rules.gated(*gated).front().list->config.name + "`");
    }
  }
}

void lint_lists(const Ruleset& rules, Issues& issues) {
  for (const List& list : rules.lists) {
    if (!gated_addresses(list.config.addresses).empty()) continue;
    warn(issues, rules.config.file, list.config.at,
         "list `" + list.config.name + "` has no command address: nothing is gated",
         "name the addresses where people read the joining form in `form`");
  }
}

void lint_files(const Ruleset& rules, const std::string& user, Issues& issues) {
  std::vector<std::string> files{rules.config.file, rules.config.contacts_file, rules.config.overrides_file,
                                 rules.config.dns.trust_anchor};
  files.insert(files.end(), rules.config.alias_files.begin(), rules.config.alias_files.end());
  for (const List& list : rules.lists) files.push_back(list.config.policy_file);
  if (!has_account(user)) {
    warn(issues, rules.config.file, {},
         "there is no account `" + user + "`: whether it could read the files was not checked",
         "create it, or name the daemon's account with --user");
    return;
  }
  for (const std::string& file : files) {
    if (file.empty()) continue;
    const std::string why = unreadable_for(user, file);
    if (why.empty()) continue;
    warn(issues, file, {}, "the daemon's account `" + user + "` " + why,
         "give it read access, or name the account with --user");
  }
}

void lint_contacts(const Ruleset& rules, std::int64_t now, Issues& issues) {
  const auto fetched = rules.directory.fetched();
  if (fetched && now - *fetched > rules.config.contacts_max_age.count())
    warn(issues, rules.config.contacts_file, {},
         "the contact data is of " + format_timestamp(*fetched) +
             ", older than `max_age`: every subscription is deferred",
         "renew it, and `fetched` in it");
}

}  // namespace

void lint_site(const Ruleset& rules, const std::string& user, std::int64_t now, Issues& issues) {
  lint_aliases(rules, issues);
  lint_lists(rules, issues);
  lint_files(rules, user, issues);
  lint_contacts(rules, now, issues);
}

}  // namespace ccgate
