#include "policy/prose/sign_off.h"

#include <algorithm>
#include <array>
#include <vector>

#include "policy/prose/look_alike.h"
#include "policy/prose/request_words.h"
#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

// No verb, no word for somebody, none for what is new or old.
// clang-format off
constexpr auto kOffices = std::to_array<std::string_view>({
    "ceo", "cto", "coo", "cio", "ciso", "head", "of", "the", "and", "dns", "dnssec", "cctld", "tld", "registry", "registrar",
    "manager", "director", "engineer", "senior", "junior", "chief", "officer", "technical", "technology", "tech",
    "operations", "operation", "security", "network", "networks", "system", "systems", "administrator", "hostmaster",
    "domain", "domains", "names", "department", "dept", "team", "division", "office", "internet", "services", "service",
    "center", "centre", "information", "ltd", "inc", "gmbh", "llc", "foundation", "association", "university", "ministry",
    "institute", "nic", "cert", "csirt", "noc", "it", "executive", "deputy", "vice", "president", "board", "specialist",
    "analyst", "architect", "consultant", "coordinator", "research", "policy", "legal", "infrastructure",
    "leiter", "leiterin", "leitung", "technik", "technischer", "technische", "betrieb", "abteilung", "sicherheit", "der",
    "des", "fur", "und", "von", "eg", "ev", "responsable", "technique", "directeur", "directrice", "reseau", "reseaux",
    "securite", "service", "de", "du", "et", "la", "le", "les", "chef", "jefe", "jefa", "director", "directora", "gerente",
    "seguridad", "redes", "sistemas", "del", "y", "e", "da", "do", "dos", "diretor", "diretora", "seguranca", "direttore",
    "responsabile", "sicurezza", "rete", "reti", "hoofd", "beheer", "beheerder", "netwerk", "veiligheid", "van", "en",
    "kierownik", "dyrektor", "dzial", "bezpieczenstwa", "sieci", "начальник", "директор", "отдела", "отдел", "инженер",
    "администратор", "безопасности", "сети", "chef", "chefe", "ansvarig", "avdelning", "sakerhet", "natverk", "leder",
    "afdeling", "avdeling", "sikkerhed", "sikkerhet", "paallikko", "johtaja", "vedouci", "reditel", "oddeleni", "mudur",
    "muduru", "muhendis", "διευθυντης", "μηχανικος", "igazgato", "vezeto", "mernok",
});
constexpr auto kTitles = std::to_array<std::string_view>({
    "dr", "prof", "mr", "mrs", "ms", "phd", "ing", "dipl", "dipl-ing", "msc", "bsc", "mba", "eng", "mgr", "rndr", "herr",
    "frau", "mme", "sr", "sra", "dott",
});
/// Before numbers and addresses.
constexpr auto kReachedBy = std::to_array<std::string_view>({
    "t", "m", "p", "f", "d", "e", "w", "tel", "ph", "phone", "phones", "telephone", "mobile", "mob", "cell", "fax", "office",
    "direct", "work", "ext", "email", "e-mail", "mail", "web", "website", "www", "telefon", "handy", "mobil", "durchwahl",
    "telefono", "movil", "correo", "celular", "telefone", "telemovel", "cellulare", "telefoon", "mobiel", "portable",
    "courriel", "komorka", "тел", "телефон", "факс", "моб", "почта", "電話", "携帯", "メール", "电话", "手机", "邮箱", "電郵",
    "전화", "휴대폰", "이메일", "هاتف", "الهاتف", "جوال", "فاكس", "بريد", "البريد", "الإلكتروني", "e-post", "epost", "puh",
    "puhelin", "sahkoposti", "eposta", "e-posta", "gsm", "τηλ", "κιν", "τηλεφωνο",
});
// clang-format on

