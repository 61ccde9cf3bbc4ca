#include "policy/answer/contact_answer.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "policy/answer/answer_sentence.h"
#include "policy/answer/answer_sign_off.h"
#include "policy/answer/answer_tokens.h"
#include "policy/answer/own_sentences.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

ContactAnswer answer_that_says(Said said) {
  switch (said) {
    case Said::yes:
      return ContactAnswer::confirms;
    case Said::no:
      return ContactAnswer::refuses;
    case Said::objection:
      return ContactAnswer::objects;
    case Said::nothing:
    case Said::support:
    case Said::other:
      break;
  }
  return ContactAnswer::unclear;
}

/// What a sentence begins with, up to its first pause.
Said begins_with(const OwnSentence& sentence) {
  const auto pause = std::ranges::find(sentence.tokens, kPause);
  return said_in({sentence.tokens.begin(), pause});
}

/// `It's all good`, in sentences that nobody else understands.
bool assures(const OwnSentence& sentence) {
  static const std::vector<std::string> kWords = answer_tokens(
      "good fine ok okay well right correct ours known welcome trusted gut richtig bekannt bien bon bonne "
      "bem "
      "bene buono goed bekend dobrze dobře bra godt хорошо добре");
  return !negates(sentence.tokens) && std::ranges::any_of(sentence.tokens, [](const std::string& token) {
    return std::ranges::find(kWords, token) != kWords.end();
  });
}

/// Whether `later` takes back a no or an objection of `first`.
bool takes_back_no(const OwnSentence& first, const OwnSentence& later) {
  Said said = said_in(later.tokens);
  if (said == Said::other) said = begins_with(later);
  if (said == Said::yes || said == Said::support) return true;
  if (said == Said::no || said == Said::objection) return later.question;
  return said == Said::other && later.paragraph <= first.paragraph + 1 && assures(later);
}

/// What may stand behind a yes: more of it, and who wrote it.
class BehindYes {
 public:
  explicit BehindYes(std::size_t paragraph) : paragraph_(paragraph) {}

  /// Whether the yes still is one behind `later`; `last`: nothing follows.
  bool still_says_yes(const OwnSentence& later, bool last) {
    const bool new_paragraph = later.paragraph != paragraph_;
    paragraph_ = later.paragraph;
    if (new_paragraph) disclaimer_ = false;
    if (later.question) return false;
    if (disclaimer_) return !refuses_somewhere(later.tokens);
    if (new_paragraph && is_disclaimer(later.tokens)) {
      disclaimer_ = signed_ = true;
      return !refuses_somewhere(later.tokens);
    }
    const Said said = said_in(later.tokens);
    const bool thanked = std::exchange(nothing_, said == Said::nothing);
    if (closes(later.tokens)) {
      signed_ = true;
      return !says_no_somewhere(later.tokens) && !doubts(later.tokens);
    }
    if (said == Said::yes || said == Said::nothing || said == Said::support) return true;
    if (signed_)
      return !says_no_somewhere(later.tokens) && !begins_with_but(later.tokens) && !doubts(later.tokens);
    const bool named = later.names > 1 || (later.names == 1 && (last || thanked));
    signed_ = named;
    return named;
  }

 private:
  std::size_t paragraph_;
  bool signed_ = false, disclaimer_ = false, nothing_ = false;
};

ContactAnswer answer_in(const std::vector<OwnSentence>& sentences) {
  const auto first = std::ranges::find_if(sentences, [](const OwnSentence& sentence) {
    return sentence.question || said_in(sentence.tokens) != Said::nothing;
  });
  if (first == sentences.end() || first->question) return ContactAnswer::unclear;
  const ContactAnswer answer = answer_that_says(said_in(first->tokens));
  if (answer == ContactAnswer::unclear) return answer;
  BehindYes behind(first->paragraph);
  for (auto later = std::next(first); later != sentences.end(); ++later) {
    const bool back = answer == ContactAnswer::confirms
                          ? !behind.still_says_yes(*later, std::next(later) == sentences.end())
                          : takes_back_no(*first, *later);
    if (back) return ContactAnswer::unclear;
  }
  return answer;
}

/// Whether what says yes, or objects, names an address, or a ccTLD that the Subject does not.
bool about_others(const std::vector<OwnSentence>& sentences, const std::vector<std::string>& asked) {
  return std::ranges::any_of(sentences, [&](const OwnSentence& sentence) {
    const Said said = said_in(sentence.tokens);
    if (said != Said::yes && said != Said::objection && said != Said::support) return false;
    return std::ranges::any_of(sentence.tokens, [&](const std::string& token) {
      if (token.find('@') != std::string::npos) return true;
      return token.size() > 2 && token.front() == '.' && std::ranges::find(asked, token) == asked.end();
    });
  });
}

ContactAnswer unless_refused(ContactAnswer answer) {
  return answer == ContactAnswer::refuses ? answer : ContactAnswer::unclear;
}

}  // namespace

ContactAnswer read_contact_answer(const Words& words) {
  if (!words.readable || words.hidden) return ContactAnswer::unclear;
  const std::string_view asked = strip_reply_prefixes(words.subject);
  const OwnText own = own_sentences(words.text, words.author_names);
  if (!own.whole) return ContactAnswer::unclear;
  if (!own.sentences.empty()) {
    const ContactAnswer answer = answer_in(own.sentences);
    if (about_others(own.sentences, answer_tokens(asked))) return unless_refused(answer);
    // Lines that belong together say the same as one line.
    if (words.shown.empty()) return answer;
    const OwnText shown = own_sentences(words.shown, words.author_names);
    return shown.whole && answer_in(shown.sentences) == answer ? answer : ContactAnswer::unclear;
  }
  // What is not read may be all that was written.
  if (!words.unread.empty()) return ContactAnswer::unclear;
  const OwnText subject = own_sentences(asked);
  if (!subject.whole || subject.sentences.size() != 1) return ContactAnswer::unclear;
  const ContactAnswer answer = answer_in(subject.sentences);
  // `[no] ok`
  const bool tagged = words.subject.find('[') != std::string::npos;
  return tagged || about_others(subject.sentences, {}) ? unless_refused(answer) : answer;
}

}  // namespace ccgate
