#include "policy/answer/review_tail.h"

#include <algorithm>
#include <vector>

#include "policy/answer/answer_head.h"
#include "policy/answer/answer_sentence.h"
#include "policy/answer/answer_sign_off.h"
#include "policy/answer/answer_tokens.h"
#include "policy/prose/sign_off.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostTailWords = 30;
constexpr std::size_t kMostClosingWords = 6;

// May stand small among names, offices and numbers.
constexpr std::string_view kSmall =
    "of the and for to at in de des du der die das von van für und et la le les el y e di da do dos del "
    "della "
    "den och og ja i a an zu im bei tel telefon phone fax mobile mobil mob cell office direct ext mail email "
    "web "
    "www rue avenue boulevard place rua calle via piazza ulice ul str box floor";
// Of sentences, whatever capitals they are written in; and what tells of people.
constexpr std::string_view kSentence =
    "is are was were be been has have had will would does do did can should must she he they we you it i "
    "this "
    "that these those who also only too ignore disregard scrap forget revert undo keep keeps kept stay stays "
    "stayed remain remains remove removed delete deleted retired retires left leaves leaving gone quit "
    "resigned "
    "dead died moved fired replaced replaces follows joined joins add added plus ist sind war hat haben wird "
    "bleibt bleiben verlassen weg auch ignorieren behalten est sont était a été aussi reste restent parti "
    "partie "
    "ignorez es son está también queda quedan ignore fue ya são também fica ficam saiu è sono anche rimane "
    "blijft ook vertrokken är också kvar er også bliver slutat jest są też zostaje odszedł odeszła";

template <const std::string_view& Table>
bool is_tail_word(const std::string& token) {
  static const std::vector<std::string> kWords = answer_tokens(Table);
  return std::ranges::find(kWords, token) != kWords.end();
}

bool asks(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();)
    if (is_question_mark(next_code_point(text, pos))) return true;
  return false;
}

}  // namespace

bool ReviewTail::take(std::string_view text, std::size_t paragraph) {
  constexpr std::size_t kLongest = 2000;
  if (text.size() > kLongest) return false;
  const bool new_paragraph = paragraph != paragraph_;
  paragraph_ = paragraph;
  if (new_paragraph) disclaimer_ = false;
  const std::vector<std::string> tokens = answer_tokens(text);
  if (new_paragraph && is_disclaimer(tokens)) disclaimer_ = true;
  if (disclaimer_) return !refuses_somewhere(tokens);
  if (asks(text)) return false;
  return said_in(tokens) == Said::nothing || tells_who(text) || closes_with_names(text);
}

bool ReviewTail::tells_who(std::string_view text) const {
  const std::vector<std::string> tokens = answer_tokens(text);
  if (says_no_somewhere(tokens) || doubts(tokens)) return false;
  const auto words = split_words(text);
  if (words.size() > kMostTailWords) return false;
  for (std::string_view word : words) {
    while (!word.empty() && is_ascii(word.front()) && !is_letter_or_digit(word.front()) &&
           word.front() != '+')
      word.remove_prefix(1);
    const std::vector<std::string> here = answer_tokens(word);
    if (here.empty()) continue;
    const bool reached = word.find('@') != std::string_view::npos || word.front() == '+' ||
                         is_digit(word.front()) || word.starts_with("http") || word.starts_with("www.");
    if (reached) continue;
    if (std::ranges::all_of(here, is_tail_word<kSmall>)) continue;
    if (is_name_among(word.substr(0, word.find_last_not_of(",;:.!") + 1), author_names_)) continue;
    if (!begins_large(word) || is_answer_word(here.front()) ||
        std::ranges::any_of(here, is_tail_word<kSentence>))
      return false;
  }
  return true;
}

bool ReviewTail::closes_with_names(std::string_view text) const {
  std::size_t end = 0, count = 0;
  for (const std::string_view word : split_words(text)) {
    if (++count > kMostClosingWords) return false;
    end = static_cast<std::size_t>(word.data() - text.data()) + word.size();
    if (closes(answer_tokens(text.substr(0, end)))) return tells_who(text.substr(end));
  }
  return false;
}

}  // namespace ccgate
