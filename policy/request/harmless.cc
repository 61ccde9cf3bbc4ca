#include "policy/request/harmless.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "policy/names/address.h"
#include "policy/request/inert.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using enum RequestKind;

/// Arguments, one letter each: C a code, L a list, S a list or `*`, F a file, E an address, e one that may be
/// missing, p a password, which may be missing, H a command to be explained, likewise, M a way of delivery, O
/// an option to be shown.
struct Grammar {
  std::string_view words;  ///< between bars
  std::string_view arguments;
  RequestKind kind;
};
constexpr auto kMailman3Words = std::to_array<Grammar>({
    {"help", "H", other},
    {"echo|end|stop|who", "", other},
    {"confirm", "C", confirm},
    {"leave|unsubscribe", "", unsubscribe},
});
constexpr auto kMailman2Words = std::to_array<Grammar>({
    {"echo|end|help|info|lists|options|stop|who", "", other},
    {"set", "O", other},
    {"confirm", "C", confirm},
    {"leave|remove|unsubscribe", "p", unsubscribe},
});
constexpr auto kSympaWords = std::to_array<Grammar>({
    {"hel|help|sos|lis|list|lists|whi|which|status|qui|quit|end|stop", "", other},
    {"inf|info|ind|index|las|last|sta|stats|ver|verify|mod|modind|modindex|rev|review|who", "L", other},
    {"rem|remind", "S", other},
    {"get", "LF", other},
    {"set", "SM", other},
    {"dis|distribute|rej|reject", "LC", other},
    {"con|confirm", "C", confirm},
    {"sig|signoff|uns|unsub|unsubscribe", "Se", unsubscribe},
    {"del|delete", "LE", unsubscribe},
});

std::span<const Grammar> commands_of(Manager manager) noexcept {
  switch (manager) {
    case Manager::mailman3:
      return kMailman3Words;
    case Manager::mailman2:
      return kMailman2Words;
    case Manager::sympa:
      return kSympaWords;
    case Manager::mlmmj:
    case Manager::plain:
      break;
  }
  return {};
}

bool is_one_of(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = words.find('|');
    if (words.substr(0, end) == word) return true;
    words = end == std::string_view::npos ? "" : words.substr(end + 1);
  }
  return false;
}

bool is_name(std::string_view word, std::string_view more) {
  constexpr std::size_t kLongest = 200;
  return !word.empty() && word.size() <= kLongest && std::ranges::all_of(word, [&](char c) {
    return is_small_letter(c) || is_digit(c) || more.find(c) != std::string_view::npos;
  });
}

bool is_argument(char shape, std::string_view word) {
  switch (shape) {
    case 'C':
      return is_code(word);
    case 'L':
      return is_name(word, "._+-@");
    case 'S':
      return word == "*" || is_name(word, "._+-@");
    case 'F':
      return is_name(word, "._-/");
    case 'E':
    case 'e':
      return Address::parse(word).has_value();
    case 'p':
      return is_name(word, "._-");
    case 'H':
      return is_one_of("confirm|echo|end|help|leave|stop|unsubscribe|who", word);
    case 'M':
      return is_one_of(
          "digest|digestplain|nomail|normal|not_me|each|mail|summary|notice|txt|html|urlize|conceal|"
          "noconceal",
          word);
    case 'O':
      return is_one_of("help|show", word);
    default:
      return false;
  }
}

bool may_be_missing(char shape) noexcept {
  return shape == 'e' || shape == 'p' || shape == 'H';
}

bool are_arguments(std::string_view shapes, std::span<const std::string_view> words) {
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (i >= words.size()) return may_be_missing(shapes[i]);
    if (!is_argument(shapes[i], words[i])) return false;
  }
  return words.size() <= shapes.size();
}

std::optional<RequestKind> command_of(Manager manager, std::span<const std::string_view> words) {
  if (words.empty()) return std::nullopt;
  for (const Grammar& grammar : commands_of(manager)) {
    if (is_one_of(grammar.words, words.front()) && are_arguments(grammar.arguments, words.subspan(1)))
      return grammar.kind;
  }
  return std::nullopt;
}

bool is_printable(std::string_view line) noexcept {
  return std::ranges::all_of(line, [](char c) { return is_printable_ascii(c) || c == '\t'; });
}

}  // namespace

bool is_code(std::string_view word) noexcept {
  return word.size() >= 4 && word.size() <= 64 &&
         std::ranges::all_of(word, [](char c) { return is_hex_digit(c); });
}

std::optional<RequestKind> harmless_command(Manager manager, std::string_view line) {
  constexpr std::size_t kLongest = 500;
  if (line.size() > kLongest || !is_printable(line)) return std::nullopt;
  // Whatever the MTA or the manager cuts the line into, no part of it lets anybody in.
  if (!is_inert(manager, line)) return std::nullopt;
  const std::string folded = ascii_lower(line);
  const std::vector<std::string_view> words = split_words(folded);
  std::span<const std::string_view> rest = words;
  if (manager == Manager::sympa) {
    if (rest.size() > 2 && rest[0] == "auth" && is_code(rest[1])) rest = rest.subspan(2);
    if (rest.size() > 1 && rest[0] == "quiet") rest = rest.subspan(1);
  }
  return command_of(manager, rest);
}

std::optional<RequestKind> harmless_subject_command(Manager manager, std::string_view subject) {
  if (const auto kind = harmless_command(manager, subject)) return kind;
  constexpr std::string_view kReplyMarks = "re|aw|antw|sv|vs|odp|ynt";
  const auto colon = subject.substr(0, 8).find(':');
  if (colon == std::string_view::npos ||
      !is_one_of(kReplyMarks, ascii_lower(trim(subject.substr(0, colon))))) {
    return std::nullopt;
  }
  const auto kind = harmless_command(manager, subject.substr(colon + 1));
  return kind == confirm || kind == unsubscribe ? kind : std::nullopt;
}

}  // namespace ccgate
