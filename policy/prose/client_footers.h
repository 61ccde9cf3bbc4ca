// policy/prose/client_footers.h: what programs put below a mail of their own accord.
#pragma once

#include <string_view>

namespace ccgate {

/// `Sent from my iPhone`, `Von meinem iPhone gesendet`, `Get Outlook for iOS<https://aka.ms/...>`: phrases of
/// a table, with devices and programs of a table, in the languages of the joining form; nothing else stands
/// in `line` but a link to the site of the maker.
[[nodiscard]] bool is_client_footer(std::string_view line);

}  // namespace ccgate
