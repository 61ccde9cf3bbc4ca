#include "policy/request/named_others.h"

#include <algorithm>
#include <array>
#include <string>

#include "policy/prose/line_joins.h"
#include "policy/request/command_line.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// `line` in lower case.
bool has_word_before_address(std::string_view line) {
  constexpr auto kAddingWords = std::to_array<std::string_view>({"add", "inv", "invite"});
  const std::size_t last_at = line.rfind('@');
  if (last_at == std::string_view::npos) return false;
  for (std::size_t at = 0; at < last_at;) {
    std::size_t end = at;
    while (end < last_at && is_small_letter(line[end])) ++end;
    if (std::ranges::find(kAddingWords, line.substr(at, end - at)) != kAddingWords.end()) return true;
    at = end + 1;
  }
  return false;
}

bool names_somebody(Manager manager, std::string_view line) {
  return manager == Manager::sympa ? has_word_before_address(line)
                                   : line.find("address=") != std::string_view::npos;
}

/// Cut at CR and LF only; whatever else ends a line for somebody is a blank for another.
bool names_others_in_lines(Manager manager, std::string text, const Address& author) {
  std::ranges::replace_if(
      text, [](char c) { return c != '\n' && c != '\r' && !is_printable_ascii(c) && is_ascii(c); }, ' ');
  const std::string folded = ascii_lower(text);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find_first_of("\r\n", at), folded.size());
    const std::string_view line = std::string_view(folded).substr(at, end - at);
    at = end + 1;
    if (!names_somebody(manager, line)) continue;
    Commands commands;
    read_command_line(manager, line, author, commands);
    if (commands.kind != RequestKind::subscribe || commands.subscribes_other) return true;
  }
  return false;
}

bool in_letters(Manager manager, const std::string& text, const Address& author) {
  if (names_others_in_lines(manager, text, author)) return true;
  std::string ascii = ascii_only(text);
  return ascii.size() != text.size() && names_others_in_lines(manager, std::move(ascii), author);
}

}  // namespace

bool may_name_others(Manager manager, std::string_view text, const Address& author) {
  if (manager == Manager::mlmmj || manager == Manager::plain) return false;
  const char always = manager == Manager::sympa ? '@' : '=';  // in what names somebody
  if (text.find(always) == std::string_view::npos) return false;
  const auto named = [&](const std::string& reading) { return in_letters(manager, reading, author); };
  using enum FlowedBlanks;
  if (named(std::string(text))) return true;
  if (text.find('=') != std::string_view::npos && named(without_soft_breaks(text))) return true;
  return has_flow(text) && (named(without_flow(text, all)) || named(without_flow(text, as_rfc_3676)) ||
                            named(without_flow(text, one_before_it)));
}

}  // namespace ccgate
