// policy/request/named_cctlds.cc: words of command lines that are ccTLDs.
#include "policy/request/named_cctlds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "policy/prose/line_words.h"
#include "policy/prose/request_words.h"
#include "policy/request/cctld_word.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using Kind = LineWord::Kind;

/// What people attach; none of them is a ccTLD.
bool is_file_ending(std::string_view label) {
  constexpr auto kEndings = std::to_array<std::string_view>(
      {"pdf",  "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods",  "csv", "ppt",
       "pptx", "htm", "html", "eml", "msg", "zip", "png", "jpg",  "jpeg", "gif", "tiff",
       "p7s",  "p7m", "asc",  "sig", "vcf", "ics", "xml", "json", "yaml"});
  return std::ranges::find(kEndings, ascii_lower(label)) != kEndings.end();
}

/// Where the words of a command begin.
struct Command {
  std::size_t first = 0;      ///< of the words that it is about
  bool codes_only = false;    ///< nothing else is among them
  bool names_follow = false;  ///< Sympa: SUBSCRIBE LIST First Last
};

bool is_and_between(const std::vector<LineWord>& words, std::size_t i) {
  return i > 0 && i + 1 < words.size() && words[i].after_blank && words[i].before_blank &&
         is_and(words[i].text);
}

bool is_list_name(const LineWord& word, const ReadingPlace& place) {
  if (word.kind == Kind::address || word.kind == Kind::option) return true;
  return word.kind == Kind::word && ascii_iequal(word.text, place.list_name);
}

class CommandLine {
 public:
  CommandLine(std::vector<LineWord> words, const ReadingPlace& place, NamedCcTlds& named)
      : words_(std::move(words)), place_(place), named_(named) {
    std::erase_if(words_, [&](const LineWord& word) { return is_list_name(word, place_); });
    // Nobody writes so many in one line, and each costs.
    constexpr std::size_t kMostInLine = 5000;
    if (words_.size() <= kMostInLine) return;
    words_.resize(kMostInLine);
    ++named_.unknown;
  }

  void read_dotted(bool in_text) {
    for (const LineWord& word : words_) {
      if (word.kind != Kind::dotted) continue;
      if (in_text && is_file_ending(word.text)) continue;
      const bool lenient = word.bracket > 0 || (in_text && word.sentence > 0);
      add_dotted(word.text, lenient ? &place_.known : nullptr, named_);
    }
  }

  /// The place behind the first command word.
  [[nodiscard]] std::optional<std::size_t> behind_command() const {
    const auto found = std::ranges::find_if(words_, [](const LineWord& word) {
      return word.kind == Kind::word && is_joining_word(fold_letters(word.text));
    });
    if (found == words_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - words_.begin()) + 1;
  }

  void read_bare(std::size_t first) {
    Command command{first};
    skip_sympa_list(command);
    command.codes_only = has_only_codes(command);
    for (std::size_t i = command.first; i < words_.size(); ++i)
      if (words_[i].kind == Kind::word && words_[i].bracket == 0) bare_word(i, command);
    read_brackets();
  }

 private:
  void skip_sympa_list(Command& command) {
    if (place_.manager != Manager::sympa || command.first >= words_.size()) return;
    const LineWord& list = words_[command.first];
    if (list.kind != Kind::word) return;
    const auto cctld = cctld_of(list.text, named_.looked_at);
    if (cctld && place_.known.exists(*cctld) && !is_common_word(ascii_lower(list.text))) return;
    command.names_follow = true;
  }

  [[nodiscard]] bool has_only_codes(const Command& command) {
    constexpr std::size_t kMost = 200;
    if (words_.size() > kMost) return false;
    bool any = false;
    for (std::size_t i = command.first; i < words_.size(); ++i) {
      const LineWord& word = words_[i];
      if (word.bracket > 0 || word.kind == Kind::dotted || is_and_between(words_, i)) continue;
      if (!looks_like_cctld(word.text) || is_common_word(ascii_lower(word.text))) {
        const bool cctld = !is_ascii(word.text) && looks_like_known(word.text);
        if (!cctld) return false;
      }
      any = true;
    }
    return any && !command.names_follow;
  }

  /// True too for what is not looked at any more.
  [[nodiscard]] bool looks_like_known(std::string_view word) {
    const std::size_t before = named_.looked_at;
    const auto cctld = cctld_of(word, named_.looked_at);
    return named_.looked_at == before || (cctld && place_.known.exists(*cctld));
  }

  void bare_word(std::size_t i, const Command& command) {
    const std::string_view word = words_[i].text;
    if (is_and_between(words_, i) && !command.codes_only && !looks_like_cctld(word)) return;
    if (!worth_a_look(word)) return;
    const auto cctld = cctld_of(word, named_.looked_at);
    if (!cctld || !place_.known.exists(*cctld)) {
      const bool name = is_written_like_a_name(word) || is_and_between(words_, i);
      if (command.codes_only && !name) ++named_.unknown;
      return;
    }
    const bool doubtful = command.names_follow || is_common_word(ascii_lower(word)) ||
                          (is_written_like_a_name(word) && !command.codes_only);
    if (!doubtful || place_.known.involved(*cctld)) named_.cctlds.insert(*cctld);
  }

