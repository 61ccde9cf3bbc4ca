#include "policy/text/text_regions.h"

#include <algorithm>
#include <array>

#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

bool has_quote_mark(std::string_view line) {
  std::size_t pos = 0;
  while (pos < line.size()) {
    const char32_t code = next_code_point(line, pos);
    if (code != ' ') return code == '>' || code == '|' || code == 0xBB || code == 0xFF1E;
  }
  return false;
}

/// The word before the first colon, folded; empty where there is none of a few letters.
std::string field_name(std::string_view line) {
  constexpr std::size_t kLongest = 40;
  const auto colon = line.substr(0, kLongest).find(':');
  if (colon == std::string_view::npos) return "";
  std::string name = fold_letters(line.substr(0, colon));
  std::erase_if(name, [](char c) { return c == '*' || c == ' '; });
  return name;
}

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

/// The first fields of a mail that Outlook quotes: From, and Sent or Date or To below it.
bool is_quoted_header(std::string_view line, std::string_view next) {
  constexpr auto kFrom = std::to_array<std::string_view>({"from", "von", "de", "da", "van", "od", "от", "fra",
                                                          "fran", "lahettaja", "kimden", "απο", "felado",
                                                          "差出人", "发件人", "寄件者", "보낸사람", "من"});
  constexpr auto kNext = std::to_array<std::string_view>(
      {"sent",       "date",      "to",         "gesendet",  "datum",      "an",      "envoye",    "a",
       "enviado",    "fecha",     "data",       "enviadaem", "enviadael",  "inviato", "verzonden", "aan",
       "wyslano",    "do",        "отправлено", "дата",      "кому",       "skickat", "sendt",     "til",
       "till",       "lahetetty", "odeslano",   "komu",      "gonderildi", "tarih",   "kime",      "σταλθηκε",
       "ημερομηνια", "προς",      "kuldve",     "送信日時",  "日付",       "宛先",    "发送时间",  "日期",
       "收件人",     "寄件日期",  "보낸날짜",   "날짜",      "받는사람",   "التاريخ"});
  return is_one_of(kFrom, field_name(line)) && is_one_of(kNext, field_name(next));
}

constexpr std::string_view kPgp = "-----BEGIN PGP ";

}  // namespace

bool is_signature_separator(std::string_view line) {
  return line == "-- " || line == "--" || line == "\u2014" || line == "\u2014 " || line == "\u2013\u2013";
}

bool begins_quoted_mail(std::string_view line) {
  line = trim(line);
  constexpr std::size_t kLongest = 120;
  if (line.size() > kLongest || line.size() < 8) return false;
  if (line.find_first_not_of('_') == std::string_view::npos) return line.size() >= 20;
  if (!line.starts_with("--") || !line.ends_with("--") || line.starts_with("-----BEGIN PGP") ||
      line.starts_with("-----END PGP"))
    return false;
  return std::ranges::any_of(line, [](char c) { return is_letter(c) || !is_ascii(c); });
}

std::vector<RegionLine> region_lines(std::string_view shown) {
  std::vector<std::string> lines;
  std::vector<std::size_t> parts;  // where they begin
  std::size_t start = 0;
  for (std::size_t pos = 0; pos < shown.size();) {
    const std::size_t at = pos;
    const char32_t code = next_code_point(shown, pos);
    if (!is_line_end(code)) continue;
    lines.push_back(as_seen(shown.substr(start, at - start)));
    if (code == '\f') parts.push_back(lines.size());
    start = pos;
    if (code == '\r' && pos < shown.size() && shown[pos] == '\n') start = ++pos;
  }
  if (start < shown.size()) lines.push_back(as_seen(shown.substr(start)));

  std::vector<RegionLine> result;
  result.reserve(lines.size());
  TextRegion region = TextRegion::own;
  bool pgp = false;  // in what inline PGP signs: dashes are escaped there (RFC 4880 7.1)
  auto part = parts.begin();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (; part != parts.end() && *part <= i; ++part) {
      region = TextRegion::own;
      pgp = false;
    }
    std::string_view line = lines[i];
    if (pgp && line.starts_with("- ")) line.remove_prefix(2);
    if (line.starts_with(kPgp)) {
      pgp = line.starts_with("-----BEGIN PGP SIGNED");
      region = pgp ? TextRegion::own : TextRegion::signature;
    } else if (line.starts_with("-----END PGP ")) {
      result.push_back({std::string(line), TextRegion::signature, false, false});
      region = TextRegion::own;
      pgp = false;
      continue;
    }
    const bool quoted = has_quote_mark(line);
    if (!quoted && region != TextRegion::quoted) {
      const std::string_view next = i + 1 < lines.size() ? std::string_view(lines[i + 1]) : "";
      if (begins_quoted_mail(line) || is_quoted_header(line, next)) {
        region = TextRegion::quoted;
      } else if (is_signature_separator(line)) {
        region = TextRegion::signature;
      }
    }
    const bool angle = quoted && trim(line).starts_with('>');
    result.push_back({std::string(quoted ? strip_quote_marks(line) : line),
                      quoted ? TextRegion::quoted : region, quoted, angle});
  }
  return result;
}

}  // namespace ccgate
