#include "policy/prose/client_footers.h"

#include <algorithm>
#include <array>
#include <string>

#include "policy/prose/request_words.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

/// What stands before and behind the name of the device.
struct Sentence {
  std::string_view before;
  std::string_view behind;
};

// As `fold_letters` leaves them. Languages in the order of the labels: English, German, French, Spanish,
// Portuguese, Italian, Dutch, Polish, Russian, Japanese, Chinese, Korean, Arabic, Nordic, Czech, Turkish,
// Greek, Hungarian.
// clang-format off
constexpr auto kFooterSentences = std::to_array<Sentence>({
    {"sent from my ", ""}, {"sent from the ", ""}, {"sent from a ", ""}, {"sent from ", ""}, {"sent via ", ""},
    {"sent with ", ""}, {"sent using ", ""}, {"get ", ""}, {"download ", ""}, {"sent by ", ""},
    {"von meinem ", " gesendet"}, {"von meiner ", " gesendet"}, {"von meinem ", " aus gesendet"},
    {"von ", " gesendet"}, {"gesendet von meinem ", ""}, {"gesendet von ", ""}, {"gesendet mit der ", ""},
    {"gesendet mit ", ""}, {"mit ", " gesendet"}, {"diese nachricht wurde von meinem ", " gesendet"},
    {"diese nachricht wurde mit ", " gesendet"}, {"holen sie sich ", ""}, {"laden sie ", " herunter"},
    {"", " herunterladen"}, {"", " abrufen"},
    {"envoye de mon ", ""}, {"envoye depuis mon ", ""}, {"envoye depuis ma ", ""}, {"envoye depuis ", ""},
    {"envoye a partir de mon ", ""}, {"envoye a partir d'", ""}, {"envoye a partir de ", ""}, {"envoye d'", ""},
    {"envoye avec ", ""}, {"envoye par ", ""}, {"telecharger ", ""}, {"telechargez ", ""}, {"obtenez ", ""},
    {"obtenir ", ""}, {"provenance : ", ""},
    {"enviado desde mi ", ""}, {"enviado desde el ", ""}, {"enviado desde ", ""}, {"enviado con ", ""},
    {"enviado por ", ""}, {"obtener ", ""}, {"obten ", ""}, {"obtenga ", ""}, {"descargar ", ""}, {"descarga ", ""},
    {"enviado do meu ", ""}, {"enviado do ", ""}, {"enviado a partir do meu ", ""}, {"enviado a partir do ", ""},
    {"enviado de ", ""}, {"enviado via ", ""}, {"obter o ", ""}, {"obter ", ""}, {"obtenha o ", ""}, {"baixe o ", ""},
    {"inviato da ", ""}, {"inviato dal mio ", ""}, {"inviato da mio ", ""}, {"inviato con ", ""}, {"inviato dal ", ""},
    {"inviata da ", ""}, {"scarica ", ""}, {"ottieni ", ""},
    {"verstuurd vanaf mijn ", ""}, {"verstuurd vanaf ", ""}, {"verzonden vanaf mijn ", ""}, {"verzonden vanaf ", ""},
    {"verzonden vanuit ", ""}, {"verzonden met ", ""}, {"verstuurd met ", ""}, {"verstuurd vanuit ", ""},
    {"", " downloaden"}, {"", " ophalen"},
    {"wyslane z mojego ", ""}, {"wyslano z mojego ", ""}, {"wyslane z ", ""}, {"wyslano z ", ""},
    {"wyslano z aplikacji ", ""}, {"wyslano przez ", ""}, {"wyslane za pomoca ", ""}, {"pobierz ", ""},
    {"pobierz aplikacje ", ""}, {"uzyskaj aplikacje ", ""},
    {"отправлено с моего ", ""}, {"отправлено с ", ""}, {"отправлено из ", ""}, {"отправлено из мобильнои ", ""},
    {"отправлено через ", ""}, {"отправлено с помощью ", ""}, {"послано с ", ""}, {"скачать ", ""}, {"получите ", ""},
    {"получить ", ""}, {"загрузить ", ""},
    {"", "から送信"}, {"", " から送信"}, {"私の", "から送信"}, {"", "を入手"}, {"", " を入手"}, {"", "から送信されました"},
    {"", "を入手する"}, {"", " を入手する"},
    {"发自我的", ""}, {"发自我的 ", ""}, {"发自", ""}, {"發自我的", ""}, {"發自我的 ", ""}, {"从我的", "发送"},
    {"从我的 ", " 发送"}, {"從我的", "傳送"}, {"從我的 ", " 傳送"}, {"从", "发送"}, {"从 ", " 发送"}, {"獲取", ""},
    {"獲取 ", ""}, {"获取", ""}, {"获取 ", ""}, {"下载", ""}, {"下载 ", ""}, {"取得 ", ""}, {"取得", ""},
    {"나의 ", "에서 보냄"}, {"내 ", "에서 보냄"}, {"", "에서 보냄"}, {"", " 다운로드"}, {"", " 받기"}, {"", "용 outlook 받기"},
    {"أرسلت من ", ""}, {"ارسلت من ", ""}, {"أرسل من ", ""}, {"ارسل من ", ""}, {"مرسل من ", ""}, {"تم الإرسال من ", ""},
    {"أرسلت من جهاز ", ""}, {"أرسلت من ", " الخاص بي"}, {"الحصول على ", ""}, {"احصل على ", ""},
    {"skickat fran min ", ""}, {"skickat fran ", ""}, {"skickat med ", ""}, {"hamta ", ""}, {"skaffa ", ""},
    {"sendt fra min ", ""}, {"sendt fra mit ", ""}, {"sendt fra ", ""}, {"sendt med ", ""}, {"sendt via ", ""},
    {"hent ", ""}, {"fa ", ""}, {"last ned ", ""}, {"skaff deg ", ""},
    {"lahetetty ", ""}, {"lahetetty ", " -puhelimesta"}, {"hanki ", ""}, {"lataa ", ""},
    {"odeslano z meho ", ""}, {"odeslano z ", ""}, {"odeslano ze ", ""}, {"odeslano pomoci ", ""}, {"ziskat ", ""},
    {"ziskejte ", ""}, {"stahnout ", ""},
    {"", "'umdan gonderildi"}, {"", "'imden gonderildi"}, {"", " umdan gonderildi"}, {"", "'dan gonderildi"},
    {"", "'den gonderildi"}, {"", " ile gonderildi"}, {"", " kullanarak gonderildi"}, {"", " cihazimdan gonderildi"},
    {"", "'u edinin"}, {"", "'i edinin"}, {"", " edinin"}, {"", " uzerinden gonderildi"},
    {"σταλθηκε απο το ", " μου"}, {"εσταλη απο το ", " μου"}, {"αποστολη απο το ", " μου"}, {"σταλθηκε απο ", ""},
    {"εσταλη απο ", ""}, {"σταλθηκε απο το ", ""}, {"εσταλη απο το ", ""}, {"λαβετε το ", ""}, {"κατεβαστε το ", ""},
    {"elkuldve az ", " eszkozomrol"}, {"az ", " -omrol kuldve"}, {"az ", "-omrol kuldve"}, {"", "-omrol kuldve"},
    {"kuldve a ", ""}, {"elkuldve: ", ""}, {"a ", " keszulekemrol kuldve"}, {"az ", " keszulekemrol kuldve"},
    {"", " letoltese"}, {"", " beszerzese"},
});

