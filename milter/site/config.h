// milter/site/config.h: ccgate.yaml and every file it names -> one immutable set of rules; reload keeps the
// old set when the new one has any error.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "milter/contacts/contacts_file.h"
#include "milter/evidence/dns.h"
#include "milter/log.h"
#include "milter/site/files.h"
#include "milter/site/timestamp.h"
#include "policy/issue.h"
#include "policy/message.h"
#include "policy/own_address.h"
#include "policy/policy.h"
#include "policy/policy_site.h"
#include "policy/registry.h"
#include "policy/request.h"
#include "policy/roster.h"
#include "policy/yaml.h"

namespace ccgate {

/// What gated mail gets when something is not as it should be (`on`).
enum class OnTrouble { tempfail, reject, hold };
enum class MixedRecipients { split, reject, drop };

/// How mail of our own is handed over (`submit`).
struct Submission {
  enum class Kind { none, smtp, sendmail };
  Kind kind = Kind::none;
  std::string host;  ///< smtp: name or address
  std::uint16_t port = 25;
  std::string program;  ///< sendmail: absolute path
  friend bool operator==(const Submission&, const Submission&) = default;
};

/// Most requests and mails to contacts in 24 hours (`flood`).
struct FloodLimits {
  std::int64_t author_domain = 100;
  std::int64_t cctld = 100;
  std::int64_t contact = 20;  ///< questions to one address, and notices: each, because of its own registry
  std::int64_t foreign = 3;   ///< of each, because of one organizational domain that is not of the registry
};

struct ListConfig {
  std::string name;  ///< key in `lists`
  ListAddresses addresses;
  std::string policy_file;  ///< absolute or relative to the working directory, ready to open
  Position at;
  Position policy_at;                               ///< of `policy`, to tell what is wrong with the file
  std::optional<Address> owner = std::nullopt;      ///< who is told of objections; never absent once read
  std::chrono::seconds retention{400 * 24 * 3600};  ///< how long the ledger keeps a decision
  /// A refusal of mail that nobody is known to have written; never longer than `retention`.
  std::chrono::seconds retention_refused{30 * 24 * 3600};
  std::string roster_file = {};  ///< empty: none
  Position roster_at = {};
};

/// ccgate.yaml, checked; paths made relative to its folder.
struct Config {
  std::string file;
  std::vector<std::string> listen;      ///< unix:PATH, inet:PORT@HOST, inet6:PORT@HOST, fd:N
  std::optional<unsigned> socket_mode;  ///< 0..0777
  std::string socket_group;
  bool socket_public = false;  ///< an inet socket may be beyond loopback
  std::string authserv_id;     ///< empty: the MTA's {j}
  ResolverOptions dns;
  std::string contacts_file;
  std::string overrides_file;
  std::chrono::seconds contacts_max_age{7 * 24 * 3600};
  std::chrono::seconds contacts_cool_down{14 * 24 * 3600};  ///< a younger contact still has a previous one
  std::vector<std::string> alias_files;
  OnTrouble on_internal_error = OnTrouble::tempfail;
  OnTrouble on_dns_error = OnTrouble::tempfail;
  OnTrouble on_stale_contacts = OnTrouble::tempfail;
  OnTrouble on_over_limit = OnTrouble::reject;
  MixedRecipients mixed_recipients = MixedRecipients::reject;
  Limits limits;
  std::string store;  ///< URL for open_store; empty: none
  Submission submit;
  std::string notices_folder;                      ///< templates that replace those built in; empty: none
  std::map<Domain, std::string> notice_languages;  ///< ccTLD -> suffix of a template's name
  AskStyle ask_style = AskStyle::tempfail;
  std::chrono::seconds ask_expires{7 * 24 * 3600};  ///< an answer later does not count
  std::chrono::seconds ask_fresh{14 * 24 * 3600};   ///< so long a confirmation lets the same request in
  std::chrono::seconds object_window{72 * 3600};
  std::chrono::seconds replay_window{24 * 3600};  ///< so long the same message gets the recorded answer
  FloodLimits flood;
  std::vector<std::string> hook_accepted, hook_objected;  ///< argv; empty: none
  LogFormat log_format = LogFormat::logfmt;
  LogLevel log_level = LogLevel::info;
  std::vector<ListConfig> lists;
  /// Where the files are named, to tell that one cannot be read.
  Position contacts_at, overrides_at, aliases_at, trust_anchor_at, store_at, submit_at, notices_at, hooks_at;
};

/// Without reading the files it names. nullopt when there was an error.
[[nodiscard]] std::optional<Config> parse_config(std::string_view text, std::string_view file,
                                                 Issues& issues);
[[nodiscard]] std::optional<Config> read_config(const YamlNode& root, IssueSink& sink);
/// The mapping `lists` alone (a scenario may hold one), command addresses checked for overlaps. `file`: what
/// policy paths are relative to. Issues are told; the lists without any are given.
[[nodiscard]] std::vector<ListConfig> read_lists(const YamlNode& mapping, Position at,
                                                 const std::string& file, IssueSink& sink);

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
  /// What a path that is no plain address could reach (odd_recipient.h).
  [[nodiscard]] std::vector<Gated> gated_oddly(std::string_view path) const;

  /// Fills the index behind `gated`; call after `lists` is complete and in its final place.
  void index();

 private:
  std::unordered_map<std::string, std::vector<const List*>>
      by_domain_;  // domains of lists, forms and aliases
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

/// aliases(5) text: `name: address, address` with continuation lines and comments. Each name and each of its
/// addresses are a set of two that reach the same people; the addresses among themselves are not, since a
/// team is no one of its people. Entries that are no addresses (pipes, files, :include:, local names) are
/// told as warnings and ignored. aliases.cc.
[[nodiscard]] std::vector<std::set<Address>> parse_aliases(std::string_view text, std::string_view file,
                                                           Issues& issues);

}  // namespace ccgate
