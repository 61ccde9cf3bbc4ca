#include "policy/answer/answer_head.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "policy/answer/answer_sentence.h"
#include "policy/answer/answer_tokens.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestHead = 2000;  // octets of a line that may be looked at
constexpr std::size_t kMostHeadSteps = 30;  // lines, or beginnings of lines
constexpr std::size_t kMostBannerLines = 8;

// With what greetings begin, as answer_tokens.h writes words; bars between.
constexpr std::string_view kGreetings =
    "hello|hi|hey|dear|good morning|good afternoon|good evening|good day|greetings|to whom it may "
    "concern|hallo|"
    "guten tag|guten morgen|guten abend|sehr geehrte|sehr geehrter|liebe|lieber|liebes|moin|servus|grüß "
    "gott|grüezi|"
    "bonjour|bonsoir|salut|cher|chère|chers|chères|madame|monsieur|messieurs|hola|buenos días|buenas tardes|"
    "buenas noches|buen día|estimado|estimada|estimados|estimadas|querido|querida|queridos|olá|bom dia|boa "
    "tarde|"
    "boa "
    "noite|prezado|prezada|prezados|prezadas|caro|cara|caros|cari|care|ciao|buongiorno|buonasera|salve|"
    "gentile|"
    "gentili|egregio|egregi|spettabile|beste|geachte|goedemorgen|goedemiddag|goedenavond|goedendag|goede "
    "morgen|"
    "goede middag|hoi|dag|dzień dobry|dobry wieczór|witam|witaj|szanowni|szanowny|szanowna|cześć|dobrý den|"
    "dobré ráno|vážení|vážený|vážená|ahoj|zdravím|hej|god dag|god morgen|god morgon|god kväll|god "
    "aften|kära|käre|"
    "kjære|kære|hei|hyvä|hyvää päivää|hyvää huomenta|hyvää iltaa|moi|terve|tere|szia|sziasztok|jó napot|"
    "jó napot kívánok|jó reggelt|tisztelt|kedves|üdvözlöm|merhaba|merhabalar|selam|selamlar|sayın|iyi günler|"
    "günaydın|γεια|γεια σας|γεια σου|καλημέρα|καλησπέρα|αγαπητέ|αγαπητή|αγαπητοί|αξιότιμε|αξιότιμοι|χαίρετε|"
    "здравствуйте|добрый день|добрый вечер|доброе утро|доброго дня|уважаемый|уважаемая|уважаемые|привет|"
    "приветствую|добрий день|добрий вечір|доброго ранку|шановний|шановна|шановні|вітаю|привіт|مرحبا|"
    "السلام عليكم|تحية طيبة|أهلا|السادة|السيد|السيدة|عزيزي|الأعزاء|صباح الخير|مساء الخير|שלום|שלום רב|בוקר "
    "טוב|"
    "ערב טוב|צהריים "
    "טובים|לכבוד|您好|你好|尊敬的|各位|大家好|早上好|下午好|こんにちは|おはようございます|こんばんは|"
    "お世話になっております|お世話になります|いつもお世話になっております|お疲れ様です|안녕하세요|"
    "안녕하십니까|"
    "bună ziua|bună|stimate|stimați|salutări|dobrý deň|zdravo|dobar dan|poštovani|sveiki|labdien|laba diena";

// What servers put above a mail: a word and a colon, and what they put there alone.
constexpr std::string_view kMarkingLabels =
    "tlp|classe|机密等级|机密級別|保密等级|文件密级|安全等级|seguridad|seguridade|sécurité|sicherheit|"
    "schutzbedarf|security|"
    "disclaimer|label|this message is classified as|this email is classified as|this mail is classified "
    "as|nivel|niveau|"
    "nível|livello|classe|klasse|category|kategorie|classification|sensitivity|confidentiality|marking|"
    "security "
    "marking|protective marking|handling|"
    "security classification|data classification|classified as|klassifizierung|klassifikation|einstufung|"
    "vertraulichkeit|vertraulichkeitsstufe|schutzklasse|clasificación|sensibilidad|classificação|"
    "sensibilidade|"
    "classificazione|sensibilité|confidentialité|classificatie|rubricering|vertrouwelijkheid|klasyfikacja|"
    "klasifikace|klassning|klassificering|klassifisering|luokitus|minősítés|gizlilik|sınıflandırma|"
    "διαβάθμιση|"
    "ταξινόμηση|классификация|конфиденциальность|гриф|класифікація|تصنيف|التصنيف|סיווג|分類|密级|密級|機密性|"
    "機密区分|情報区分|分类|분류|보안등급";
