// policy/registry/region.h: where in the world a ccTLD counts.
#pragma once

#include "policy/text/enum_words.h"

namespace ccgate {

/// ICANN's geographic regions. It goes by citizenship: a territory counts where its country does.
enum class Region { africa, asia_pacific, europe, latin_america, north_america };
template <>
struct EnumWords<Region> {
  using enum Region;
  static constexpr auto table = word_table<Region>({
      {africa, "AF"},
      {asia_pacific, "AP"},  // Asia, Australia, Pacific
      {europe, "EU"},
      {latin_america, "LAC"},  // Latin America, Caribbean
      {north_america, "NA"},
  });
};

}  // namespace ccgate