template <std::size_t n>
bool is_in_table(const std::array<std::string_view, n>& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

/// A letter of a script that has capitals: 1 Latin, 2 Greek, 3 Cyrillic; 0 for every other character.
int script_with_capitals(char32_t code) {
  if (code < 0x80) return is_letter(static_cast<char>(code)) ? 1 : 0;
  if ((code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) || (code >= 0x1E00 && code <= 0x1EFF))
    return 1;
  if ((code >= 0x386 && code <= 0x3CE && code != 0x387) || (code >= 0x1F00 && code <= 0x1FFC)) return 2;
  return code >= 0x400 && code <= 0x45F ? 3 : 0;
}

/// `Anne`, `ANNE`, `Miller-Smith`; never `EnlistBob`, nor letters of two scripts, nor of none.
bool is_plain_name(std::string_view word, std::size_t longest, int& script) {
  const std::u32string codes = code_points(word);
  if (codes.size() < 2 || codes.size() > longest) return false;
  bool begins = true, hyphen = false;
  std::size_t small = 0, capitals = 0, inner_capitals = 0;
  for (const char32_t code : codes) {
    if (code == '-' && !begins && !hyphen) {
      begins = hyphen = true;
      continue;
    }
    const int of = script_with_capitals(code);
    if (of == 0 || (script != 0 && script != of)) return false;
    script = of;
    std::string one;
    append_utf8(one, code);
    const bool capital = code < 0x80 ? !is_small_letter(static_cast<char>(code)) : fold_letters(one) != one;
    (capital ? capitals : small) += 1;
    if (capital && !begins && code < 0x80) ++inner_capitals;
    begins = false;
  }
  return !begins && (inner_capitals == 0 || small == 0);
}

bool is_phone_number(std::string_view word) {
  return word.find_first_not_of("0123456789+()-./") == std::string_view::npos &&
         std::ranges::any_of(word, is_digit);
}

/// Dashes, bars, bullets; a plus or a pointing sign may be words to somebody.
bool is_rule_or_dash(std::string_view word) {
  return std::ranges::all_of(code_points(word), [](char32_t code) {
    return code == '-' || code == '_' || code == '=' || code == '/' || code == '&' || code == 0xB7 ||
           (code >= 0x2010 && code <= 0x2015) || code == 0x2022;
  });
}

std::string_view without_edges(std::string_view word) {
  constexpr std::string_view kEdges = ":,;()|<>*_.";
  const auto begin = word.find_first_not_of(kEdges);
  if (begin == std::string_view::npos) return "";
  return word.substr(begin, word.find_last_not_of(kEdges) - begin + 1);
}

/// The pieces of `text` between whatever is no letter, folded. Letters that look like others count for none.
std::vector<std::string> name_pieces(std::string_view text) {
  std::vector<std::string> pieces(1);
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t code = next_code_point(text, pos);
    const bool digit = code < 0x80 && is_digit(static_cast<char>(code));
    if (is_blank(code) || is_symbol(code) || digit) {
      if (!pieces.back().empty()) pieces.emplace_back();
    } else {
      append_utf8(pieces.back(), code);
    }
  }
  for (std::string& piece : pieces) {
    std::string folded = fold_letters(piece);
    piece = folded == look_alikes_as_ascii(piece) ? std::move(folded) : "";
  }
  std::erase(pieces, "");
  return pieces;
}

std::string in_one_line(std::span<const LineWord> words) {
  std::string text;
  for (const LineWord& word : words) text.append(word.text).append(" ");
  return text;
}

}  // namespace

