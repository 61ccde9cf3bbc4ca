#include "policy/leave/leave_wish.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "policy/leave/leave_fillers.h"
#include "policy/leave/leave_phrases.h"
#include "policy/prose/client_footers.h"
#include "policy/prose/line_words.h"
#include "policy/prose/quoted_mail.h"
#include "policy/prose/request_words.h"
#include "policy/prose/sign_off.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/text_regions.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

using Kind = LineWord::Kind;
using WordSpan = std::span<const LineWord>;

/// The addresses that a wish to leave may name.
class KnownAddresses {
 public:
  KnownAddresses(const Address& author, const ListAddresses& list) : author_(author), list_(list) {}

  [[nodiscard]] bool contains(std::string_view text) const {
    const auto address = read(text);
    if (!address) return false;
    const auto is_in = [&](const std::vector<Address>& all) {
      return std::ranges::find(all, *address) != all.end();
    };
    return *address == author_ || *address == list_.address || is_in(list_.form) || is_in(list_.also) ||
           (address->domain() == list_.address.domain() &&
            address->folded_local().starts_with(list_.address.folded_local() + "-"));
  }

  [[nodiscard]] bool is_authors(std::string_view text) const {
    const auto address = read(text);
    return address && *address == author_;
  }

  [[nodiscard]] std::string_view list_name() const { return list_.address.local(); }

 private:
  [[nodiscard]] static std::optional<Address> read(std::string_view text) {
    if (ascii_iequal(text.substr(0, 7), "mailto:")) text.remove_prefix(7);
    while (!text.empty() && (text.back() == '.' || text.back() == ':')) text.remove_suffix(1);
    return Address::parse(text);
  }

  const Address& author_;
  const ListAddresses& list_;
};

/// Of Subject and text: more is not read from any mail, and nobody needs it to leave.
constexpr std::size_t kLongestText = 128UL * 1024;

bool joins_parts(const LineWord& word) {
  constexpr auto kAnd = std::to_array<std::string_view>(
      {"and", "und", "et", "y", "e", "og", "och", "ja", "ve", "es", "и", "και"});
  return word.kind == Kind::word && std::ranges::find(kAnd, fold_letters(word.text)) != kAnd.end();
}