constexpr std::string_view kMarkings =
    "public|internal|confidential|restricted|unclassified|official|official sensitive|internal use only|"
    "for internal use only|internal use|company confidential|strictly "
    "confidential|öffentlich|intern|vertraulich|"
    "streng vertraulich|nur für den dienstgebrauch|vs nfd|nur für den internen gebrauch|diffusion restreinte|"
    "diffusion limitée|usage interne|interne|confidentiel|público|interno|uso interno|confidencial|pubblico|"
    "riservato|openbaar|vertrouwelijk|poufne|jawne|důvěrné|veřejné|interní|sisäinen|julkinen|"
    "luottamuksellinen|"
    "nyilvános|bizalmas|belső|genel|gizli|kamuya açık|εμπιστευτικό|δημόσιο|публично|конфиденциально|"
    "для служебного пользования|公开|公開|内部|秘密|社外秘|取扱注意|機密|대외비|공개|external|external email|"
    "external mail|external message|external sender|extern|externe|externo|esterno|non business|business";
constexpr std::string_view kBanners =
    "caution|warning|attention|achtung|vorsicht|attenzione|atención|atenção|precaución|external|externe|let "
    "op|"
    "uwaga|upozornění|varning|advarsel|varoitus|figyelem|dikkat|προσοχή|внимание|увага|تنبيه|注意|주의";
constexpr auto kOutside =
    std::to_array<std::string_view>({"outside", "external", "extern", "ausserhalb", "exterieur", "exterior",
                                     "esterno", "esterna", "fuera", "fora"});

using Tokens = std::vector<std::string>;

const std::vector<Tokens>& phrases(std::string_view table) {
  const auto read = [](std::string_view text) {
    std::vector<Tokens> all;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('|'), text.size());
      all.push_back(answer_tokens(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
  };
  static const auto kAll =
      std::to_array<std::pair<std::string_view, std::vector<Tokens>>>({{kGreetings, read(kGreetings)},
                                                                       {kMarkingLabels, read(kMarkingLabels)},
                                                                       {kMarkings, read(kMarkings)},
                                                                       {kBanners, read(kBanners)}});
  return std::ranges::find(kAll, table.data(), [](const auto& pair) { return pair.first.data(); })->second;
}

/// How many tokens the longest phrase of `table` has that `tokens` begin with.
std::size_t begins_with(const Tokens& tokens, std::string_view table) {
  std::size_t longest = 0;
  for (const Tokens& phrase : phrases(table))
    if (phrase.size() > longest && phrase.size() <= tokens.size() &&
        std::equal(phrase.begin(), phrase.end(), tokens.begin()))
      longest = phrase.size();
  return longest;
}

/// `Public`, `C1 Internal`: nothing but markings, and numbers of classes.
bool are_markings(const Tokens& words) {
  bool any = false;
  for (std::size_t at = 0; at < words.size();) {
    const bool number = words[at].size() == 2 && is_letter(words[at][0]) && is_digit(words[at][1]);
    const std::size_t length =
        begins_with({words.begin() + static_cast<std::ptrdiff_t>(at), words.end()}, kMarkings);
    if (length == 0 && !number) return false;
    any |= length != 0;
    at += std::max<std::size_t>(length, 1);
  }
  return any;
}

/// Where a greeting would end: behind the first mark that ends a part of a sentence; the end of the line.
std::size_t end_of_part(std::string_view line) {
  static constexpr std::u32string_view kEnds = U",!.:;，！。：；、،";
  for (std::size_t pos = 0; pos < line.size();) {
    const std::size_t at = pos;
    const char32_t code = next_code_point(line, pos);
    if (is_question_mark(code)) return line.size();
    if (kEnds.find(code) != std::u32string_view::npos) return pos;
    if (code == ' ' && (line.substr(pos).starts_with("- ") || line.substr(pos).starts_with("– ")))
      return pos + 1;
    (void)at;
  }
  return line.size();
}

class HeadSkipper {
 public:
  explicit HeadSkipper(std::vector<OwnLine>& lines) : lines_(lines) {}

  /// True when line `at`, or its beginning, was no part of the answer; `at` moves.
  bool skip(std::size_t& at) {
    OwnLine& line = lines_[at];
    if (line.text.empty() || is_ticket_mark(line.text)) {
      ++at;
      return true;
    }
    if (line.text.size() > kLongestHead) return false;
    const Tokens tokens = answer_tokens(line.text);
    if (tokens.empty()) {
      ++at;
      return true;
    }
    if (is_marking(line.text, tokens)) {
      ++at;
      return true;
    }
    if (is_banner(at, tokens)) {
      while (at < lines_.size() && !lines_[at].text.empty()) ++at;
      return true;
    }
    if (strip_tlp(line)) return true;
    if (greets(line, at)) {
      if (line.text.empty()) ++at;
      return true;
    }
    return false;
  }

  static bool is_marking(std::string_view line, const Tokens& tokens) {
    constexpr std::size_t kMostWords = 8;
    Tokens words;
    std::ranges::copy_if(tokens, std::back_inserter(words), [](const std::string& t) { return t != kPause; });
    if (words.size() > kMostWords) return false;
    if (are_markings(words)) return true;
    const std::size_t label = begins_with(words, kMarkingLabels);
    const bool colon = line.find(':') != std::string_view::npos || line.find("：") != std::string_view::npos;
    return label != 0 && colon && are_names(words, label, kMostWords);
  }

  /// `TLP:CLEAR` before more on the same line.
  static bool strip_tlp(OwnLine& line) {
    const std::size_t bracket = line.text.starts_with('[') || line.text.starts_with('(') ? 1 : 0;
    if (fold_letters(line.text.substr(bracket, 3)) != "tlp") return false;
    const std::size_t colon = line.text.find(':', bracket);
    if (colon != bracket + 3) return false;
    std::size_t at = std::min(line.text.find_first_not_of(' ', colon + 1), line.text.size());
    const std::size_t word = at;
    while (at < line.text.size() && (is_letter(line.text[at]) || line.text[at] == '+')) ++at;
    static constexpr auto kColours =
        std::to_array<std::string_view>({"clear", "white", "green", "amber", "amber+strict", "red"});
    const std::string colour = fold_letters(line.text.substr(word, at - word));
    if (std::ranges::find(kColours, colour) == kColours.end()) return false;
    if (at < line.text.size() && (line.text[at] == ']' || line.text[at] == ')')) ++at;
    line.text = trim_seen(line.text.substr(at));
    return true;
  }

  [[nodiscard]] bool is_banner(std::size_t at, const Tokens& first) const {
    Tokens head = first;
    while (!head.empty() && head.front() == kPause) head.erase(head.begin());
    if (begins_with(head, kBanners) == 0) return false;
    bool outside = false;
    const std::size_t most = at + kMostBannerLines;
    for (; at < lines_.size() && !lines_[at].text.empty(); ++at) {
      if (at == most) return false;
      const Tokens tokens = answer_tokens(lines_[at].text.substr(0, kLongestHead));
      if (refuses_somewhere(tokens) || said_in(tokens) != Said::other) return false;
      for (const std::string& token : tokens) outside |= std::ranges::find(kOutside, token) != kOutside.end();
    }
    return outside;
  }

  /// Takes the greeting from the beginning of the line.
  bool greets(OwnLine& line, std::size_t at) const {
    constexpr std::size_t kMostNames = 8;
    const std::size_t end = end_of_part(line.text);
    const std::string_view part = line.text.substr(0, end);
    const Tokens tokens = answer_tokens(part);
    const std::size_t greeting = begins_with(tokens, kGreetings);
    bool found = greeting != 0 && are_names(tokens, greeting, kMostNames);
    // `TLD-OPS team,` on a line of its own; in Japanese, a name with its title.
    const bool whole = end == line.text.size();
    if (!found && whole && part.ends_with(','))
      found = begins_large(part) && are_names(tokens, 0, 4) && at + 1 < lines_.size();
    for (const std::string_view title : {"様", "御中", "殿", "各位"}) found |= whole && part.ends_with(title);
    if (found) line.text = trim_seen(line.text.substr(end));
    return found;
  }

 private:
  std::vector<OwnLine>& lines_;
};

}  // namespace

