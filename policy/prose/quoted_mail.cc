#include "policy/prose/quoted_mail.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/prose/attribution.h"
#include "policy/prose/request_words.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostAttributionLines = 3;

bool is_empty_line(const RegionLine& line) {
  return trim(line.text).empty();
}

/// Of scripts that have capitals.
bool is_small(char32_t code) {
  return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFF) ||
         (code >= 0x100 && code <= 0x17F && code % 2 == 1) || (code >= 0x3AC && code <= 0x3CE) ||
         (code >= 0x430 && code <= 0x45F);
}

/// Names begin with capitals; what does not is short, or a word of dates and of attributions.
bool is_word_of_attribution(std::string_view word) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"wrote",        "writes",       "schrieb",     "ecrit",        "escribio",      "escreveu",
       "scritto",      "scrisse",      "schreef",     "napisal",      "napisala",      "napisal(a)",
       "napsal",       "napsala",      "napsal(a)",   "skrev",        "kirjoitti",     "yazdi",
       "εγραψε",       "написал",      "написала",    "пишет",        "написал(а)",    "tarihinde",
       "sunlari",      "godzinie",     "uzytkownik",  "пользователь", "janvier",       "janv.",
       "fevrier",      "avril",        "juillet",     "septembre",    "sept.",         "octobre",
       "novembre",     "decembre",     "enero",       "febrero",      "marzo",         "abril",
       "junio",        "julio",        "agosto",      "septiembre",   "octubre",       "noviembre",
       "diciembre",    "janeiro",      "fevereiro",   "marco",        "junho",         "julho",
       "setembro",     "outubro",      "novembro",    "dezembro",     "gennaio",       "febbraio",
       "aprile",       "maggio",       "giugno",      "luglio",       "settembre",     "ottobre",
       "dicembre",     "januari",      "februari",    "maart",        "april",         "augustus",
       "september",    "oktober",      "november",    "december",     "januar",        "februar",
       "marts",        "august",       "desember",    "augusti",      "stycznia",      "lutego",
       "marca",        "kwietnia",     "czerwca",     "lipca",        "sierpnia",      "wrzesnia",
       "pazdziernika", "listopada",    "grudnia",     "января",       "февраля",       "марта",
       "апреля",       "июня",         "июля",        "августа",      "сентября",      "октября",
       "ноября",       "декабря",      "lundi",       "mardi",        "mercredi",      "jeudi",
       "vendredi",     "samedi",       "dimanche",    "lunes",        "martes",        "miercoles",
       "jueves",       "viernes",      "sabado",      "domingo",      "segunda-feira", "terca-feira",
       "quarta-feira", "quinta-feira", "sexta-feira", "lunedi",       "martedi",       "mercoledi",
       "giovedi",      "venerdi",      "sabato",      "domenica",     "maandag",       "dinsdag",
       "woensdag",     "donderdag",    "vrijdag",     "zaterdag",     "zondag",        "mandag",
       "tirsdag",      "onsdag",       "torsdag",     "fredag",       "lordag",        "sondag",
       "tisdag",       "lordagen"});
  while (word.ends_with(':') || word.ends_with(',')) word.remove_suffix(1);
  std::size_t pos = 0;
  const bool small = !word.empty() && is_small(next_code_point(word, pos));
  constexpr std::size_t kShort = 4;
  return !small || code_points(word).size() <= kShort ||
         std::ranges::find(kWords, fold_letters(word)) != kWords.end();
}

/// Lines [begin, end), joined, are one that says who wrote, and when, and ends with a colon.
bool is_attribution(const std::vector<RegionLine>& lines, std::size_t begin, std::size_t end) {
  constexpr std::size_t kLongest = 250;
  constexpr std::size_t kMostWords = 20;
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text.append(text.empty() ? "" : " ").append(trim(lines[i].text));
  const std::string folded = fold_letters(text);
  return text.size() <= kLongest && (text.ends_with(':') || text.ends_with("：")) &&
         split_words(text).size() <= kMostWords && starts_attribution(folded) && tells_who_wrote(folded) &&
         has_year_or_time(text) && !could_wish_to_join(folded) &&
         std::ranges::all_of(split_words(text), is_word_of_attribution);
}

/// The first line of the attribution that ends in front of line `end`; `end` where there is none.
std::size_t attribution_before(const std::vector<RegionLine>& lines, std::size_t end) {
  std::size_t last = end;
  while (last > 0 && is_empty_line(lines[last - 1])) --last;
  for (std::size_t count = 1; count <= kMostAttributionLines && count <= last; ++count) {
    const RegionLine& line = lines[last - count];
    if (is_empty_line(line) || line.marked) break;
    if (is_attribution(lines, last - count, last)) return last - count;
  }
  return end;
}

enum class HeaderLine { none, from, date, other };

