#include "milter/contacts/contacts_loss.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// Of ccTLDs without contacts: `xa` and so on.
Directory directory(char first, char last) {
  std::vector<CcTld> cctlds;
  for (char letter = first; letter <= last; ++letter)
    cctlds.push_back(
        {*Domain::parse(std::string("x") + letter), {}, "", std::nullopt, std::nullopt, "", true});
  return Directory(std::move(cctlds), {}, {}, std::nullopt);
}

}  // namespace

TEST_CASE("more than 5 % and more than one is a large change") {
  struct Row {
    std::size_t known, changed, gone;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {0, 0, 0, ""},
      {1, 1, 1, ""},
      {3, 2, 0, "the contacts of 2 of 3 ccTLDs changed in one run"},
      {309, 15, 15, ""},
      {309, 16, 0, "the contacts of 16 of 309 ccTLDs changed in one run"},
      {309, 0, 16, "16 of 309 ccTLDs are gone in one run"},
      {40, 2, 2, ""},
      {39, 0, 2, "2 of 39 ccTLDs are gone in one run"},
  }));
  CHECK(too_large({row.known, row.changed, row.gone}) == row.want);
}

TEST_CASE("one ccTLD may be missing in new contacts, not several") {
  CHECK(lost_cctlds(directory('a', 'd'), directory('a', 'd')).empty());
  CHECK(lost_cctlds(directory('a', 'd'), directory('a', 'z')).empty());
  CHECK(lost_cctlds(directory('a', 'd'), directory('b', 'd')).empty());
  CHECK(lost_cctlds(directory('a', 'd'), directory('c', 'd')) == "2 of 4 ccTLDs are gone in one run");
  CHECK(lost_cctlds(directory('a', 'd'), Directory()) == "4 of 4 ccTLDs are gone in one run");
}
