#include "milter/site/ruleset.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "milter/contacts/contacts_json.h"
#include "milter/site/aliases.h"
#include "milter/site/config_hooks.h"
#include "milter/site/config_yaml.h"
#include "milter/system/sha256.h"
#include "milter/texts/templates.h"
#include "policy/registry/registries_yaml.h"
#include "policy/request/odd_recipient.h"
#include "policy/rules/policy_yaml.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestYaml = std::size_t{1024} * 1024;
constexpr std::size_t kLargestAliases = std::size_t{16} * 1024 * 1024;
constexpr std::size_t kLargestRoster = std::size_t{16} * 1024 * 1024;
constexpr const char* kContactsHelp =
    "write it with `ccgate contacts fetch`, or by hand: see CONTACTS.JSON in ccgate.yaml(5)";

/// What to do about a contacts file that cannot be read, for the system's reason.
const char* contacts_help(const std::string& why) {
  return why == std::strerror(EACCES) ? "it is there: ask as the daemon's account (sudo -u ccgate), or mend "
                                        "the rights of the file and its folder"
                                      : kContactsHelp;
}

/// As parse_contacts, for a daemon: it would refuse everybody for good by a file without ccTLDs.
std::optional<ContactsFile> parse_contacts_in_use(const std::string& text, const std::string& file,
                                                  Issues& issues) {
  auto contacts = parse_contacts(text, file, issues);
  if (!contacts || !contacts->cctlds.empty()) return contacts;
  issues.push_back({Severity::error, file, {}, "there are no ccTLDs in the file", kContactsHelp, ""});
  return std::nullopt;
}

/// Reads the files that a configuration names, and tells at the place where one is named that it cannot be
/// read.
class Loader {
 public:
  Loader(const std::string& file, std::string_view text, Issues& issues)
      : issues_(issues), sink_(file, text, issues) {}

  std::optional<std::string> read(const std::string& path, std::size_t limit, Position named_at,
                                  const std::string& help) {
    std::string why;
    auto text = read_file(path, limit, why);
    if (!text) sink_.error(named_at, fmt::format("cannot read `{}`: {}", path, why), help);
    if (text) texts_ += sha256_hex(*text);
    return text;
  }

  /// Of all that was read, and of `config`.
  [[nodiscard]] std::string hash(std::string_view config) const {
    return sha256_hex(texts_ + sha256_hex(config));
  }

  void read_directory(const Config& config, Ruleset& rules) {
    ContactsFile contacts;
    std::string why;
    if (const auto text =
            read_whole_file(config.contacts.file, kLargestContacts, why, rules.contacts_state)) {
      if (auto parsed = parse_contacts_in_use(*text, config.contacts.file, issues_))
        contacts = std::move(*parsed);
    } else {
      sink_.error(config.at.contacts, fmt::format("cannot read `{}`: {}", config.contacts.file, why),
                  contacts_help(why));
    }
    RegistryOverrides overrides;
    if (!config.contacts.overrides.empty())
      if (const auto text = read(config.contacts.overrides, kLargestYaml, config.at.overrides, kMend))
        if (auto parsed = parse_registries(*text, config.contacts.overrides, issues_))
          overrides = std::move(*parsed);
    rules.directory = std::make_shared<const Directory>(std::move(contacts.cctlds), overrides,
                                                        rules.alias_sets, contacts.fetched);
    rules.overrides = std::move(overrides);
  }

  std::vector<std::set<Address>> aliases(const Config& config) {
    std::vector<std::set<Address>> all;
    for (const std::string& file : config.aliases) {
      const auto text = read(file, kLargestAliases, config.at.aliases, kMend);
      if (!text) continue;
      auto sets = parse_aliases(*text, file, issues_);
      all.insert(all.end(), std::make_move_iterator(sets.begin()), std::make_move_iterator(sets.end()));
    }
    return all;
  }

  std::optional<List> list(const Config& site, const ListConfig& config) {
    check_hooks(config.hooks, config.hooks_at);
    auto read = policy(config.policy_file, config.policy_at, policy_site(site, config));
    RosterRead members;
    if (!config.roster_file.empty()) members = roster(config.roster_file, config.roster_at);
    if (!read) return std::nullopt;
    return List{config, std::move(read->policy), std::move(read->text), members.roster, members.state};
  }

  /// What is wrong with the files that it names.
  void unread_list(const Config& site, const UnreadList& list) {
    check_hooks(list.hooks, list.hooks_at);
    if (!list.policy_file.empty())
      (void)policy(list.policy_file, list.policy_at, {!site.store.empty(), list.has_roster});
    if (!list.roster_file.empty()) (void)roster(list.roster_file, list.roster_at);
  }

