#include "policy/request/cctld_list.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "policy/prose/line_words.h"
#include "policy/prose/request_words.h"
#include "policy/request/cctld_word.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using LineWords = std::vector<LineWord>;

bool is_dotted(const LineWord& word) noexcept {
  return word.kind == LineWord::Kind::dotted;
}

/// A first name, or a word of a sentence.
bool is_doubtful_among_others(std::string_view word) {
  return is_written_like_a_name(word) || is_common_word(ascii_lower(word));
}

/// As every reader has to agree: nothing but ccTLDs.
void read_strictly(const LineWords& words, NamedCcTlds& named) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const LineWord& word = words[i];
    if (word.bracket > 0) continue;
    const bool between = i > 0 && i + 1 < words.size() && word.after_blank && word.before_blank;
    if (between && is_and(word.text)) continue;
    if (auto cctld = cctld_of(word.text, named.looked_at)) {
      named.cctlds.insert(*std::move(cctld));
    } else {
      ++named.unknown;
    }
  }
}

class ListReader {
 public:
  ListReader(const LineWords& words, const KnownCcTlds& known, NamedCcTlds& named)
      : words_(words), known_(known), named_(named) {}

  /// False where nothing is named so.
  bool read() {
    has_dots_ = std::ranges::any_of(words_, is_dotted);
    for (std::size_t i = 0; i < words_.size();) {
      std::size_t end = i;
      while (end < words_.size() && same_part(words_[i], words_[end], i == end)) ++end;
      part(i, end);
      i = end;
    }
    bracketed();
    if (found_.empty() && unknown_ == 0) found_ = among_others_;
    if (found_.empty() && unknown_ == 0) return false;
    named_.cctlds.merge(found_);
    named_.unknown += unknown_;
    return true;
  }

 private:
  static bool same_part(const LineWord& first, const LineWord& word, bool is_first) {
    return is_first || (word.item == first.item && (word.bracket > 0) == (first.bracket > 0));
  }

  struct Code {
    std::optional<Domain> cctld;
    bool exists = false;
    bool doubtful = false;  // among other words
  };
  Code code_of(const LineWord& word) {
    Code code;
    if (!looks_like_cctld(word.text) && is_ascii(word.text)) return code;
    code.cctld = cctld_of(word.text, named_.looked_at);
    code.exists = code.cctld && known_.exists(*code.cctld);
    code.doubtful = is_doubtful_among_others(word.text);
    return code;
  }

  [[nodiscard]] bool counts(const Code& code) const {
    return code.exists && (!code.doubtful || known_.involved(*code.cctld));
  }

  /// The words from `begin` on, which stand between two separators.
  void part(std::size_t begin, std::size_t end) {
    if (words_[begin].bracket > 0) return;
    std::vector<Code> codes;
    bool others = false;
    for (std::size_t i = begin; i < end; ++i) {
      const LineWord& word = words_[i];
      if (word.kind == LineWord::Kind::dotted) {
        dotted(word);
        others = true;
        continue;
      }
      // `xa, and xb` too.
      const bool between = i > 0 && i + 1 < end && word.before_blank && (word.after_blank || i == begin);
      if (between && is_and(word.text)) continue;
      codes.push_back(code_of(word));
      const bool code = codes.back().cctld && (is_ascii(word.text) || codes.back().exists);
      others |= !code || word.behind_dash;
    }
    if (codes.empty() || (has_dots_ && (others || codes.size() != 1))) return;
    if (!others) {
      for (const Code& code : codes) found_.insert(*code.cctld);
      return;
    }
    // Two letters alone that cannot be a ccTLD were meant as one.
    if (codes.size() == 1 && !codes[0].cctld && looks_like_cctld(words_[begin].text)) ++unknown_;
    if (counts(codes.front())) {
      found_.insert(*codes.front().cctld);
      return;
    }
    for (const Code& code : codes)
      if (counts(code)) among_others_.insert(*code.cctld);
  }

  void dotted(const LineWord& word) {
    NamedCcTlds one;
    one.looked_at = named_.looked_at;
    add_dotted(word.text, nullptr, one);
    named_.looked_at = one.looked_at;
    found_.merge(one.cctlds);
    unknown_ += one.unknown;
    if (named_.first_unknown.empty()) named_.first_unknown = one.first_unknown;
  }

  void bracketed() {
    std::size_t last = 0;
    for (const LineWord& word : words_) last = std::max(last, word.bracket);
    std::vector<std::set<Domain>> groups(last + 1);
    std::vector<bool> others(last + 1, false);
    for (const LineWord& word : words_) {
      if (word.bracket == 0 || is_and(word.text)) continue;
      const Code code = code_of(word);
      const bool good = code.exists && (word.kind == LineWord::Kind::dotted || !code.doubtful ||
                                        known_.involved(*code.cctld));
      if (good) {
        groups[word.bracket].insert(*code.cctld);
      } else {
        others[word.bracket] = true;
      }
    }
    for (std::size_t i = 1; i <= last; ++i)
      if (!others[i]) found_.merge(groups[i]);
  }

  const LineWords& words_;
  const KnownCcTlds& known_;
  NamedCcTlds& named_;
  bool has_dots_ = false;
  std::set<Domain> found_, among_others_;
  std::size_t unknown_ = 0;
};

bool is_host_name(const LineWord& word) noexcept {
  return word.kind == LineWord::Kind::word && word.bracket == 0 &&
         word.text.find('.') != std::string_view::npos;
}

}  // namespace

void read_cctld_list(std::string_view value, const KnownCcTlds& known, NamedCcTlds& named) {
  constexpr std::size_t kMostWords = 100;
  const std::string seen = as_seen(value);
  const LineWords words = line_words(seen);
  const bool hosts = std::ranges::any_of(words, is_host_name) && std::ranges::none_of(words, is_dotted);
  const bool strictly = hosts || words.size() > kMostWords;
  if (strictly || !ListReader(words, known, named).read()) read_strictly(words, named);
}

bool is_list_item(std::string_view line, const KnownCcTlds& known) {
  const std::string seen = as_seen(line);
  LineWords words = line_words(seen);
  // The number of an item.
  const auto is_number = [](const LineWord& word) { return std::ranges::all_of(word.text, is_digit); };
  while (!words.empty() && is_number(words.front())) words.erase(words.begin());
  if (words.empty() || words.size() > 20) return false;
  const LineWord& first = words.front();
  if (first.kind == LineWord::Kind::dotted) return true;
  std::size_t looked_at = 0;
  const auto cctld = cctld_of(first.text, looked_at);
  if (!cctld) return false;
  const bool codes_only = std::ranges::all_of(words, [](const LineWord& word) {
    return is_dotted(word) || looks_like_cctld(word.text) || is_and(word.text);
  });
  // First name and family name.
  if (words.size() > 1 && words[1].item == first.item && is_written_like_a_name(first.text)) return false;
  if (!known.exists(*cctld)) return is_ascii(first.text) && codes_only;
  return codes_only || !is_doubtful_among_others(first.text);
}

}  // namespace ccgate