std::size_t skip_head(std::vector<OwnLine>& lines) {
  HeadSkipper skipper(lines);
  std::size_t at = 0;
  for (std::size_t step = 0; step < kMostHeadSteps && at < lines.size() && skipper.skip(at); ++step) {
  }
  return at;
}

bool is_ticket_mark(std::string_view line) {
  constexpr std::size_t kLongest = 200;
  static constexpr auto kVerbs =
      std::to_array<std::string_view>({"reply", "respond", "type", "write", "answer", "enter", "antwort",
                                       "antworten", "repondre", "responder", "responda", "rispondere"});
  const std::string folded = fold_letters(line.substr(0, kLongest));
  if (!line.starts_with("##-") && folded.find("above this line") == std::string::npos) return false;
  const Tokens tokens = answer_tokens(line.substr(0, kLongest));
  const bool told = std::ranges::any_of(
      tokens, [](const std::string& token) { return std::ranges::find(kVerbs, token) != kVerbs.end(); });
  return told && line.size() <= kLongest && !says_no_somewhere(tokens);
}

bool are_names(const Tokens& tokens, std::size_t from, std::size_t most) {
  return tokens.size() <= from + most &&
         std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end(), is_answer_word);
}

bool begins_large(std::string_view line) {
  std::size_t pos = 0;
  const char32_t code = line.empty() ? U' ' : next_code_point(line, pos);
  return (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE) ||
         (code >= 0x100 && code < 0x180 && code % 2 == 0) || (code >= 0x386 && code <= 0x3AB) ||
         (code >= 0x400 && code <= 0x42F);
}

}  // namespace ccgate