constexpr auto kDevices = std::to_array<std::string_view>({
    "iphone", "ipad", "ipod", "ipod touch", "apple watch", "macbook", "mac", "android", "android phone",
    "android device", "android-handy", "android-telefon", "android-gerat", "android-mobiltelefon", "android-smartphone",
    "telephone android", "dispositivo android", "telefono android", "samsung", "samsung galaxy",
    "samsung galaxy smartphone", "samsung-galaxy-smartphone", "samsung galaxy-smartphone", "samsung device",
    "samsung mobile", "samsung mobile device", "samsung-gerat", "samsung-smartphone", "samsung smartphone",
    "smartphone samsung", "smartphone samsung galaxy", "telefono samsung", "dispositivo samsung", "galaxy",
    "galaxy device", "huawei", "huawei phone", "huawei mobile phone", "huawei-mobiltelefon", "xiaomi", "xiaomi phone",
    "mi phone", "redmi", "oneplus", "pixel", "google pixel", "pixel phone", "nokia", "nokia phone", "sony xperia", "htc",
    "blackberry", "blackberry smartphone", "blackberry 10 smartphone", "windows phone", "windows-phone", "mobile",
    "mobile device", "mobile phone", "cell phone", "cellphone", "phone", "smartphone", "tablet", "mobile, please excuse typos",
    "mobilgerat", "mobiltelefon", "handy", "mobilen gerat", "portable", "mobile", "telephone", "telephone portable",
    "movil", "dispositivo movil", "telefono", "telefono movil", "celular", "telemovel", "telefone", "cellulare",
    "dispositivo mobile", "mobiel", "mobiele telefoon", "telefoon", "telefonu", "smartfona", "telefonu komorkowego",
    "iphone'a", "ipada", "androida", "iphonesta", "ipadista", "androidista", "puhelimesta", "iphonu", "ipadu",
    "telefonu", "iphone-a", "аифона", "айфона", "телефона", "мобильного телефона", "смартфона", "устроиства samsung",
    "мобильного устроиства", "手机", "手機", "携帯", "スマートフォン", "スマホ", "携帯電話", "휴대폰", "스마트폰", "아이폰", "갤럭시",
    "الايفون", "ايفون", "هاتفي", "جهاز iphone", "جهاز ipad", "mobil", "mobiltelefon", "telefon", "telefonum",
    "κινητο", "κινητο τηλεφωνο", "telefonom", "mobilom",
    "outlook", "outlook mobile", "outlook for ios", "outlook for android", "outlook for ios and android",
    "outlook for mac", "outlook for windows", "outlook for iphone", "outlook on the web", "outlook fur ios",
    "outlook fur android", "outlook fur mac", "outlook pour ios", "outlook pour android", "outlook pour mac",
    "outlook para ios", "outlook para android", "outlook para mac", "outlook per ios", "outlook per android",
    "outlook per mac", "outlook voor ios", "outlook voor android", "outlook voor mac", "outlook dla systemu ios",
    "outlook dla systemu android", "outlook dla ios", "outlook dla android", "outlook для ios", "outlook для android",
    "ios 版 outlook", "android 版 outlook", "outlook for ios 版", "ios용 outlook", "android용 outlook",
    "outlook لنظام ios", "outlook لنظام android", "outlook لـ ios", "outlook لـ android", "outlook for iphone og ipad",
    "outlook til ios", "outlook til android", "outlook for ios-enheter", "outlook iosille", "outlook androidille",
    "outlook pro ios", "outlook pro android", "ios icin outlook", "android icin outlook", "outlook για ios",
    "outlook για android", "ioshez keszult outlook", "ios-hez keszult outlook", "androidhoz keszult outlook",
    "mail for windows", "mail for windows 10", "mail fur windows", "mail fur windows 10", "courrier pour windows",
    "courrier pour windows 10", "correo para windows", "correo para windows 10", "email para windows",
    "posta per windows", "posta per windows 10", "mail voor windows", "poczty dla systemu windows", "mail app",
    "yahoo mail", "yahoo mail for iphone", "yahoo mail for ipad", "yahoo mail on android", "yahoo mail auf android",
    "yahoo mail fur iphone", "yahoo mail sur android", "yahoo mail pour iphone", "yahoo mail en android",
    "yahoo mail para iphone", "yahoo mail su android", "yahoo mail per iphone", "aol mail", "aol on android",
    "proton mail", "protonmail", "proton mail for ios", "proton mail for android", "proton mail secure email",
    "protonmail mobile", "tutanota", "tuta", "gmail", "gmail mobile", "thunderbird", "thunderbird for android",
    "mozilla thunderbird", "k-9 mail", "k9 mail", "fairemail", "fairmail", "bluemail", "aquamail", "spark", "airmail",
    "spike", "nine", "canary", "mailbird", "mailspring", "evolution", "kmail", "zoho mail", "gmx mail", "gmx mail app",
    "web.de mail app", "mail.ru", "почты mail.ru", "почта mail.ru", "mail.ru для android", "яндекс почты", "яндекс.почты",
    "яндекс почта", "yandex mail", "hey", "fastmail", "hushmail", "webmail", "roundcube", "mutt", "claws mail", "the bat!",
    "android mit k-9 mail", "android using fairemail", "meinem android-gerat mit k-9 mail",
    "android device with k-9 mail. please excuse my brevity", "android-gerat mit k-9 mail gesendet",
});