HeaderLine header_line(std::string_view line) {
  static constexpr auto kFrom = std::to_array<std::string_view>(
      {"from",   "von",    "de",        "da",        "van",      "od",     "от",
       "fra",    "fran",   "lahettaja", "kimden",    "απο",      "felado", "差出人",
       "发件人", "寄件者", "寄件人",    "보낸 사람", "보낸사람", "من"});
  static constexpr auto kDate = std::to_array<std::string_view>(
      {"sent",       "date",     "gesendet",   "datum",      "envoye",    "enviado",   "enviado el",
       "fecha",      "data",     "enviada em", "enviado em", "inviato",   "verzonden", "wyslano",
       "отправлено", "дата",     "skickat",    "sendt",      "lahetetty", "odeslano",  "gonderildi",
       "tarih",      "σταλθηκε", "ημερομηνια", "kuldve",     "elkuldve",  "送信日時",  "日付",
       "日時",       "发送时间", "日期",       "寄件日期",   "傳送時間",  "보낸 날짜", "보낸날짜",
       "날짜",       "التاريخ",  "تم الإرسال"});
  static constexpr auto kOther = std::to_array<std::string_view>(
      {"to",    "cc",      "subject", "an",      "betreff",       "a",         "objet",
       "para",  "asunto",  "assunto", "oggetto", "aan",           "onderwerp", "do",
       "dw",    "temat",   "кому",    "копия",   "тема",          "till",      "til",
       "kopia", "kopi",    "amne",    "emne",    "vastaanottaja", "kopio",     "aihe",
       "komu",  "kopie",   "predmet", "kime",    "bilgi",         "konu",      "προς",
       "θεμα",  "cimzett", "targy",   "宛先",    "件名",          "收件人",    "抄送",
       "主题",  "收件者",  "主旨",    "副本",    "받는 사람",     "받는사람",  "참조",
       "제목",  "إلى",     "الموضوع"});
  constexpr std::size_t kLongestName = 40;
  std::size_t colon = line.find(':');
  if (const auto wide = line.find("："); wide < colon) colon = wide;
  if (colon == std::string_view::npos || colon > kLongestName) return HeaderLine::none;
  std::string name = fold_letters(line.substr(0, colon));
  std::erase(name, '*');
  const std::string_view folded = trim(name);
  const auto is_among = [&](const auto& table) { return std::ranges::find(table, folded) != table.end(); };
  if (is_among(kFrom)) return HeaderLine::from;
  if (is_among(kDate) && has_year_or_time(line)) return HeaderLine::date;
  return is_among(kOther) ? HeaderLine::other : HeaderLine::none;
}

/// Behind the header that begins with line `begin`, which is From; `begin` when it is none.
std::size_t behind_header(const std::vector<RegionLine>& lines, std::size_t begin) {
  bool date = false, other = false;
  for (std::size_t i = begin; i < lines.size(); ++i) {
    const HeaderLine kind = header_line(lines[i].text);
    if (kind == HeaderLine::none || (kind == HeaderLine::from && i > begin)) return date && other ? i : begin;
    date |= kind == HeaderLine::date;
    other |= kind == HeaderLine::other;
  }
  return date && other ? lines.size() : begin;
}

/// `-----Original Message-----`, and its translations.
bool names_original(std::string_view line) {
  static constexpr auto kNames = std::to_array<std::string_view>({"original message",
                                                                  "original-nachricht",
                                                                  "ursprungliche nachricht",
                                                                  "originalnachricht",
                                                                  "message d'origine",
                                                                  "message original",
                                                                  "mensaje original",
                                                                  "mensagem original",
                                                                  "messaggio originale",
                                                                  "oorspronkelijk bericht",
                                                                  "origineel bericht",
                                                                  "wiadomosc oryginalna",
                                                                  "oryginalna wiadomosc",
                                                                  "исходное сообщение",
                                                                  "original meddelande",
                                                                  "ursprungligt meddelande",
                                                                  "originalmeddelande",
                                                                  "oprindelig meddelelse",
                                                                  "original meddelelse",
                                                                  "opprinnelig melding",
                                                                  "alkuperainen viesti",
                                                                  "puvodni zprava",
                                                                  "orijinal ileti",
                                                                  "αρχικο μηνυμα",
                                                                  "eredeti uzenet",
                                                                  "元のメッセージ",
                                                                  "原始邮件",
                                                                  "原始郵件",
                                                                  "邮件原件",
                                                                  "원본 메시지",
                                                                  "원본 메일",
                                                                  "الرسالة الأصلية",
                                                                  "رسالة أصلية"});
  const auto begin = line.find_first_not_of("-_ ");
  if (begin == std::string_view::npos) return false;
  const std::string name = fold_letters(line.substr(begin, line.find_last_not_of("-_ ") - begin + 1));
  return std::ranges::find(kNames, name) != kNames.end();
}

/// Of a rule in front of a header, with those words or none.
std::size_t rule_before(const std::vector<RegionLine>& lines, std::size_t begin) {
  std::size_t last = begin;
  while (last > 0 && is_empty_line(lines[last - 1])) --last;
  if (last == 0) return begin;
  const std::string_view line = trim(lines[last - 1].text);
  constexpr std::size_t kLongest = 120;
  if (line.size() > kLongest) return begin;
  const bool bare = line.size() >= 10 && line.find_first_not_of("-_") == std::string_view::npos;
  return bare || names_original(line) ? last - 1 : begin;
}

}  // namespace

QuotedMail find_quoted_mail(const std::vector<RegionLine>& lines, bool is_reply) {
  // Every line from here on is marked.
  std::size_t marked = lines.size();
  while (marked > 0 && (lines[marked - 1].angle || is_empty_line(lines[marked - 1]))) --marked;
  while (marked < lines.size() && is_empty_line(lines[marked])) ++marked;
  if (marked < lines.size()) {
    const std::size_t begin = attribution_before(lines, marked);
    if (begin != marked || is_reply) return {begin, marked};
  }
  for (std::size_t i = 0; is_reply && i < lines.size(); ++i) {
    if (lines[i].marked || header_line(lines[i].text) != HeaderLine::from) continue;
    const std::size_t text = behind_header(lines, i);
    if (text != i) return {rule_before(lines, i), text};
  }
  return {lines.size(), lines.size()};
}

}  // namespace ccgate
