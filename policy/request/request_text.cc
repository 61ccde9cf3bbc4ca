#include "policy/request/request_text.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "policy/leave/leave_phrases.h"
#include "policy/prose/line_words.h"
#include "policy/request/blank_values.h"
#include "policy/request/cctld_list.h"
#include "policy/request/cctld_word.h"
#include "policy/request/form_labels.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/text_regions.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

bool ends_in_one_of(std::string_view text, std::string_view ascii_marks,
                    std::initializer_list<std::string_view> marks) {
  return !text.empty() && (ascii_marks.find(text.back()) != std::string_view::npos ||
                           std::ranges::any_of(marks, [&](std::string_view m) { return text.ends_with(m); }));
}

bool ends_in_separator(std::string_view line) {
  if (ends_in_one_of(line, ",;/&+|", {"、", "，", "；", "،"})) return true;
  const std::vector<std::string_view> words =
      split_words(line.substr(line.size() - std::min<std::size_t>(line.size(), 20)));
  constexpr auto kAnd =
      std::to_array<std::string_view>({"and", "und", "et", "y", "och", "og", "ve", "и", "en"});
  return words.size() > 1 && std::ranges::find(kAnd, fold_letters(words.back())) != kAnd.end();
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_code_point));
}

/// A mail program has broken the line since the next word did not fit.
bool is_wrapped(std::string_view line, std::string_view next) {
  constexpr std::size_t kShortestLimit = 60;
  const std::string_view word = next.substr(0, next.find(' '));
  return characters_in(line) + 1 + characters_in(word) > kShortestLimit && characters_in(line) >= 40;
}

bool begins_with_dot(std::string_view line) {
  return line.size() > 1 && line.front() == '.' && (is_letter(line[1]) || !is_ascii(line[1]));
}

/// `- `, `* `, `1. `, `•`.
bool has_list_mark(std::string_view line) {
  for (const std::string_view mark : {"- ", "* ", "+ ", "o ", "•", "·", "◦", "▪", "– "})
    if (line.starts_with(mark)) return true;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && digits <= 2 && digits < line.size() && (line[digits] == '.' || line[digits] == ')');
}

class TextReader {
 public:
  TextReader(std::string_view shown, const ReadingPlace& place)
      : place_(place), lines_(region_lines(shown)) {}

  TextFindings read() && {
    while (at_ < lines_.size()) {
      const RegionLine& line = lines_[at_];
      if (const auto labelled = labelled_line(line.text)) {
        if (labelled->label == Label::cctlds) {
          read_label(*labelled, line.region);
          continue;
        }
        people_.add(labelled->label, labelled->value);
        has_person_[index(line.region)] |= labelled->label != Label::phone &&
                                           labelled->label != Label::other_email && !labelled->value.empty();
      } else if (line.region == TextRegion::own && is_request(line.text)) {
        read_request();
        continue;
      } else {
        is_over_ |= line.region == TextRegion::own && takes_leave();
      }
      ++at_;
    }
    return findings();
  }

 private:
  static std::size_t index(TextRegion region) noexcept { return static_cast<std::size_t>(region); }

  /// What stands below the farewell, and what invites the reader, asks a list manager for nothing. People may
  /// take it for a request all the same.
  [[nodiscard]] bool is_request(std::string_view line) const {
    if (!begins_request(line)) return false;
    return place_.for_people || (!is_over_ && !invites_readers(line, place_.list_name));
  }

  /// `Kind regards,`, with a name below.
  [[nodiscard]] bool takes_leave() const {
    constexpr std::size_t kLongest = 80;
    constexpr std::size_t kMostNames = 4;
    const std::string_view line = trim(lines_[at_].text);
    if (line.empty() || line.size() > kLongest) return false;
    std::string words;
    for (const LineWord& word : line_words(line))
      words.append(words.empty() ? "" : " ").append(fold_letters(word.text));
    const LeavePhrases phrases = leave_phrases(words);
    if (!phrases.closed || !phrases.closing || phrases.leaves) return false;
    std::size_t next = at_ + 1;
    while (next < lines_.size() && next < at_ + 3 && trim(lines_[next].text).empty()) ++next;
    if (next >= lines_.size()) return true;
    return split_words(lines_[next].text).size() <= kMostNames && !begins_request(lines_[next].text) &&
           !labelled_line(lines_[next].text);
  }

  /// The line below, where it goes on in the same region; nullopt at the end, at an empty line and at a
  /// label.
  [[nodiscard]] std::optional<std::string_view> next_line() const {
    if (at_ + 1 >= lines_.size() || lines_[at_ + 1].region != lines_[at_].region) return std::nullopt;
    const std::string_view next = trim(lines_[at_ + 1].text);
    if (next.empty() || labelled_line(next)) return std::nullopt;
    return next;
  }

