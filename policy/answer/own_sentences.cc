#include "policy/answer/own_sentences.h"

#include <algorithm>
#include <string>
#include <utility>

#include "policy/answer/answer_head.h"
#include "policy/answer/answer_sentence.h"
#include "policy/answer/answer_sign_off.h"
#include "policy/answer/answer_tokens.h"
#include "policy/answer/own_lines.h"
#include "policy/prose/sign_off.h"
#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostSentences = 60;
constexpr std::size_t kMostLines = 300;
constexpr std::size_t kLongestSentence = 2000;  // octets, before it is looked at
constexpr std::size_t kShortLine = 60;          // columns: one that ends before was not wrapped

bool is_full_stop(char32_t code) {
  static constexpr std::u32string_view kStops = U".!。！．｡۔।";
  return kStops.find(code) != std::u32string_view::npos;
}

class SentenceReader {
 public:
  SentenceReader(std::string_view text, std::string_view author_names)
      : lines_(own_lines(text)), author_names_(author_names) {}

  OwnText read() {
    std::size_t at = skip_head(lines_);
    const std::size_t end = std::min(lines_.size(), at + kMostLines);
    for (; at < end && sentences_.size() <= kMostSentences; ++at) {
      const OwnLine& line = lines_[at];
      if (line.text.empty()) {
        end_sentence();
        ++paragraph_;
        continue;
      }
      if (is_ticket_mark(line.text)) continue;
      add(line.text);
      if (!current_.empty() && ends_at(at)) end_sentence();
    }
    end_sentence();
    const bool whole = at == lines_.size() && sentences_.size() <= kMostSentences;
    if (sentences_.size() > kMostSentences) sentences_.resize(kMostSentences);
    return {std::move(sentences_), whole};
  }

 private:
  /// Cuts `line` behind each full stop and question mark.
  void add(std::string_view line) {
    if (!current_.empty()) current_ += ' ';
    for (std::size_t pos = 0; pos < line.size();) {
      const std::size_t at = pos;
      const char32_t code = next_code_point(line, pos);
      const bool question = is_question_mark(code) || (code == ';' && is_greek(current_));
      question_ |= question;
      const bool stop = question || (is_full_stop(code) && stops(line, at, pos));
      if (current_.size() <= kLongestSentence) current_.append(line.substr(at, pos - at));
      if (stop && !more_stops(line, pos)) end_sentence(true);
    }
  }
  static bool is_greek(std::string_view text) {
    constexpr std::size_t kEnough = 200;
    const std::u32string codes = code_points(text.substr(0, kEnough));
    return std::ranges::any_of(codes, [](char32_t code) { return code >= 0x370 && code <= 0x3FF; });
  }
  /// A dot inside of a word or before a number (`No. 4711`), and one of several (`Yes... of course`), is
  /// none.
  static bool stops(std::string_view line, std::size_t at, std::size_t next) {
    if (line[at] != '.') return true;
    if ((at > 0 && line[at - 1] == '.') || line.substr(next).starts_with('.')) return false;
    std::size_t pos = next;
    while (pos < line.size()) {
      const char32_t code = next_code_point(line, pos);
      if (is_blank(code)) continue;
      if (code < 0x80 && is_digit(static_cast<char>(code))) return false;
      break;
    }
    pos = next;
    if (pos == line.size()) return true;
    const char32_t code = next_code_point(line, pos);
    return code < 0x80 ? !is_letter_or_digit(static_cast<char>(code)) : is_blank(code) || code >= 0x2000;
  }
  static bool more_stops(std::string_view line, std::size_t pos) {
    if (pos >= line.size()) return false;
    const char32_t code = next_code_point(line, pos);
    return is_full_stop(code) || is_question_mark(code);
  }

  void end_sentence(bool stopped = false) {
    OwnSentence sentence{answer_tokens(std::string_view(current_).substr(0, kLongestSentence)),
                         question_,
                         paragraph_,
                         stopped ? 0 : name_words(current_),
                         {}};
    if (current_.size() > kLongestSentence) sentence.tokens.emplace_back("...");
    sentence.text = std::exchange(current_, {});
    question_ = false;
    if (!sentence.tokens.empty()) sentences_.push_back(std::move(sentence));
  }

  /// Whether the sentence ends with line `at`, though no mark says so.
  [[nodiscard]] bool ends_at(std::size_t at) const {
    if (at + 1 >= lines_.size() || lines_[at + 1].text.empty()) return true;
    const std::string_view next = lines_[at + 1].text;
    const std::vector<std::string> following = answer_tokens(next.substr(0, kLongestSentence));
    if (said_in(following) == Said::nothing || closes(following)) return true;
    const auto words = split_words(next);
    constexpr std::size_t kLongestName = 4;
    if (words.size() > kLongestName || lines_[at].columns + 1 + words.front().size() > kShortLine)
      return false;
    if (next.ends_with('.') || std::ranges::any_of(code_points(next), is_question_mark)) return false;
    const std::size_t names = name_words(next);
    const std::vector<std::string> before =
        answer_tokens(std::string_view(current_).substr(0, kLongestSentence));
    const Said said = said_in(before);
    if (said == Said::nothing) return names != 0;
    // One word may be anything: `Confirmed / Phishing`. Behind a verb, so may many.
    const bool name = names > 1 || (names == 1 && is_name_among(next, author_names_));
    return (said == Said::yes || said == Said::no || said == Said::objection) && name && !is_open(before);
  }

  std::vector<OwnLine> lines_;
  std::string_view author_names_;
  std::vector<OwnSentence> sentences_;
  std::string current_;
  bool question_ = false;
  std::size_t paragraph_ = 0;
};

}  // namespace

OwnText own_sentences(std::string_view text, std::string_view author_names) {
  return SentenceReader(text, author_names).read();
}

}  // namespace ccgate
