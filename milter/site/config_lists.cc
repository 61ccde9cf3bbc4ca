#include "milter/site/config_lists.h"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "milter/site/config_hooks.h"
#include "milter/system/files.h"
#include "policy/text/ascii.h"
#include "policy/text/durations.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml_reader.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::int64_t kLeastRetention = 30 * kDaySeconds;
// Nothing is answered from such an entry: it is for people who ask what happened.
constexpr std::int64_t kLeastRetentionRefused = std::int64_t{24} * 3600;

/// Names of lists stand in header fields and log lines.
bool is_list_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

/// Where people in charge of a list are, as its manager has it. A plain list has no addresses of its own but
/// those that are named, and those are gated: mail of ours would not get there.
std::optional<Address> default_owner(const ListAddresses& list) {
  const std::string domain = "@" + list.address.domain().ascii();
  switch (list.manager) {
    case Manager::sympa:
      return Address::parse(list.address.local() + "-request" + domain);
    case Manager::mlmmj:
      return Address::parse(list.address.local() + list.delimiter + "owner" + domain);
    case Manager::mailman3:
    case Manager::mailman2:
    case Manager::plain:
      break;
  }
  return Address::parse(list.address.local() + "-owner" + domain);
}

std::chrono::seconds time_of(const YamlMap& map, std::string_view key, std::chrono::seconds standard,
                             IssueSink& sink) {
  constexpr std::int64_t kLongest = 3660 * kDaySeconds;
  const auto seconds = map.duration(key);
  if (!seconds) return standard;
  if (*seconds < kDaySeconds || *seconds > kLongest)
    sink.error(map.get(key)->at, fmt::format("`{}` is out of range", key), "from 1d to ten years");
  return std::chrono::seconds{*seconds};
}

ReviewTimes read_review(const YamlMap& map, IssueSink& sink) {
  constexpr std::int64_t kMostInDay = 1000;
  ReviewTimes review;
  review.every = time_of(map, "every", review.every, sink);
  review.remind = time_of(map, "remind", review.remind, sink);
  review.expires = time_of(map, "expires", review.expires, sink);
  review.per_day = map.number("per_day", 1, kMostInDay).value_or(review.per_day);
  if (review.remind >= review.expires || review.expires >= review.every)
    sink.error(map.at(), "a reminder comes before `expires`, and that before `every` is over",
               "as in review: {every: 365d, remind: 21d, expires: 60d}");
  return review;
}

RepositoryMail read_repository(const YamlMap& map, const std::optional<Address>& list, IssueSink& sink) {
  RepositoryMail mail;
  mail.every = map.word<MailEvery>("every").value_or(mail.every);
  mail.attach = map.word<MailAttachment>("attach").value_or(mail.attach);
  const auto to = map.address("to");
  if (to && list && *to != *list)
    sink.error(map.get("to")->at, fmt::format("`{}` is not the address of the list", to->text()),
               "who is on the list is told to its members, and to nobody else");
  return mail;
}

char read_delimiter(const YamlMap& map, IssueSink& sink) {
  constexpr char kUsual = '+';
  const auto text = map.text("delimiter");
  if (!text) return kUsual;
  if (text->size() == 1 && std::string_view("+-=#._").find(text->front()) != std::string_view::npos)
    return text->front();
  sink.error(map.get("delimiter")->at, fmt::format("`{}` cannot be a delimiter", *text),
             "one of + - = # . _");
  return kUsual;
}

/// How long decisions are kept, as far as it is said.
struct Retention {
  std::optional<std::chrono::seconds> all, refused;
};

Retention read_retention(const YamlMap& map, IssueSink& sink) {
  const auto all = map.duration("retention");
  if (all && *all < kLeastRetention)
    sink.error(map.get("retention")->at, "`retention` is too short", "at least 30d; 400d is the default");
  const auto refused = map.duration("retention_refused");
  if (refused && *refused < kLeastRetentionRefused)
    sink.error(map.get("retention_refused")->at, "`retention_refused` is too short",
               "at least 1d; 30d is the default");
  if (refused && *refused > all.value_or(kUsualRetention.count()))
    sink.error(map.get("retention_refused")->at, "`retention_refused` is longer than `retention`",
               "refusals of mail that is not authenticated are kept less long than other decisions");
  Retention retention;
  if (all) retention.all = std::chrono::seconds{*all};
  if (refused) retention.refused = std::chrono::seconds{*refused};
  return retention;
}

