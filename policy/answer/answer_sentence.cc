#include "policy/answer/answer_sentence.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "policy/answer/answer_tokens.h"
#include "policy/answer/answer_words.h"
#include "policy/answer/answer_words_germanic.h"
#include "policy/answer/answer_words_more.h"
#include "policy/answer/answer_words_other.h"
#include "policy/answer/answer_words_romance.h"
#include "policy/answer/answer_words_slavic.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostTokens = 60;
constexpr std::size_t kMostOfThem = 10;

enum class PhraseKind : std::uint8_t { yes, yes_alone, support, no, no_alone, refusal, objection, filler };

struct PhraseElement {
  std::vector<std::string> any;
  bool optional = false;
  bool them = false;
};
struct Phrase {
  std::vector<PhraseElement> elements;
  PhraseKind what = PhraseKind::filler;
};

using WordSet = std::unordered_set<std::string>;

std::vector<std::string_view> between_bars(std::string_view text) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    if (end != 0) pieces.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

WordSet word_set(std::string_view text) {
  WordSet words;
  for (const std::string& token : answer_tokens(text)) words.insert(token);
  return words;
}

void append_element(std::vector<PhraseElement>& to, std::string_view written) {
  PhraseElement element;
  element.optional = written.ends_with('?');
  if (element.optional) written.remove_suffix(1);
  element.them = written == "THEM";
  if (element.them) {
    to.push_back(std::move(element));
    return;
  }
  // Words of ideographs are several tokens, and have no alternatives.
  if (written.find('/') == std::string_view::npos) {
    for (std::string& token : answer_tokens(written))
      to.push_back({{std::move(token)}, element.optional, false});
    return;
  }
  for (std::string& token : answer_tokens(written))
    if (token != kPause) element.any.push_back(std::move(token));
  to.push_back(std::move(element));
}

class AnswerLanguage {
 public:
  explicit AnswerLanguage(const AnswerWords& words)
      : them_(word_set(words.them)),
        neutral_(word_set(words.neutral)),
        negation_(word_set(words.negation)),
        but_(word_set(words.but)) {
    add(words);
    const AnswerWords& everywhere = answer_words_everywhere();
    if (everywhere.name != words.name) add(everywhere);
  }