constexpr auto kMakers = std::to_array<std::string_view>({
    "https://aka.ms/", "http://aka.ms/", "https://go.microsoft.com/fwlink/", "https://outlook.com/",
    "https://www.microsoft.com/", "https://overview.mail.yahoo.com/", "https://go.onelink.me/",
    "https://mail.onelink.me/", "https://more.att.com/", "https://proton.me/", "https://protonmail.com/",
    "https://www.samsung.com/", "https://www.apple.com/", "https://www.thunderbird.net/", "https://k9mail.app/",
    "https://email.faircode.eu/", "https://tuta.com/", "https://tutanota.com/", "https://bluemail.me/",
    "https://sparkmailapp.com/", "https://play.google.com/store/apps/",
});
// clang-format on

/// Cuts the link off. False: it leads elsewhere, or may be read.
bool strip_link(std::string& folded) {
  const auto at = folded.find("http");
  if (at == std::string::npos) return true;
  std::string_view link = std::string_view(folded).substr(at);
  while (!link.empty() && std::string_view(">)]. ").find(link.back()) != std::string_view::npos)
    link.remove_suffix(1);
  constexpr std::size_t kLongest = 200;
  const bool plain = std::ranges::all_of(link, [](char c) {
    return is_letter_or_digit(c) || std::string_view(":/.?=&_%-").find(c) != std::string_view::npos;
  });
  const bool of_maker =
      std::ranges::any_of(kMakers, [&](std::string_view maker) { return link.starts_with(maker); });
  if (link.size() > kLongest || !plain || !of_maker || could_wish_to_join(link)) return false;
  folded.erase(at);
  return true;
}

std::string_view without_marks(std::string_view text) {
  constexpr std::string_view kMarks = " \t<>()[]*_.,-\"";
  const auto begin = text.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kMarks) - begin + 1);
}

}  // namespace

bool is_client_footer(std::string_view line) {
  constexpr std::size_t kLongest = 400;
  if (line.size() > kLongest) return false;
  std::string folded = fold_letters(line);
  constexpr std::string_view kApostrophe = "’";
  for (auto at = folded.find(kApostrophe); at != std::string::npos; at = folded.find(kApostrophe, at))
    folded.replace(at, kApostrophe.size(), "'");
  if (!strip_link(folded)) return false;
  const std::string_view footer = without_marks(folded);
  return std::ranges::any_of(kFooterSentences, [&](const Sentence& sentence) {
    if (footer.size() <= sentence.before.size() + sentence.behind.size() ||
        !footer.starts_with(sentence.before) || !footer.ends_with(sentence.behind))
      return false;
    const std::string_view device = footer.substr(
        sentence.before.size(), footer.size() - sentence.before.size() - sentence.behind.size());
    return std::ranges::find(kDevices, device) != kDevices.end();
  });
}

}  // namespace ccgate
