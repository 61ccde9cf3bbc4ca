// milter/site/config.h: what ccgate.yaml says.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "milter/evidence/dns.h"
#include "milter/system/log_options.h"
#include "policy/message/message.h"
#include "policy/registry/region.h"
#include "policy/request/request.h"
#include "policy/rules/policy.h"
#include "policy/text/enum_words.h"
#include "policy/text/issue.h"
#include "policy/text/issue_sink.h"

namespace ccgate {

/// What gated mail gets when something is not as it should be (`on`).
enum class OnTrouble { tempfail, reject, hold };
template <>
struct EnumWords<OnTrouble> {
  using enum OnTrouble;
  static constexpr auto table = word_table<OnTrouble>({
      {tempfail, "tempfail"},
      {reject, "reject"},
      {hold, "hold"},
  });
};
enum class MixedRecipients { split, reject, drop };
template <>
struct EnumWords<MixedRecipients> {
  using enum MixedRecipients;
  static constexpr auto table = word_table<MixedRecipients>({
      {split, "split"},
      {reject, "reject"},
      {drop, "drop"},
  });
};

/// How mail of our own is handed over (`submit`).
struct Submission {
  enum class Kind { none, smtp, sendmail };
  Kind kind = Kind::none;
  std::string host;  ///< smtp: name or address
  std::uint16_t port = 25;
  std::string program;    ///< sendmail: absolute path
  std::string helo = {};  ///< smtp: what the server is greeted with; empty: see greeting_name()
  friend bool operator==(const Submission&, const Submission&) = default;
};

/// Most requests and mails to contacts in 24 hours (`flood`).
struct FloodLimits {
  std::int64_t author_domain = 100;
  std::int64_t cctld = 100;
  std::int64_t contact = 20;  ///< questions to one address, and notices: each, because of its own registry
  std::int64_t foreign = 3;   ///< of each, because of one organizational domain that is not of the registry
};

/// How the contacts are asked whether their members still belong on the list (`lists.*.review`).
struct ReviewTimes {
  std::chrono::seconds every = std::chrono::days(365);   ///< after a contact last stood for a member
  std::chrono::seconds remind = std::chrono::days(21);   ///< once, so long after the question
  std::chrono::seconds expires = std::chrono::days(60);  ///< so long after it an answer counts
  std::int64_t per_day = 10;                             ///< most questions in a day
};

/// How often the members get a mail of who they are (`lists.*.repository`).
enum class MailEvery { weekly, monthly, never };
template <>
struct EnumWords<MailEvery> {
  using enum MailEvery;
  static constexpr auto table = word_table<MailEvery>({
      {weekly, "weekly"},
      {monthly, "monthly"},
      {never, "never"},
  });
};
enum class MailAttachment { none, vcf };
template <>
struct EnumWords<MailAttachment> {
  using enum MailAttachment;
  static constexpr auto table = word_table<MailAttachment>({
      {none, "none"},
      {vcf, "vcf"},
  });
};
struct RepositoryMail {
  MailEvery every = MailEvery::never;
  MailAttachment attach = MailAttachment::vcf;
};

/// Programs that are told of events, each with its arguments; empty: none.
struct Hooks {
  std::vector<std::string> accepted, objected, removed;
};

inline constexpr std::chrono::seconds kUsualRetention = std::chrono::days(400);

/// How contacts whose ccTLDs are not on the list are invited (`lists.*.outreach`).
struct OutreachPlan {
  std::int64_t per_day = 10;  ///< most invitations in a day
  /// So long after an invitation it is repeated, each once; rising.
  std::vector<std::chrono::seconds> remind = {std::chrono::days(14), std::chrono::days(35)};
  std::map<Region, std::vector<Address>> helpers = {};  ///< who is told once a week whom to follow up
};

struct ListConfig {
  std::string name;  ///< key in `lists`
  ListAddresses addresses;
  std::string policy_file;  ///< absolute or relative to the working directory, ready to open
  Position at;
  Position policy_at;                                ///< of `policy`, to tell what is wrong with the file
  std::optional<Address> owner = std::nullopt;       ///< who is told of objections; never absent once read
  std::chrono::seconds retention = kUsualRetention;  ///< how long the ledger keeps a decision
  /// A refusal of mail that nobody is known to have written; never longer than `retention`.
  std::chrono::seconds retention_refused = std::chrono::days(30);
  std::string roster_file = {};  ///< empty: none
  bool roster_store = false;     ///< who is a member, the store says
  Position roster_at = {};
  std::optional<ReviewTimes> review = std::nullopt;  ///< nullopt: nobody is asked
  RepositoryMail repository = {};
  std::optional<OutreachPlan> outreach = std::nullopt;  ///< nullopt: nobody is invited
  Hooks hooks = {};        ///< what is run for this list: its own, and the site's where it has none
  Position hooks_at = {};  ///< of its own, or of the site's
};

/// What a list names that is to be looked at, although the list itself could not be read.
struct UnreadList {
  std::string policy_file, roster_file;  ///< as in ListConfig; empty: none is named
  Position policy_at, roster_at;
  bool has_roster = false;
  Hooks hooks;
  Position hooks_at;
};

/// ccgate.yaml, checked; paths made relative to its folder. Members are named and nested as the keys are.
struct Config {
  std::string file;
  std::vector<std::string> listen;  ///< unix:PATH, inet:PORT@HOST, inet6:PORT@HOST, fd:N
  struct Socket {
    std::optional<unsigned> mode;  ///< 0..0777
    std::string group;
    bool is_public = false;  ///< an inet socket may be beyond loopback
  } socket;
  std::string authserv_id;  ///< empty: the MTA's {j}
  ResolverOptions dns;
  struct Contacts {
    std::string file;
    std::string overrides;
    std::chrono::seconds max_age = std::chrono::days(7);
    std::chrono::seconds cool_down = std::chrono::days(14);  ///< a younger contact still has a previous one
  } contacts;
  std::vector<std::string> aliases;  ///< files
  struct On {
    OnTrouble internal_error = OnTrouble::tempfail;
    OnTrouble dns_error = OnTrouble::tempfail;
    OnTrouble stale_contacts = OnTrouble::tempfail;
    OnTrouble over_limit = OnTrouble::reject;
  } on;
  MixedRecipients mixed_recipients = MixedRecipients::reject;
  Limits limits;
  bool confine = true;  ///< the daemon gives up rights that it does not need
  std::string store;    ///< URL for open_store; empty: none
  Submission submit;
  struct Notices {
    std::string folder;                       ///< templates that replace those built in; empty: none
    std::map<Domain, std::string> languages;  ///< ccTLD -> suffix of a template's name
  } notices;
  struct Ask {
    AskStyle style = AskStyle::tempfail;
    std::chrono::seconds expires = std::chrono::days(7);  ///< an answer later does not count
    std::chrono::seconds fresh = std::chrono::days(14);   ///< so long a confirmation lets the same request in
  } ask;
  struct Object {
    std::chrono::seconds window{72 * 3600};
  } object;
  struct Replay {
    std::chrono::seconds window =
        std::chrono::days(1);  ///< so long the same message gets the recorded answer
  } replay;
  FloodLimits flood;
  Hooks hooks;  ///< for lists without their own
  /// The page that `ccgate report --html` makes (`report`).
  struct Report {
    std::string file;     ///< for the list that `{list}` in it stands for; empty: none
    bool people = false;  ///< names members, authors and contacts
  } report;
  LogOptions log;
  /// The page with numbers for Prometheus (`metrics`).
  struct Metrics {
    std::string listen;      ///< ADDRESS:PORT or [ADDRESS]:PORT; empty: none
    bool is_public = false;  ///< it may be beyond loopback
  } metrics;
  std::vector<ListConfig> lists;
  /// Where the files are named, to tell that one cannot be read.
  struct Positions {
    Position listen, socket, contacts, overrides, aliases, trust_anchor, store, submit, notices, hooks;
  } at;
};

}  // namespace ccgate
