#include "policy/answer/answer_sign_off.h"

#include <algorithm>
#include <array>

#include "policy/answer/answer_head.h"
#include "policy/answer/answer_sentence.h"
#include "policy/answer/answer_tokens.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostSignatureWords = 30;

using SeenTokens = std::vector<std::string>;

constexpr std::string_view kClosings =
    "regards greetings cheers sincerely faithfully best wishes truly gruß grüße grüßen grüsse grüssen mfg lg "
    "vg "
    "hochachtungsvoll cordialement salutations bien sincèrement saludo saludos atentamente cordialmente "
    "cumprimentos atenciosamente abraço saluti cordialità groet groeten mvg mvh pozdrawiam pozdrawieniami "
    "poważaniem pozdravem pozdravom hälsning hälsningar vänligen hilsen terveisin terveiset üdvözlettel "
    "tisztelettel saygılarımla saygılar selamlar εκτίμηση χαιρετισμούς уважением повагою التحية בברכה";
constexpr std::string_view kDoubts =
    "maybe perhaps possibly probably later wait hold pending phishing spam scam fraud fraudulent fake hoax "
    "suspicious condition conditionally provided if unless until only except edit correction wrong mistake "
    "typo instead meanwhile undecided unsure "
    "vielleicht später warten warte betrug falls wenn nur bedingung irrtum korrektur eventuell "
    "peut attendez arnaque hameçonnage seulement condition quizás quizá luego espere estafa solo fraude "
    "talvez "
    "depois espere golpe forse aspetta truffa misschien wacht alleen oplichting może później oszustwo možná "
    "podvod kanske senare måske senere ehkä myöhemmin talán később belki sonra ίσως αργότερα возможно позже "
    "мошенничество можливо пізніше";
constexpr std::string_view kJoining =
    "of the and for to at in de des du der die das von van für und et la le les el y e di "
    "da do dos del della den och og ja i a an to zu im bei";
constexpr std::string_view kConfidential =
    "confidential confidentiality privileged vertraulich vertrauliche confidentiel confidentielle "
    "confidentiels "
    "confidencial confidenciales confidenciais riservato riservate riservata vertrouwelijk poufne poufna "
    "důvěrné "
    "disclaimer intended";
constexpr std::string_view kMails =
    "mail email message communication nachricht courriel message mensaje correo mensagem messaggio bericht "
    "wiadomość zpráva transmission information";
constexpr auto kOpenVerbs = std::to_array<std::string_view>(
    {"confirm",  "approv",  "accept",  "bestatig",  "genehmig",  "akzeptier", "conferm", "aprob",
     "aprov",    "acept",   "aceit",   "approuv",   "potwierdz", "potvrd",    "potvrz",  "bekraft",
     "bekræft",  "bekreft", "vahvist", "megerosit", "onayl",     "bevestig",  "подтвер", "підтвер",
     "επιβεβαι", "kinnita", "authori", "autori",    "allow",     "agree",     "support"});
constexpr std::string_view kOpenWords =
    "the this a an of for to with der die das den dem des ein eine einen für le la les "
    "l de du des un une el los las o os as il lo gli i het een den det";

template <const std::string_view& Table>
bool is_one_of(const std::string& token) {
  static const SeenTokens kWords = answer_tokens(Table);
  return std::ranges::find(kWords, token) != kWords.end();
}

template <const std::string_view& Table>
bool any_is_one_of(const SeenTokens& tokens) {
  return std::ranges::any_of(tokens, is_one_of<Table>);
}

}  // namespace

std::size_t name_words(std::string_view text) {
  const auto words = split_words(text);
  if (words.size() > kMostSignatureWords) return 0;
  const SeenTokens tokens = answer_tokens(text);
  std::size_t names = 0;
  for (std::string_view word : words) {
    while (!word.empty() && is_ascii(word.front()) && !is_letter_or_digit(word.front()) &&
           word.front() != '+')
      word.remove_prefix(1);
    const SeenTokens here = answer_tokens(word);
    if (here.empty()) continue;
    const bool contact = word.find('@') != std::string_view::npos || word.front() == '+' ||
                         is_digit(word.front()) || word.starts_with("http") || word.starts_with("www.");
    if (contact || (names != 0 && is_one_of<kJoining>(here.front()))) continue;
    if (!begins_large(word) || is_answer_word(here.front())) return 0;
    ++names;
  }
  return says_no_somewhere(tokens) || doubts(tokens) ? 0 : names;
}

bool closes(const SeenTokens& tokens) {
  constexpr std::size_t kLongest = 5;
  bool closing = false;
  for (std::size_t length = 1; length <= std::min(kLongest, tokens.size()); ++length) {
    closing = closing || is_one_of<kClosings>(tokens[length - 1]);
    if (closing &&
        said_in({tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(length)}) == Said::nothing)
      return true;
  }
  return false;
}

bool doubts(const SeenTokens& tokens) {
  return any_is_one_of<kDoubts>(tokens);
}

bool is_disclaimer(const SeenTokens& tokens) {
  if (tokens.size() > 2 && tokens[0] == "get" && tokens[1] == "outlook" && tokens[2] == "for") return true;
  return tokens.size() > 3 && any_is_one_of<kConfidential>(tokens) && any_is_one_of<kMails>(tokens);
}

bool is_open(const SeenTokens& tokens) {
  if (tokens.empty()) return false;
  const std::string& last = tokens.back();
  if (is_one_of<kOpenWords>(last)) return true;
  const bool done = last.ends_with("ed") || last.ends_with("igt");
  return !done &&
         std::ranges::any_of(kOpenVerbs, [&](std::string_view verb) { return last.starts_with(verb); });
}

}  // namespace ccgate
