#include "policy/prose/attribution.h"

#include <algorithm>
#include <array>

#include "policy/text/ascii.h"

namespace ccgate {

bool tells_who_wrote(std::string_view folded) {
  static constexpr auto kVerbs = std::to_array<std::string_view>(
      {"wrote",      "writes",      "schrieb",    "geschrieben", "a ecrit", "escribio",  "escreveu",
       "ha scritto", "schreef",     "napisal",    "napsal",      "skrev",   "kirjoitti", "irta",
       "yazdi",      "εγραψε",      "написал",    "пишет",       "пише",    "كتب",       "כתב",
       "写道",       "寫道",        "書きました", "のメール",    "작성",    "님이",      "a scris",
       "scrisse",    "va escriure", "написав",    "napisao",     "rašė",    "kirjutas"});
  return std::ranges::any_of(
      kVerbs, [&](std::string_view verb) { return folded.find(verb) != std::string_view::npos; });
}

bool starts_attribution(std::string_view folded) {
  static constexpr auto kStarts = std::to_array<std::string_view>(
      {"on ",  "am ",  "le ",     "el ",   "em ",   "il ",   "op ",   "w dniu", "dnia ",
       "dne ", "den ", "pa ",     "a ",    "в ",    "στισ",  "στις",  "בתאריך", "ב-",
       "في ",  "在",   "於",      "tar ",  "to ",   "ma ",   "ke ",   "ti ",    "pe ",
       "la ",  "su ",  "pe data", "у ",    "вт, ",  "пн, ",  "ср, ",  "чт, ",   "пт, ",
       "сб, ", "вс, ", "mon, ",   "tue, ", "wed, ", "thu, ", "fri, ", "sat, ",  "sun, "});
  return (!folded.empty() && is_digit(folded.front())) ||
         std::ranges::any_of(kStarts, [&](std::string_view word) { return folded.starts_with(word); });
}

bool has_year_or_time(std::string_view line) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    digits = is_digit(line[i]) ? digits + 1 : 0;
    const bool before_digit = i + 1 < line.size() && is_digit(line[i + 1]);
    if (digits == 4 || (i > 0 && line[i] == ':' && is_digit(line[i - 1]) && before_digit)) return true;
  }
  return false;
}

}  // namespace ccgate
