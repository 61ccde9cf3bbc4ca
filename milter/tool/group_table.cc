#include "milter/tool/group_table.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "milter/contacts/contact_words.h"
#include "milter/tool/columns_text.h"
#include "milter/tool/output.h"
#include "policy/names/domain.h"
#include "policy/rules/decision.h"

namespace ccgate {
namespace {

struct Group {
  std::string key;
  std::map<std::string, std::int64_t> by_verdict;
  std::int64_t all = 0;
};

std::vector<Group> groups_of(const std::vector<GroupCount>& counts, LedgerGroup by) {
  std::map<std::string, Group> found;
  for (const GroupCount& each : counts) {
    Group& group = found[each.group];
    group.key = each.group;
    group.by_verdict[each.verdict] += each.n;
    group.all += each.n;
  }
  std::vector<Group> groups;
  for (auto& [key, group] : found) groups.push_back(std::move(group));
  if (by == LedgerGroup::day)
    std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
      return std::pair(a.key.size(), a.key) < std::pair(b.key.size(), b.key);
    });
  else
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.all > b.all; });
  return groups;
}

std::string group_name(const std::string& key, LedgerGroup by) {
  if (by == LedgerGroup::day) {
    std::int64_t second = 0;
    std::from_chars(key.data(), key.data() + key.size(), second);
    return day_text(second);
  }
  if (by != LedgerGroup::cctld) return key;
  const auto domain = Domain::parse(key);
  return domain ? cctld_name(*domain) : key;
}

/// Those of policies, in their order, and behind them the others.
std::vector<std::string> verdicts_in(const std::vector<GroupCount>& counts) {
  std::vector<std::string> words = words_of<Decision>();
  for (const GroupCount& each : counts)
    if (std::find(words.begin(), words.end(), each.verdict) == words.end()) words.push_back(each.verdict);
  std::erase_if(words, [&](const std::string& word) {
    return std::none_of(counts.begin(), counts.end(),
                        [&](const GroupCount& each) { return each.verdict == word; });
  });
  return words;
}

std::string head_of(LedgerGroup by) {
  switch (by) {
    case LedgerGroup::ground:
      return "GROUND";
    case LedgerGroup::cctld:
      return "CCTLD";
    case LedgerGroup::author_domain:
      return "AUTHOR DOMAIN";
    case LedgerGroup::day:
      return "DAY";
  }
  return "";
}

}  // namespace

std::string group_table(const std::vector<GroupCount>& counts, LedgerGroup by) {
  const std::vector<std::string> verdicts = verdicts_in(counts);
  std::vector<std::vector<std::string>> rows{{head_of(by), "ALL"}};
  for (const std::string& verdict : verdicts) {
    std::string head = verdict.empty() ? "none" : verdict;
    for (char& each : head) each = each >= 'a' && each <= 'z' ? static_cast<char>(each - 'a' + 'A') : each;
    rows.front().push_back(std::move(head));
  }
  for (const Group& group : groups_of(counts, by)) {
    std::vector<std::string> row{group_name(group.key, by), std::to_string(group.all)};
    for (const std::string& verdict : verdicts) {
      const auto found = group.by_verdict.find(verdict);
      row.push_back(found == group.by_verdict.end() ? "" : std::to_string(found->second));
    }
    rows.push_back(std::move(row));
  }
  return columns_text(rows);
}

std::string group_json(const std::vector<GroupCount>& counts, LedgerGroup by) {
  std::string out;
  for (const Group& group : groups_of(counts, by)) {
    nlohmann::ordered_json verdicts = nlohmann::ordered_json::object();
    for (const auto& [verdict, n] : group.by_verdict) verdicts[verdict] = n;
    out += json_line(
        {{std::string(to_string(by)), by == LedgerGroup::day ? group_name(group.key, by) : group.key},
         {"decisions", group.all},
         {"verdicts", std::move(verdicts)}});
  }
  return out;
}

}  // namespace ccgate