  /// That what is to be run can be, and that templates are where they shall be.
  void check_programs(const Config& config) {
    if (config.submit.kind == Submission::Kind::sendmail)
      check_program(config.submit.program, config.at.submit);
    if (std::filesystem::is_directory(config.notices.folder)) {
      check_templates(config.notices.folder, languages_of(config.notices.languages), issues_);
      hash_templates(config.notices.folder);
    } else if (!config.notices.folder.empty())
      sink_.error(config.at.notices, fmt::format("`{}` is no folder", config.notices.folder), kMend);
    else if (!config.notices.languages.empty())
      sink_.warning(config.at.notices,
                    "`languages` without `folder`: the texts built in are in English alone",
                    "add the `folder` where texts in these languages are");
    check_hooks(config.hooks, config.at.hooks);
  }

 private:
  static constexpr const char* kMend = "mend the path, or the rights of the file";

  void hash_templates(const std::string& folder) {
    for (const std::string& file : match_files(folder + "/*.txt")) {
      std::string why;
      const auto text = read_file(file, kLargestYaml, why);
      texts_ += std::filesystem::path(file).filename().string() + sha256_hex(text.value_or(""));
    }
  }

  struct PolicyRead {
    Policy policy;
    std::string text;
  };
  std::optional<PolicyRead> policy(const std::string& file, Position named_at, const PolicySite& site) {
    auto text = read(file, kLargestYaml, named_at, kMend);
    if (!text) return std::nullopt;
    auto policy = parse_policy(*text, file, issues_);
    if (!policy) return std::nullopt;
    policy->hash = sha256_hex(*text);
    policy->file = file;
    check_policy_site(*policy, site, *text, issues_);
    return PolicyRead{std::move(*policy), std::move(*text)};
  }

  struct RosterRead {
    std::shared_ptr<const Roster> roster = nullptr;
    FileState state = {};
  };
  RosterRead roster(const std::string& file, Position named_at) {
    RosterRead read;
    std::string why;
    if (const auto text = read_whole_file(file, kLargestRoster, why, read.state))
      read.roster = std::make_shared<const Roster>(parse_roster(*text, file, issues_));
    else
      sink_.error(named_at, fmt::format("cannot read `{}`: {}", file, why),
                  "write it, empty where there are no members yet");
    return read;
  }

  /// Each program is told once, at the place that names it first.
  void check_hooks(const Hooks& hooks, Position named_at) {
    for (const auto& argv : programs_of(hooks))
      if (checked_.insert(argv.front()).second) check_program(argv.front(), named_at);
  }

  void check_program(const std::string& path, Position named_at) {
    const std::string why = unrunnable(path);
    const bool words = path.find(' ') != std::string::npos;
    if (!why.empty())
      sink_.error(named_at, fmt::format("cannot run `{}`: {}", path, why),
                  words ? "write the program and its arguments as a list: [/path, argument]" : kMend);
  }

  Issues& issues_;
  IssueSink sink_;
  std::set<std::string> checked_;  // programs
  std::string texts_;              // hashes of those read
};

}  // namespace

PolicySite policy_site(const Config& config, const ListConfig& list) {
  return {!config.store.empty(), list.roster_store || !list.roster_file.empty()};
}

std::shared_ptr<const Ruleset> load_ruleset(const std::string& config_file, Issues& issues) {
  const std::size_t first = issues.size();
  std::string why;
  const auto text = read_file(config_file, kLargestYaml, why);
  if (!text) {
    issues.push_back({Severity::error,
                      config_file,
                      {},
                      "cannot read the file: " + why,
                      "name the configuration with -c",
                      ""});
    return nullptr;
  }
  // All errors at once: those of ccgate.yaml do not hide those of the files it names.
  auto read = parse_config_partly(*text, config_file, issues);
  if (!read) return nullptr;
  Config& config = read->config;

  auto rules = std::make_shared<Ruleset>();
  Loader loader(config_file, *text, issues);
  rules->alias_sets = loader.aliases(config);
  // Where there is no list yet, there need be no contacts either.
  if (!config.contacts.file.empty() && !(read->whole && config.lists.empty()))
    loader.read_directory(config, *rules);
  else
    rules->directory = std::make_shared<const Directory>();
  if (!config.dns.trust_anchor.empty())
    (void)loader.read(
        config.dns.trust_anchor, kLargestYaml, config.at.trust_anchor,
        "Debian has it in the package dns-root-data; without `trust_anchor` nothing is validated");
  loader.check_programs(config);
  for (const ListConfig& list : config.lists)
    if (auto loaded = loader.list(config, list)) rules->lists.push_back(std::move(*loaded));
  for (const UnreadList& list : read->unread) loader.unread_list(config, list);
  if (std::any_of(issues.begin() + static_cast<std::ptrdiff_t>(first), issues.end(),
                  [](const Issue& issue) { return issue.severity == Severity::error; }))
    return nullptr;
  rules->config = std::move(config);
  rules->hash = loader.hash(*text);
  rules->index();
  return rules;
}

