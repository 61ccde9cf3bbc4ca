#include "policy/answer/review_answer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "policy/answer/answer_head.h"
#include "policy/answer/answer_sentence.h"
#include "policy/answer/answer_sign_off.h"
#include "policy/answer/answer_tokens.h"
#include "policy/answer/contact_answer.h"
#include "policy/answer/own_lines.h"
#include "policy/answer/own_sentences.h"
#include "policy/answer/removal_line.h"
#include "policy/answer/review_tail.h"
#include "policy/request/form_labels.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostReviewLines = 100;
constexpr std::size_t kMostRemoved = 50;
constexpr std::size_t kLongestReviewLine = 2000;  // octets

using Kind = ReviewAnswer::Kind;

/// The lines of one text that removes somebody.
class RemovalReader {
 public:
  explicit RemovalReader(std::string_view author_names) : tail_(author_names) {}

  /// nullopt: it says something else, too, or removes nobody.
  std::optional<ReviewAnswer> read(std::string_view text) {
    std::vector<OwnLine> lines = own_lines(text);
    const std::vector<OwnLine> below = signature_lines(text);
    const std::size_t first = skip_head(lines);
    lines.push_back({});
    lines.insert(lines.end(), below.begin(), below.end());
    std::size_t looked_at = 0;
    for (std::size_t at = first; at < lines.size(); ++at) {
      const std::string_view line = lines[at].text;
      if (line.empty()) {
        goes_on_ = false;
        ++paragraph_;
      } else if (++looked_at > kMostReviewLines || line.size() > kLongestReviewLine || !take(line)) {
        return std::nullopt;
      }
    }
    if (answer_.who.empty()) return std::nullopt;
    return std::move(answer_);
  }

 private:
  bool take(std::string_view line) {
    if (!signed_ && line.find('@') != std::string_view::npos) {
      if (const auto removed = read_removal_line(line, goes_on_)) return take(*removed);
    }
    const std::vector<std::string> tokens = answer_tokens(line);
    const bool nothing = said_in(tokens) == Said::nothing;
    if (nothing && !closes(tokens)) return true;
    if (answer_.who.empty()) return false;
    signed_ = true;
    return tail_.take(line, paragraph_);
  }

  bool take(const RemovalLine& line) {
    by_no_ = line.by_no || (goes_on_ && by_no_);
    goes_on_ = line.goes_on;
    answer_.who.insert(answer_.who.end(), line.who.begin(), line.who.end());
    if (by_no_) answer_.by_no.insert(answer_.by_no.end(), line.who.begin(), line.who.end());
    return answer_.who.size() <= kMostRemoved;
  }

  ReviewTail tail_;
  ReviewAnswer answer_{Kind::removes};
  std::size_t paragraph_ = 0;
  bool signed_ = false, goes_on_ = false, by_no_ = false;
};

/// Whether `text`, which is a yes, says anything beside it.
bool says_more_than_yes(std::string_view text, std::string_view author_names) {
  ReviewTail tail(author_names);
  std::size_t paragraph = 0;
  for (const OwnSentence& sentence : own_sentences(text, author_names).sentences) {
    paragraph = sentence.paragraph;
    const Said said = said_in(sentence.tokens);
    if (said == Said::yes || said == Said::support) continue;
    if (!tail.take(sentence.text, paragraph)) return true;
  }
  ++paragraph;
  const std::vector<OwnLine> below = signature_lines(text);
  if (below.size() > kMostReviewLines) return true;
  for (const OwnLine& line : below) {
    if (line.text.empty())
      ++paragraph;
    else if (!tail.take(line.text, paragraph))
      return true;
  }
  return false;
}

/// Addresses in the own lines of `text`, without those of `named`.
void add_addresses_beside(std::string_view text, const std::vector<Address>& named,
                          std::vector<Address>& beside) {
  std::vector<OwnLine> lines = own_lines(text);
  const std::vector<OwnLine> below = signature_lines(text);
  lines.insert(lines.end(), below.begin(), below.end());
  for (const OwnLine& line : lines)
    for (Address& address : addresses_in(line.text))
      if (std::ranges::find(named, address) == named.end()) beside.push_back(std::move(address));
}

ReviewAnswer with_beside(ReviewAnswer answer, const Words& words) {
  for (const std::string* text : {&words.text, &words.shown})
    add_addresses_beside(undone_marks(*text), answer.who, answer.beside);
  return answer;
}

bool looks_like_form(std::string_view text) {
  bool name = false, email = false;
  for (const OwnLine& line : own_lines(text)) {
    const auto labelled = labelled_line(line.text);
    if (!labelled || labelled->value.empty()) continue;
    name = name || labelled->label == Label::name || labelled->label == Label::cctlds;
    email = email || labelled->label == Label::email || labelled->label == Label::other_email;
  }
  return name && email;
}

std::optional<ReviewAnswer> removed_in(std::string_view text, const Words& words) {
  return RemovalReader(words.author_names).read(undone_marks(text));
}

}  // namespace

ReviewAnswer read_review_answer(const Words& words) {
  if (!words.readable || words.hidden) return {};
  if (auto removes = removed_in(words.text, words)) {
    if (!words.unread.empty()) return {};  // the answer may be there
    // Lines that belong together say the same as one line.
    if (!words.shown.empty()) {
      const auto shown = removed_in(words.shown, words);
      if (!shown || shown->who != removes->who || shown->by_no != removes->by_no) return {};
    }
    return with_beside(std::move(*removes), words);
  }
  switch (read_contact_answer(words)) {
    case ContactAnswer::confirms:
      if (says_more_than_yes(words.text, words.author_names) ||
          (!words.shown.empty() && says_more_than_yes(words.shown, words.author_names)))
        break;
      return with_beside({Kind::confirms}, words);
    case ContactAnswer::refuses:
      return {Kind::refuses};
    case ContactAnswer::objects:
    case ContactAnswer::unclear:
      break;
  }
  return {looks_like_form(words.text) ? Kind::form : Kind::unclear};
}

}  // namespace ccgate
