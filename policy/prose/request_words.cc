#include "policy/prose/request_words.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "policy/prose/look_alike.h"
#include "policy/prose/phrases.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

// Languages in the order of the labels: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish,
// Russian, Japanese, Chinese, Korean, Arabic, then Nordic, Czech, Turkish, Greek, Hungarian.
// clang-format off
constexpr auto kJoiningWords = std::to_array<std::string_view>({
    "subscribe", "join", "subscription", "subscribing", "joining", "enrol", "enroll", "register", "add",
    "include", "sign-up", "signup", "membership",
    "anmelden", "anmeldung", "abonnieren", "eintragen", "aufnehmen", "aufnahme", "beitreten", "beitritt",
    "registrieren",
    "abonner", "abonnez", "abonnement", "inscrire", "inscrivez", "inscription", "ajouter", "ajoutez", "rejoindre",
    "adhesion",
    "suscribir", "suscribirse", "suscribirme", "suscribirnos", "suscriba", "suscribame", "suscribanos",
    "suscripcion", "inscribir", "anadir", "agregar", "agregue", "alta", "unirse", "unirme", "unirnos",
    "inscrever", "inscreva", "inscricao", "subscrever", "subscreva", "assinar", "assinatura", "aderir",
    "adicionar", "adicione",
    "iscrivere", "iscriversi", "iscrivimi", "iscrivete", "iscriveteci", "iscrizione", "aggiungere", "aggiungete",
    "sottoscrivere",
    "aanmelden", "aanmelding", "inschrijven", "inschrijving", "abonneren", "toevoegen",
    "zapisz", "zapisac", "zapiszcie", "zapis", "subskrybuj", "subskrypcja", "dolacz", "dolaczyc", "dodaj",
    "dodajcie",
    "подписать", "подписаться", "подпишите", "подписка", "подписку", "добавить", "добавьте", "присоединиться",
    "включите", "включить",
    "登録", "購読", "参加", "加入", "订阅", "訂閱", "注册", "註冊", "添加", "구독", "가입", "등록", "추가",
    "اشتراك", "الاشتراك", "انضمام", "الانضمام", "تسجيل",
    "prenumerera", "prenumeration", "anmal", "anmalan", "tilmeld", "tilmelding", "tilmelde", "pamelding", "tilaa",
    "liity", "liittyminen", "lisatkaa", "prihlasit", "prihlaste", "prihlaska", "pridejte", "abone", "kaydol",
    "kayit", "uyelik", "ekleyin", "εγγραφη", "εγγραφειτε", "προσθεστε", "feliratkozas", "csatlakozas",
});