  [[nodiscard]] Said said(const std::vector<std::string>& tokens) const;
  [[nodiscard]] bool refuses_somewhere(const std::vector<std::string>& tokens) const {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const Match found = match(tokens, at);
      if (found.length != 0 && found.what == PhraseKind::refusal) return true;
    }
    return false;
  }
  [[nodiscard]] bool negates(const std::vector<std::string>& tokens) const {
    return std::ranges::any_of(tokens, [&](const std::string& token) { return negation_.contains(token); });
  }
  [[nodiscard]] bool says_no_somewhere(const std::vector<std::string>& tokens) const {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const Match found = tokens[at] == kPause ? Match{} : match(tokens, at);
      const bool no = found.what == PhraseKind::no || found.what == PhraseKind::no_alone ||
                      found.what == PhraseKind::refusal || found.what == PhraseKind::objection;
      if (found.length != 0 && no) return true;
    }
    return negates(tokens);
  }
  [[nodiscard]] bool begins_with_but(const std::vector<std::string>& tokens) const {
    return !tokens.empty() && but_.contains(tokens.front());
  }
  [[nodiscard]] bool knows(const std::string& token) const {
    return meaning_.contains(token) || negation_.contains(token) || but_.contains(token);
  }

 private:
  struct Match {
    std::size_t length = 0;
    PhraseKind what = PhraseKind::filler;
  };

  void add(const AnswerWords& words) {
    add(words.yes, PhraseKind::yes);
    add(words.yes_alone, PhraseKind::yes_alone);
    add(words.support, PhraseKind::support);
    add(words.no, PhraseKind::no);
    add(words.no_alone, PhraseKind::no_alone);
    add(words.refusal, PhraseKind::refusal);
    add(words.objection, PhraseKind::objection);
    add(words.filler, PhraseKind::filler);
  }
  void add(std::string_view phrases, PhraseKind what) {
    for (const std::string_view phrase : between_bars(phrases)) {
      Phrase pattern;
      pattern.what = what;
      for (const std::string_view written : split_words(phrase)) append_element(pattern.elements, written);
      if (pattern.elements.empty()) continue;
      const PhraseElement& first = pattern.elements.front();
      const std::size_t index = patterns_.size();
      if (first.optional || first.them) {
        loose_.push_back(index);
      } else {
        for (const std::string& word : first.any) by_word_[word].push_back(index);
        if (what != PhraseKind::filler && what != PhraseKind::support && pattern.elements.size() == 1)
          meaning_.insert(first.any.begin(), first.any.end());
      }
      patterns_.push_back(std::move(pattern));
    }
  }

  /// Where the elements from `element` on end when they begin at `at`: the furthest, 0 when they do not.
  [[nodiscard]] std::size_t end_of(const Phrase& pattern, std::size_t element,
                                   const std::vector<std::string>& tokens, std::size_t at) const {
    if (element == pattern.elements.size()) return at;
    const PhraseElement& now = pattern.elements[element];
    std::size_t best = now.optional ? end_of(pattern, element + 1, tokens, at) : 0;
    if (now.them) {
      for (std::size_t n = 1; n <= kMostOfThem && at + n <= tokens.size(); ++n) {
        // `I can confirm to them` tells others.
        if (!is_them(tokens[at + n - 1]) || (n == 1 && tokens[at] == "to")) break;
        best = std::max(best, end_of(pattern, element + 1, tokens, at + n));
      }
    } else if (at < tokens.size() && std::ranges::find(now.any, tokens[at]) != now.any.end()) {
      best = std::max(best, end_of(pattern, element + 1, tokens, at + 1));
    }
    return best;
  }
  [[nodiscard]] bool is_them(const std::string& token) const {
    return them_.contains(token) || (token.front() == '.' && token.size() > 2) ||
           token.find('@') != std::string::npos || token == "tld" || token == "ops";
  }

  /// The longest phrase at `at`. One that only counts alone is all up to the pauses.
  [[nodiscard]] Match match(const std::vector<std::string>& tokens, std::size_t at) const {
    Match best;
    const auto take = [&](std::size_t index) {
      const Phrase& pattern = patterns_[index];
      const std::size_t end = end_of(pattern, 0, tokens, at);
      if (end <= at + best.length) return;
      const bool alone =
          (at == 0 || tokens[at - 1] == kPause) && (end == tokens.size() || tokens[end] == kPause);
      if ((pattern.what == PhraseKind::yes_alone || pattern.what == PhraseKind::no_alone) && !alone) return;
      best = {end - at, pattern.what};
    };
    if (const auto found = by_word_.find(tokens[at]); found != by_word_.end())
      for (const std::size_t index : found->second) take(index);
    for (const std::size_t index : loose_) take(index);
    return best;
  }

  std::vector<Phrase> patterns_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_word_;
  std::vector<std::size_t> loose_;
  WordSet meaning_;  // words that are a phrase of yes or no by themselves
  WordSet them_, neutral_, negation_, but_;
};

/// What was seen up to here, and in the part since the last pause.
struct Count {
  bool yes = false, support = false, no = false, refusal = false, objection = false;
  bool negated = false;  // a part of neutral words
  std::size_t neutral_here = 0, negations_here = 0, noes_here = 0, refusals_here = 0;
  std::size_t objections_here = 0;
  bool odd = false;

  void end_part() {
    if (neutral_here + negations_here != 0) {
      odd |= negations_here != 1 || refusals_here != 0;
      negated = true;
    }
    // `No me opongo` and `nie odmawiam` are no refusals.
    odd |= noes_here > 1 || (noes_here != 0 && refusals_here != 0);
    // Nor is `we withdraw the objection`.
    odd |= objections_here != 0 && refusals_here > 1;
    objections_here = 0;
    neutral_here = negations_here = noes_here = refusals_here = 0;
  }
};