RulesReload reload_contacts(const Ruleset& before, Issues& issues) {
  const std::string& file = before.config.contacts.file;
  RulesReload result;
  std::string why;
  std::optional<ContactsFile> contacts;
  if (const auto text = read_whole_file(file, kLargestContacts, why, result.state)) {
    result.read = true;
    contacts = parse_contacts_in_use(*text, file, issues);
  } else {
    issues.push_back({Severity::error, file, {}, "cannot read the file: " + why, contacts_help(why), ""});
    result.read = result.state.size > kLargestContacts;  // no better when it is read again
  }
  if (!contacts) return result;
  auto rules = std::make_shared<Ruleset>(before);
  rules->directory = std::make_shared<const Directory>(std::move(contacts->cctlds), rules->overrides,
                                                       rules->alias_sets, contacts->fetched);
  rules->contacts_state = result.state;
  rules->index();
  result.rules = std::move(rules);
  return result;
}

RulesReload reload_roster(const Ruleset& before, const std::string& list, Issues& issues) {
  auto rules = std::make_shared<Ruleset>(before);
  RulesReload result;
  for (List& each : rules->lists) {
    if (each.config.name != list) continue;
    const std::string& file = each.config.roster_file;
    std::string why;
    const auto text = read_whole_file(file, kLargestRoster, why, result.state);
    if (!text) {
      issues.push_back({Severity::error, file, {}, "cannot read the file: " + why, "", ""});
      result.read = result.state.size > kLargestRoster;
      return result;
    }
    each.roster = std::make_shared<const Roster>(parse_roster(*text, file, issues));
    each.roster_state = result.state;
  }
  result.read = true;
  rules->index();
  result.rules = std::move(rules);
  return result;
}

void Ruleset::index() {
  by_domain_.clear();
  for (const List& list : lists) {
    const ListAddresses& addresses = list.config.addresses;
    std::set<Domain> domains{addresses.address.domain()};
    for (const Address& address : addresses.form) domains.insert(address.domain());
    for (const Address& address : addresses.also) domains.insert(address.domain());
    for (const Domain& domain : domains) by_domain_[domain].push_back(&list);
  }
}

std::vector<Ruleset::Gated> Ruleset::gated_oddly(std::string_view path) const {
  std::vector<Gated> all;
  for (const List& list : lists)
    if (auto command = odd_recipient(list.config.addresses, path))
      all.push_back({&list, std::move(*command)});
  return all;
}

std::optional<Ruleset::Own> Ruleset::own(const Address& recipient) const {
  if (config.store.empty()) return std::nullopt;
  const auto found = by_domain_.find(recipient.domain());
  if (found == by_domain_.end()) return std::nullopt;
  for (const List* list : found->second)
    if (auto address = own_address(list->config.addresses, recipient)) return Own{list, std::move(*address)};
  return std::nullopt;
}

std::optional<Ruleset::Own> Ruleset::own_local(std::string_view local) const {
  if (config.store.empty()) return std::nullopt;
  if (local.size() > 1 && local.front() == '"' && local.back() == '"')
    local = local.substr(1, local.size() - 2);
  for (const List& list : lists) {
    const ListAddresses& addresses = list.config.addresses;
    const auto address = Address::parse(std::string(local) + "@" + addresses.address.domain().ascii());
    if (!address) continue;
    if (auto found = own_address(addresses, *address)) return Own{&list, std::move(*found)};
  }
  return std::nullopt;
}

std::vector<Ruleset::Gated> Ruleset::gated(const Address& recipient) const {
  std::vector<Gated> all;
  const auto found = by_domain_.find(recipient.domain());
  if (found == by_domain_.end()) return all;
  for (const List* list : found->second)
    if (auto command = command_address(list->config.addresses, recipient))
      all.push_back({list, std::move(*command)});
  return all;
}

}  // namespace ccgate