constexpr auto kPoliteBeginnings = std::to_array<std::string_view>({
    "please", "pls", "kindly", "we would like", "i would like", "we'd like", "i'd like", "we want", "i want",
    "we wish", "i wish", "could you", "can you", "would you", "will you", "may i", "may we", "could we",
    "could i", "can we", "can i", "we request", "i request", "we hereby", "i hereby", "hereby", "we kindly",
    "i kindly", "requesting", "request", "i am writing to", "we are writing to", "let me", "let us", "we ask",
    "i ask", "we apply", "i apply", "applying", "application", "this is to", "this is a request",
    "bitte", "wir mochten", "ich mochte", "wir wurden", "ich wurde", "hiermit", "konnten sie", "konnen sie",
    "konntet ihr", "wir bitten", "ich bitte", "wir wollen", "ich will", "wir beantragen", "ich beantrage",
    "wurden sie",
    "s'il vous plait", "svp", "merci", "veuillez", "je souhaite", "nous souhaitons", "je voudrais",
    "nous voudrions", "nous aimerions", "j'aimerais", "pourriez-vous", "pouvez-vous", "priere de", "je demande",
    "nous demandons", "par la presente", "je desire", "nous desirons", "je vous prie", "nous vous prions",
    "por favor", "quisiera", "quisieramos", "queremos", "quiero", "deseo", "deseamos", "solicito", "solicitamos",
    "nos gustaria", "me gustaria", "podria", "podrian", "ruego", "rogamos", "le ruego", "les ruego", "le rogamos",
    "les rogamos", "por la presente",
    "gostaria", "gostariamos", "queria", "desejo", "desejamos", "poderia", "poderiam", "pedimos", "peco", "venho",
    "vimos por este", "eu gostaria", "nos gostariamos",
    "per favore", "per cortesia", "vorrei", "vorremmo", "desidero", "desideriamo", "potreste", "potrebbe",
    "si prega", "chiedo", "chiediamo", "vi prego", "la prego", "prego", "con la presente", "vi preghiamo",
    "graag", "alstublieft", "aub", "a.u.b.", "wij willen", "ik wil", "we willen", "kunt u", "kunnen jullie",
    "wij verzoeken", "ik verzoek", "hierbij", "gelieve", "zou u", "zouden jullie", "wij zouden graag",
    "ik zou graag",
    "prosze", "prosimy", "chcialbym", "chcialabym", "chcielibysmy", "chce", "chcemy", "czy mozna", "niniejszym",
    "uprzejmie",
    "пожалуиста", "пожалуйста", "прошу", "просим", "просьба", "хотим", "хочу", "хотелось бы", "мы хотели бы",
    "я хотел бы", "я хотела бы", "мы хотим", "я хочу", "не могли бы", "настоящим",
    "请", "請", "我们想", "我們想", "我想", "我们希望", "我們希望", "希望", "麻烦", "麻煩", "烦请", "申请", "申請",
    "敬请", "敬請", "我们申请",
    "الرجاء", "رجاء", "يرجى", "نرجو", "أرجو", "ارجو", "نود", "أود", "اود", "نريد", "أريد", "اريد", "من فضلك",
    "نطلب", "أطلب", "اطلب",
    "var vanlig", "vanligen", "jag vill", "vi vill", "jag skulle vilja", "vi skulle vilja", "kan ni", "harmed",
    "snalla", "venligst", "vi vil gerne", "jeg vil gerne", "vi onsker", "jeg onsker", "kan i", "vennligst",
    "var sa snill", "hermed", "vi vil gjerne", "jeg vil gjerne", "pyydan", "pyydamme", "haluan", "haluamme",
    "haluaisin", "haluaisimme", "voisitteko", "olkaa hyva", "toivomme",
    "prosim", "prosime", "rad bych", "rada bych", "radi bychom", "chci", "chteli bychom", "chtel bych", "zadam",
    "zadame", "mohli byste", "timto", "lutfen", "rica", "istiyoruz", "istiyorum",
    "παρακαλω", "παρακαλουμε", "θα θελαμε", "θα ηθελα", "επιθυμουμε", "επιθυμω", "μπορειτε", "kerem", "kerjuk",
    "szeretnem", "szeretnenk",
});

// Favours asked at the end: Japanese, Korean, Turkish.
constexpr auto kPoliteEnds = std::to_array<std::string_view>({
    "お願い", "ください", "下さい", "希望します", "したい", "頂きたい", "いただきたい", "いただけ", "주세요",
    "부탁", "바랍니다", "싶습니다", "주십시오", "rica ederiz", "rica ederim", "istiyoruz", "istiyorum",
});

constexpr auto kRequestGreetings = std::to_array<std::string_view>({
    "hello", "hi", "hey", "dear", "good", "greetings", "to whom it may concern", "hallo", "guten", "sehr geehrte",
    "sehr geehrter", "liebe", "lieber", "moin", "servus", "gruezi", "bonjour", "bonsoir", "madame", "monsieur",
    "chers", "cher", "chere", "hola", "buenos", "buenas", "estimado", "estimada", "estimados", "estimadas", "ola",
    "bom dia", "boa tarde", "boa noite", "prezado", "prezada", "prezados", "prezadas", "caro", "caros", "cara",
    "caras", "ciao", "buongiorno", "buonasera", "gentile", "gentili", "egregio", "egregi", "spettabile", "salve",
    "beste", "geachte", "goedendag", "goedemorgen", "goedemiddag", "dag", "dzien dobry", "szanowni", "szanowny",
    "witam", "czesc", "здравствуите", "здравствуйте", "добрыи", "добрый", "уважаемые", "уважаемыи", "уважаемый",
    "привет", "お世話", "こんにちは", "拝啓", "您好", "你好", "大家好", "尊敬的", "안녕하세요", "السلام", "مرحبا",
    "السادة", "تحية", "hej", "hei", "god", "basta", "kara", "kare", "kjare", "hyva", "dobry den", "vazeni",
    "vazeny", "merhaba", "sayin", "selam", "γεια", "αγαπητοι", "καλημερα", "tisztelt", "kedves",
});

