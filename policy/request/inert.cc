#include "policy/request/inert.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "policy/prose/line_joins.h"
#include "policy/prose/look_alike.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// Lower case.
struct Stem {
  std::string_view text;
  bool whole_word = false;  ///< too short to be looked for inside of words
  bool not_behind_un = false;
};
constexpr auto kMailman = std::to_array<Stem>({
    {"join"},
    {"subscri", false, true},
    {"address="},
});
constexpr auto kSympaAnybody = std::to_array<Stem>({
    {"subscri", false, true},
    {"join"},
    {"invite"},
    {"add", true},
    {"inv", true},
    {"sub", true},
});
constexpr auto kSympaOwner = std::to_array<Stem>({{"subscri", false, true}});

std::span<const Stem> stems_of(Manager manager, TextKind kind) noexcept {
  switch (manager) {
    case Manager::mailman3:
    case Manager::mailman2:
      return kMailman;
    case Manager::sympa:
      if (kind == TextKind::to_sympa_owner) return kSympaOwner;
      return kSympaAnybody;
    case Manager::mlmmj:
    case Manager::plain:
      break;
  }
  return {};
}

/// The letters around `at`.
std::string_view word_around(std::string_view text, std::size_t at) noexcept {
  std::size_t start = at, end = at;
  while (start > 0 && is_small_letter(text[start - 1])) --start;
  while (end < text.size() && is_small_letter(text[end])) ++end;
  return text.substr(start, end - start);
}

/// The line around a place, for places that rise.
class LineAround {
 public:
  explicit LineAround(std::string_view text) : text_(text) {}
  /// Long enough for an MTA to break it: Sendmail does so behind 989 octets.
  bool may_be_broken(std::size_t at) noexcept {
    constexpr std::size_t kLongestLine = 900;
    if (at >= end_) {
      start_ = text_.find_last_of('\n', at) + 1;
      end_ = std::min(text_.find('\n', at), text_.size());
    }
    return end_ - start_ > kLongestLine;
  }

 private:
  std::string_view text_;
  std::size_t start_ = 0, end_ = 0;
};

bool is_raw(TextKind kind) noexcept {
  return kind == TextKind::raw || kind == TextKind::raw_confirmation;
}

/// Mailman's questions hold these: "maliciously subscribed to the list", "invited to join the ... list". For
/// lines that every MTA leaves alone, and where no manager looks for a command.
bool is_quoted_from_question(std::string_view text, std::size_t at) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"subscribed", "subscription", "subscriptions", "subscrit", "rejoindre"});
  constexpr std::string_view kPhrase = " to join";
  if (std::ranges::find(kWords, word_around(text, at)) != kWords.end()) return true;
  if (at < 4 || text.substr(at - 4, kPhrase.size()) != kPhrase) return false;
  const std::string_view rest = text.substr(at - 4 + kPhrase.size());
  return rest.starts_with(" the ") || rest.starts_with('\n') || rest.starts_with("\r\n");
}

/// How lines meet, told in the markup of pictures: Outlook writes it below every other signature.
bool is_of_a_picture(std::string_view text, std::size_t at) noexcept {
  const std::string_view word = word_around(text, at);
  const std::string_view rest =
      text.substr(static_cast<std::size_t>(word.data() + word.size() - text.data()));
  return (word == "joinstyle" || word == "linejoin") && (rest.starts_with('=') || rest.starts_with(':'));
}

bool stands_in(const Stem& stem, std::string_view text, TextKind kind) {
  LineAround line(text);
  for (auto at = text.find(stem.text); at != std::string_view::npos; at = text.find(stem.text, at + 1)) {
    const bool apart =
        (at == 0 || !is_small_letter(text[at - 1])) &&
        (at + stem.text.size() == text.size() || !is_small_letter(text[at + stem.text.size()]));
    if (stem.whole_word && !apart && !line.may_be_broken(at)) continue;
    if (stem.not_behind_un && at >= 2 && text.substr(at - 2, 2) == "un") continue;
    const bool answer = kind == TextKind::confirmation || kind == TextKind::raw_confirmation;
    if (answer && !line.may_be_broken(at) && is_quoted_from_question(text, at)) continue;
    if (is_raw(kind) && is_of_a_picture(text, at)) continue;
    return true;
  }
  return false;
}

bool holds_any(std::span<const Stem> stems, std::string_view text, TextKind kind) {
  return std::ranges::any_of(stems, [&](const Stem& stem) { return stands_in(stem, text, kind); });
}

bool is_inert_in_letters(std::span<const Stem> stems, std::string_view text, TextKind kind) {
  if (holds_any(stems, ascii_lower(text), kind)) return false;
  const std::string ascii = ascii_only(text);
  if (ascii.size() == text.size()) return true;
  const std::string alike = look_alikes_as_ascii(text);
  return !holds_any(stems, ascii_lower(ascii), kind) && !holds_any(stems, alike, kind) &&
         !holds_any(stems, ascii_only(alike), kind);
}

std::string without_tags(std::string_view text) {
  std::string out;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    if (!in_tag) out += c;
    if (c == '>') in_tag = false;
  }
  return out;
}

/// Lines of base64 left out: a picture says nothing, and any letters are in it.
std::string without_base64(std::string_view raw) {
  constexpr std::size_t kShortest = 40;
  std::string out;
  while (!raw.empty()) {
    const std::size_t size = std::min(raw.find('\n'), raw.size() - 1) + 1;
    const std::string_view line = raw.substr(0, size);
    raw.remove_prefix(size);
    const std::string_view digits = trim(line);
    const bool base64 = digits.size() >= kShortest && std::ranges::all_of(digits, [](char c) {
                          return is_letter_or_digit(c) || c == '+' || c == '/';
                        });
    if (!base64) out += line;
  }
  return out;
}

}  // namespace

bool is_inert(Manager manager, std::string_view text, TextKind kind) {
  const std::span<const Stem> stems = stems_of(manager, kind);
  if (stems.empty()) return true;
  const auto inert = [&](std::string_view reading) { return is_inert_in_letters(stems, reading, kind); };
  const auto inert_flowed = [&](std::string_view broken) {
    using enum FlowedBlanks;
    if (!has_flow(broken)) return true;
    return inert(without_flow(broken, all)) && inert(without_flow(broken, as_rfc_3676)) &&
           inert(without_flow(broken, one_before_it));
  };
  if (is_raw(kind)) {
    const std::string kept = without_base64(text);
    return inert(kept) && inert_flowed(kept) && inert(without_soft_breaks(kept)) &&
           inert(without_tags(without_soft_breaks(kept)));
  }
  if (!inert(text) || !inert_flowed(text)) return false;
  const bool breaks =
      text.find("=\n") != std::string_view::npos || text.find("= ") != std::string_view::npos ||
      text.find("=\t") != std::string_view::npos || text.find("=\r") != std::string_view::npos;
  return !breaks || inert(without_soft_breaks(text));
}

}  // namespace ccgate
