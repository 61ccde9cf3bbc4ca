#include "milter/tool/lists_tool.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "milter/site/config_yaml.h"
#include "milter/system/files.h"
#include "milter/tool/columns_text.h"
#include "milter/tool/output.h"
#include "policy/request/command_address.h"
#include "policy/request/own_address.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestSite = std::size_t{16} * 1024 * 1024;

struct GuardedAddress {
  Address address;
  CommandAddress command;
};

/// Every spelling that some manager has a word for; what is none of `list` falls out.
std::vector<std::string> spellings(const ListAddresses& list) {
  const std::string& local = list.address.local();
  std::vector<std::string> all{local};
  for (const char* word : {"join", "subscribe", "leave", "unsubscribe", "confirm", "request"})
    all.push_back(local + "-" + word);
  all.emplace_back("sympa");
  if (list.manager != Manager::mlmmj) return all;
  for (const char* word : {"subscribe", "subscribe-digest", "subscribe-nomail", "subscribe-both",
                           "unsubscribe", "unsubscribe-digest", "unsubscribe-nomail", "help", "faq", "owner"})
    all.push_back(local + list.delimiter + word);
  return all;
}

std::vector<GuardedAddress> guarded_by(const ListAddresses& list) {
  std::vector<Address> candidates;
  for (const std::string& local : spellings(list))
    if (auto address = Address::parse(local + "@" + list.address.domain().ascii()))
      candidates.push_back(*std::move(address));
  candidates.insert(candidates.end(), list.also.begin(), list.also.end());
  candidates.insert(candidates.end(), list.form.begin(), list.form.end());
  std::vector<GuardedAddress> all;
  for (const Address& address : candidates) {
    const bool known = std::any_of(all.begin(), all.end(),
                                   [&](const GuardedAddress& each) { return each.address == address; });
    const auto command = command_address(list, address);
    if (command && !known) all.push_back({address, *command});
  }
  return all;
}

std::vector<std::string> where_read(const CommandAddress& command) {
  std::vector<std::string> words;
  if (command.reads_headers) words.emplace_back("header");
  if (command.reads_subject) words.emplace_back("subject");
  if (command.reads_body) words.emplace_back("text");
  if (command.form) words.emplace_back("people");
  return words;
}

std::string taken_for(const CommandAddress& command) {
  if (command.form) return "subscribe, unless it only asks to leave";
  std::string text(to_string(command.at_least));
  if (command.at_least == RequestKind::other)
    text = "whatever it says; subscribe, where that is not harmless";
  if (command.any_list) text += ", for every list of the domain";
  return text;
}

std::string joined_by(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string_view answer_to(OwnAddressKind kind) {
  switch (kind) {
    case OwnAddressKind::vouch:
      return "the answer to a question";
    case OwnAddressKind::reject:
      return "a no to a question";
    case OwnAddressKind::object:
      return "an objection";
    case OwnAddressKind::notice:
      return "a notice that came back";
  }
  return "";
}

/// As they stand in mail, with TOKEN in the place of one.
std::vector<std::pair<std::string, OwnAddressKind>> own_addresses(const ListAddresses& list) {
  std::vector<std::pair<std::string, OwnAddressKind>> all;
  for (const OwnAddressKind kind :
       {OwnAddressKind::vouch, OwnAddressKind::reject, OwnAddressKind::object, OwnAddressKind::notice})
    all.emplace_back(list.address.local() + "-" + std::string(to_string(kind)) + list.delimiter + "TOKEN@" +
                         list.address.domain().ascii(),
                     kind);
  return all;
}

std::string lists_table(const Config& config) {
  std::vector<std::vector<std::string>> rows{{"LIST", "ADDRESS", "TAKEN FOR", "READS"}};
  for (const ListConfig& list : config.lists) {
    for (const GuardedAddress& each : guarded_by(list.addresses))
      rows.push_back(
          {list.name, each.address.text(), taken_for(each.command), joined_by(where_read(each.command))});
    if (config.store.empty()) continue;
    for (const auto& [address, kind] : own_addresses(list.addresses))
      rows.push_back({list.name, address, std::string(answer_to(kind)), "ccgate"});
  }
  return columns_text(rows);
}

std::string lists_json(const Config& config) {
  std::string out;
  for (const ListConfig& list : config.lists) {
    for (const GuardedAddress& each : guarded_by(list.addresses))
      out += json_line({{"list", list.name},
                        {"address", each.address.text()},
                        {"request", to_string(each.command.at_least)},
                        {"reads", where_read(each.command)},
                        {"any_list", each.command.any_list},
                        {"own", nullptr}});
    if (config.store.empty()) continue;
    for (const auto& [address, kind] : own_addresses(list.addresses))
      out += json_line({{"list", list.name},
                        {"address", address},
                        {"request", nullptr},
                        {"reads", nlohmann::ordered_json::array()},
                        {"any_list", false},
                        {"own", to_string(kind)}});
  }
  return out;
}

}  // namespace

int run_lists(const std::string& config_file, bool json) {
  std::string why;
  const auto text = read_file(config_file, kLargestSite, why);
  if (!text) {
    std::fprintf(stderr, "ccgate: cannot read %s: %s\n", shown(config_file).c_str(), why.c_str());
    return 3;
  }
  Issues issues;
  const auto config = parse_config(*text, config_file, issues);
  if (!config) {
    report(issues, json);
    return 1;
  }
  put(json ? lists_json(*config) : lists_table(*config));
  return 0;
}

}  // namespace ccgate
