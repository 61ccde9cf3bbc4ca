// policy/prose/look_alike.h: letters that some reader may take for those of ASCII.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// As `fold_letters`, and further: whatever compatibility mappings (Unicode NFKD) turn into one ASCII letter,
/// with an accent or without, becomes it. For looking for words in it only.
[[nodiscard]] std::string look_alikes_as_ascii(std::string_view text);

}  // namespace ccgate
