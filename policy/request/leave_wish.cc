#include "policy/request/leave_wish.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "policy/request/leave_words.h"
#include "policy/request/line_words.h"
#include "policy/request/request_words.h"
#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/text_regions.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

using Kind = LineWord::Kind;

class LeaveReader {
 public:
  LeaveReader(const Address& author, const ListAddresses& list) : author_(author), list_(list) {}

  /// False when it says anything else.
  bool take_subject(std::string_view subject) {
    const std::string seen = as_seen(subject);
    return phrases(strip_reply_prefixes(seen));
  }

  bool take_text(std::string_view shown) {
    const std::vector<RegionLine> lines = region_lines(shown);
    std::size_t last_own = lines.size();  // behind the last own line that says something
    while (last_own > 0 &&
           (lines[last_own - 1].region != Region::own || trim(lines[last_own - 1].text).empty()))
      --last_own;
    std::size_t names = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string& text = lines[i].text;
      const Region region = lines[i].region;
      if (trim(text).empty() || is_signature_separator(text)) continue;
      if (region == Region::quoted) {
        if (!is_harmless_quote(text)) return false;
      } else if (region == Region::signature) {
        constexpr std::size_t kMostLines = 12;
        if (++names > kMostLines || !is_name(text, 8)) return false;
      } else if (!phrases(text)) {
        constexpr std::size_t kMostNames = 4;
        const bool at_end = closing_ || i + 2 >= last_own;
        if (!at_end || ++names > kMostNames || !is_name(text, 3)) return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool leaves() const noexcept { return leaves_; }

 private:
  [[nodiscard]] bool is_known(const LineWord& word) const {
    std::string_view text = word.text;
    if (ascii_iequal(text.substr(0, 7), "mailto:")) text.remove_prefix(7);
    while (!text.empty() && (text.back() == '.' || text.back() == ':')) text.remove_suffix(1);
    const auto address = Address::parse(text);
    if (!address) return false;
    const auto contains = [&](const std::vector<Address>& all) {
      return std::ranges::find(all, *address) != all.end();
    };
    return *address == author_ || *address == list_.address || contains(list_.form) || contains(list_.also) ||
           (address->domain() == list_.address.domain() &&
            address->folded_local().starts_with(list_.address.folded_local() + "-"));
  }

  /// Part by part, between commas and full stops; behind thanks a part may be a name.
  bool phrases(std::string_view line) {
    const std::vector<LineWord> words = line_words(line);
    for (std::size_t begin = 0; begin < words.size();) {
      std::size_t end = begin + 1;
      while (end < words.size() && words[end].item == words[begin].item &&
             words[end].sentence == words[begin].sentence && !words[end].behind_dash)
        ++end;
      const std::span<const LineWord> part(words.data() + begin, end - begin);
      const bool name = closing_ && part.size() <= 3 && is_name(part);
      if (!is_closed(part) && !name) return false;
      begin = end;
    }
    return true;
  }

  bool is_closed(std::span<const LineWord> part) {
    std::string words;
    for (const LineWord& word : part) {
      if (word.kind == Kind::address && is_known(word)) continue;
      if (word.kind != Kind::word) return false;
      if (ascii_iequal(word.text, list_.address.local())) continue;
      if (!words.empty()) words += ' ';
      words += fold_letters(word.text);
    }
    const LeavePhrases found = leave_phrases(words);
    leaves_ |= found.leaves;
    closing_ |= found.closing;
    return found.closed;
  }

  [[nodiscard]] static bool is_site(std::string_view text) {
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos)
      text.remove_prefix(scheme + 3);
    if (text.ends_with('/')) text.remove_suffix(1);
    return text.find_first_of("/?#@") == std::string_view::npos;
  }

  /// Caseless letters count as capitals.
  [[nodiscard]] static bool begins_like_a_name(std::string_view word) {
    constexpr auto kConnectors = std::to_array<std::string_view>(
        {"of",  "and", "the", "for", "de",    "del", "der", "den",    "die",   "das", "von", "van",
         "zu",  "zum", "und", "für", "du",    "des", "la",  "le",     "les",   "et",  "da",  "do",
         "dos", "e",   "y",   "di",  "della", "i",   "al",  "el",     "bin",   "ibn", "af",  "och",
         "og",  "na",  "tel", "t",   "m",     "p",   "f",   "mobile", "phone", "fax", "www"});
    if (std::ranges::find(kConnectors, word) != kConnectors.end()) return true;
    std::size_t pos = 0;
    const char32_t code = next_code_point(word, pos);
    if (code < 0x80) return !is_small_letter(static_cast<char>(code));
    const bool small = (code >= 0xDF && code <= 0xFF) || (code >= 0x3AC && code <= 0x3CE) ||
                       (code >= 0x430 && code <= 0x45F) || (code >= 0x100 && code <= 0x17F && code % 2 == 1);
    return !small;
  }

  [[nodiscard]] bool is_name(std::string_view line, std::size_t most_words) const {
    constexpr std::size_t kLongest = 120;
    if (line.size() > kLongest) return false;
    const std::vector<LineWord> words = line_words(line);
    return words.size() <= most_words && !could_wish_to_join(fold_letters(line)) && is_name(words);
  }

  /// Between commas and full stops stand few words: a sentence has more.
  [[nodiscard]] bool is_name(std::span<const LineWord> words) const {
    constexpr std::size_t kMostInPart = 4;
    constexpr std::size_t kLongestOfCaseless = 12;  // characters
    std::size_t in_part = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const LineWord& word = words[i];
      if (word.kind == Kind::address) {
        if (!is_known(word) && !is_site(word.text)) return false;
        continue;
      }
      if (word.kind != Kind::word || could_wish_to_join(fold_letters(word.text))) return false;
      const auto characters = static_cast<std::size_t>(std::ranges::count_if(word.text, begins_code_point));
      std::size_t pos = 0;
      const bool caseless = next_code_point(word.text, pos) >= 0x590;
      if (!begins_like_a_name(word.text) || (caseless && characters > kLongestOfCaseless)) return false;
      const bool same_part =
          i > 0 && word.item == words[i - 1].item && word.sentence == words[i - 1].sentence;
      if (!same_part) in_part = 0;
      if (!is_digit(word.text.front()) && ++in_part > kMostInPart) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_harmless_quote(std::string_view line) const {
    if (could_wish_to_join(fold_letters(line))) return false;
    return std::ranges::all_of(line_words(line), [&](const LineWord& word) {
      return word.kind != Kind::address || is_known(word) || is_site(word.text);
    });
  }

  const Address& author_;
  const ListAddresses& list_;
  bool leaves_ = false;
  bool closing_ = false;
};

}  // namespace

bool asks_only_to_leave(const Words& words, const Address& author, const ListAddresses& list,
                        bool at_leave_address) {
  if (!words.readable || !words.unread.empty()) return false;
  LeaveReader reader(author, list);
  if (!reader.take_subject(words.subject) || !reader.take_text(words.as_shown())) return false;
  return at_leave_address || reader.leaves();
}

}  // namespace ccgate
