// policy/request/cctld_word.h: one word of a request, as a ccTLD.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "policy/names/domain.h"
#include "policy/request/known_cctlds.h"

namespace ccgate {

/// nullopt for what cannot be one, and for every word beyond those that are looked at: IDNA is slow, and
/// whoever writes so many words gets none of them.
[[nodiscard]] std::optional<Domain> cctld_of(std::string_view word, std::size_t& looked_at);

/// A letter and a letter or digit of ASCII, or `xn--`: where it is none, it was meant as one.
[[nodiscard]] bool looks_like_cctld(std::string_view word) noexcept;

/// `Li`: a capital and a small letter of ASCII.
[[nodiscard]] bool is_written_like_a_name(std::string_view word) noexcept;

/// `and` and its like.
[[nodiscard]] bool is_and(std::string_view word);

/// The label behind a dot. With `known`, one that does not exist is passed over; else it is named, or unknown
/// where it cannot be a ccTLD. Labels that begin with a digit, and names of hosts, are nothing.
void add_dotted(std::string_view label, const KnownCcTlds* known, NamedCcTlds& named);

}  // namespace ccgate
