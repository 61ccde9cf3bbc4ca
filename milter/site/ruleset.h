// milter/site/ruleset.h: ccgate.yaml and every file it names -> one immutable set of rules; reload keeps the
// old set when the new one has any error.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "milter/site/config.h"
#include "milter/system/files.h"
#include "policy/registry/registry.h"
#include "policy/registry/roster.h"
#include "policy/request/own_address.h"
#include "policy/request/request.h"
#include "policy/rules/policy.h"
#include "policy/rules/policy_site.h"

namespace ccgate {

/// What the policy of `list` can lean on.
[[nodiscard]] PolicySite policy_site(const Config& config, const ListConfig& list);

struct List {
  ListConfig config;
  Policy policy;
  std::string policy_text;                         ///< for lints
  std::shared_ptr<const Roster> roster = nullptr;  ///< null: none named
  FileState roster_state = {};                     ///< of the file that it was read from
};

/// One loaded set: what a transaction keeps a reference to from its first gated recipient to its end.
struct Ruleset {
  Config config;
  std::shared_ptr<const Directory> directory = std::make_shared<const Directory>();  ///< never null
  FileState contacts_state;  ///< of contacts.file, as the directory was read from it
  RegistryOverrides overrides;
  std::vector<std::set<Address>> alias_sets;  ///< of the aliases(5) files
  std::vector<List> lists;
  /// Of the text of ccgate.yaml and of every file that is read at a start or reload alone: contacts and
  /// rosters are not among them. Equal texts have equal hashes, wherever they are.
  std::string hash = {};

  struct Gated {
    const List* list;
    CommandAddress command;
  };
  /// Empty: none of our business. Several: the address takes commands for every list of its host (`sympa@`).
  /// No allocation for a recipient in another domain.
  [[nodiscard]] std::vector<Gated> gated(const Address& recipient) const;
  struct Own {
    const List* list;
    OwnAddress address;
  };
  /// An address at which ccgate itself reads mail; none without a store.
  [[nodiscard]] std::optional<Own> own(const Address& recipient) const;
  /// The same for a recipient that the MTA delivers itself, and names by the local part alone, as Sendmail
  /// does.
  [[nodiscard]] std::optional<Own> own_local(std::string_view local) const;
  /// What a path that is no plain address could reach (odd_recipient.h).
  [[nodiscard]] std::vector<Gated> gated_oddly(std::string_view path) const;

  /// Fills the index behind `gated`; call after `lists` is complete and in its final place.
  void index();

 private:
  std::unordered_map<Domain, std::vector<const List*>> by_domain_;  // domains of lists, forms and aliases
};

/// Reads ccgate.yaml and every file it names; all errors at once. Null when there was one. Warnings do not
/// count.
[[nodiscard]] std::shared_ptr<const Ruleset> load_ruleset(const std::string& config_file, Issues& issues);

/// What came of reading one file again.
struct RulesReload {
  std::shared_ptr<const Ruleset> rules;  ///< null: refused, the issues say why
  FileState state;                       ///< of the file that was looked at
  bool read = false;                     ///< its content decided; false: it could not be read
};
/// The rules of `before` with the contacts of the file as it is now, whole or not at all. Nothing else is
/// read. A million entries take seconds: not for a thread that somebody waits for.
[[nodiscard]] RulesReload reload_contacts(const Ruleset& before, Issues& issues);

/// The same for the roster of the list called `list`, which names one. Lines that cannot be read are told.
[[nodiscard]] RulesReload reload_roster(const Ruleset& before, const std::string& list, Issues& issues);

}  // namespace ccgate
