// policy/request/form_labels.cc: the table of labels.
#include "policy/request/form_labels.h"

#include <string>
#include <unordered_map>

#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

using Table = std::unordered_map<std::string_view, Label>;

// Keys as fold_letters and bare_label leave them: lower case, no accents, no dots, one blank between words.
// Languages in this order: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian,
// Japanese, Chinese, Korean, Arabic, and what Nordic, Czech, Turkish and Greek forms add.
const Table& labels() {
  using enum Label;
  // clang-format off
  static const Table kTable = {
      // Country codes. `domain` and `extension` alone are left out: they have other meanings.
      {"cctld", cctlds}, {"cctlds", cctlds}, {"tld", cctlds}, {"tlds", cctlds},
      {"idn cctld", cctlds}, {"idn cctlds", cctlds}, {"idn tld", cctlds}, {"country code", cctlds},
      {"country codes", cctlds}, {"country-code", cctlds}, {"country code tld", cctlds},
      {"country code tlds", cctlds}, {"country-code tld", cctlds}, {"country code top-level domain", cctlds},
      {"country code top-level domains", cctlds}, {"top level domain", cctlds}, {"top level domains", cctlds},
      {"top-level domain", cctlds}, {"top-level domains", cctlds}, {"landercode", cctlds},
      {"landercodes", cctlds}, {"laendercode", cctlds}, {"landerkurzel", cctlds}, {"landerkennung", cctlds},
      {"landeskennung", cctlds}, {"landerdomain", cctlds}, {"top-level-domain", cctlds},
      {"top-level-domains", cctlds}, {"code pays", cctlds}, {"codes pays", cctlds}, {"code de pays", cctlds},
      {"code du pays", cctlds}, {"domaine de premier niveau", cctlds}, {"codigo de pais", cctlds},
      {"codigos de pais", cctlds}, {"codigo del pais", cctlds}, {"codigo pais", cctlds},
      {"codigo do pais", cctlds}, {"codice paese", cctlds}, {"codici paese", cctlds},
      {"codice del paese", cctlds}, {"landcode", cctlds}, {"landcodes", cctlds}, {"landencode", cctlds},
      {"kod kraju", cctlds}, {"kody krajow", cctlds}, {"код страны", cctlds}, {"коды стран", cctlds},
      {"домен верхнего уровня", cctlds}, {"национальныи домен", cctlds}, {"национальный домен", cctlds},
      {"国コード", cctlds}, {"国別コード", cctlds}, {"国別ドメイン", cctlds},
      {"国別トップレベルドメイン", cctlds}, {"トップレベルドメイン", cctlds}, {"国家代码", cctlds},
      {"國家代碼", cctlds}, {"国家码", cctlds}, {"国家顶级域", cctlds}, {"国家顶级域名", cctlds},
      {"顶级域名", cctlds}, {"頂級域名", cctlds}, {"국가 코드", cctlds}, {"국가코드", cctlds},
      {"رمز الدولة", cctlds}, {"رمز البلد", cctlds}, {"رموز الدول", cctlds}, {"النطاق العلوي", cctlds},
      {"landskod", cctlds}, {"landekode", cctlds}, {"kod zeme", cctlds}, {"ulke kodu", cctlds},
      {"κωδικος χωρας", cctlds},
      // Names.
      {"name", name}, {"names", name}, {"full name", name}, {"name and surname", name},
      {"vor- und nachname", name}, {"vollstandiger name", name}, {"nom", name}, {"nom complet", name},
      {"nom et prenom", name}, {"nom prenom", name}, {"prenom et nom", name}, {"nombre", name},
      {"nombre completo", name}, {"nombre y apellido", name}, {"nombre y apellidos", name},
      {"nome", name}, {"nome completo", name}, {"nome e cognome", name}, {"naam", name},
      {"volledige naam", name}, {"imie i nazwisko", name}, {"фио", name}, {"полное имя", name},
      {"имя и фамилия", name}, {"名前", name}, {"お名前", name}, {"氏名", name}, {"姓名", name},
      {"名字", name}, {"이름", name}, {"성명", name}, {"الاسم", name}, {"اسم", name},
      {"الاسم الكامل", name}, {"namn", name}, {"navn", name}, {"jmeno", name}, {"jmeno a prijmeni", name},
      {"ad soyad", name}, {"adi soyadi", name}, {"isim", name}, {"ονομα", name}, {"ονοματεπωνυμο", name},
      {"first name", given_name}, {"given name", given_name}, {"vorname", given_name},
      {"prenom", given_name}, {"voornaam", given_name}, {"imie", given_name}, {"имя", given_name},
      {"last name", family_name}, {"family name", family_name}, {"surname", family_name},
      {"nachname", family_name}, {"familienname", family_name}, {"nom de famille", family_name},
      {"apellido", family_name}, {"apellidos", family_name}, {"sobrenome", family_name},
      {"apelido", family_name}, {"cognome", family_name}, {"achternaam", family_name},
      {"nazwisko", family_name}, {"фамилия", family_name}, {"اسم العائلة", family_name},
      {"prijmeni", family_name},
      // Mail addresses.
      {"e-mail", email}, {"email", email}, {"e mail", email}, {"mail", email}, {"mail address", email},
      {"e-mail address", email}, {"email address", email}, {"electronic mail", email},
      {"e-mail-adresse", email}, {"emailadresse", email}, {"e-mailadresse", email},
      {"email-adresse", email}, {"mailadresse", email}, {"adresse e-mail", email},
      {"adresse email", email}, {"adresse mail", email}, {"adresse electronique", email},
      {"courriel", email}, {"mel", email}, {"correo", email}, {"correo-e", email},
      {"correo electronico", email}, {"direccion de correo", email},
      {"direccion de correo electronico", email}, {"correio eletronico", email},
      {"correio electronico", email}, {"endereco de e-mail", email}, {"endereco de email", email},
      {"posta elettronica", email}, {"indirizzo e-mail", email}, {"indirizzo email", email},
      {"e-mailadres", email}, {"emailadres", email}, {"e-mail adres", email}, {"adres e-mail", email},
      {"adres email", email}, {"poczta elektroniczna", email}, {"почта", email}, {"эл почта", email},
      {"электронная почта", email}, {"адрес электронной почты", email}, {"e-mail адрес", email},
      {"メール", email}, {"eメール", email}, {"電子メール", email}, {"メールアドレス", email},
      {"邮箱", email}, {"邮件", email}, {"电子邮件", email}, {"电子邮箱", email}, {"邮件地址", email},
      {"電子郵件", email}, {"電郵", email}, {"이메일", email}, {"메일", email}, {"전자우편", email},
      {"البريد الإلكتروني", email}, {"البريد الالكتروني", email}, {"بريد إلكتروني", email},
      {"الايميل", email}, {"e-post", email}, {"epost", email}, {"e-posta", email}, {"eposta", email},
      // One for the day when the ccTLD is down.
      {"other e-mail", other_email}, {"other email", other_email}, {"other e mail", other_email},
      {"other mail", other_email}, {"other e-mail address", other_email},
      {"other email address", other_email}, {"second e-mail", other_email}, {"second email", other_email},
      {"secondary e-mail", other_email}, {"secondary email", other_email},
      {"alternative e-mail", other_email}, {"alternative email", other_email},
      {"alternate e-mail", other_email}, {"alternate email", other_email},
      // Telephones.
      {"phone", phone}, {"phones", phone}, {"phone number", phone}, {"phone no", phone},
      {"telephone", phone}, {"telephone number", phone}, {"tel", phone}, {"mobile", phone},
      {"mobile phone", phone}, {"mobile number", phone}, {"cell", phone}, {"cell phone", phone},
      {"cellphone", phone}, {"telefon", phone}, {"telefonnummer", phone}, {"rufnummer", phone},
      {"handy", phone}, {"mobil", phone}, {"mobilnummer", phone}, {"mobiltelefon", phone},
      {"numero de telephone", phone}, {"portable", phone}, {"telefono", phone},
      {"numero de telefono", phone}, {"movil", phone}, {"celular", phone}, {"telefone", phone},
      {"numero de telefone", phone}, {"telemovel", phone}, {"numero di telefono", phone},
      {"cellulare", phone}, {"telefoon", phone}, {"telefoonnummer", phone}, {"mobiel", phone},
      {"numer telefonu", phone}, {"telefon komorkowy", phone}, {"komorka", phone}, {"телефон", phone},
      {"тел", phone}, {"номер телефона", phone}, {"мобильныи", phone}, {"мобильный", phone},
      {"мобильный телефон", phone}, {"電話", phone}, {"電話番号", phone}, {"携帯", phone},
      {"携帯電話", phone}, {"电话", phone}, {"电话号码", phone}, {"手机", phone}, {"手机号", phone},
      {"手机号码", phone}, {"電話號碼", phone}, {"전화", phone}, {"전화번호", phone}, {"휴대폰", phone},
      {"الهاتف", phone}, {"هاتف", phone}, {"رقم الهاتف", phone}, {"الجوال", phone}, {"τηλεφωνο", phone}
  };
  // clang-format on
  return kTable;
}

