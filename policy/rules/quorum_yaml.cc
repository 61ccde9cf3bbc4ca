#include "policy/rules/quorum_yaml.h"

#include <fmt/core.h>

#include <string>
#include <vector>

#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

/// Also of one without a value, which is told already.
bool has(const YamlMap& map, std::string_view key) {
  return !(map.key_at(key) == map.at());
}

/// False: something in it is wrong.
bool read_vouchers(const YamlMap& ask, std::set<Voucher>& of) {
  const auto items = ask.items("of", true);
  bool sound = !items.empty();
  if (const YamlNode* node = ask.get("of");
      node != nullptr && node->kind == YamlNode::Kind::sequence && items.empty())
    ask.sink().error(node->at, "`of` is empty: there would be nobody to ask",
                     "name them, as in `of: [admin_contact, members]`");
  for (const YamlNode* item : items) {
    const auto word = read_word(*item, "of", words_of<Voucher>(), ask.sink());
    const auto voucher = word ? parse_word<Voucher>(*word) : std::nullopt;
    if (!voucher) {
      sound = false;
    } else if (!of.insert(*voucher).second) {
      ask.sink().error(item->at, fmt::format("`{}` stands in `of` twice", *word),
                       "nobody's word counts twice: remove one");
      sound = false;
    }
  }
  return sound;
}

}  // namespace

std::optional<Quorum> read_quorum(const YamlMap& ask) {
  const bool needs = has(ask, "need"), names = has(ask, "of");
  if (!needs && !names) return std::nullopt;
  if (!names)
    ask.sink().error(ask.key_at("need"), "`need` without `of`",
                     "name who is asked, as in `of: [admin_contact, members]`");
  if (!needs)
    ask.sink().error(ask.key_at("of"), "`of` without `need`",
                     "write how many of them have to say yes, as in `need: 2`");
  const auto need = ask.number("need", 1, static_cast<std::int64_t>(kMostVouchers));
  Quorum quorum;
  const bool sound = read_vouchers(ask, quorum.of);
  if (!need || !sound) return std::nullopt;
  quorum.need = static_cast<std::size_t>(*need);
  if (quorum.of.contains(Voucher::members) || quorum.need <= quorum.of.size()) return quorum;
  ask.sink().error(ask.get("need")->at,
                   fmt::format("`need: {}`, but `of` names {} {} only", quorum.need, quorum.of.size(),
                               quorum.of.size() == 1 ? "contact" : "contacts"),
                   "each is one person: name more, or need fewer");
  return std::nullopt;
}

}  // namespace ccgate
