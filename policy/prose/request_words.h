// policy/prose/request_words.h: how people begin a request, in the languages of the joining form.
#pragma once

#include <string_view>

namespace ccgate {

// All of them take text as `fold_letters` leaves it.

/// `subscribe`, `join` and what they are in other languages: with it as its first word a line is a request.
[[nodiscard]] bool is_joining_word(std::string_view folded);

/// The line begins as a polite request does (`please`, `we would like`, `bitte`), or asks for a favour where
/// the language says so at the end.
[[nodiscard]] bool begins_politely(std::string_view folded);

/// `hello`, `dear` and their like, as the first word.
[[nodiscard]] bool begins_with_greeting(std::string_view folded);

/// Somewhere in it stands the beginning of a word that could mean "put me, or somebody, on the list", or "in
/// my place". `unsubscribe` is none.
[[nodiscard]] bool could_wish_to_join(std::string_view folded) noexcept;

/// That of `text` as it is, or with letters for those that look like them.
[[nodiscard]] bool could_look_like_a_wish(std::string_view text);

/// A code of two letters that is also a word of a common language, an abbreviation or a unit.
[[nodiscard]] bool is_common_word(std::string_view folded) noexcept;

}  // namespace ccgate
