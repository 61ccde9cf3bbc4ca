#include "policy/request/review_answer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "policy/request/answer_head.h"
#include "policy/request/answer_sentence.h"
#include "policy/request/answer_sign_off.h"
#include "policy/request/answer_tokens.h"
#include "policy/request/contact_answer.h"
#include "policy/request/form_labels.h"
#include "policy/request/own_lines.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostRemovalLines = 100;
constexpr std::size_t kMostRemoved = 50;
constexpr std::size_t kLongestRemovalLine = 2000;  // octets

/// `anne[@]nic[.]xa` -> `anne@nic.xa`
std::string undone_marks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("[@]") || rest.starts_with("[.]")) {
      out += rest[1];
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

/// A word of a line as an address; nullopt when it is none.
std::optional<Address> address_in(std::string_view word) {
  constexpr std::string_view kBefore = "<(\"'";
  constexpr std::string_view kBehind = ">)\"',;.:!";
  while (!word.empty() && kBefore.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && kBehind.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  constexpr std::string_view kMailto = "mailto:";
  if (word.starts_with(kMailto)) word.remove_prefix(kMailto.size());
  return word.find('@') == std::string_view::npos ? std::nullopt : Address::parse(word);
}

/// `and`, between two addresses.
bool joins(const std::vector<std::string>& tokens) {
  static constexpr auto kAnd = std::to_array<std::string_view>(
      {"and", "und", "et", "y", "e", "en", "och", "og", "i", "и", "ja", "ve", "a", "&", ","});
  return std::ranges::all_of(
      tokens, [](const std::string& token) { return std::ranges::find(kAnd, token) != kAnd.end(); });
}

/// Says no to whoever is named behind it.
bool says_no_to(std::vector<std::string> tokens) {
  while (!tokens.empty() && tokens.back() == kPause) tokens.pop_back();
  if (tokens.empty()) return false;
  if (said_in(tokens) == Said::no) return true;
  tokens.emplace_back("somebody@nic.example");
  return said_in(tokens) == Said::objection;
}

/// The own lines of one text.
class RemovalReader {
 public:
  /// nullopt: it says something else, too.
  std::optional<std::vector<Address>> read(std::string_view text) {
    std::vector<OwnLine> lines = own_lines(text);
    std::size_t looked_at = 0;
    for (std::size_t at = skip_head(lines); at < lines.size(); ++at) {
      if (lines[at].text.empty()) {
        goes_on_ = false;
        continue;
      }
      if (++looked_at > kMostRemovalLines || lines[at].text.size() > kLongestRemovalLine ||
          !take(lines[at].text))
        return std::nullopt;
    }
    if (who_.empty() || who_.size() > kMostRemoved) return std::nullopt;
    return std::move(who_);
  }

 private:
  bool take(std::string_view line) {
    const std::vector<std::string> tokens = answer_tokens(line);
    const bool has_address = line.find('@') != std::string_view::npos;
    if (!signed_ && has_address && take_names(line)) return true;
    if (!has_address && said_in(tokens) == Said::nothing) return true;
    if (who_.empty()) return false;
    signed_ = signed_ || closes(tokens) || name_words(line) > 0;
    return signed_ && !says_no_somewhere(tokens) && !doubts(tokens) && !begins_with_but(tokens);
  }

  /// `no ADDRESS, ADDRESS and ADDRESS`; a line behind a comma goes on.
  bool take_names(std::string_view line) {
    std::vector<Address> found;
    std::string between;
    bool named = goes_on_;
    for (const std::string_view word : split_words(line)) {
      auto address = address_in(word);
      if (!address) {
        (between += ' ') += word;
        continue;
      }
      const std::vector<std::string> tokens = answer_tokens(between);
      if (!(named && joins(tokens)) && !says_no_to(tokens)) return false;
      named = true;
      between.clear();
      found.push_back(std::move(*address));
    }
    if (found.empty() || !answer_tokens(between).empty()) return false;
    goes_on_ = line.ends_with(',');
    who_.insert(who_.end(), found.begin(), found.end());
    return true;
  }

  std::vector<Address> who_;
  bool signed_ = false, goes_on_ = false;
};

std::optional<std::vector<Address>> removed_in(std::string_view text) {
  return RemovalReader().read(undone_marks(text));
}

bool looks_like_form(std::string_view text) {
  bool name = false, email = false;
  for (const OwnLine& line : own_lines(text)) {
    const auto labelled = labelled_line(line.text);
    if (!labelled || labelled->value.empty()) continue;
    name = name || labelled->label == Label::name || labelled->label == Label::cctlds;
    email = email || labelled->label == Label::email;
  }
  return name && email;
}

}  // namespace

ReviewAnswer read_review_answer(const Words& words) {
  using enum ReviewAnswer::Kind;
  if (!words.readable || words.hidden) return {};
  auto who = removed_in(words.text);
  if (who && !words.unread.empty()) return {};  // the answer may be there
  if (who) {
    // Lines that belong together say the same as one line.
    if (!words.shown.empty() && removed_in(words.shown) != who) return {};
    return {removes, std::move(*who)};
  }
  switch (read_contact_answer(words)) {
    case ContactAnswer::confirms:
      return {confirms};
    case ContactAnswer::refuses:
      return {refuses};
    case ContactAnswer::objects:
    case ContactAnswer::unclear:
      break;
  }
  return {looks_like_form(words.text) ? form : unclear};
}

}  // namespace ccgate