  /// A word that cannot be a ccTLD costs nothing.
  [[nodiscard]] bool worth_a_look(std::string_view word) noexcept {
    constexpr std::size_t kMostOfOtherScripts = 40;  // in one line; IDNA is slow
    if (looks_like_cctld(word)) return true;
    return !is_ascii(word) && other_scripts_++ < kMostOfOtherScripts;
  }

  void read_brackets() {
    std::size_t last = 0;
    for (const LineWord& word : words_) last = std::max(last, word.bracket);
    std::vector<std::vector<Domain>> groups(last + 1);
    std::vector<bool> other(last + 1, false);
    for (const LineWord& word : words_) {
      if (word.bracket == 0 || word.kind == Kind::dotted || is_and(word.text)) continue;
      auto cctld = worth_a_look(word.text) ? cctld_of(word.text, named_.looked_at) : std::nullopt;
      const bool counts = cctld && place_.known.exists(*cctld) &&
                          (!is_common_word(ascii_lower(word.text)) || place_.known.involved(*cctld));
      if (counts) {
        groups[word.bracket].push_back(*std::move(cctld));
      } else {
        other[word.bracket] = true;
      }
    }
    for (std::size_t i = 1; i <= last; ++i)
      if (!other[i]) named_.cctlds.insert(groups[i].begin(), groups[i].end());
  }

  std::vector<LineWord> words_;
  const ReadingPlace& place_;
  NamedCcTlds& named_;
  std::size_t other_scripts_ = 0;
};

/// Brackets, bullets, quotes and a greeting with its comma are passed over.
std::string_view own_beginning(std::string_view line) {
  constexpr std::size_t kLongestGreeting = 500;
  const std::vector<LineWord> words = line_words(line.substr(0, kLongestGreeting));
  if (words.empty()) return {};
  auto word = std::ranges::find_if(words, [](const LineWord& each) { return each.bracket == 0; });
  if (word == words.end()) return {};
  const auto from = [&](const LineWord& each) {
    return line.substr(static_cast<std::size_t>(each.text.data() - line.data()));
  };
  if (!begins_with_greeting(fold_letters(from(*word).substr(0, 80)))) return from(*word);
  const std::size_t item = word->item;
  const std::size_t sentence = word->sentence;
  const auto behind = std::find_if(word, words.end(), [&](const LineWord& each) {
    return each.item != item || each.sentence != sentence || each.behind_dash;
  });
  return behind == words.end() ? std::string_view{} : from(*behind);
}

bool begins_with_joining_word(std::string_view line) {
  const std::vector<LineWord> words = line_words(line.substr(0, 200));
  return !words.empty() && is_joining_word(fold_letters(words.front().text));
}

}  // namespace

void read_subject_line(std::string_view subject, const ReadingPlace& place, NamedCcTlds& named) {
  const std::string seen = as_seen(subject);
  CommandLine line(line_words(seen), place, named);
  line.read_dotted(false);
  const std::string folded = fold_letters(own_beginning(seen));
  if (begins_politely(folded) && could_wish_to_join(folded)) return line.read_bare(0);
  const auto first = line.behind_command();
  if (!first) return;
  line.read_bare(*first);
  // `xa anmelden`: the verb comes last.
  if (named.cctlds.empty() && named.unknown == 0) line.read_bare(0);
}

bool begins_request(std::string_view line) {
  const std::string_view own = own_beginning(line);
  if (own.empty()) return false;
  if (begins_with_joining_word(own)) return true;
  const std::string folded = fold_letters(own);
  return begins_politely(folded) && could_wish_to_join(folded);
}

bool invites_readers(std::string_view line, std::string_view list_name) {
  constexpr auto kInviting =
      std::to_array<std::string_view>({"our", "the", "a", "an", "this", "now", "today"});
  constexpr auto kOurs =
      std::to_array<std::string_view>({"list", "mailinglist", "registry", "cctld", "cctlds"});
  const auto is_in = [](const auto& table, const LineWord& word) {
    return std::ranges::find(table, fold_letters(word.text)) != table.end();
  };
  constexpr std::size_t kFarEnough = 500;
  const std::vector<LineWord> words = line_words(own_beginning(line).substr(0, kFarEnough));
  if (words.size() < 2 || !is_joining_word(fold_letters(words[0].text))) return false;
  const std::size_t behind = fold_letters(words[1].text) == "to" && words.size() > 2 ? 2 : 1;
  if (!is_in(kInviting, words[behind])) return false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_in(kOurs, words[i]) || ascii_iequal(words[i].text, list_name)) return false;
    if (words[i].kind == Kind::dotted && fold_letters(words[i - 1].text) == "for") return false;
  }
  return true;
}

void read_request_line(std::string_view line, const ReadingPlace& place, NamedCcTlds& named) {
  const std::string seen = as_seen(line);
  const std::string_view own = own_beginning(seen);
  CommandLine request(line_words(seen), place, named);
  request.read_dotted(true);
  const bool command = begins_with_joining_word(own);
  request.read_bare(command ? request.behind_command().value_or(0) : 0);
}

void read_detail(std::string_view detail, NamedCcTlds& named) {
  while (!detail.empty()) {
    const std::size_t end = std::min(detail.find_first_of("+,"), detail.size());
    if (auto cctld = cctld_of(detail.substr(0, end), named.looked_at)) {
      named.cctlds.insert(*std::move(cctld));
    } else if (end > 0) {
      ++named.unknown;
    }
    detail.remove_prefix(std::min(end + 1, detail.size()));
  }
}

}  // namespace ccgate
