// policy/request/command_address.cc: which recipients take commands, by list manager.
//
//   mailman3  LIST-join, -leave, ...: an implicit command; Subject and text count here all the same, though
//             3.3 reads them only at -request and, without a cookie in To, at -confirm
//   mailman2  LIST-join and -leave look at nothing else; -request and -confirm as above
//   sympa     sympa@ reads Subject and text for every list of its domain; LIST-request is the owner, but
//             `Subject: subscribe` there is a command
//   mlmmj     every address of the list is read from the header, whatever the envelope says
//   plain     no command at all: people read the mail
#include "policy/request/command_address.h"

#include <array>
#include <span>

#include "policy/request/mlmmj.h"

namespace ccgate {
namespace {

struct Meaning {
  std::string_view word;
  RequestKind at_least;
  bool subject;
  bool body;
};
using enum RequestKind;

constexpr auto kMailman3 = std::to_array<Meaning>({
    {"join", subscribe, true, true},
    {"subscribe", subscribe, true, true},
    {"leave", unsubscribe, true, true},
    {"unsubscribe", unsubscribe, true, true},
    {"confirm", confirm, true, true},
    {"request", other, true, true},
});
constexpr auto kMailman2 = std::to_array<Meaning>({
    {"join", subscribe, false, false},
    {"subscribe", subscribe, false, false},
    {"leave", unsubscribe, false, false},
    {"unsubscribe", unsubscribe, false, false},
    {"confirm", confirm, true, true},
    {"request", other, true, true},
});
constexpr auto kSympa = std::to_array<Meaning>({
    {"subscribe", subscribe, false, false},
    {"unsubscribe", unsubscribe, false, false},
    {"request", owner, true, false},
});
// What the name of an alias says where the preset has no such word.
constexpr auto kAliasWords = std::to_array<Meaning>({
    {"join", subscribe, true, true},
    {"subscribe", subscribe, true, true},
    {"leave", unsubscribe, true, true},
    {"unsubscribe", unsubscribe, true, true},
    {"confirm", confirm, true, true},
    {"request", other, true, true},
    {"sympa", other, true, true},
});
constexpr auto kOwnerWords =
    std::to_array<std::string_view>({"owner", "bounces", "editor", "admin", "listmaster"});
constexpr auto kMlmmjSubscribe =
    std::to_array<std::string_view>({"subscribe", "subscribe-digest", "subscribe-nomail", "subscribe-both"});

std::span<const Meaning> preset(Manager manager) noexcept {
  switch (manager) {
    case Manager::mailman3:
      return kMailman3;
    case Manager::mailman2:
      return kMailman2;
    case Manager::sympa:
      return kSympa;
    case Manager::mlmmj:
    case Manager::plain:
      break;
  }
  return {};
}

const Meaning* find(std::span<const Meaning> table, std::string_view word) noexcept {
  for (const Meaning& meaning : table) {
    if (meaning.word == word) return &meaning;
  }
  return nullptr;
}

CommandAddress command_of(const Meaning& meaning, std::string_view detail) {
  CommandAddress command;
  command.at_least = meaning.at_least;
  command.reads_subject = meaning.subject;
  command.reads_body = meaning.body;
  // What follows -confirm is a cookie: never to be read as ccTLDs.
  (meaning.at_least == confirm ? command.cookie : command.detail) = detail;
  return command;
}

/// The rest of `local` behind `base`: "" for `base` itself, the detail behind the delimiter, nullopt for
/// another name. `+` always counts: Mailman splits there itself, whatever the MTA's delimiter is.
std::optional<std::string_view> detail_after(std::string_view local, std::string_view base, char delimiter) {
  if (!local.starts_with(base)) return std::nullopt;
  local.remove_prefix(base.size());
  if (local.empty()) return local;
  if (local.front() != delimiter && local.front() != '+') return std::nullopt;
  return local.substr(1);
}

std::optional<CommandAddress> by_preset(const ListAddresses& list, const Address& recipient) {
  if (recipient.domain() != list.address.domain()) return std::nullopt;
  const std::string_view local = recipient.folded_local();
  const std::string& base = list.address.folded_local();

  if (list.manager == Manager::mlmmj) {
    const auto word = detail_after(local, base, list.delimiter);
    if (!word) return std::nullopt;
    CommandAddress command;
    const MlmmjWord meaning = mlmmj_word(*word);
    command.at_least = meaning.kind;
    command.known = meaning.known;
    command.reads_headers = true;
    if (command.at_least != subscribe) return command;
    // mlmmj knows no detail of its own: `+subscribe-digest+fr` reads as the command and then ccTLDs.
    if (const auto more = word->find_first_of(std::string{'+', list.delimiter});
        more != std::string_view::npos) {
      const auto detail = word->substr(more + 1);
      if (detail != "digest" && detail != "nomail" && detail != "both") command.detail = detail;
    }
    return command;
  }
  if (list.manager == Manager::sympa) {
    if (const auto detail = detail_after(local, "sympa", list.delimiter)) {
      CommandAddress command = command_of(*find(kAliasWords, "sympa"), *detail);
      command.any_list = true;
      return command;
    }
  }
  for (const Meaning& meaning : preset(list.manager)) {
    const std::string name = base + "-" + std::string(meaning.word);
    if (const auto detail = detail_after(local, name, list.delimiter)) return command_of(meaning, *detail);
  }
  return std::nullopt;
}

/// What the operator's alias stands for, by the last word of its name; subscribe where that cannot be told.
std::optional<CommandAddress> by_alias(const ListAddresses& list, const Address& alias,
                                       std::string_view detail) {
  const std::string_view local = alias.folded_local();
  const std::string_view word = local.substr(local.find_last_of("-+._") + 1);
  for (const std::string_view owner_word : kOwnerWords) {
    if (word == owner_word && list.manager != Manager::mlmmj && list.manager != Manager::plain)
      return std::nullopt;
  }
  const Meaning* meaning = find(preset(list.manager), word);
  if (meaning == nullptr) meaning = find(kAliasWords, word);
  CommandAddress command = command_of(meaning != nullptr ? *meaning : kAliasWords.front(), detail);
  command.any_list = list.manager == Manager::sympa && word == "sympa";
  command.reads_headers = list.manager == Manager::mlmmj;
  command.form = list.manager == Manager::plain;
  return command;
}

void merge(std::optional<CommandAddress>& into, const CommandAddress& more) {
  if (!into) {
    into = more;
    return;
  }
  into->at_least = std::max(into->at_least, more.at_least);
  into->reads_subject |= more.reads_subject;
  into->reads_body |= more.reads_body;
  into->reads_headers |= more.reads_headers;
  into->any_list |= more.any_list;
  into->form |= more.form;
  into->known &= more.known;
  if (into->detail.empty()) into->detail = more.detail;
  if (into->cookie.empty()) into->cookie = more.cookie;
}

}  // namespace

std::optional<CommandAddress> command_address(const ListAddresses& list, const Address& recipient) {
  std::optional<CommandAddress> command = by_preset(list, recipient);
  for (const Address& alias : list.also) {
    if (alias.domain() != recipient.domain()) continue;
    const auto detail = detail_after(recipient.folded_local(), alias.folded_local(), list.delimiter);
    if (!detail) continue;
    if (const auto meant = by_alias(list, alias, *detail)) merge(command, *meant);
  }
  for (const Address& form : list.form) {
    if (form.domain() != recipient.domain()) continue;
    const auto detail = detail_after(recipient.folded_local(), form.folded_local(), list.delimiter);
    if (!detail) continue;
    CommandAddress people;
    people.form = true;
    people.detail = *detail;
    merge(command, people);
  }
  return command;
}

std::vector<Address> gated_addresses(const ListAddresses& list) {
  std::vector<Address> addresses;
  const auto add = [&](const std::string& local) {
    if (auto address = Address::parse(local + "@" + list.address.domain().ascii())) {
      addresses.push_back(*std::move(address));
    }
  };
  for (const Meaning& meaning : preset(list.manager)) {
    if (meaning.at_least == subscribe || meaning.subject) {
      add(list.address.local() + "-" + std::string(meaning.word));
    }
  }
  if (list.manager == Manager::sympa) add("sympa");
  if (list.manager == Manager::mlmmj) {
    addresses.push_back(list.address);
    for (const std::string_view word : kMlmmjSubscribe) {
      add(list.address.local() + std::string(1, list.delimiter) + std::string(word));
    }
  }
  for (const Address& alias : list.also) {
    if (command_address(list, alias)) addresses.push_back(alias);
  }
  addresses.insert(addresses.end(), list.form.begin(), list.form.end());
  return addresses;
}

}  // namespace ccgate
