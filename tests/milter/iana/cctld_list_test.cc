#include "milter/iana/cctld_list.h"

#include <algorithm>
#include <map>
#include <utility>

#include "policy/names/cctld.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// A list of IANA's: our delegated ones with some generic labels between.
std::string root_zone(const std::vector<std::string>& labels) {
  std::string text =
      "# Version 2026072401, Last Updated Fri Jul 24 07:07:01 2026 "
      "UTC\nAAA\nZUERICH\nXN--VERMGENSBERATUNG-PWB\n";
  for (std::string label : labels) {
    for (char& c : label)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    text += label + "\n";
  }
  return text;
}

std::string fault(const std::string& text) {
  std::string why;
  CHECK_FALSE(cctlds_in_root_zone(text, why));
  return why;
}

}  // namespace

TEST_CASE("the ccTLDs: 316 labels, 309 of them delegated") {
  const auto list = cctld_list();
  CHECK(list.size() == 316);
  const auto delegated = delegated_cctlds();
  CHECK(delegated.size() == 309);
  CHECK(std::count_if(delegated.begin(), delegated.end(),
                      [](const std::string& label) { return label.starts_with("xn--"); }) == 61);
  CHECK(std::is_sorted(delegated.begin(), delegated.end()));
  CHECK(std::adjacent_find(list.begin(), list.end(), [](const CcTldName& a, const CcTldName& b) {
          return a.a_label >= b.a_label;
        }) == list.end());
}

TEST_CASE("the ccTLDs: each is one by our own rules, and its labels are the same name") {
  for (const CcTldName& name : cctld_list()) {
    INFO(name.a_label);
    const auto a = parse_cctld(name.a_label), u = parse_cctld(name.u_label);
    REQUIRE(a);
    REQUIRE(u);
    CHECK(a->ascii() == name.a_label);
    CHECK(*u == *a);
    CHECK(a->unicode() == name.u_label);
    CHECK((name.iso_code.empty() || name.iso_code.size() == 2));
    CHECK((name.u_label == name.a_label) == !name.a_label.starts_with("xn--"));
  }
}

TEST_CASE("the ccTLDs: found by A-label") {
  REQUIRE(find_cctld("fr") != nullptr);
  CHECK(find_cctld("fr")->iso_code == "FR");
  REQUIRE(find_cctld("uk") != nullptr);
  CHECK(find_cctld("uk")->iso_code == "GB");
  REQUIRE(find_cctld("xn--p1ai") != nullptr);
  CHECK(find_cctld("xn--p1ai")->u_label == "\xd1\x80\xd1\x84");
  CHECK(find_cctld("xn--p1ai")->iso_code == "RU");
  REQUIRE(find_cctld("eh") != nullptr);
  CHECK_FALSE(find_cctld("eh")->delegated);
  for (const char* label : {"", "xa", "FR", "f", "frr", "com", "a_label", "#"})
    CHECK(find_cctld(label) == nullptr);
}

TEST_CASE("the ccTLDs: each delegated one is of a region, an IDN of that of its country") {
  std::map<Region, std::pair<int, int>> counts;  // all, IDN
  std::map<std::string, Region> of_country;
  for (const CcTldName& name : cctld_list()) {
    INFO(name.a_label);
    REQUIRE(name.region.has_value() == name.delegated);
    if (!name.region) continue;
    auto& [all, idn] = counts[*name.region];
    ++all;
    if (name.a_label.starts_with("xn--")) ++idn;
    if (!name.iso_code.empty())
      CHECK(of_country.emplace(name.iso_code, *name.region).first->second == *name.region);
  }
  using enum Region;
  CHECK(counts == std::map<Region, std::pair<int, int>>{{africa, {60, 6}},
                                                        {asia_pacific, {119, 46}},
                                                        {europe, {89, 9}},
                                                        {latin_america, {34, 0}},
                                                        {north_america, {7, 0}}});
}

TEST_CASE("the ccTLDs: ICANN's regions go by citizenship") {
  using enum Region;
  const std::pair<const char*, Region> rows[] = {
      {"re", europe},       {"nc", europe},        {"pf", europe},        {"bm", europe},
      {"ky", europe},       {"as", north_america}, {"gu", north_america}, {"sx", latin_america},
      {"tr", asia_pacific}, {"il", asia_pacific},  {"mx", latin_america}, {"eg", africa},
      {"xn--p1ai", europe}, {"su", europe},        {"eu", europe},        {"xn--qxa6a", europe},
      {"uk", europe},       {"gb", europe}};
  for (const auto& [label, region] : rows) {
    INFO(label);
    REQUIRE(find_cctld(label) != nullptr);
    CHECK(find_cctld(label)->region == region);
  }
}

TEST_CASE("the ccTLDs of the root zone as IANA lists it") {
  std::string why;
  auto labels = delegated_cctlds();
  CHECK(cctlds_in_root_zone(root_zone(labels), why) == labels);

  SECTION("a new one of two letters") {
    labels.push_back("xa");
    const auto found = cctlds_in_root_zone(root_zone(labels), why);
    REQUIRE(found);
    CHECK(found->size() == 310);
    CHECK(std::is_sorted(found->begin(), found->end()));
    CHECK(std::binary_search(found->begin(), found->end(), std::string("xa")));
  }
  SECTION("one that our list has as not delegated") {
    labels.push_back("eh");
    CHECK(cctlds_in_root_zone(root_zone(labels), why)->size() == 310);
  }
  SECTION("one that is gone") {
    std::erase(labels, "su");
    CHECK(cctlds_in_root_zone(root_zone(labels), why) == labels);
  }
  SECTION("line ends of another system, none at the end") {
    std::string text = root_zone(labels);
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, "\r");
    CHECK(cctlds_in_root_zone(text, why) == labels);
    text.resize(text.size() - 2);
    CHECK(cctlds_in_root_zone(text, why) == labels);
  }
}

TEST_CASE("what is no list of the root zone is told") {
  const auto labels = delegated_cctlds();
  const std::string whole = root_zone(labels);
  CHECK(fault("") == "it does not start with a line `# Version ...`, as tlds-alpha-by-domain.txt does");
  CHECK(fault("<html>") == "it does not start with a line `# Version ...`, as tlds-alpha-by-domain.txt does");
  CHECK(fault("# Version \nFR\n") ==
        "it does not start with a line `# Version ...`, as tlds-alpha-by-domain.txt does");
  CHECK(fault(root_zone({labels.begin(), labels.begin() + 150})) ==
        "it has 150 ccTLDs, and there are more than 200: it may be cut short");
  CHECK(fault(whole + "CO.UK\n") == "line 314 is no top-level domain: `CO.UK`");
  CHECK(fault(whole + "\n\nFR\n") == "line 314 is no top-level domain: ``");
  CHECK(fault(whole + "\xd1\x80\xd1\x84\n") == "line 314 is no top-level domain: `\\xd1\\x80\\xd1\\x84`");
  CHECK(fault(whole + "XN--\n") == "line 314 is no top-level domain: `XN--`");
  CHECK(fault(whole + "A B\n") == "line 314 is no top-level domain: `A B`");
}
