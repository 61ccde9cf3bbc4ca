// tests/support/coverage_world.h: all ccTLDs with the families of IANA's data, and who of them is on a list.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "milter/coverage/coverage.h"

namespace ccgate::test {

inline constexpr std::int64_t kSeedDay = 1424736000;  // 2015-02-24

/// Blanks between them.
[[nodiscard]] std::vector<std::string> words_in(std::string_view text);

/// The families.csv of the tests: of each ccTLD in one, its name.
[[nodiscard]] std::string family_of(std::string_view a_label);
/// `hostmaster@LABEL.registry.example`, of a family with its name in place of the label.
[[nodiscard]] std::string admin_address_of(std::string_view a_label);
/// Of every delegated ccTLD, and of `more`.
[[nodiscard]] Directory world_directory(std::vector<CcTld> more = {}, RegistryOverrides overrides = {});

/// The ccTLDs of the seed's example: six of one registry, two of another where `pair` is `ch li`, 13 more.
[[nodiscard]] std::vector<std::string> seed_cctlds(std::string_view pair);

[[nodiscard]] Member member_of(std::string_view cctld, std::string_view email, std::int64_t since);

/// Whoever holds it keeps what the input refers to.
struct World {
  std::shared_ptr<const Directory> directory;
  CoverageInput input;

  explicit World(std::vector<CcTld> more = {}, RegistryOverrides overrides = {});
  [[nodiscard]] CoveredCcTld at(std::string_view cctld, std::int64_t when) const;
};

}  // namespace ccgate::test
