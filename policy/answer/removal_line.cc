#include "policy/answer/removal_line.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/answer/answer_tokens.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

// Not here: words that say something else in another language (`jo`, `nu`, `ez`, `le`).
constexpr std::string_view kPlainNo =
    "no|nein|nee|neen|nej|nei|non|não|nie|ne|ei|nem|hayır|όχι|нет|ні|لا|לא|いいえ|아니요|아니오|不|tidak|"
    "không";
// Not here: `stop`, `cancel`, `block` and what else is said of mail and requests.
constexpr std::string_view kRemove =
    "remove|please remove|delete|please delete|unsubscribe|please unsubscribe|"
    "entferne|entfernen|entfernen sie|bitte entfernen|bitte entfernen sie|lösche|löschen|bitte löschen|"
    "bitte löschen sie|streichen|bitte streichen|bitte streichen sie|"
    "supprimer|supprimez|veuillez supprimer|merci de supprimer|retirer|retirez|veuillez retirer|merci de "
    "retirer|"
    "eliminar|elimine|eliminen|por favor elimine|por favor eliminen|quitar|quite|quiten|por favor quite|"
    "borrar|borre|borren|remover|remova|removam|por favor remova|por favor removam|excluir|exclua|"
    "rimuovere|rimuovete|cancellate|si prega di rimuovere|eliminați|ștergeți|"
    "verwijder|verwijderen|gelieve te verwijderen|ta bort|vänligen ta bort|radera|fjern|venligst fjern|"
    "vennligst fjern|slet|slett|poista|poistakaa|usuń|usuńcie|usunąć|proszę "
    "usunąć|odstraňte|odeberte|vymažte|"
    "prosím odstraňte|odstráňte|uklonite|izbrišite|molim uklonite|töröljék|törölje|kérem töröljék|"
    "удалите|удалить|уберите|прошу удалить|просим удалить|пожалуйста удалите|видаліть|видалити|приберіть|"
    "прошу видалити|διαγράψτε|αφαιρέστε|παρακαλώ διαγράψτε|παρακαλώ αφαιρέστε|hapus|mohon hapus";
constexpr std::string_view kAnd = "and|und|et|y|e|en|och|og|i|и|ja|ve|a|&";

using Tokens = std::vector<std::string>;

std::vector<Tokens> removal_phrases(std::string_view table) {
  std::vector<Tokens> all;
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('|'), table.size());
    all.push_back(answer_tokens(table.substr(0, end)));
    table.remove_prefix(std::min(end + 1, table.size()));
  }
  return all;
}

/// Letters and blanks alone: `No.` ends a sentence, and `no/` is anything.
bool is_letters(std::string_view text) {
  static constexpr std::u32string_view kMarks = U"。．！？，、：；…·•–—―‐‑·";
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t code = next_code_point(text, pos);
    if (code < 0x80 ? !(is_letter(static_cast<char>(code)) || code == ' ') : kMarks.find(code) != kMarks.npos)
      return false;
  }
  return true;
}

void cut_blanks(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
}

/// Without the one mark that may stand behind it.
std::string_view before_mark(std::string_view text) {
  cut_blanks(text);
  for (const std::string_view mark : {",", ":", "-", "–", "—", "：", "，", "、"}) {
    if (!text.ends_with(mark)) continue;
    text.remove_suffix(mark.size());
    cut_blanks(text);
    break;
  }
  return text;
}

enum class Before { no, remove, joins, other };

/// What stands before an address; `named`: behind another one.
Before read_before(std::string_view text, bool named) {
  static const std::vector<Tokens> kNoes = removal_phrases(kPlainNo), kVerbs = removal_phrases(kRemove),
                                   kJoins = removal_phrases(kAnd);
  constexpr std::size_t kLongest = 100;
  if (text.size() > kLongest) return Before::other;
  text = before_mark(text);
  if (text.empty() || text == "&") return named ? Before::joins : Before::other;
  if (!is_letters(text)) return Before::other;
  const Tokens tokens = answer_tokens(text);
  const auto is_in = [&](const std::vector<Tokens>& table) {
    return std::ranges::find(table, tokens) != table.end();
  };
  if (named && is_in(kJoins)) return Before::joins;
  return is_in(kNoes) ? Before::no : is_in(kVerbs) ? Before::remove : Before::other;
}

constexpr std::string_view kMailto = "mailto:";

/// A word of a line as an address; nullopt when it is none.
std::optional<Address> address_of(std::string_view word) {
  constexpr std::string_view kBefore = "<\"'";
  constexpr std::string_view kBehind = ">\"',;.!";
  while (!word.empty() && kBefore.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && kBehind.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  if (word.starts_with(kMailto)) word.remove_prefix(kMailto.size());
  if (const std::size_t link = word.find("<mailto:"); link != std::string_view::npos) {
    const std::string_view target = word.substr(link + 1 + kMailto.size());
    if (!ascii_iequal(target, word.substr(0, link))) return std::nullopt;
    word = word.substr(0, link);
  }
  return word.find('@') == std::string_view::npos ? std::nullopt : Address::parse(word);
}

}  // namespace

std::optional<RemovalLine> read_removal_line(std::string_view line, bool goes_on) {
  constexpr std::size_t kMost = 50;  // addresses
  RemovalLine found;
  std::string between;
  bool named = goes_on;
  for (const std::string_view word : split_words(line)) {
    auto address = address_of(word);
    if (!address) {
      (between += ' ') += word;
      continue;
    }
    // A link stands behind what it belongs to.
    const bool link = word.find(kMailto) != std::string_view::npos && word.find('@') > word.find(kMailto);
    if (link && !found.who.empty() && between.empty()) {
      if (found.who.back() != *address) return std::nullopt;
      continue;
    }
    const Before before = read_before(between, named);
    if (before == Before::other || found.who.size() == kMost) return std::nullopt;
    found.by_no = found.by_no || before == Before::no;
    named = true;
    between.clear();
    found.who.push_back(std::move(*address));
  }
  if (found.who.empty() || !between.empty()) return std::nullopt;
  found.goes_on = line.ends_with(',');
  return found;
}

std::string undone_marks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    const bool mark = rest.size() > 2 && rest[0] == '[' && rest[2] == ']' &&
                      std::string_view("@.:/").find(rest[1]) != std::string_view::npos;
    out += rest[mark ? 1 : 0];
    at += mark ? 2 : 0;
  }
  return out;
}

std::vector<Address> addresses_in(std::string_view line) {
  constexpr std::string_view kBetween = " \t<>()[]{}\"',;:|\\*";
  std::vector<Address> found;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(kBetween), line.size());
    std::string_view word = line.substr(0, end);
    while (word.ends_with('.') || word.ends_with('!') || word.ends_with('?')) word.remove_suffix(1);
    if (word.find('@') != std::string_view::npos)
      if (auto address = Address::parse(word)) found.push_back(std::move(*address));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return found;
}

}  // namespace ccgate