/// Folded, without text in parentheses, numbers, marks, and blanks but one between words.
std::string bare_label(std::string_view raw) {
  const std::string folded = fold_letters(raw);
  std::string out;
  int depth = 0;
  for (const char c : folded) {
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) {
      --depth;
      continue;
    }
    if (depth > 0 || is_digit(c)) continue;
    if (std::string_view("*_.#[]()<>|\"'").find(c) != std::string_view::npos) continue;
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c;
  }
  const auto is_edge = [](char c) { return c == ' ' || c == '-' || c == '+'; };
  while (!out.empty() && is_edge(out.back())) out.pop_back();
  std::size_t start = 0;
  while (start < out.size() && is_edge(out[start])) ++start;
  out.erase(0, start);
  for (const std::string_view bullet : {"• ", "· ", "◦ ", "▪ ", "– "}) {
    if (out.starts_with(bullet)) out.erase(0, bullet.size());
  }
  return out;
}

std::optional<Label> find_label(std::string_view raw) {
  const std::string bare = bare_label(raw);
  std::string_view word = bare;
  for (;;) {
    if (const auto found = labels().find(word); found != labels().end()) return found->second;
    // `Contact 1 name`, `Your e-mail`, `Person: ...`: one word before that says whose.
    const auto blank = word.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const std::string_view first = word.substr(0, blank);
    if (first != "contact" && first != "person" && first != "your" && first != "member") return std::nullopt;
    word.remove_prefix(blank + 1);
    while (!word.empty() && (word.front() == ' ' || word.front() == '-')) word.remove_prefix(1);
  }
}