SignOff::SignOff(std::string_view names, const Address& author) : author_(author) {
  // In many words more than a name can be said; those of the address stand last.
  constexpr std::size_t kMostNames = 8;
  constexpr std::size_t kMostOfAddress = 3;
  std::vector<std::string> pieces = name_pieces(names);
  if (pieces.size() > kMostNames) pieces.erase(pieces.begin(), pieces.end() - kMostOfAddress);
  names_.insert(pieces.begin(), pieces.end());
  const std::string& domain = author.domain().ascii();
  const auto last = domain.rfind('.');
  labels_.insert(domain.substr(last + 1));
  if (last == std::string::npos || last == 0) return;
  const auto before = domain.rfind('.', last - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  labels_.insert(domain.substr(begin, last - begin));
}

bool SignOff::goes_by(std::string_view word) const {
  const std::vector<std::string> pieces = name_pieces(word);
  return !pieces.empty() && std::ranges::all_of(pieces, [&](const std::string& piece) {
    // Names of East Asia are written in one.
    const auto in_two = [&](const std::string& name) {
      return !is_ascii(name) && piece.starts_with(name) &&
             names_.contains(std::string_view(piece).substr(name.size()));
    };
    if (piece.size() > 1) return names_.contains(piece) || std::ranges::any_of(names_, in_two);
    const auto from = names_.lower_bound(piece);
    return from != names_.end() && from->starts_with(piece);
  });
}

bool SignOff::is_authors_name(std::span<const LineWord> words) const {
  constexpr std::size_t kMostWords = 6;
  if (words.empty() || words.size() > kMostWords || could_look_like_a_wish(in_one_line(words))) return false;
  if (std::ranges::any_of(words, [](const LineWord& w) { return w.kind != LineWord::Kind::word; }))
    return false;
  const auto known = [&](const LineWord& word) {
    return goes_by(word.text) || is_in_table(kTitles, fold_letters(word.text));
  };
  if (std::ranges::all_of(words, known)) return true;
  // `annemiller`, `amiller`
  std::string all, first;
  for (const std::string& piece : name_pieces(in_one_line(words))) {
    if (first.empty()) first = piece;
    all += piece;
  }
  if (words.size() < 2 || !is_ascii(all) || all.size() <= first.size()) return false;
  return names_.contains(all) || names_.contains(all.substr(0, 1).append(all, first.size()));
}

bool SignOff::may_be_name(std::span<const LineWord> words) const {
  constexpr std::size_t kLongestAlone = 12;
  constexpr std::size_t kLongestBeside = 20;
  if (words.empty() || words.size() > 3 || could_look_like_a_wish(in_one_line(words))) return false;
  if (std::ranges::any_of(words, [](const LineWord& w) { return w.kind != LineWord::Kind::word; }))
    return false;
  if (words.size() > 1 && !goes_by(words.front().text)) return false;
  if (words.size() > 2 && !goes_by(words.back().text)) return false;
  int script = 0;
  return std::ranges::all_of(words, [&](const LineWord& word) {
    const bool initial = word.text.size() == 1 && words.size() > 1 && is_letter(word.text.front());
    return initial || is_plain_name(word.text, words.size() > 1 ? kLongestBeside : kLongestAlone, script);
  });
}

bool SignOff::is_authors_address(std::string_view word) const {
  const auto scheme = word.rfind(':', word.find('@'));
  if (scheme != std::string_view::npos) word.remove_prefix(scheme + 1);
  const auto address = Address::parse(without_edges(word));
  return address && *address == author_;
}

bool SignOff::is_site(std::string_view word) const {
  std::string site = ascii_lower(without_edges(word));
  for (const std::string_view start : {"https://", "http://", "www."})
    if (site.starts_with(start)) site.erase(0, start.size());
  if (site.ends_with('/')) site.pop_back();
  const std::string& domain = author_.domain().ascii();
  return site == domain || (site.find('.') != std::string::npos && domain.ends_with("." + site));
}

bool SignOff::is_signature_line(std::string_view line) const {
  constexpr std::size_t kLongest = 120;
  constexpr std::size_t kMostWords = 12;
  if (line.size() > kLongest || could_look_like_a_wish(line)) return false;
  std::size_t words = 0;
  return std::ranges::all_of(split_words(line), [&](std::string_view word) {
    if (++words > kMostWords) return false;
    const std::string_view bare = without_edges(word);
    if (bare.empty() || is_phone_number(bare)) return true;
    if (bare.find('@') != std::string_view::npos) return is_authors_address(bare);
    const std::string folded = fold_letters(bare);
    if (goes_by(bare) || is_in_table(kTitles, folded) || is_in_table(kOffices, folded) ||
        is_in_table(kReachedBy, folded) || labels_.contains(folded) || is_site(bare))
      return true;
    return is_rule_or_dash(bare);
  });
}

bool is_name_among(std::string_view word, std::string_view names) {
  const std::vector<std::string> pieces = name_pieces(word);
  const std::vector<std::string> known = name_pieces(names);
  return !pieces.empty() && std::ranges::all_of(pieces, [&](const std::string& piece) {
    return piece.size() > 1 && std::ranges::find(known, piece) != known.end();
  });
}

}  // namespace ccgate
