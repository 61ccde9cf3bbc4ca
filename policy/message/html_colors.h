// policy/message/html_colors.h: whether the colours of an HTML text hide some of it.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string_view>

namespace ccgate {

/// Red, green and blue, 0 to 255.
using HtmlColor = std::array<int, 3>;

/// `#fff`, `#ffffff`, `rgb(255, 255, 255)`, and the names of very light colours, and `black`; nullopt for
/// others. Case and blanks make no difference.
[[nodiscard]] std::optional<HtmlColor> html_color(std::string_view value);

/// The colours of one text.
class HtmlColors {
 public:
  /// Of one element: what its attributes or its style say of the text, and of what is behind it; empty where
  /// they say nothing.
  void note(std::string_view text, std::string_view background);
  /// Some text is transparent, or has nearly the colour of what may be behind it; a page is white.
  [[nodiscard]] bool hide() const;

 private:
  std::set<HtmlColor> texts_;
  std::set<HtmlColor> backgrounds_{HtmlColor{255, 255, 255}};
  bool hide_ = false;
};

}  // namespace ccgate