std::string_view trim_value(std::string_view value) noexcept {
  const auto is_mark = [](char32_t code) {
    return is_blank(code) || is_invisible(code) || code == '*' || code == '_' || code == '|';
  };
  std::size_t start = 0;
  for (std::size_t pos = 0; pos < value.size(); start = pos) {
    if (!is_mark(next_code_point(value, pos))) break;
  }
  value.remove_prefix(start);
  std::size_t end = 0;
  for (std::size_t pos = 0; pos < value.size();) {
    if (!is_mark(next_code_point(value, pos))) end = pos;
  }
  return value.substr(0, end);
}

}  // namespace

std::optional<LabelledLine> labelled_line(std::string_view line) {
  constexpr std::size_t kLongestLabel = 160;  // octets, with marks around it
  constexpr std::string_view kWideColon = "：";
  line = strip_quote_marks(line);
  const std::string_view head = line.substr(0, kLongestLabel);
  const auto cut_at = [&](std::string_view mark) -> std::optional<LabelledLine> {
    const std::size_t at = head.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    const auto label = find_label(head.substr(0, at));
    if (!label) return std::nullopt;
    return LabelledLine{*label, trim_value(line.substr(at + mark.size()))};
  };
  if (head.find(kWideColon) < head.find(':')) return cut_at(kWideColon);
  if (head.find(':') != std::string_view::npos) {
    if (auto labelled = cut_at(":")) return labelled;
  }
  for (const std::string_view mark : {"\t", "|", "="})
    if (auto labelled = cut_at(mark)) return labelled;
  return std::nullopt;
}

}  // namespace ccgate
