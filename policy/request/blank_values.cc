#include "policy/request/blank_values.h"

#include <algorithm>
#include <array>
#include <string>

#include "policy/text/ascii.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

// Languages in the order of the labels, as `fold_letters` leaves them.
constexpr auto kWordsForNone = std::to_array<std::string_view>({
    "none",
    "n/a",
    "n.a",
    "n. a",
    "not applicable",
    "not available",
    "nothing",
    "nil",
    "null",
    "none yet",
    "no idn",
    "no idn cctld",
    "we have none",
    "there is none",
    "keine",
    "kein",
    "keiner",
    "keines",
    "entfallt",
    "nicht vorhanden",
    "trifft nicht zu",
    "nein",
    "aucun",
    "aucune",
    "neant",
    "sans objet",
    "non",
    "non applicable",
    "ninguno",
    "ninguna",
    "no aplica",
    "no tiene",
    "no tenemos",
    "nada",
    "nenhum",
    "nenhuma",
    "nao",
    "nao tem",
    "nao ha",
    "nao se aplica",
    "nao aplicavel",
    "nessuno",
    "nessuna",
    "non presente",
    "non applicabile",
    "geen",
    "niet van toepassing",
    "n.v.t",
    "nvt",
    "nee",
    "brak",
    "nie dotyczy",
    "nie",
    "нет",
    "отсутствует",
    "не применимо",
    "не имеется",
    "なし",
    "無し",
    "該当なし",
    "特になし",
    "ありません",
    "无",
    "無",
    "没有",
    "沒有",
    "不适用",
    "不適用",
    "없음",
    "해당 없음",
    "해당없음",
    "없습니다",
    "لا يوجد",
    "لا ينطبق",
    "لا شيء",
    "غير متوفر",
    "ingen",
    "inget",
    "inga",
    "intet",
    "nej",
    "nei",
    "saknas",
    "ikke relevant",
    "ikke aktuelt",
    "ei ole",
    "ei mitaan",
    "zadny",
    "zadna",
    "zadne",
    "neni",
    "nema",
    "yok",
    "yoktur",
    "bulunmuyor",
    "κανενα",
    "οχι",
    "δεν υπαρχει",
    "nincs",
    "nem",
});
constexpr auto kNoneAndCcTld = std::to_array<std::string_view>({"no", "na", "ne", "ei"});

template <std::size_t n>
bool is_listed(const std::array<std::string_view, n>& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

}  // namespace

bool is_blank_place(std::string_view value) noexcept {
  return std::ranges::none_of(value, [](char c) { return is_letter_or_digit(c) || !is_ascii(c); });
}

bool says_none(std::string_view value, bool cctld_too) {
  constexpr std::size_t kLongest = 60;
  if (value.size() > kLongest) return false;
  const std::string folded = fold_letters(value);
  constexpr std::string_view kMarks = " \t.()[]<>*_-\"'!";
  const auto begin = folded.find_first_not_of(kMarks);
  if (begin == std::string::npos) return false;
  const std::string_view word =
      std::string_view(folded).substr(begin, folded.find_last_not_of(kMarks) - begin + 1);
  return is_listed(kWordsForNone, word) || (cctld_too && begin == 0 && is_listed(kNoneAndCcTld, word));
}

}  // namespace ccgate