  NamedCcTlds& named(TextRegion region) {
    NamedCcTlds& into = named_[index(region)];
    into.looked_at = looked_at_;
    return into;
  }

  /// Nothing is named there, and nobody meant to: `IDN ccTLD: no`; in a quoted form `xx`, or what one is told
  /// to write (`(e.g. fr)`), where no ccTLD is known by it.
  [[nodiscard]] bool is_left_blank(const LabelledLine& labelled, const RegionLine& line) const {
    const std::string_view value = labelled.value;
    const std::string label = fold_letters(line.text.substr(0, line.text.size() - value.size()));
    if (says_none(value, label.find("idn") != std::string::npos)) return true;
    if (line.region != TextRegion::quoted || value.empty()) return false;
    const bool bracketed = (value.starts_with('(') && value.ends_with(')')) ||
                           (value.starts_with('<') && value.ends_with('>')) ||
                           (value.starts_with('[') && value.ends_with(']'));
    if (!bracketed && fold_letters(value) != "xx" && fold_letters(value) != ".xx") return false;
    constexpr std::size_t kMostWords = 20;
    const std::vector<LineWord> words = line_words(value);
    std::size_t looked_at = 0;
    return words.size() <= kMostWords && std::ranges::none_of(words, [&](const LineWord& word) {
             if (word.kind == LineWord::Kind::address) return true;
             const auto cctld = cctld_of(word.text, looked_at);
             return cctld && place_.known.exists(*cctld) && place_.known.involved(*cctld);
           });
  }

  void read_label(const LabelledLine& labelled, TextRegion region) {
    if (is_left_blank(labelled, lines_[at_])) {
      ++at_;
      return;
    }
    std::string value(labelled.value);
    while (!value.empty()) {
      const auto next = next_line();
      if (!next || !ends_in_separator(value)) break;
      value.append(" ").append(*next);
      ++at_;
    }
    NamedCcTlds& into = named(region);
    if (!value.empty()) read_cctld_list(value, place_.known, into);
    read_items(value.empty(), into);
    looked_at_ = into.looked_at;
    ++at_;
  }

  /// The list below the label. `at_` is on the last line that belongs to it.
  void read_items(bool value_missing, NamedCcTlds& into) {
    for (bool first = true;; first = false) {
      std::size_t item = at_ + 1;
      // One empty line may set the list apart.
      if (first && value_missing && item < lines_.size() && trim(lines_[item].text).empty()) ++item;
      if (item >= lines_.size() || lines_[item].region != lines_[at_].region) return;
      const std::string_view text = trim(lines_[item].text);
      if (text.empty() || labelled_line(text)) return;
      if (!value_missing && !has_list_mark(text)) return;
      if (!is_list_item(text, place_.known)) return;
      std::string_view value = text;
      if (has_list_mark(text)) value = text.substr(std::min(text.find_first_of(" .)") + 1, text.size()));
      read_cctld_list(value, place_.known, into);
      at_ = item;
    }
  }

  void read_request() {
    std::string request(trim(lines_[at_].text));
    std::string last = request;
    while (const auto next = next_line()) {
      const bool ended = ends_in_one_of(last, ".!?:", {"。", "！", "？"});
      const bool goes_on = ends_in_separator(last) || begins_with_dot(*next) ||
                           (!ended && is_wrapped(last, *next) && !begins_request(*next));
      if (!goes_on) break;
      request.append(" ").append(*next);
      last = *next;
      ++at_;
    }
    NamedCcTlds& into = named(TextRegion::own);
    read_request_line(request, place_, into);
    looked_at_ = into.looked_at;
    ++at_;
  }

  TextFindings findings() {
    TextFindings found;
    found.named = std::move(named_[index(TextRegion::own)]);
    const bool own_names = !found.named.cctlds.empty() || found.named.unknown > 0;
    const auto add = [&](TextRegion region) {
      NamedCcTlds& more = named_[index(region)];
      found.named.cctlds.merge(more.cctlds);
      found.named.unknown += more.unknown;
      if (found.named.first_unknown.empty()) found.named.first_unknown = more.first_unknown;
    };
    if (!own_names || has_person_[index(TextRegion::quoted)]) add(TextRegion::quoted);
    if (has_person_[index(TextRegion::signature)]) add(TextRegion::signature);
    found.named.looked_at = looked_at_;
    found.people = people_.finish();
    found.doubtful_address = people_.doubtful_address();
    return found;
  }

  const ReadingPlace& place_;
  std::vector<RegionLine> lines_;
  std::size_t at_ = 0;
  std::array<NamedCcTlds, 3> named_;
  std::array<bool, 3> has_person_{};
  std::size_t looked_at_ = 0;  // in all regions
  bool is_over_ = false;       // a farewell stands before
  PeopleReader people_;
};

}  // namespace

TextFindings read_request_text(std::string_view shown, const ReadingPlace& place) {
  return TextReader(shown, place).read();
}

}  // namespace ccgate
