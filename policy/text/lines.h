// policy/text/lines.h: text cut into lines and words the way list managers and people cut it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// Cut at every line end (characters.h): a command behind one of them is at the start of a line for
/// Mailman 3. Empty lines are left out.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

/// The words of `line` between blanks, Unicode blanks and line ends included.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view line);

/// Quote marks (`>`, `|` and their like) and blanks removed from the start.
[[nodiscard]] std::string_view strip_quote_marks(std::string_view line) noexcept;

/// `Re:`, `Fwd:`, `AW:`, `Re[2]:` and their translations, and `[tags]`, removed from the start, with quote
/// marks and blanks around them.
[[nodiscard]] std::string_view strip_reply_prefixes(std::string_view line);

/// What two spellings of a label or command have in common: lower case, without accents, invisible characters
/// and combining marks, fullwidth forms as ASCII, any blank as a space, any dash as `-`. For comparison with
/// tables only.
[[nodiscard]] std::string fold_letters(std::string_view text);

/// `line` as a reader sees it: nothing invisible, every blank and filler but tabs a space. The joiners of
/// Indic and Persian words stay between letters outside ASCII.
[[nodiscard]] std::string as_seen(std::string_view line);

/// The octets outside ASCII left out: what a list manager sees that ignores them.
[[nodiscard]] std::string ascii_only(std::string_view text);

}  // namespace ccgate