/// The files and programs that a list names.
UnreadList read_named(const YamlMap& map, const ListSite& site, IssueSink& sink) {
  UnreadList named;
  if (const auto policy = map.text("policy")) {
    named.policy_file = path_beside(site.file, *policy);
    named.policy_at = map.get("policy")->at;
  }
  const auto roster = map.text("roster");
  named.has_roster = roster.has_value();
  if (roster && *roster != "store") {
    named.roster_file = path_beside(site.file, *roster);
    named.roster_at = map.get("roster")->at;
  }
  named.hooks = site.hooks;
  named.hooks_at = site.hooks_at;
  if (const auto hooks = map.map("hooks")) {
    named.hooks_at = map.key_at("hooks");
    read_hooks(*hooks, site.file, named.hooks);
    if (map.get("hooks")->entries.empty() && !programs_of(site.hooks).empty())
      sink.warning(named.hooks_at, "`hooks` of this list is empty: those of the site are run for it too",
                   "write `accepted: []` for none, or remove it");
  }
  return named;
}

void read_helpers(const YamlMap& helpers, OutreachPlan& outreach, IssueSink& sink) {
  for (const YamlNode::Entry* entry : helpers.named()) {
    const auto region = parse_word<Region>(entry->key);
    if (!region) {
      std::string help = did_you_mean(entry->key, words_of<Region>());
      if (help.empty())
        for (const std::string& each : words_of<Region>())
          help += (help.empty() ? "there are " : ", ") + each;
      sink.error(entry->at, fmt::format("`{}` is no region", entry->key), help);
    }
    const bool several = entry->value.kind == YamlNode::Kind::sequence;
    if (several && entry->value.items.empty())
      sink.error(entry->at, fmt::format("`{}` has no addresses", entry->key), "name some, or remove it");
    std::vector<Address> addresses;
    const auto add = [&](const YamlNode& node) {
      const auto address = read_address(node, entry->key, sink);
      if (!address) return;
      if (std::find(addresses.begin(), addresses.end(), *address) == addresses.end())
        addresses.push_back(*address);
      else
        sink.error(node.at, fmt::format("`{}` is named twice", address->text()), "remove one");
    };
    if (several)
      for (const YamlNode& node : entry->value.items) add(node);
    else
      add(entry->value);
    if (region) outreach.helpers[*region] = std::move(addresses);
  }
}

OutreachPlan read_outreach(const YamlMap& map, IssueSink& sink) {
  constexpr std::int64_t kMostInDay = 1000, kLongestAge = 365 * kDaySeconds;
  constexpr std::size_t kMostReminders = 5;
  OutreachPlan outreach;
  outreach.per_day = map.number("per_day", 1, kMostInDay).value_or(outreach.per_day);
  if (map.get("remind") != nullptr) {
    outreach.remind.clear();
    for (const YamlNode* item : map.items("remind", true)) {
      const auto age = read_duration(*item, "remind", sink);
      if (!age) continue;
      if (*age < kDaySeconds || *age > kLongestAge)
        sink.error(item->at, "`remind` is out of range", "from 1d to 365d");
      else if (!outreach.remind.empty() && *age <= outreach.remind.back().count())
        sink.error(item->at, "a reminder comes before the one in front of it",
                   "all are counted from the invitation, as in [14d, 35d]");
      else
        outreach.remind.emplace_back(*age);
    }
    if (outreach.remind.size() > kMostReminders)
      sink.error(map.get("remind")->at, "so many reminders do not help", "at most 5");
  }
  if (const auto helpers = map.map("helpers")) read_helpers(*helpers, outreach, sink);
  return outreach;
}

