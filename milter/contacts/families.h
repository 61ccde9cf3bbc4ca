// milter/contacts/families.h: ccTLDs that have one admin contact.
#pragma once

#include <set>
#include <vector>

#include "policy/registry/registry.h"

namespace ccgate {

struct Family {
  Address admin;            ///< as written for the first of them
  std::set<Domain> cctlds;  ///< two or more
};

/// Who shares an admin address, compared as the directory compares (letter case ignored); by their first
/// A-label. A ccTLD whose entry is unusable is in none.
[[nodiscard]] std::vector<Family> families(const std::vector<CcTld>& cctlds);

}  // namespace ccgate
