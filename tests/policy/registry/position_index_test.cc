#include "policy/registry/position_index.h"

#include <functional>
#include <string>

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("positions are found by hash and equality, the first one first") {
  std::vector<std::string> words;
  PositionIndex index;
  const auto look = [&](const std::string& word) {
    return index.find(std::hash<std::string>()(word),
                      [&](std::uint32_t position) { return words[position] == word; });
  };
  CHECK_FALSE(look("0"));
  for (int i = 0; i < 5000; ++i) {
    words.push_back(std::to_string(i));
    index.add(std::hash<std::string>()(words.back()), static_cast<std::uint32_t>(i));
  }
  for (std::uint32_t i = 0; i < 5000; ++i) CHECK(look(std::to_string(i)) == i);
  CHECK_FALSE(look("5000"));
  index.add(std::hash<std::string>()("7"), 4000);
  CHECK(look("7") == 7U);
}

TEST_CASE("hashes that agree do no harm") {
  PositionIndex index;
  const std::size_t hash = GENERATE(std::size_t{0}, std::size_t{1}, ~std::size_t{0}, std::size_t{1} << 32U);
  for (std::uint32_t i = 0; i < 100; ++i) index.add(hash, i);
  for (std::uint32_t i = 0; i < 100; ++i)
    CHECK(index.find(hash, [i](std::uint32_t position) { return position == i; }) == i);
  CHECK_FALSE(index.find(hash, [](std::uint32_t) { return false; }));
  const PositionIndex copy = index;
  CHECK(copy.find(hash, [](std::uint32_t position) { return position == 99; }) == 99U);
}
