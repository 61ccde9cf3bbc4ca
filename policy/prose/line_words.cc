#include "policy/prose/line_words.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

bool is_list_separator(char32_t code) noexcept {
  constexpr std::u32string_view kSeparators = U",;/&+|،؛、，／；＆＋｜";
  return kSeparators.find(code) != std::u32string_view::npos;
}

bool is_label_dot(char32_t code) noexcept {
  return code == '.' || code == 0x3002 || code == 0xFF0E || code == 0xFF61;
}

bool ends_sentence(char32_t code) noexcept {
  constexpr std::u32string_view kEnds = U".!?。！？．｡؟";
  return kEnds.find(code) != std::u32string_view::npos;
}

bool opens(char32_t code) noexcept {
  constexpr std::u32string_view kOpening = U"([{（［｛【〔";
  return kOpening.find(code) != std::u32string_view::npos;
}

bool closes_bracket(char32_t code) noexcept {
  constexpr std::u32string_view kClosingMarks = U")]}）］｝】〕";
  return kClosingMarks.find(code) != std::u32string_view::npos;
}

bool is_dash(char32_t code) noexcept {
  return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212;
}

class WordReader {
 public:
  explicit WordReader(std::string_view line) : line_(line) {}

  std::vector<LineWord> read() && {
    while (pos_ < line_.size()) {
      if (pos_ >= run_end_) begin_run();
      if (pos_ < line_.size() && pos_ < run_end_ && opaque_) {
        take_run();
      } else {
        step();
      }
    }
    finish(line_.size());
    return std::move(words_);
  }

 private:
  /// What has no blank, comma, quote or bracket in it; it may be an address as a whole.
  void begin_run() {
    constexpr std::string_view kEnds = " \t,;<>()[]{}\"";
    run_end_ = std::min(line_.find_first_of(kEnds, pos_), line_.size());
    const std::string_view run = line_.substr(pos_, run_end_ - pos_);
    opaque_ = run.find('@') != std::string_view::npos || run.find("://") != std::string_view::npos ||
              ascii_iequal(run.substr(0, 4), "www.");
    if (run_end_ == pos_) run_end_ = pos_ + 1;
  }

  void take_run() {
    finish(pos_);
    start_ = pos_;
    kind_ = LineWord::Kind::address;
    pos_ = run_end_;
    finish(pos_);
  }

  void step() {
    const std::size_t at = pos_;
    const char32_t code = next_code_point(line_, pos_);
    const char32_t next = peek();
    const bool in_word = start_ != std::string_view::npos;
    if (is_label_dot(code)) {
      dot(at, code, next);
      apart_ = false;
      return;
    }
    apart_ = is_blank(code) || is_list_separator(code);
    if (code == '=' && in_word) {
      kind_ = LineWord::Kind::option;
      return;
    }
    if (code == '-' && in_word && is_in_a_label(at)) return;
    if ((code == '-' || code == '_') && in_word && is_part(next) && !ends_label(at)) return;
    if (is_blank(code) || is_symbol(code)) return between(at, code);
    if (in_word && is_east_asian_letter(code) != is_east_asian_letter(last_) &&
        (code < 0x80 || last_ < 0x80)) {
      finish(at);
      glued();
    }
    begin(at, LineWord::Kind::word);
    last_ = code;
  }

  /// Of an A-label (`xn--`), which keeps its hyphens.
  [[nodiscard]] bool is_in_a_label(std::size_t at) const noexcept {
    constexpr std::string_view kPrefix = "xn--";
    return at >= start_ + 2 && ascii_iequal(line_.substr(start_, kPrefix.size()), kPrefix);
  }

  /// A ccTLD of two letters has ended; `xn--` goes on.
  [[nodiscard]] bool ends_label(std::size_t at) const noexcept {
    return kind_ == LineWord::Kind::dotted && at - start_ == 2 &&
           !ascii_iequal(line_.substr(start_, 4), "xn--");
  }

  void dot(std::size_t at, char32_t code, char32_t next) {
    const bool in_word = start_ != std::string_view::npos;
    const bool behind_east_asian = in_word && is_east_asian_letter(last_);
    if (code == '.' && in_word && !behind_east_asian && is_part(next)) return;
    // An ideographic full stop ends a sentence, but in front of a word.
    const bool begins = code == '.' ? !in_word || behind_east_asian : !in_word && apart_;
    finish(at);
    if (begins && is_part(next)) {
      if (behind_east_asian) glued();
      begin(pos_, LineWord::Kind::dotted);
      last_ = next;
    } else if (code != '.' || next == 0 || is_blank(next)) {
      ++sentence_;
    }
  }

  void between(std::size_t at, char32_t code) {
    finish(at);
    if (is_blank(code)) return;
    if (is_list_separator(code)) ++item_;
    if (ends_sentence(code)) ++sentence_;
    if (is_dash(code)) dash_ = true;
    constexpr std::size_t kDeepest = 8;
    if (opens(code) && open_.size() < kDeepest) open_.push_back(words_.size());
    if (closes_bracket(code) && !open_.empty()) close_bracket();
    // Quotes and marks around a word do not set it apart.
    if (is_list_separator(code) || is_dash(code)) glued();
  }

  void close_bracket() {
    ++brackets_;
    for (std::size_t i = open_.back(); i < words_.size(); ++i)
      if (words_[i].bracket == 0) words_[i].bracket = brackets_;
    open_.pop_back();
  }

  void glued() {
    after_blank_ = false;
    if (!words_.empty()) words_.back().before_blank = false;
  }

  void begin(std::size_t at, LineWord::Kind kind) {
    if (start_ != std::string_view::npos) return;
    start_ = at;
    kind_ = kind;
  }

  void finish(std::size_t end) {
    if (start_ == std::string_view::npos) return;
    const std::string_view text = line_.substr(start_, end - start_);
    words_.push_back({text, kind_, item_, sentence_, 0, dash_, after_blank_, true});
    start_ = std::string_view::npos;
    kind_ = LineWord::Kind::word;
    last_ = 0;
    dash_ = false;
    after_blank_ = true;
  }

  [[nodiscard]] char32_t peek() const noexcept {
    std::size_t next = pos_;
    return next < line_.size() ? next_code_point(line_, next) : 0;
  }
  [[nodiscard]] static bool is_part(char32_t code) noexcept {
    return code != 0 && !is_blank(code) && !is_symbol(code);
  }

  std::string_view line_;
  std::vector<LineWord> words_;
  std::size_t pos_ = 0;
  std::size_t run_end_ = 0;                     // of the run at hand
  bool opaque_ = false;                         // it is one word
  bool apart_ = true;                           // a blank or a separator stands before `pos_`, or nothing
  std::size_t start_ = std::string_view::npos;  // of the word at hand
  LineWord::Kind kind_ = LineWord::Kind::word;  // of it
  char32_t last_ = 0;                           // its last letter
  std::size_t item_ = 0, sentence_ = 0, brackets_ = 0;
  bool dash_ = false, after_blank_ = true;
  std::vector<std::size_t> open_;  // brackets: the words before them
};

}  // namespace

std::vector<LineWord> line_words(std::string_view line) {
  return WordReader(line).read();
}

}  // namespace ccgate
