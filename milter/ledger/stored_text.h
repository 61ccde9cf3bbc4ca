// milter/ledger/stored_text.h: text from outside as the store takes it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ccgate {

/// UTF-8 of at most `most` octets, cut between two characters: an octet that is not UTF-8 is U+FFFD, NUL is
/// left out.
[[nodiscard]] std::string stored_text(std::string_view text, std::size_t most);

}  // namespace ccgate
