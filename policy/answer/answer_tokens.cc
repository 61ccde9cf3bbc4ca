#include "policy/answer/answer_tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

struct Pair {
  char32_t from, to;
};

/// What NFC and NFD, keyboards and habits write in two ways.
char32_t one_form(char32_t code) {
  static constexpr auto kForms = std::to_array<Pair>(
      {{0x218, 's'},   {0x219, 's'},   {0x21A, 't'},   {0x21B, 't'},   {0x386, U'α'},  {0x388, U'ε'},
       {0x389, U'η'},  {0x38A, U'ι'},  {0x38C, U'ο'},  {0x38E, U'υ'},  {0x38F, U'ω'},  {0x390, U'ι'},
       {0x3AA, U'ι'},  {0x3AB, U'υ'},  {0x3B0, U'υ'},  {0x3C2, U'σ'},  {0x3CA, U'ι'},  {0x3CB, U'υ'},
       {0x419, U'и'},  {0x439, U'и'},  {0x407, 0x456}, {0x457, 0x456}, {0x490, U'г'},  {0x491, U'г'},
       {0x622, 0x627}, {0x623, 0x627}, {0x625, 0x627}, {0x671, 0x627}, {0x649, 0x64A}, {0x6CC, 0x64A},
       {0x6A9, 0x643}, {0x629, 0x647}});
  const auto* const found = std::ranges::find(kForms, code, &Pair::from);
  return found == kForms.end() ? code : found->to;
}

bool is_vowel_mark(char32_t code) {
  return (code >= 0x591 && code <= 0x5C7 && code != 0x5BE) || code == 0x640 ||
         (code >= 0x64B && code <= 0x65F) || code == 0x670;
}

bool is_quote(char32_t code) {
  static constexpr std::u32string_view kQuotes = U"\"'`´*_~‘’‚‛“”„‟«»‹›「」『』《》〈〉ʼ〝〞״׳";
  return kQuotes.find(code) != std::u32string_view::npos;
}

bool is_assent(char32_t code) {
  static constexpr std::u32string_view kSmileys = U"👍🙂😊😀😃😄😁☺✅✔☑🙏🎉🤝";
  return kSmileys.find(code) != std::u32string_view::npos || (code >= 0x1F3FB && code <= 0x1F3FF);
}

bool is_pause(char32_t code) {
  static constexpr std::u32string_view kPauses = U",;:.!()[]{}/|-…·•‒–—―、。，．・،؛۔।\u037E\u0387";
  return kPauses.find(code) != std::u32string_view::npos;
}

/// A letter of a script that sets no blanks between words.
bool is_ideograph(char32_t code) {
  return (code >= 0x3005 && code <= 0x3007) || (code >= 0x3040 && code <= 0x30FF) ||
         (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF);
}

bool is_of_answer_word(char32_t code) {
  if (code < 0x80)
    return is_letter(static_cast<char>(code)) || is_digit(static_cast<char>(code)) || code == '@' ||
           code == '+';
  if (is_pause(code) || is_quote(code) || code == U'؟') return false;
  return (code >= 0xC0 && code < 0x2000 && code != 0xD7 && code != 0xF7) ||
         (code >= 0xAC00 && code <= 0xD7A3);
}

void write_out(std::vector<std::string>& tokens) {
  static constexpr auto kGlued =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"dont", "do"},
                                                                    {"doesnt", "does"},
                                                                    {"didnt", "did"},
                                                                    {"cannot", "can"},
                                                                    {"cant", "can"},
                                                                    {"wont", "will"},
                                                                    {"isnt", "is"},
                                                                    {"arent", "are"},
                                                                    {"wasnt", "was"},
                                                                    {"havent", "have"},
                                                                    {"hasnt", "has"},
                                                                    {"couldnt", "could"},
                                                                    {"wouldnt", "would"},
                                                                    {"shouldnt", "should"},
                                                                    {"mustnt", "must"},
                                                                    {"werent", "were"}});
  std::vector<std::string> whole;
  for (std::string& token : tokens) {
    // `don't` came as `don` and `t`.
    const bool cut = token == "t" && !whole.empty();
    const std::string word = cut ? whole.back() + "t" : token;
    const auto* const found = std::ranges::find(kGlued, word, [](const auto& pair) { return pair.first; });
    if (found == kGlued.end()) {
      whole.push_back(std::move(token));
      continue;
    }
    if (cut) whole.pop_back();
    whole.emplace_back(found->second);
    whole.emplace_back("not");
  }
  tokens = std::move(whole);
}

}  // namespace

std::vector<std::string> answer_tokens(std::string_view text) {
  std::u32string codes;
  for (const char32_t code : code_points(fold_letters(text))) {
    if (!is_vowel_mark(code)) codes += one_form(code);
  }
  std::vector<std::string> tokens;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) tokens.push_back(std::exchange(word, {}));
  };
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const char32_t code = codes[i];
    const bool before_letter = i + 1 < codes.size() && is_of_answer_word(codes[i + 1]);
    if (is_of_answer_word(code) || (code == '.' && before_letter)) {
      append_utf8(word, code);
      continue;
    }
    const bool behind_letter = !word.empty();
    end_word();
    if (code == '-' && behind_letter && before_letter) continue;  // `tld-ops`
    if (code == ' ' || is_quote(code) || is_assent(code)) continue;
    if (is_pause(code)) {
      if (!tokens.empty() && tokens.back() != kPause) tokens.emplace_back(kPause);
    } else if (is_ideograph(code)) {
      append_utf8(word, code);
      end_word();
    } else {
      append_utf8(word, code);  // a mark that says something, but not what
      end_word();
    }
  }
  end_word();
  if (!tokens.empty() && tokens.back() == kPause) tokens.pop_back();
  write_out(tokens);
  return tokens;
}

bool is_question_mark(char32_t code) {
  static constexpr std::u32string_view kMarks = U"?？؟¿⁇⁈⁉՞፧\u037E";
  return kMarks.find(code) != std::u32string_view::npos;
}

}  // namespace ccgate
