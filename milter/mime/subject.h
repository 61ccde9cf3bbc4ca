// milter/mime/subject.h: a Subject -> the words in it.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

struct Subject {
  std::string text;            ///< UTF-8, encoded words decoded; as it came where that cannot be
  std::string why_unreadable;  ///< empty when it can be read
};

/// Reads the field body of a Subject as leniently as list managers do: what they may find in it shall be
/// found here. Whether all of them read it alike is another question (`plain_field_pieces`). Unreadable:
/// octets that are not UTF-8, a charset that is not known, octets that are none of their charset. Linear
/// time.
[[nodiscard]] Subject read_subject(std::string_view value);

}  // namespace ccgate