/// Cut at commas, full stops, dashes and words for `and`.
std::vector<WordSpan> parts_of(WordSpan words) {
  std::vector<WordSpan> parts;
  for (std::size_t begin = 0; begin < words.size();) {
    if (joins_parts(words[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin + 1;
    while (end < words.size() && words[end].item == words[begin].item &&
           words[end].sentence == words[begin].sentence && !words[end].behind_dash &&
           !joins_parts(words[end]))
      ++end;
    parts.push_back(words.subspan(begin, end - begin));
    begin = end;
  }
  return parts;
}

/// A part as the tables have it.
struct FoldedPart {
  std::string words;
  bool known = true;  ///< no word is of another kind, no address somebody else's
  bool names_author = false;
};

FoldedPart folded_part(WordSpan part, const KnownAddresses& addresses) {
  FoldedPart folded;
  for (const LineWord& word : part) {
    if (word.kind == Kind::address && addresses.contains(word.text)) {
      folded.names_author |= addresses.is_authors(word.text);
    } else if (word.kind != Kind::word) {
      folded.known = false;
    } else if (!ascii_iequal(word.text, addresses.list_name())) {
      if (!folded.words.empty()) folded.words += ' ';
      folded.words += fold_letters(word.text);
    }
  }
  return folded;
}

bool ends_sentence_with(std::string_view line) {
  for (const std::string_view mark : {".", "!", "?", ":", "。", "！", "？", "．", "：", "؟"})
    if (line.ends_with(mark)) return true;
  return false;
}

/// Signs that no name has, and that may be meant: `+ Bob`.
bool has_odd_sign(std::string_view line) {
  constexpr std::u32string_view kInNames =
      U".,;:-'\"()<>*_!\u2019\u2018\u00b7\u2010\u2011\u2013\u2014、，。！・";
  return std::ranges::any_of(code_points(line), [&](char32_t code) {
    return is_symbol(code) && !is_blank(code) && kInNames.find(code) == std::u32string_view::npos;
  });
}

/// Of what could be a wish to join, that for which there is no other reason beside a wish to leave:
/// registries are left, people move, and become something else.
bool could_ask_to_add(std::string folded) {
  constexpr auto kHarmless = std::to_array<std::string_view>(
      {"registr", "register", "moved to", "belongs", "become", "my role", "transfer", "updat", "give ",
       "gets ", "behalf", "new address", "hand over", "handover", "cambi", "wechs"});
  for (const std::string_view word : kHarmless)
    for (auto at = folded.find(word); at != std::string::npos; at = folded.find(word, at + 1))
      folded.replace(at, word.size(), word.size(), '-');
  return could_wish_to_join(folded);
}

/// The texts between form feeds.
std::vector<std::string_view> parts_of_mail(std::string_view shown) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= shown.size();) {
    const std::size_t end = std::min(shown.find('\f', at), shown.size());
    parts.push_back(shown.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

class LeaveReader {
 public:
  LeaveReader(const Words& words, const Address& author, const ListAddresses& list)
      : is_reply_(words.is_reply), sign_off_(words.author_names, author), addresses_(author, list) {}

  /// False when it says anything else.
  bool take_subject(std::string_view subject) {
    const std::string seen = as_seen(subject);
    free_name_used_ = true;
    return take_phrases(strip_reply_prefixes(seen)) && end_sentence();
  }

  bool take_text(std::string_view text) {
    const std::vector<RegionLine> lines = region_lines(text);
    const QuotedMail quoted = find_quoted_mail(lines, is_reply_);
    closing_ = just_closed_ = free_name_used_ = began_ = false;
    signature_lines_ = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string_view line = trim(lines[i].text);
      if (i >= quoted.begin) {
        if (could_look_like_a_wish(line) || (i >= quoted.text && !names_known_only(line))) return false;
      } else if (line.empty()) {
        if (!end_sentence()) return false;
      } else if (lines[i].region == TextRegion::signature) {
        if (!is_signature_separator(lines[i].text) && !take_signature_line(line)) return false;
      } else if (!take_own_line(line)) {
        return false;
      }
    }
    return end_sentence();
  }

  [[nodiscard]] bool leaves() const noexcept { return leaves_; }

 private:
  bool take_own_line(std::string_view line) {
    const bool first = !std::exchange(began_, true);
    const bool closed = std::exchange(just_closed_, false);
    if (take_phrases(line)) return !ends_sentence_with(line) || end_sentence();
    if (!end_sentence()) return false;
    if (is_client_footer(line)) return true;
    const std::vector<LineWord> words = line_words(line);
    const bool odd = has_odd_sign(line);
    if (!odd && sign_off_.is_authors_name(words)) return true;
    if (!odd && first && is_greeting(line, words)) return true;
    if (!odd && closed && take_free_name(words)) return true;
    constexpr std::size_t kMostLines = 12;
    return closing_ && ++signature_lines_ <= kMostLines && sign_off_.is_signature_line(line);
  }

  bool take_signature_line(std::string_view line) {
    constexpr std::size_t kMostLines = 12;
    if (!end_sentence() || ++signature_lines_ > kMostLines) return false;
    const std::vector<LineWord> words = line_words(line);
    if (is_client_footer(line) || sign_off_.is_signature_line(line)) return true;
    if (has_odd_sign(line)) return false;
    if (sign_off_.is_authors_name(words) || (signature_lines_ == 1 && take_free_name(words))) return true;
    const FoldedPart part = folded_part(words, addresses_);
    const LeavePhrases phrases = leave_phrases(part.words);
    return part.known && phrases.closed && phrases.closing && !phrases.leaves;
  }

  bool take_free_name(WordSpan words) {
    return !free_name_used_ && sign_off_.may_be_name(words) && (free_name_used_ = true);
  }

  /// `Dear Ben,`
  [[nodiscard]] bool is_greeting(std::string_view line, WordSpan words) const {
    return words.size() == 2 && begins_with_greeting(fold_letters(line)) &&
           sign_off_.may_be_name(words.subspan(1));
  }

  /// Changes nothing where it is false. Behind a closing formula a part may be a name.
  bool take_phrases(std::string_view line) {
    const std::vector<LineWord> words = line_words(line);
    std::vector<std::pair<LeavePhrases, std::size_t>> found;
    bool closing = false, name_used = false;
    for (const WordSpan part : parts_of(words)) {
      const FoldedPart folded = folded_part(part, addresses_);
      LeavePhrases phrases = folded.known ? leave_phrases(folded.words, folded.names_author) : LeavePhrases{};
      if (!phrases.closed) {
        const std::size_t behind = closing ? 0 : behind_closing(part);
        const WordSpan name = part.subspan(behind);
        const bool free = !free_name_used_ && !name_used && sign_off_.may_be_name(name);
        if ((!closing && behind == 0) || has_odd_sign(line) || (!sign_off_.is_authors_name(name) && !free))
          return false;
        name_used |= free;
        phrases.closed = phrases.closing = true;
      }
      closing |= phrases.closing;
      found.emplace_back(phrases, part.front().sentence);
    }
    free_name_used_ |= name_used;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (i > 0 && found[i].second != found[i - 1].second && !end_sentence()) return false;
      add(found[i].first);
    }
    closing_ |= closing;
    just_closed_ = closing && !name_used;
    return true;
  }

  /// How many words of `part` are a closing formula: `Regards Anne`; 0: none.
  [[nodiscard]] std::size_t behind_closing(WordSpan part) const {
    constexpr std::size_t kLongest = 5;
    for (std::size_t size = std::min(kLongest, part.size() - 1); size > 0; --size) {
      const FoldedPart folded = folded_part(part.first(size), addresses_);
      const FillerWord formula = longest_filler(folded.words);
      if (folded.known && formula.kind == FillerWord::Kind::closing && formula.size == folded.words.size())
        return size;
    }
    return 0;
  }

  void add(const LeavePhrases& phrases) {
    sentence_.leaves |= phrases.leaves;
    sentence_.leaving |= phrases.leaving;
    sentence_.removing |= phrases.removing;
    sentence_.wanting |= phrases.wanting;
  }

  /// False where it says less, or the opposite of what its words say: `I would like to`, `Please cancel, my
  /// removal`.
  bool end_sentence() {
    const LeavePhrases sentence = std::exchange(sentence_, {});
    leaves_ |= sentence.leaves;
    sound_ = sound_ && (sentence.leaves || !sentence.wanting) && !(sentence.removing && sentence.leaving);
    return sound_;
  }

  [[nodiscard]] static bool is_site(std::string_view text) {
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos)
      text.remove_prefix(scheme + 3);
    if (text.ends_with('/')) text.remove_suffix(1);
    return text.find_first_of("/?#@") == std::string_view::npos;
  }

  [[nodiscard]] bool names_known_only(std::string_view line) const {
    return std::ranges::all_of(line_words(line), [&](const LineWord& word) {
      return word.kind != Kind::address || addresses_.contains(word.text) || is_site(word.text);
    });
  }

  bool is_reply_;
  SignOff sign_off_;
  KnownAddresses addresses_;
  LeavePhrases sentence_;  // what its parts have said so far
  bool sound_ = true;
  bool leaves_ = false;
  // Of one part of the mail:
  bool began_ = false;
  bool closing_ = false;      // a closing formula stands above
  bool just_closed_ = false;  // right above
  bool free_name_used_ = false;
  std::size_t signature_lines_ = 0;
};

}  // namespace

