// milter/report/page_assets.h: style and script of the page, compiled in from page.css and page.js beside
// this file.
#pragma once

#include <string_view>

namespace ccgate {

[[nodiscard]] std::string_view page_style() noexcept;
[[nodiscard]] std::string_view page_script() noexcept;

}  // namespace ccgate
