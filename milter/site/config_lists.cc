#include <algorithm>
#include <unordered_map>

#include "milter/site/config.h"
#include "policy/yaml_reader.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestName = 64;

/// Names of lists stand in header fields and log lines.
bool is_list_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

std::optional<ListConfig> read_list(const YamlNode::Entry& entry, const std::string& file, IssueSink& sink) {
  if (!is_list_name(entry.key))
    sink.error(entry.at, "`" + entry.key + "` cannot be the name of a list",
               "letters, digits, `-`, `_` and `.`, at most 64");
  const YamlMap map(entry.value, entry.at, SchemaFile::config, "lists.*", sink);
  if (!map.is_mapping()) return std::nullopt;
  const auto address = map.address("address");
  const auto manager = map.word("manager");
  const auto policy = map.text("policy");
  std::vector<Address> form = map.addresses("form", true);
  std::vector<Address> also = map.addresses("also", true);
  char delimiter = '+';
  if (const auto text = map.text("delimiter")) {
    if (text->size() != 1 || std::string_view("+-=#._").find(text->front()) == std::string_view::npos)
      sink.error(map.get("delimiter")->at, "`" + *text + "` cannot be a delimiter", "one of + - = # . _");
    else
      delimiter = text->front();
  }
  if (!address || !manager || !policy) return std::nullopt;
  const auto known = parse_manager(*manager);
  if (!known) return std::nullopt;
  return ListConfig{entry.key, ListAddresses{*address, *known, std::move(form), std::move(also), delimiter},
                    path_beside(file, *policy), entry.at, map.get("policy")->at};
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
          "`" + shared->text() + "` belongs to the lists `" + list->name + "` and `" + other->name + "`",
          "an address can be of one list only");
    }
  }
}

}  // namespace

std::vector<ListConfig> read_lists(const YamlNode& mapping, Position at, const std::string& file,
                                   IssueSink& sink) {
  std::vector<ListConfig> lists;
  if (mapping.kind != YamlNode::Kind::mapping) {
    sink.error(at, "`lists` must be a mapping of lists by name", "");
    return lists;
  }
  if (mapping.entries.empty()) sink.error(at, "`lists` is empty: nothing would be gated", "");
  for (const YamlNode::Entry& entry : mapping.entries)
    if (auto list = read_list(entry, file, sink)) lists.push_back(std::move(*list));
  check_overlaps(lists, sink);
  return lists;
}

}  // namespace ccgate
