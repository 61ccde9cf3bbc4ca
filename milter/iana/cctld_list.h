// milter/iana/cctld_list.h: which ccTLDs there are. Data of IANA's Root Zone Database, compiled in from
// cctlds.csv beside this file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/names/domain.h"
#include "policy/registry/region.h"

namespace ccgate {

struct CcTldName {
  std::string a_label;
  std::string u_label;   ///< UTF-8; the same as a_label for ASCII ones
  std::string iso_code;  ///< ISO 3166-1 alpha-2; empty where there is none
  bool delegated = false;
  std::optional<Region> region = {};  ///< each delegated one has one
};

/// Sorted by A-label. Built at first use, then const and shared between threads.
[[nodiscard]] std::span<const CcTldName> cctld_list();
/// nullptr: not on the list.
[[nodiscard]] const CcTldName* find_cctld(std::string_view a_label);

/// The A-labels of the delegated ones, sorted.
[[nodiscard]] std::vector<std::string> delegated_cctlds();
/// The same by IANA's tlds-alpha-by-domain.txt in place of our `delegated` column: every label of two ASCII
/// letters in it, and the IDN ccTLDs of our list that are in it. nullopt when `text` is no such file (no
/// comment line with a version, fewer than 200 ccTLDs, a line that is no label): `why` says so.
[[nodiscard]] std::optional<std::vector<std::string>> cctlds_in_root_zone(std::string_view text,
                                                                          std::string& why);

}  // namespace ccgate
