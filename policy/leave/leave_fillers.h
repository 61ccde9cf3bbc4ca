// policy/leave/leave_fillers.h: what people say around a wish to leave.
#pragma once

#include <cstddef>
#include <string_view>

namespace ccgate {

struct FillerWord {
  enum class Kind {
    filler,   ///< says nothing by itself
    wanting,  ///< `I would like to`: nothing without what is wanted
    closing,  ///< thanks, or takes leave of the reader
  };
  Kind kind = Kind::filler;
  std::size_t size = 0;  ///< in octets; 0: there is none
};

/// The longest with which `folded` begins (leave_words.h).
[[nodiscard]] FillerWord longest_filler(std::string_view folded);

}  // namespace ccgate