// Beginnings of words, looked for anywhere.
constexpr auto kWishes = std::to_array<std::string_view>({
    "join", "add ", "add:", "adding", "added", "addition", "include", "inclusion", "enrol", "sign up", "sign-up",
    "signup", "sign him up", "sign her up", "register", "new member", "new contact", "replac", "substitut",
    "instead", "successor", "succeed", "swap", "switch to", "change to", "takes over", "take over", "taking over",
    "took over", "in my place", "my place", "my seat", "put ", "let him", "let her", "admit", "appoint", "invite",
    "on board", "onboard", "behalf", "hand over", "handover", "transfer", "updat", "become", "wish to receive",
    "membership for", "my role", "give ", "gets ", "new address", "moved to", "belongs",
    "abonn", "inscri", "iscri", "anmeld", "beitr", "beitret", "aufn", "aufzun", "nehmen sie", "hinzuf", "eintrag",
    "einzutrag", "ersetz", "statt", "stattdessen", "nachfolg", "anstelle", "tausch", "wechs", "ubernimmt",
    "ubernehm", "setzen sie", "meinen platz", "dafur",
    "ajout", "adher", "rejoin", "remplac", "successeur", "a ma place", "echang", "prend la suite", "mettez",
    "mettre", "integr",
    "alta", "anad", "agreg", "unirs", "suscri", "incluy", "incluir", "reempla", "sustitu", "suceso", "sucesor",
    "en mi lugar", "en lugar", "cambi", "pongan", "ponga ", "registr",
    "subscrev", "adicion", "inclu", "substitu", "sucess", "em meu lugar", "no meu lugar", "troc", "coloqu",
    "acrescent",
    "aggiung", "aderi", "inser", "sostitu", "successore", "al mio posto", "al posto", "scambi", "mettete",
    "aanmeld", "toevoeg", "voeg ", "vervang", "opvolg", "in mijn plaats", "plaats van", "wissel", "inschrijv",
    "opnemen", "zet ",
    "zapis", "dodaj", "dodac", "dolacz", "wpis", "zastap", "zastep", "nastepc", "zamiast", "na moje miejsce",
    "zamien", "wlacz",
    "подпис", "подпиш", "добав", "включ", "присоед", "участн", "замен", "вместо", "преемник", "на мое место",
    "внес", "впиш", "запиш", "зарегистр", "обменя",
    "参加", "登録", "追加", "購読", "加入", "入れ", "加え", "後任", "代わり", "交代", "替わり", "変更", "添加",
    "订阅", "訂閱", "注册", "註冊", "代替", "替换", "替換", "接替", "接任", "继任", "繼任", "换成", "換成", "改为",
    "改為", "列入", "가입", "구독", "추가", "등록", "대신", "후임", "교체", "변경", "넣어", "올려",
    "اشتراك", "اشترك", "انضم", "انضمام", "اضاف", "إضاف", "أضف", "اضف", "بدل", "مكان", "خليفت", "استبد", "تسجيل",
    "سجل", "ضع ", "ضموا", "ضمّ",
    "prenumer", "lagg till", "tillagg", "ersatt", "eftertrad", "i stallet", "istallet", "min plats", "byt ",
    "skriv in", "lagg in", "tilfoj", "tilføj", "legg til", "leg til", "erstatt", "efterfolg", "etterfolg",
    "i stedet", "min plass", "min plads", "bytt", "meld inn", "tilmeld", "pamelding", "meld ", "optag",
    "lisa", "liit", "laitta", "laitat", "ilmo", "tilal", "korva", "seuraaja", "sijaan", "sijasta", "vaihda",
    "vaihta", "paikalleni", "tilaa",
    "prihlas", "pridej", "pridat", "zarad", "zapsat", "zapist", "nahrad", "nahraz", "nastupc", "misto me",
    "namisto", "vymen", "zamen",
    "ekle", "kaydet", "kaydol", "kayded", "yerime", "yerine", "halef", "degistir", "uye yap", "uyelik", "abone",
    "εγγραφ", "εγγραψ", "προσθ", "προσθεσ", "αντικατ", "αντι ", "διαδοχ", "στη θεση", "στην θεση", "αλλαξ",
    "βαλτε",
    "vegy", "felv", "helyett", "helyem", "utod", "csere", "csatlak", "hozzaad", "iratk", "feliratk",
});