Said AnswerLanguage::said(const std::vector<std::string>& tokens) const {
  Count count;
  for (std::size_t at = 0; at < tokens.size();) {
    if (tokens[at] == kPause) {
      count.end_part();
      ++at;
      continue;
    }
    const Match found = match(tokens, at);
    if (found.length == 0) {
      const bool negation = negation_.contains(tokens[at]);
      if (!negation && !neutral_.contains(tokens[at])) return Said::other;
      ++(negation ? count.negations_here : count.neutral_here);
      ++at;
      continue;
    }
    at += found.length;
    switch (found.what) {
      case PhraseKind::yes:
      case PhraseKind::yes_alone:
        count.yes = true;
        break;
      case PhraseKind::support:
        count.support = true;
        break;
      case PhraseKind::no:
      case PhraseKind::no_alone:
        // `Not refused`: a negation before it turns it.
        count.odd |= count.negations_here != 0;
        count.no = true;
        ++count.noes_here;
        break;
      case PhraseKind::refusal:
        count.refusal = true;
        ++count.refusals_here;
        break;
      case PhraseKind::objection:
        count.objection = true;
        ++count.objections_here;
        ++count.refusals_here;
        break;
      case PhraseKind::filler:
        break;
    }
  }
  count.end_part();
  const bool no = count.no || count.refusal || count.objection;
  if (count.odd || (count.yes && no)) return Said::other;
  if (count.yes) return count.negated ? Said::other : Said::yes;
  if (count.support) return no || count.negated ? Said::other : Said::support;
  if (!no) return count.negated ? Said::other : Said::nothing;
  return count.no || count.refusal ? Said::no : Said::objection;
}

const std::vector<AnswerLanguage>& languages() {
  static const std::vector<AnswerLanguage> kLanguages = [] {
    std::vector<AnswerLanguage> all;
    for (const auto table : {answer_words_germanic(), answer_words_romance(), answer_words_slavic(),
                             answer_words_other(), answer_words_more()})
      for (const AnswerWords& words : table) all.emplace_back(words);
    return all;
  }();
  return kLanguages;
}

}  // namespace

Said said_in(const std::vector<std::string>& tokens) {
  if (tokens.size() > kMostTokens) return Said::other;
  // By itself a yes in Poland, and thanks in Denmark.
  if (std::ranges::all_of(tokens, [](const std::string& token) { return token == "tak" || token == kPause; }))
    return Said::other;
  std::set<Said> readings;
  for (const AnswerLanguage& language : languages()) readings.insert(language.said(tokens));
  const bool yes = readings.contains(Said::yes);
  const bool no = readings.contains(Said::no);
  if (yes && (no || readings.contains(Said::objection))) return Said::other;
  for (const Said said : {Said::yes, Said::no, Said::objection, Said::support, Said::nothing})
    if (readings.contains(said)) return said;
  return Said::other;
}

bool refuses_somewhere(const std::vector<std::string>& tokens) {
  return std::ranges::any_of(languages(),
                             [&](const AnswerLanguage& each) { return each.refuses_somewhere(tokens); });
}

bool negates(const std::vector<std::string>& tokens) {
  return std::ranges::any_of(languages(), [&](const AnswerLanguage& each) { return each.negates(tokens); });
}

bool says_no_somewhere(const std::vector<std::string>& tokens) {
  // No in Malta and Finland, and in half of all sentences elsewhere.
  std::vector<std::string> words;
  std::ranges::copy_if(tokens, std::back_inserter(words),
                       [](const std::string& token) { return token != "le" && token != "en"; });
  return std::ranges::any_of(languages(),
                             [&](const AnswerLanguage& each) { return each.says_no_somewhere(words); });
}

bool begins_with_but(const std::vector<std::string>& tokens) {
  return std::ranges::any_of(languages(),
                             [&](const AnswerLanguage& each) { return each.begins_with_but(tokens); });
}

bool is_answer_word(const std::string& token) {
  return std::ranges::any_of(languages(), [&](const AnswerLanguage& each) { return each.knows(token); });
}

}  // namespace ccgate