/// Everything of it is read and checked, whatever else is wrong.
void read_list(const YamlNode::Entry& entry, const ListSite& site, IssueSink& sink, ReadLists& lists) {
  if (!is_list_name(entry.key))
    sink.error(entry.at, fmt::format("`{}` cannot be the name of a list", entry.key),
               "letters, digits, `-`, `_` and `.`, at most 64");
  const YamlMap map(entry.value, entry.at, SchemaFile::config, "lists.*", sink);
  if (!map.is_mapping()) return;
  const auto address = map.address("address");
  const auto manager = map.word<Manager>("manager");
  std::vector<Address> form = map.addresses("form", true);
  std::vector<Address> also = map.addresses("also", true);
  const char delimiter = read_delimiter(map, sink);
  auto owner = map.address("owner");
  const Retention retention = read_retention(map, sink);
  UnreadList named = read_named(map, site, sink);
  std::optional<ReviewTimes> review;
  if (const auto times = map.map("review")) review = read_review(*times, sink);
  RepositoryMail repository;
  if (const auto mail = map.map("repository")) repository = read_repository(*mail, address, sink);
  std::optional<OutreachPlan> outreach;
  if (const auto invited = map.map("outreach")) {
    outreach = read_outreach(*invited, sink);
    if (form.empty())
      sink.warning(map.key_at("outreach"), "replies to invitations go to the owner, and past the gate",
                   "name an address in `form`, which reads them");
  }
  if (!address || !manager || named.policy_file.empty()) {
    lists.unread.push_back(std::move(named));
    return;
  }
  ListConfig list{entry.key, ListAddresses{*address, *manager, std::move(form), std::move(also), delimiter},
                  std::move(named.policy_file), entry.at, named.policy_at};
  list.owner = owner ? std::move(owner) : default_owner(list.addresses);
  if (!list.owner)
    sink.error(entry.at, fmt::format("list `{}` has no address for its owner", entry.key),
               "name one in `owner`");
  list.retention = retention.all.value_or(list.retention);
  list.retention_refused = retention.refused.value_or(list.retention_refused);
  list.review = review;
  list.repository = repository;
  list.outreach = std::move(outreach);
  list.roster_store = named.has_roster && named.roster_file.empty();
  list.roster_file = std::move(named.roster_file);
  list.roster_at = named.roster_at;
  list.hooks = std::move(named.hooks);
  list.hooks_at = named.hooks_at;
  lists.lists.push_back(std::move(list));
}

/// An address that two lists take for theirs would be judged by whichever comes first.
void check_overlaps(const std::vector<ListConfig>& lists, IssueSink& sink) {
  for (auto list = lists.begin(); list != lists.end(); ++list) {
    std::vector<Address> own = gated_addresses(list->addresses);
    own.push_back(list->addresses.address);
    own.insert(own.end(), list->addresses.form.begin(), list->addresses.form.end());
    own.insert(own.end(), list->addresses.also.begin(), list->addresses.also.end());
    for (auto other = lists.begin(); other != lists.end(); ++other) {
      if (other == list) continue;
      const auto shared = std::find_if(own.begin(), own.end(), [&](const Address& address) {
        const auto command = command_address(other->addresses, address);
        if (command && command->any_list) return false;  // meant for all of them
        return command.has_value() || other->addresses.address == address;
      });
      // Of two lists that have the same address only the later one is told.
      if (shared == own.end() || (other > list && command_address(list->addresses, *shared))) continue;
      sink.error(
          list->at,
          fmt::format("`{}` belongs to the lists `{}` and `{}`", shared->text(), list->name, other->name),
          "an address can be of one list only");
    }
  }
}

}  // namespace

ReadLists read_lists(const YamlNode& mapping, Position at, const ListSite& site, IssueSink& sink) {
  ReadLists lists;
  if (mapping.kind != YamlNode::Kind::mapping) {
    sink.error(at, "`lists` must be a mapping of lists by name", "");
    return lists;
  }
  if (mapping.entries.empty())
    sink.warning(at, "`lists` is empty: nothing is gated yet",
                 "write the first list, as in EXAMPLES of ccgate.yaml(5)");
  for (const YamlNode::Entry& entry : mapping.entries) read_list(entry, site, sink, lists);
  check_overlaps(lists.lists, sink);
  return lists;
}

}  // namespace ccgate
