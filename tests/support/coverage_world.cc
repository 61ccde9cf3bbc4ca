#include "tests/support/coverage_world.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "milter/coverage/registry_groups.h"
#include "milter/iana/cctld_list.h"
#include "tests/support/values.h"

namespace ccgate::test {

namespace {

std::map<std::string, std::string, std::less<>> read_families() {
  std::ifstream file(CCGATE_SOURCE_DIR "/tests/iana/families.csv");
  std::map<std::string, std::string, std::less<>> families;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto first = line.find(','), second = line.find(',', first + 1);
    families.emplace(line.substr(first + 1, second - first - 1), line.substr(0, first));
  }
  return families;
}

}  // namespace

std::vector<std::string> words_in(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string family_of(std::string_view a_label) {
  static const auto families = read_families();
  const auto found = families.find(a_label);
  return found == families.end() ? "" : found->second;
}

std::string admin_address_of(std::string_view a_label) {
  const std::string family = family_of(a_label);
  return "hostmaster@" + (family.empty() ? std::string(a_label) : family) + ".registry.example";
}

Directory world_directory(std::vector<CcTld> more, RegistryOverrides overrides) {
  std::vector<CcTld> all;
  for (const std::string& label : delegated_cctlds())
    if (std::none_of(more.begin(), more.end(), [&](const CcTld& one) { return one.label.ascii() == label; }))
      all.push_back(cctld(label, admin_address_of(label)));
  for (CcTld& one : more) all.push_back(std::move(one));
  return Directory(std::move(all), std::move(overrides), {});
}

std::vector<std::string> seed_cctlds(std::string_view pair) {
  return words_in("fr re pm yt tf wf br ca co dk jp nl tz za ar at be bg ci " + std::string(pair));
}

Member member_of(std::string_view cctld, std::string_view email, std::int64_t since) {
  Member member;
  member.list = "tld-ops";
  member.cctld = cctld;
  member.address = address(email).key();
  member.email = email;
  member.since = since;
  member.began_by = "id" + std::to_string(since);
  member.checked = since;
  return member;
}

World::World(std::vector<CcTld> more, RegistryOverrides overrides)
    : directory(std::make_shared<const Directory>(world_directory(more, overrides))) {
  for (const CcTldName& name : cctld_list())
    if (name.delegated) input.cctlds.push_back({domain(name.a_label), name.region});
  for (const CcTld& one : more)
    if (find_cctld(one.label.ascii()) == nullptr) input.cctlds.push_back({one.label, Region::africa});
  input.directory = directory.get();
  input.covers = covered_together(overrides);
}

CoveredCcTld World::at(std::string_view cctld, std::int64_t when) const {
  for (CoveredCcTld& one : coverage(input, when).cctlds)
    if (one.label.ascii() == cctld) return one;
  throw std::out_of_range("no such ccTLD");
}

}  // namespace ccgate::test
