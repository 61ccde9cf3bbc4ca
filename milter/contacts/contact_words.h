// milter/contacts/contact_words.h: contact data in words for people.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "policy/registry/registry.h"

namespace ccgate {

/// `.fr`, or `.xn--p1ai (рф)`: the A-label first, since terminals turn what stands behind a right-to-left
/// word around.
[[nodiscard]] std::string cctld_name(const Domain& cctld);
/// Joined with commas, sorted by A-label; of more than 40 the number and the first three.
[[nodiscard]] std::string cctld_names(const std::set<Domain>& cctlds);

/// `2024-03-12`.
[[nodiscard]] std::string day_text(std::int64_t seconds);
/// `1 day`, `12 days`: whole days; nothing below 0.
[[nodiscard]] std::string days_text(std::int64_t seconds);
[[nodiscard]] std::int64_t days(std::int64_t seconds) noexcept;

}  // namespace ccgate
