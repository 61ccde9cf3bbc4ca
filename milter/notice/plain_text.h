// milter/notice/plain_text.h: text of others as a mail of ours may show it: one line, nothing hidden, nothing
// that a mail program makes a link of. Pure.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// Without controls, direction marks and other characters that nobody sees (the joiners of Indic and Persian
/// scripts stay); runs of blanks and line ends are one blank, none at the ends; an octet that is no UTF-8 is
/// `?`; at most `longest` characters, the last three of them dots when some are left out. For what is ours: a
/// link in it stays one.
[[nodiscard]] std::string clean_value(std::string_view text, std::size_t longest);

/// As clean_value, without what a link needs, in whatever mail program. Letters, digits and harmless signs
/// stay. Each `.`, `:`, `@` and `/` gets brackets, `www[.]evil[.]example`, but a dot or colon in front of a
/// blank or the end. All else, which has angle brackets and what looks like a dot in other scripts, becomes a
/// blank.
[[nodiscard]] std::string plain_words(std::string_view text, std::size_t longest);

/// Likewise, but words that are IP addresses or status codes (RFC 3463) stay: for what servers say.
[[nodiscard]] std::string plain_sentence(std::string_view text, std::size_t longest);

/// True for an IPv4 or IPv6 address, without brackets.
[[nodiscard]] bool is_ip_address(std::string_view text);

}  // namespace ccgate
