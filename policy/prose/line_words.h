// policy/prose/line_words.h: a line of a request cut into the words that people see in it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace ccgate {

struct LineWord {
  enum class Kind {
    word,
    dotted,   ///< `.xa`: the label behind the dot
    address,  ///< of mail, or a URL: one word, whatever stands in it
    option,   ///< `digest=no`
  };
  std::string_view text;  ///< without quotes, marks and symbols around it
  Kind kind = Kind::word;
  std::size_t item = 0;      ///< how many separators of a list stand before it: `,` `;` `/` `&` `+` `|`
  std::size_t sentence = 0;  ///< how many sentences end before it
  std::size_t bracket = 0;   ///< the innermost closed pair of brackets around it, from 1; 0 outside of any
  bool behind_dash = false;  ///< a dash stands between it and the word before
  bool after_blank = true;   ///< nothing but blanks between it and the word before
  bool before_blank = true;  ///< and the word behind
};

/// `line` as `as_seen` leaves it. Words end at blanks and at symbols of any script; letters of Han, Kana and
/// Hangul begin a new word behind those of ASCII, and ASCII behind them: `.xaの登録`. What hangs on a ccTLD
/// by a hyphen or an apostrophe is another word: `.xa-Registry`. A bracket that never closes is none. Linear
/// time.
[[nodiscard]] std::vector<LineWord> line_words(std::string_view line);

}  // namespace ccgate