// The codes that are delegated, or were, or are reserved for ISO 3166, and read as a word, an abbreviation or a
// unit in a language that requests are written in; and other words of two letters, which are no ccTLDs.
constexpr auto kCommonWords = std::to_array<std::string_view>({
    "ad", "ag", "ai", "al", "am", "an", "ao", "ar", "as", "at", "au", "aw", "az", "ba", "be", "bo", "br", "bu",
    "by", "ca", "cc", "cd", "ce", "ci", "cm", "co", "cu", "cv", "da", "de", "di", "dj", "do", "eg", "eh", "er",
    "es", "et", "eu", "fm", "fo", "ga", "ge", "ha", "he", "hi", "hm", "ho", "hr", "id", "ie",
    "il", "im", "in", "io", "iq", "ir", "is", "it", "je", "jo", "kg", "ki", "km", "la", "lb", "li", "lo", "lt",
    "ma", "mc", "md", "me", "mg", "ml", "mm", "mo", "mr", "ms", "mu", "my", "na", "ne", "ni", "no", "nr",
    "nu", "om", "pa", "pe", "pm", "pr", "ps", "sa", "se", "sg", "si", "sl", "so", "sr", "st",
    "su", "sv", "ta", "te", "tm", "to", "tv", "um", "us", "uz", "va", "ve", "vi", "vs", "vu", "ya", "ye", "yu",
    "za",
    "ah", "du", "ed", "el", "en", "go", "if", "ik", "ip", "ja", "le", "mi", "ob", "of", "oh", "ok", "on", "op",
    "or", "os", "ou", "pc", "po", "ti", "ui", "un", "up", "vo", "wa", "we", "wo", "yo", "ze", "zo", "zu",
});
// clang-format on

template <std::size_t n>
bool holds_any(const std::array<std::string_view, n>& phrases, std::string_view text) noexcept {
  return std::ranges::any_of(
      phrases, [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}

}  // namespace

bool is_joining_word(std::string_view folded) {
  static const std::unordered_set<std::string_view> kWords(kJoiningWords.begin(), kJoiningWords.end());
  return kWords.contains(folded);
}

bool begins_politely(std::string_view folded) {
  static const Phrases kBeginnings(kPoliteBeginnings);
  return kBeginnings.begins(folded) || holds_any(kPoliteEnds, folded);
}

bool begins_with_greeting(std::string_view folded) {
  static const Phrases kPhrases(kRequestGreetings);
  return kPhrases.begins(folded);
}

bool could_wish_to_join(std::string_view folded) noexcept {
  for (auto at = folded.find("subscri"); at != std::string_view::npos; at = folded.find("subscri", at + 1)) {
    if (at < 2 || folded.substr(at - 2, 2) != "un") return true;
  }
  return holds_any(kWishes, folded);
}

bool could_look_like_a_wish(std::string_view text) {
  return could_wish_to_join(fold_letters(text)) || could_wish_to_join(look_alikes_as_ascii(text));
}

bool is_common_word(std::string_view folded) noexcept {
  return std::ranges::find(kCommonWords, folded) != kCommonWords.end();
}

}  // namespace ccgate
