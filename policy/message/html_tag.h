// policy/message/html_tag.h: one tag of HTML, by the states of the HTML standard's tokenizer (13.2.5).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

struct HtmlAttribute {
  std::string name;        ///< lower case
  std::string_view value;  ///< references not decoded
};

struct HtmlTag {
  std::string name;  ///< lower case; up to a blank, `/` or `>`, so `title:x` is no `title`
  std::vector<HtmlAttribute> attributes;
  bool closing = false;
  bool complete = false;  ///< false: the text ends in it, and a browser shows none of it
  std::size_t end = 0;    ///< behind its `>`
};

/// The tag at `pos`, which is a `<` before a letter, or before `/` and a letter. A quote opens a value only
/// as the first character behind the `=` of an attribute that has a name. Linear time.
[[nodiscard]] HtmlTag read_html_tag(std::string_view html, std::size_t pos);

[[nodiscard]] bool is_html_blank(char c) noexcept;

}  // namespace ccgate