bool asks_only_to_leave(const Words& words, const Address& author, const ListAddresses& list,
                        bool at_leave_address) {
  if (!words.readable || !words.unread.empty() || words.hidden) return false;
  if (words.subject.size() > kLongestText || words.as_shown().size() > kLongestText) return false;
  LeaveReader reader(words, author, list);
  if (!reader.take_subject(words.subject)) return false;
  for (const std::string_view part : parts_of_mail(words.as_shown()))
    if (!reader.take_text(part)) return false;
  return at_leave_address || reader.leaves();
}

bool asks_also_to_leave(const Words& words, const Address& author, const ListAddresses& list) {
  constexpr std::size_t kLookedAt = 16UL * 1024;  // octets: a wish stands near the top
  const KnownAddresses addresses(author, list);
  bool leaves = false, joins = false;
  const auto look_at = [&](std::string_view line, bool wishes) {
    const std::vector<LineWord> all = line_words(line);
    leaves = leaves || std::ranges::any_of(parts_of(all), [&](WordSpan part) {
               const FoldedPart folded = folded_part(part, addresses);
               return begins_to_leave(folded.words, folded.names_author);
             });
    joins |= wishes && could_ask_to_add(without_leave_words(fold_letters(line)));
  };
  const std::string subject = as_seen(std::string_view(words.subject).substr(0, kLookedAt));
  // Of a reply it is somebody else's.
  look_at(strip_reply_prefixes(subject), !words.is_reply);
  for (const std::string_view part : parts_of_mail(std::string_view(words.as_shown()).substr(0, kLookedAt))) {
    const std::vector<RegionLine> lines = region_lines(part);
    const std::size_t end = find_quoted_mail(lines, words.is_reply).begin;
    for (std::size_t i = 0; i < end; ++i)
      if (lines[i].region == TextRegion::own) look_at(lines[i].text, true);
  }
  return leaves && !joins;
}

}  // namespace ccgate
