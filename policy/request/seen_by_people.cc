#include "policy/request/seen_by_people.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "policy/prose/line_words.h"
#include "policy/prose/request_words.h"
#include "policy/request/cctld_word.h"
#include "policy/request/form_labels.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/text_regions.h"

namespace ccgate {
namespace {

/// Of those that may be addresses.
constexpr std::string_view kAddressBreaks = " \t<>()[]{},;\"'*|!?\\";

bool speaks_of_cctlds(std::string_view folded) {
  for (auto at = folded.find("tld"); at != std::string_view::npos; at = folded.find("tld", at + 1))
    if (!folded.substr(at).starts_with("tld-ops")) return true;
  return false;
}

bool is_capital_code(std::string_view word) noexcept {
  return word.size() == 2 && is_letter(word[0]) && is_letter(word[1]) && !is_small_letter(word[0]) &&
         !is_small_letter(word[1]);
}

class Onlooker {
 public:
  Onlooker(const Message& message, const ListAddresses& list, const std::vector<Person>& people,
           const KnownCcTlds& known)
      : message_(message), list_(list), people_(people), known_(known) {}

  void look_at(std::string_view line, TextRegion region) {
    const std::string folded = fold_letters(line);
    const auto labelled = labelled_line(line);
    const bool of_cctlds = labelled && labelled->label == Label::cctlds;
    if (region == TextRegion::quoted && !of_cctlds) {
      goes_on_ = 0;
      return;
    }
    constexpr std::size_t kGoesOn = 5;  // lines
    if (of_cctlds || speaks_of_cctlds(folded)) {
      goes_on_ = kGoesOn;
    } else if (trim(line).empty() || labelled) {
      goes_on_ = 0;
    } else if (goes_on_ > 0) {
      --goes_on_;
    }
    const bool name = labelled && labelled->label != Label::cctlds && line_words(labelled->value).size() <= 3;
    read_codes(line, region != TextRegion::signature && !name);
    if (region != TextRegion::quoted) read_addresses(folded, region);
  }

  SeenByPeople found() && {
    constexpr std::size_t kMost = 200;
    if (looked_at_ >= kMost) seen_.others = true;
    return std::move(seen_);
  }

 private:
  void read_codes(std::string_view line, bool capitals) {
    for (const LineWord& word : line_words(line)) {
      if (word.kind == LineWord::Kind::dotted) {
        insert(word.text);
      } else if (word.kind == LineWord::Kind::word) {
        const bool common = is_common_word(ascii_lower(word.text));
        if (goes_on_ > 0) {
          const auto dot = word.text.rfind('.');
          if (dot != std::string_view::npos) insert(word.text.substr(dot + 1));
          if (looks_like_cctld(word.text) && !common) insert(word.text);
        } else if (capitals && is_capital_code(word.text) && !common && !is_postcode(line, word.text)) {
          insert(word.text);
        }
      }
    }
  }

  /// `XA-8021`.
  [[nodiscard]] static bool is_postcode(std::string_view line, std::string_view word) {
    const auto behind = static_cast<std::size_t>(word.data() - line.data()) + word.size();
    return behind + 1 < line.size() && line[behind] == '-' && is_digit(line[behind + 1]);
  }

  void insert(std::string_view label) {
    auto cctld = cctld_of(label, looked_at_);
    if (cctld && known_.exists(*cctld)) seen_.cctlds.insert(*std::move(cctld));
  }

  void read_addresses(std::string_view folded, TextRegion region) {
    constexpr std::size_t kMostAddresses = 200;
    for (std::string_view rest = folded; rest.find('@') != std::string_view::npos;) {
      const std::size_t end = std::min(rest.find_first_of(kAddressBreaks), rest.size());
      std::string_view word = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto at = word.find('@');
      if (at == std::string_view::npos || at == 0 || at + 1 == word.size()) continue;
      if (++addresses_ > kMostAddresses || !is_known_address(word, region)) seen_.others = true;
      if (seen_.others) return;
    }
  }

  [[nodiscard]] bool is_known_address(std::string_view word, TextRegion region) const {
    const auto scheme = word.rfind(':', word.find('@'));
    if (scheme != std::string_view::npos) word.remove_prefix(scheme + 1);  // `mailto:`, `E-mail:`
    while (word.ends_with('.') || word.ends_with(':')) word.remove_suffix(1);
    const auto address = Address::parse(word);
    if (!address) return false;
    const auto same = [&](const Address& other) { return other.key() == address->key(); };
    const std::string of_list = list_.address.folded_local();
    const bool of_list_itself =
        address->domain() == list_.address.domain() &&
        (address->folded_local() == of_list || address->folded_local().starts_with(of_list + "-"));
    return same(message_.author) || of_list_itself || std::ranges::any_of(list_.form, same) ||
           std::ranges::any_of(list_.also, same) ||
           std::ranges::any_of(people_,
                               [&](const Person& p) {
                                 return (p.email && same(*p.email)) ||
                                        (p.other_email && same(*p.other_email));
                               }) ||
           (known_.copied_contact && known_.copied_contact(*address)) ||
           (region == TextRegion::signature && address->domain() == message_.author.domain());
  }

  const Message& message_;
  const ListAddresses& list_;
  const std::vector<Person>& people_;
  const KnownCcTlds& known_;
  SeenByPeople seen_;
  std::size_t goes_on_ = 0;  // lines that a line about ccTLDs may still go on in
  std::size_t looked_at_ = 0;
  std::size_t addresses_ = 0;
};

}  // namespace

SeenByPeople seen_by_people(const Words& words, const Message& message, const ListAddresses& list,
                            const std::vector<Person>& people, const KnownCcTlds& known) {
  Onlooker reader(message, list, people, known);
  reader.look_at(strip_reply_prefixes(as_seen(words.subject)), TextRegion::own);
  reader.look_at("", TextRegion::own);
  for (const RegionLine& line : region_lines(words.as_shown()))
    reader.look_at(line.text,
                   line.region == TextRegion::quoted && !line.marked ? TextRegion::own : line.region);
  return std::move(reader).found();
}

}  // namespace ccgate
