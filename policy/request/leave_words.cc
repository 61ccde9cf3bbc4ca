#include "policy/request/leave_words.h"

#include <algorithm>
#include <array>

#include "policy/request/phrases.h"

namespace ccgate {
namespace {

// Each group in the order of the labels: English, German, French, Spanish, Portuguese, Italian, Dutch,
// Polish, Russian, Japanese, Chinese, Korean, Arabic, Nordic, Czech, Turkish, Greek, Hungarian. No phrase,
// and no row of them, can ask to let somebody in: no `on`, `to the list`, `instead`, no names.
// clang-format off
constexpr auto kLeaves = std::to_array<std::string_view>({
    "unsubscribe", "unsubscribed", "unsubscribing", "unsubscription", "leave", "leaving", "remove", "removed",
    "removal", "delete", "deleted", "take me off", "take us off", "take my address off", "take my name off", "sign off", "signoff",
    "sign me off", "opt out", "opt me out", "cancel my subscription", "cancel our subscription",
    "cancel my membership", "end my subscription", "end my membership", "terminate my subscription", "drop me",
    "no longer wish to receive", "no longer want to receive", "no longer wish to be subscribed",
    "no longer want to be subscribed", "no longer want to be a member", "no longer wish to be a member",
    "do not want to receive", "do not wish to receive", "don t want to receive", "don t wish to receive",
    "stop sending me", "stop sending us",
    "abmelden", "abmeldung", "melden sie mich ab", "melde mich ab", "melden sie uns ab", "meldet mich ab",
    "abbestellen", "abbestellung", "austragen", "austragung", "tragen sie mich aus", "tragt mich aus", "austreten",
    "austritt", "entfernen", "entfernung", "entfernen sie mich", "entfernen sie uns", "loschen",
    "loschen sie mich", "nehmen sie mich von", "verlassen", "nicht mehr erhalten", "keine mails mehr",
    "desabonner", "desabonnez moi", "desabonnement", "me desabonner", "desinscrire", "desinscrivez moi",
    "me desinscrire", "desinscription", "desinscrivez nous", "retirer", "retirez moi", "retirez nous", "supprimer",
    "supprimez moi", "quitter", "resilier", "resiliation", "ne plus recevoir", "ne souhaite plus recevoir",
    "ne souhaitons plus recevoir", "enlever", "enlevez moi",
    "darme de baja", "dar de baja", "dame de baja", "denme de baja", "darnos de baja", "baja", "eliminar",
    "eliminarme", "eliminenme", "eliminame", "borrar", "borrarme", "borrenme", "quitar", "quitarme", "quitenme",
    "retirarme", "desuscribir", "desuscribirme", "desuscribirse", "cancelar mi suscripcion",
    "no deseo recibir mas", "no quiero recibir mas", "salir", "abandonar",
    "cancelar", "cancelar a minha inscricao", "cancelar minha inscricao", "cancelamento", "remover", "remova me",
    "remover me", "remocao", "removam me", "descadastrar", "descadastrem me", "sair", "excluir", "excluam me",
    "retirem me", "nao desejo receber mais", "nao quero receber mais", "anular a subscricao", "desinscrever",
    "cancellare", "cancellarmi", "cancellatemi", "cancellateci", "cancellami", "cancellazione", "rimuovere",
    "rimuovetemi", "rimuovermi", "rimozione", "disiscrivere", "disiscrivermi", "disiscrizione",
    "disiscrivetemi", "toglietemi", "eliminatemi", "lasciare", "abbandonare", "non desidero piu ricevere",
    "non voglio piu ricevere",
    "afmelden", "afmelding", "meld mij af", "meld me af", "uitschrijven", "uitschrijving", "schrijf mij uit",
    "schrijf me uit", "verwijderen", "verwijder mij", "verwijder me", "verwijder", "opzeggen", "opzegging",
    "verlaten", "niet meer ontvangen", "afmeld",
    "wypisz", "wypisz mnie", "wypisac", "wypiszcie", "wypiszcie mnie", "wypisanie", "usun", "usunac", "usun mnie",
    "usuncie", "usuncie mnie", "usuniecie", "wyrejestruj", "wyrejestrowac", "zrezygnowac", "rezygnuje",
    "rezygnacja", "opuscic", "nie chce otrzymywac",
    "отписаться", "отписать", "отпишите", "отписка", "удалить", "удалите", "удаление", "исключить", "исключите",
    "исключение", "уберите", "убрать", "покинуть", "выити", "выйти", "больше не хочу получать",
    "отменить подписку", "отказаться от рассылки", "отказ от рассылки",
    "退会", "退会します", "退会希望", "脱退", "配信停止", "購読解除", "登録解除", "登録削除", "削除",
    "配信を停止", "購読を解除", "登録を解除", "登録を削除", "解約", "配信解除",
    "退订", "退訂", "取消订阅", "取消訂閱", "退出", "删除", "刪除", "移除", "取消", "注销",
    "구독 취소", "구독취소", "수신 거부", "수신거부", "탈퇴", "해지", "삭제", "구독 해지", "구독해지", "제거",
    "إلغاء الاشتراك", "الغاء الاشتراك", "إلغاء اشتراكي", "الغاء اشتراكي", "إزالة", "ازالة", "إزالتي", "حذف",
    "حذفي", "مغادرة", "إلغاء العضوية",
    "avsluta", "avregistrera", "avregistrering", "avanmal", "avanmala", "avanmalan", "ta bort", "ta bort mig",
    "lamna", "saga upp prenumerationen", "saga upp", "stryk mig", "afmeld", "afmelde", "afmelding", "fjern",
    "fjern mig", "fjern meg", "fjerne", "forlade", "forlate", "slet mig", "slett meg", "slette", "framelde",
    "frameld", "avmelding", "meld meg av", "meld meg ut", "melde meg ut", "meld mig ud", "melde mig ud",
    "utmelding", "udmelding", "utmeldelse",
    "poista", "poistakaa", "poistakaa minut", "poista minut", "poistaminen", "poistoa", "eroan", "erota",
    "eroaminen", "peru tilaus", "perukaa tilaukseni", "peruuta tilaus", "lopeta tilaus", "en halua enaa",
    "odhlasit", "odhlaste", "odhlaste me", "odhlaseni", "odhlas", "odstranit", "odstrante", "odstrante me",
    "odstraneni", "vymazat", "vymazte", "vymazte me", "vyradit", "vyradte", "vyradte me", "opustit", "zrusit odber",
    "zrusit clenstvi", "zrusit",
    "ayrilmak", "ayriliyorum", "cik", "cikmak", "cikar", "cikarin", "cikariniz", "beni cikarin",
    "listeden cikarin", "sil", "silin", "siliniz", "uyeligimi iptal", "aboneligimi iptal", "iptal",
    "abonelikten cik", "abonelikten cikmak",
    "διαγραφη", "διαγραψτε", "διαγραψτε με", "αφαιρεση", "αφαιρεστε", "αφαιρεστε με", "απεγγραφη",
    "απεγγραφω", "αποχωρω", "αποχωρηση", "να διαγραφω",
    "leiratkozas", "leiratkozom", "leiratkozni", "toroljenek", "torol", "torles", "torlest", "tavolitsanak el",
    "vegyenek le", "vegyen le", "kilepes", "kilepni",
});

constexpr auto kClosing = std::to_array<std::string_view>({
    "thanks", "thank you", "many thanks", "thank you very much", "thanks a lot", "thank you in advance",
    "thanks in advance", "thx", "regards", "best regards", "kind regards", "with kind regards", "with best regards",
    "warm regards", "best", "best wishes", "yours sincerely", "sincerely", "yours faithfully", "yours", "cheers",
    "br", "rgds", "bye", "goodbye", "good bye", "farewell",
    "danke", "vielen dank", "danke schon", "besten dank", "herzlichen dank", "mfg", "mit freundlichen grusen",
    "mit freundlichen grussen", "mit freundlichem gruss", "freundliche grusse", "freundliche gruse",
    "mit besten grussen", "mit besten grusen", "viele grusse", "viele gruse", "beste grusse", "beste gruse",
    "gruss", "grus", "grusse", "lg", "tschuss", "danke im voraus",
    "merci", "merci d avance", "merci beaucoup", "cordialement", "bien cordialement", "salutations",
    "meilleures salutations", "cdlt", "bien a vous", "sinceres salutations", "au revoir", "avec mes remerciements",
    "gracias", "muchas gracias", "saludos", "un saludo", "saludos cordiales", "cordialmente", "atentamente",
    "adios", "gracias de antemano",
    "obrigado", "obrigada", "muito obrigado", "muito obrigada", "atenciosamente", "cumprimentos",
    "melhores cumprimentos", "com os melhores cumprimentos", "abracos", "saudacoes", "adeus", "desde ja obrigado",
    "grazie", "molte grazie", "grazie mille", "saluti", "cordiali saluti", "distinti saluti",
    "grazie in anticipo", "arrivederci",
    "bedankt", "dank u", "dank u wel", "dank je wel", "alvast bedankt", "met vriendelijke groet",
    "met vriendelijke groeten", "groeten", "groet", "hoogachtend", "vriendelijke groeten",
    "dziekuje", "dziekujemy", "z gory dziekuje", "pozdrawiam", "pozdrawiamy", "z powazaniem", "pozdrowienia",
    "спасибо", "большое спасибо", "благодарю", "заранее спасибо", "с уважением", "всего доброго",
    "до свидания",
    "ありがとうございます", "ありがとうございました", "よろしくお願いします", "よろしくお願いいたします",
    "宜しくお願いします", "宜しくお願い致します", "よろしくお願い致します", "敬具", "お世話になりました", "以上",
    "谢谢", "謝謝", "多谢", "此致", "敬礼", "敬禮", "再见", "再見", "祝好", "感谢",
    "감사합니다", "고맙습니다", "안녕히 계세요", "수고하세요",
    "شكرا", "شكرا لكم", "شكرا جزيلا", "مع التحية", "تحياتي", "مع أطيب التحيات", "مع السلامة",
    "tack", "tack pa forhand", "tack sa mycket", "med vanlig halsning", "med vanliga halsningar", "mvh",
    "vanliga halsningar", "halsningar", "tak", "mange tak", "pa forhand tak", "med venlig hilsen",
    "venlig hilsen", "takk", "mange takk", "pa forhand takk", "med vennlig hilsen", "vennlig hilsen", "hilsen",
    "kiitos", "kiitos etukateen", "terveisin", "ystavallisin terveisin", "yst terv",
    "dekuji", "dekujeme", "predem dekuji", "s pozdravem", "diky", "s uctou",
    "tesekkurler", "tesekkur ederim", "tesekkur ederiz", "saygilarimla", "saygilarimizla", "iyi calismalar",
    "ευχαριστω", "ευχαριστουμε", "σας ευχαριστω", "με εκτιμηση", "φιλικα", "χαιρετισμους",
    "koszonom", "koszonjuk", "koszonettel", "elore is koszonom", "udvozlettel", "tisztelettel",
});

constexpr auto kFillers = std::to_array<std::string_view>({
    "please", "pls", "kindly", "hello", "hi", "dear", "all", "team", "owner", "owners", "admin", "admins",
    "administrator", "administrators", "moderator", "moderators", "secretariat", "sir", "madam", "sirs",
    "good morning", "good afternoon", "good day", "colleagues", "friends", "i", "we", "i want to", "we want to",
    "i would like to", "we would like to", "i d like to", "i wish to", "we wish to", "i want to be",
    "i would like to be", "we would like to be", "we want to be", "i am", "we are", "want to", "wish to", "could you",
    "can you", "would you", "from", "of", "the", "this", "that", "your", "my", "our", "me", "us", "mailing", "list",
    "lists", "mailinglist", "e-mail", "email", "mail", "mails", "emails", "messages", "posts", "address",
    "addresses", "any more", "anymore", "any longer", "now", "today", "immediately", "with immediate effect",
    "as of today", "at once", "as soon as possible", "asap", "and", "for your help", "a lot", "very much",
    "in advance", "request", "my name", "i retire", "i am retiring", "with regret",
    "bitte", "hallo", "guten tag", "sehr geehrte", "damen und herren", "liebe", "liste", "mich", "uns", "meine",
    "meinen", "von", "aus", "der", "die", "das", "den", "dieser", "ihrer", "eurer", "mailingliste", "verteiler",
    "ich", "wir", "ich mochte", "wir mochten", "mochte", "mochten", "hiermit", "adresse", "e-mail-adresse", "vom",
    "sofort", "ab sofort", "und", "sie", "konnen sie",
    "s il vous plait", "svp", "veuillez", "bonjour", "madame", "monsieur", "je souhaite", "nous souhaitons",
    "je voudrais", "nous voudrions", "je desire", "moi", "nous", "me", "de", "la", "le", "cette", "ce", "votre",
    "liste", "liste de diffusion", "diffusion", "mon", "notre", "mon adresse", "et", "de la liste", "pouvez vous",
    "pourriez vous", "je", "merci de", "courriel",
    "por favor", "hola", "buenos dias", "buenas tardes", "estimados", "estimado", "senores", "quiero", "queremos",
    "quisiera", "deseo", "deseamos", "solicito", "solicitamos", "mi", "nuestra", "mi direccion", "direccion", "lista",
    "lista de correo", "correo", "correos", "esta", "su", "del", "en la lista", "y", "ruego",
    "ola", "bom dia", "boa tarde", "prezados", "gostaria de", "gostariamos de", "desejo", "minha", "meu", "endereco",
    "da", "do", "desta", "lista de discussao", "da lista", "e", "me", "eu",
    "per favore", "buongiorno", "salve", "gentili", "vorrei", "vorremmo", "desidero", "dalla", "dalla lista", "lista",
    "mailing list", "vostra", "questa", "il mio indirizzo", "indirizzo", "mio", "si prega di", "mi", "prego",
    "alstublieft", "aub", "graag", "goedendag", "geachte", "beste", "heer", "mevrouw", "ik wil", "wij willen",
    "ik wil graag", "mij", "ons", "van", "uit", "de", "deze", "uw", "lijst", "mailinglijst", "verzendlijst", "mijn",
    "adres", "e-mailadres", "willen", "mijn adres",
    "prosze", "prosimy", "prosze o", "dzien dobry", "szanowni", "panstwo", "chce", "chcialbym", "chcialabym", "sie",
    "mnie", "nas", "z", "listy", "liste", "listy mailingowej", "mailingowej", "moj", "adres", "tej", "z listy",
    "пожалуиста", "пожалуйста", "прошу", "просим", "здравствуите", "здравствуйте", "добрыи день", "добрый день",
    "уважаемые", "коллеги", "меня", "нас", "мои", "мой", "адрес", "из", "от", "списка", "рассылки", "списка рассылки",
    "рассылку", "вашего", "этого", "хочу", "хотим", "я", "мы", "вашей", "вашеи",
    "お世話になっております", "を", "お願いします", "お願いいたします", "お願い致します", "を希望します", "希望します",
    "してください", "して下さい", "願います", "リストから", "メーリングリストから", "から", "メーリングリスト",
    "メーリングリストの", "リストの", "の", "私を", "私のアドレスを", "アドレス", "手続き", "手続きを", "したいです",
    "たいです", "こんにちは",
    "请", "請", "您好", "你好", "把我从", "将我从", "將我從", "从", "從", "列表", "列表中", "邮件列表", "邮件列表中",
    "郵件列表", "名单", "名單", "中", "我想", "我", "我们", "我的", "邮箱", "地址", "麻烦", "敬请", "我要", "希望", "此",
    "부탁드립니다", "부탁합니다", "해주세요", "해 주세요", "원합니다", "합니다", "안녕하세요", "저를", "목록에서",
    "리스트에서", "메일링 리스트에서", "메일링리스트에서", "신청합니다", "요청합니다", "하고 싶습니다", "제 주소를", "을",
    "를", "부탁 드립니다",
    "الرجاء", "رجاء", "يرجى", "أرجو", "ارجو", "نرجو", "من فضلك", "من", "القائمة", "من القائمة", "قائمة", "البريدية",
    "القائمة البريدية", "أود", "اود", "أريد", "اريد", "السلام عليكم", "مرحبا", "عنواني", "بريدي", "من قائمتكم",
    "hej", "hei", "vanligen", "var vanlig och", "jag vill", "vi vill", "jag onskar", "mig", "oss", "fran", "listan",
    "e-postlistan", "min", "adress", "er", "venligst", "vennligst", "jeg vil gerne", "vi vil gerne", "jeg vil gjerne",
    "jeg onsker", "meg", "fra", "listen", "e-postlisten", "maillisten", "min adresse", "jeres", "deres", "och", "og",
    "prenumerationen", "jag vill inte langre fa", "ikke",
    "pyydan", "haluan", "minut", "meidat", "listalta", "postituslistalta", "osoitteeni", "ystavallisesti", "hyva",
    "tilaukseni", "kiitos",
    "prosim", "prosime", "dobry den", "vazeni", "me", "nas", "ze", "z", "seznamu", "mailing listu", "konference", "mou",
    "moji", "adresu", "chci", "chceme", "chtel bych", "chtela bych", "se", "odber", "o",
    "lutfen", "merhaba", "sayin", "beni", "bizi", "listeden", "listenizden", "e-posta", "adresimi", "istiyorum",
    "istiyoruz", "ediniz", "edin", "etmek", "posta listesinden",
    "παρακαλω", "παρακαλουμε", "γεια σας", "καλημερα", "με", "μας", "απο", "τη", "την", "τη λιστα", "λιστα", "τη λιστα σας",
    "σας", "θελω", "θελουμε", "θα ηθελα", "να", "τη διευθυνση μου", "μου", "διευθυνση", "ηλεκτρονικη",
    "kerem", "kerjuk", "szeretnek", "szeretnenk", "a", "az", "listarol", "levelezolistarol", "engem", "cimemet",
    "tisztelt", "listagazda",
});
// clang-format on

}  // namespace

LeavePhrases leave_phrases(std::string_view folded) {
  static const Phrases kLeave(kLeaves);
  static const Phrases kClose(kClosing);
  static const Phrases kFill(kFillers);
  LeavePhrases found{true};
  while (!folded.empty()) {
    if (folded.front() == ' ') {
      folded.remove_prefix(1);
      continue;
    }
    const std::size_t leave = kLeave.longest_at(folded);
    const std::size_t closing = kClose.longest_at(folded);
    const std::size_t size = std::max({leave, closing, kFill.longest_at(folded)});
    if (size == 0) return {};
    found.leaves |= leave == size;
    found.closing |= closing == size;
    folded.remove_prefix(size);
  }
  return found;
}

}  // namespace ccgate
