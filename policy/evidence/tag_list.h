// policy/evidence/tag_list.h: the tag lists of DKIM-Signature fields and key records (RFC 6376 3.2).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// One tag. Views into the text that was read.
struct Tag {
  std::string_view name;
  std::string_view value;  ///< without the blanks around it; may be empty
  std::size_t begin = 0;   ///< where the value stands, the blanks around it included: from behind the equals
  std::size_t end = 0;     ///< sign to the next semicolon or the end
};

struct TagList {
  std::vector<Tag> tags;  ///< up to the first fault
  std::string fault;      ///< why it is no tag list; empty when it is one
};

/// The tags of `text`: names are letters, digits and `_` behind a letter, none stands twice, and one
/// semicolon may end the list. Blanks and folds may stand around names and values. What is in a value is for
/// the reader of that tag to check.
[[nodiscard]] TagList read_tag_list(std::string_view text);

/// The tag of this name, in exactly this letter case.
[[nodiscard]] const Tag* find_tag(const std::vector<Tag>& tags, std::string_view name) noexcept;
[[nodiscard]] std::optional<std::string_view> tag_value(const std::vector<Tag>& tags,
                                                        std::string_view name) noexcept;

/// The parts of a value between `mark`s, without the blanks around them.
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view value, char mark);

}  // namespace ccgate
