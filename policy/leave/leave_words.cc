#include "policy/leave/leave_words.h"

#include <algorithm>
#include <array>

#include "policy/prose/phrases.h"

namespace ccgate {
namespace {

// Each group in the order of the labels: English, German, French, Spanish, Portuguese, Italian, Dutch,
// Polish, Russian, Japanese, Chinese, Korean, Arabic, Nordic, Czech, Turkish, Greek, Hungarian. As
// `fold_letters` leaves them, hyphens as blanks.
// clang-format off

// They ask by themselves, and nothing that stands around them turns that round.
constexpr auto kWishesToLeave = std::to_array<std::string_view>({
    "unsubscribe me", "unsubscribe us", "remove me", "remove us", "remove myself", "delete me", "delete us",
    "take me off", "take us off", "take my address off", "take my name off", "take my e mail off",
    "take my email off", "take my e mail address off", "take my email address off", "sign me off",
    "sign us off", "opt me out", "opt us out",
    "cancel my subscription", "cancel our subscription", "cancel my membership", "cancel our membership",
    "cancel subscription", "cancel membership", "end my subscription", "end my membership",
    "end our subscription", "terminate my subscription", "terminate my membership", "stop my subscription",
    "discontinue my subscription", "drop me", "drop us",
    "to be removed", "to be unsubscribed", "to be deleted", "to be taken off", "no longer wish to receive",
    "no longer want to receive", "no longer wish to get", "no longer want to get",
    "no longer wish to be subscribed", "no longer want to be subscribed", "no longer want to be a member",
    "no longer wish to be a member", "no longer wish to be on", "no longer want to be on",
    "no longer wish to be part", "no longer want to be part", "no longer wish to participate",
    "do not want to receive", "do not wish to receive", "don t want to receive", "don t wish to receive",
    "do not want to be on", "don t want to be on", "do not wish to be on",
    "stop sending me", "stop sending us", "stop mailing me", "stop emailing me", "be removed",
    "be unsubscribed", "be deleted", "be taken off", "get off", "am leaving", "are leaving", "have me removed",
    "get me off", "have my address removed", "stop receiving",
    "melden sie mich ab", "melde mich ab", "melden wir uns ab", "melden sie uns ab", "meldet mich ab",
    "meldet uns ab", "tragen sie mich aus", "tragen sie uns aus", "tragt mich aus", "trage mich aus",
    "entfernen sie mich", "entfernen sie uns", "entfernt mich", "loschen sie mich", "loschen sie uns",
    "loscht mich", "nehmen sie mich von", "nehmen sie uns von", "nehmt mich von", "nehmen sie mich aus",
    "nehmen sie uns aus", "nehmt mich aus", "nehmen sie mich bitte von", "nehmen sie mich bitte aus",
    "streichen sie mich", "streichen sie uns", "streicht mich", "nicht mehr erhalten", "nicht mehr bekommen",
    "keine mails mehr", "keine e mails mehr", "keine mails mehr erhalten", "keine e mails mehr erhalten",
    "kundige mein abonnement", "kundigen sie mein abonnement", "mochte austreten",
    "entferne mich", "losche mich", "mein abonnement kundigen", "bestelle ich ab", "bestelle ab", "trete aus",
    "desabonnez moi", "desabonnez nous", "me desabonner", "nous desabonner", "me desinscrire",
    "nous desinscrire", "desinscrivez moi", "desinscrivez nous", "me desinscris", "retirez moi", "retirez nous",
    "me retirer", "nous retirer", "supprimez moi", "supprimez nous", "me supprimer", "nous supprimer",
    "m enlever", "enlevez moi", "enlevez nous", "me rayer", "rayez moi", "m oter", "otez moi",
    "ne plus recevoir", "ne souhaite plus recevoir", "ne souhaitons plus recevoir", "ne veux plus recevoir",
    "ne souhaite plus faire partie", "annuler mon abonnement", "annuler mon inscription",
    "annulez mon abonnement", "annulez mon inscription", "resilier mon abonnement", "resilier mon inscription",
    "resiliez mon abonnement", "mettre fin a mon abonnement", "supprimer mon abonnement",
    "supprimer mon inscription", "etre retire", "etre desinscrit", "etre desabonne", "etre supprime",
    "etre retiree", "etre desinscrite", "etre desabonnee", "me desabonne",
    "darme de baja", "dame de baja", "denme de baja", "deme de baja", "darnos de baja", "dennos de baja",
    "me den de baja", "nos den de baja", "me de de baja", "me doy de baja", "dar de baja mi direccion",
    "dar de baja mi correo", "dar de baja mi suscripcion", "eliminarme", "eliminenme", "eliminame", "elimineme",
    "eliminarnos", "borrarme", "borrenme", "borreme", "borrame", "quitarme", "quitenme", "quiteme", "quitame",
    "retirarme", "retirenme", "desuscribirme", "desuscribanme", "desuscribame", "sacarme", "saquenme",
    "saqueme", "excluirme", "cancelar mi suscripcion", "cancelen mi suscripcion", "cancele mi suscripcion",
    "cancelar mi inscripcion", "anular mi suscripcion", "no deseo recibir mas", "no quiero recibir mas",
    "no deseo recibir", "no deseo seguir recibiendo", "no quiero seguir recibiendo", "ya no deseo recibir",
    "ya no quiero recibir", "ser eliminado", "ser eliminada", "ser dado de baja", "ser dada de baja",
    "cancelar a minha inscricao", "cancelamento da minha inscricao", "cancelamento da inscricao",
    "cancelamento da minha subscricao", "cancelamento da minha assinatura", "cancelar minha inscricao",
    "cancelar a minha subscricao", "cancelar minha assinatura", "cancelar a minha assinatura",
    "cancelem a minha inscricao", "cancelem minha inscricao", "cancele minha inscricao",
    "cancele a minha inscricao", "remova me", "remover me", "removam me", "me remova", "me removam",
    "me remover", "retirem me", "retire me", "me retirem", "me retire", "excluam me", "exclua me", "me excluam",
    "me exclua", "apaguem me", "descadastrem me", "me descadastrar", "me descadastrem", "desinscrever me",
    "me desinscrever", "desinscrevam me", "nao desejo receber mais", "nao quero receber mais",
    "nao desejo mais receber", "nao quero mais receber", "anular a subscricao", "anular a minha subscricao",
    "ser removido", "ser removida", "ser retirado", "ser retirada", "sair da lista",
    "cancellarmi", "cancellatemi", "cancellateci", "cancellarci", "cancellami", "rimuovetemi", "rimuovermi",
    "rimuovimi", "rimuoveteci", "disiscrivermi", "disiscrivetemi", "disiscrivimi", "toglietemi", "togliermi",
    "toglimi", "eliminatemi", "eliminarmi", "depennatemi", "escludetemi", "essere rimosso", "essere rimossa",
    "essere cancellato", "essere cancellata", "essere eliminato", "essere eliminata", "essere disiscritto",
    "essere disiscritta", "non desidero piu ricevere", "non voglio piu ricevere", "non vorrei piu ricevere",
    "annullare la mia iscrizione", "disdire la mia iscrizione", "cancellare la mia iscrizione",
    "cancellare la mia sottoscrizione", "annullate la mia iscrizione",
    "meld mij af", "meld me af", "meld ons af", "me afmelden", "mij afmelden", "ons afmelden",
    "schrijf mij uit", "schrijf me uit", "schrijf ons uit", "me uitschrijven", "mij uitschrijven",
    "verwijder mij", "verwijder me", "verwijder ons", "haal mij van", "haal me van", "haal ons van",
    "haal mij uit", "niet meer ontvangen", "geen mails meer ontvangen", "geen e mails meer ontvangen",
    "mijn abonnement opzeggen", "mijn lidmaatschap opzeggen", "mijn abonnement stopzetten",
    "mijn inschrijving opzeggen", "verwijderd worden", "worden verwijderd", "uitgeschreven worden",
    "wypisz mnie", "wypisac mnie", "wypiszcie mnie", "wypisanie mnie", "wypisac sie", "wypisuje sie",
    "usun mnie", "usunac mnie", "usuncie mnie", "usuniecie mnie", "wyrejestrowac mnie", "wyrejestrujcie mnie",
    "skreslic mnie", "wykreslic mnie", "rezygnuje", "rezygnuje z subskrypcji", "rezygnuje z czlonkostwa",
    "zrezygnowac z subskrypcji", "anulowac moja subskrypcje", "zakonczyc subskrypcje", "nie chce otrzymywac",
    "nie chce juz otrzymywac", "nie chcemy otrzymywac",
    "отпишите меня", "отписать меня", "отпишите нас", "отписаться", "удалите меня", "удалить меня",
    "удалите нас", "исключите меня", "исключить меня", "исключите нас", "уберите меня", "убрать меня",
    "вычеркните меня", "снимите меня", "больше не хочу получать", "не хочу больше получать",
    "не желаю получать", "не желаю больше получать", "отменить мою подписку", "отмените мою подписку",
    "отменить подписку", "прекратить подписку", "прекратите присылать", "отказаться от рассылки",
    "отказаться от подписки", "отказываюсь от рассылки", "отказ от рассылки", "выхожу",
    "退会します", "退会いたします", "退会致します", "退会させてください", "退会させて下さい", "退会させていただきます", "リストから外して", "リストから外し", "リストから除いて",
    "私を削除", "私を外して", "登録を解除して",
    "取消我的订阅", "取消我的訂閱", "取消我的会员", "不想再收到", "不想再接收", "不再接收", "不再订阅", "不要再发", "把我移除", "将我移除", "把我删除", "将我删除",
    "把我除名", "请移除我", "请删除我", "移除我", "删除我", "刪除我",
    "저를 삭제", "저를 제거", "저를 빼", "탈퇴하겠습니다", "탈퇴하고 싶습니다", "구독을 취소하겠습니다", "더 이상 받고 싶지 않습니다", "그만 받고 싶습니다",
    "إلغاء اشتراكي", "الغاء اشتراكي", "احذفني", "احذفوني", "ازيلوني", "أزيلوني", "بإلغاء اشتراكي",
    "بالغاء اشتراكي", "إلغاء عضويتي", "الغاء عضويتي", "إزالتي", "ازالتي", "بإزالتي", "حذفي", "بحذفي", "شطبي",
    "لا أرغب في تلقي", "لا ارغب في تلقي", "لا أرغب في استلام", "لا أريد تلقي", "لا اريد تلقي", "لا أريد استلام",
    "ta bort mig", "ta bort oss", "ta mig bort", "stryk mig", "avregistrera mig", "avregistrera oss",
    "avanmala mig", "avanmal mig", "avanmal oss", "avsluta min prenumeration", "avsluta prenumerationen",
    "saga upp prenumerationen", "saga upp min prenumeration", "saga upp mitt medlemskap",
    "avsluta mitt medlemskap", "bli borttagen", "bli avregistrerad", "inte langre fa", "inte langre ta emot",
    "inte ha fler", "jag vill inte langre fa", "ga ur", "lamnar",
    "fjern mig", "fjern os", "meldes av", "meldes ut", "meldes ud", "fjern meg", "fjern oss", "fjerne mig",
    "fjerne meg", "slet mig", "slet os", "slett meg", "slett oss", "slette mig", "slette meg", "afmeld mig",
    "afmeld os", "afmelde mig", "framelde mig", "frameld mig", "meld meg av", "meld oss av", "melde meg av",
    "meld meg ut", "melde meg ut", "meld mig ud", "melde mig ud", "meld mig fra", "melde mig fra", "tag mig af",
    "tag os af", "ta meg av", "ta meg bort", "stryg mig", "avslutte abonnementet", "avslutt abonnementet",
    "avslutte mitt abonnement", "opsige mit abonnement", "opsig mit abonnement", "si opp abonnementet",
    "blive slettet", "blive fjernet", "blive afmeldt", "bli fjernet", "bli slettet", "bli avmeldt",
    "ikke lenger motta", "ikke laengere modtage", "ikke langere modtage", "forlader",
    "poistakaa minut", "poista minut", "poistakaa meidat", "poistamaan minut", "poistaa minut",
    "minut poistettava", "peru tilaus", "perukaa tilaukseni", "peru tilaukseni", "peruuttakaa tilaukseni",
    "peruuta tilaus", "peruuttaa tilaukseni", "perua tilaukseni", "peruuttaa tilauksen", "lopeta tilaus",
    "lopettakaa tilaukseni", "lopettaa tilaukseni", "en halua enaa", "en halua enaa saada", "eroan", "erota",
    "odhlaste me", "odhlasit me", "odhlaste nas", "odhlas me", "se odhlasit", "odhlasit se", "odhlasuji se",
    "odstrante me", "odstranit me", "odstrante nas", "vymazte me", "vymazat me", "vyradte me", "vyradit me",
    "vyskrtnete me", "zrusit odber", "zruste mi odber", "zrusit mi odber", "zruste odber", "zrusit muj odber",
    "zruste muj odber", "zrusit clenstvi", "zruste me clenstvi", "zrusit me clenstvi", "zruste mou registraci",
    "zrusit registraci", "zrusit prihlaseni", "nechci dostavat", "nechci jiz dostavat", "nechci uz dostavat",
    "jiz nechci dostavat", "uz nechci dostavat", "neprejem si dostavat",
    "ayriliyorum", "ayrilmak", "beni cikarin", "beni cikariniz", "beni listeden cikarin", "listeden cikarin",
    "listeden cikariniz", "listeden cikmak", "listeden cikarilmak", "listenizden cikarin", "listenizden cikmak",
    "beni silin", "beni siliniz", "uyeligimi iptal", "uyeligimi sonlandirin", "uyeligimin iptal",
    "uyeligimin iptalini", "aboneligimi iptal", "aboneligimi sonlandirin", "aboneligimin iptal",
    "aboneligimin iptalini", "uyelikten cikmak", "uyelikten ayrilmak", "abonelikten cik", "abonelikten cikmak",
    "artik almak istemiyorum", "almak istemiyorum",
    "διαγραψτε με", "διαγραφω", "με διαγραψετε", "με αφαιρεσετε", "διαγραψετε με", "διαγραψτε μας",
    "αφαιρεστε με", "αφαιρεσετε με", "αφαιρεστε μας", "βγαλτε με", "να διαγραφω", "να με διαγραψετε",
    "να με αφαιρεσετε", "διαγραφη μου", "απεγγραφω", "αποχωρω", "να αποχωρησω", "να απεγγραφω",
    "ακυρωσω τη συνδρομη μου", "ακυρωστε τη συνδρομη μου", "ακυρωση της συνδρομης μου",
    "δεν επιθυμω να λαμβανω", "δεν θελω να λαμβανω",
    "leiratkozom", "lemondani a feliratkozast", "lemondani a feliratkozasomat", "le szeretnek iratkozni",
    "le szeretnek iratkozni a listarol", "vegyek le a cimemet", "vegyek le", "vegyenek ki", "leiratkoznek",
    "toroljenek", "toroljenek engem", "torolni szeretnem magam", "torlesemet", "tavolitsanak el",
    "tavolitson el", "vegyenek le", "vegyen le", "vegyetek le", "iratkozzanak le", "kilepek", "lemondom",
    "nem kivanok tobb", "nem szeretnek tobb", "mondjak le az elofizetesemet",
});

// What somebody can ask for, and take back.
constexpr auto kLeaving = std::to_array<std::string_view>({
    "unsubscribe", "to unsubscribe", "to leave", "to opt out", "unsubscribed", "unsubscribing",
    "unsubscription", "un subscribe", "unsubcribe", "unsuscribe", "leave", "leaving", "removal", "sign off",
    "signoff", "opt out", "optout",
    "abmelden", "abmeldung", "austragen", "austragung", "abbestellen", "abbestellung", "austreten", "austritt",
    "verlassen",
    "desabonner", "desabonnement", "desinscrire", "desinscription", "quitter", "resiliation", "quitte",
    "dar de baja", "baja", "desuscribir", "desuscribirse", "salir", "abandonar",
    "descadastrar", "descadastramento", "sair", "desinscrever", "saida",
    "cancellazione", "rimozione", "disiscrivere", "disiscrizione", "abbandonare", "uscire",
    "afmelden", "afmelding", "uitschrijven", "uitschrijving", "af te melden", "uit te schrijven", "opzegging",
    "verlaten", "afmeld",
    "wypisz", "wypisac", "wypiszcie", "wypisanie", "wyrejestruj", "wyrejestrowac", "wyrejestrowanie",
    "rezygnacja", "opuscic",
    "отписать", "отпишите", "отписка", "исключение", "покинуть", "выити", "выйти",
    "退会", "退会希望", "脱退", "脱会", "配信停止", "配信解除", "配信を停止", "配信を解除", "配信中止", "配信を止めて", "購読解除", "購読停止", "購読中止",
    "購読を解除", "購読を停止", "購読を中止", "登録解除", "登録削除", "登録抹消", "登録を解除", "登録を削除", "登録を抹消",
    "退订", "退訂", "取消订阅", "取消訂閱", "退出",
    "구독 취소", "구독취소", "구독을 취소", "구독 해지", "구독해지", "구독을 해지", "구독 중지", "구독을 중지", "수신 거부", "수신거부", "수신을 거부", "탈퇴",
    "회원 탈퇴",
    "إلغاء الاشتراك", "الغاء الاشتراك", "بإلغاء الاشتراك", "إلغاء العضوية", "الغاء العضوية", "مغادرة",
    "الانسحاب", "انسحاب", "الخروج",
    "avregistrera", "avregistrering", "avanmal", "avanmala", "avanmalan", "utmeldelse", "avmelding",
    "utmelding", "udmelding", "afmelde", "frameldes", "framelde", "frameld", "framelding", "afmeldes", "lamna",
    "forlade", "forlate",
    "eroaminen", "poistuminen", "poistua",
    "odhlasit", "odhlaste", "odhlaseni", "odhlas", "opustit",
    "ayrilma", "cik", "cikmak",
    "απεγγραφη", "αποχωρηση",
    "leiratkozas", "leiratkozni", "leiratkozast", "kilepes", "kilepni",
});

// It depends on the object. What says `cancel` stands above only, with what is cancelled.
constexpr auto kRemoving = std::to_array<std::string_view>({
    "remove", "removed", "delete", "deleted", "take off", "deletion",
    "entfernen", "entfernung", "entfernt", "loschen", "geloscht", "loschung", "streichen",
    "retirer", "retirez", "supprimer", "supprimez", "enlever", "enlevez", "suppression", "rayer",
    "eliminar", "eliminen", "elimine", "retire", "retiren", "borrar", "borren", "borre", "quitar", "quiten",
    "quite", "retirar", "eliminacion",
    "remover", "remova", "removam", "remocao", "excluir", "exclua", "excluam", "exclusao", "retirem", "apagar",
    "apaguem",
    "cancellare", "cancellate", "rimuovere", "rimuovete", "rimuova", "eliminare", "eliminate", "togliere",
    "togliete",
    "verwijderen", "verwijder", "verwijderd", "verwijdering",
    "usun", "usunac", "usuncie", "usuniecie", "skreslic", "skreslenie", "wykreslic", "wykreslenie",
    "удалить", "удалите", "удаление", "исключить", "исключите", "уберите", "убрать",
    "削除", "抹消", "删除", "刪除", "移除", "除名",
    "삭제", "제거",
    "إزالة", "ازالة", "بإزالة", "حذف", "بحذف", "شطب",
    "ta bort", "stryk", "radera", "fjern", "fjerne", "fjernes", "slet", "slett", "slette", "slettes",
    "poista", "poistakaa", "poistaminen", "poistoa", "poistaa", "poistamaan", "poisto",
    "odstranit", "odstrante", "odstraneni", "vymazat", "vymazte", "vymazani", "vyradit", "vyradte", "vyrazeni",
    "cikar", "cikarin", "cikariniz", "sil", "silin", "siliniz", "silinmesini", "cikarilmasini",
    "διαγραφη", "διαγραψτε", "διαγραψετε", "αφαιρεση", "αφαιρεστε", "αφαιρεσετε",
    "torol", "torles", "torlest", "toroljon", "toroljek", "torleset", "tavolitsak el",
});

// The author, or the author's address.
constexpr auto kAuthor = std::to_array<std::string_view>({
    "me", "us", "myself", "my address", "our address", "my addresses", "our addresses", "my e mail", "my email",
    "my e mail address", "my email address", "my mail address", "our e mail address", "our email address",
    "this address", "this e mail address", "this email address", "this e mail", "this email", "my name",
    "our name", "my account", "my subscription", "our subscription", "my membership",
    "mich", "uns", "meine adresse", "meiner adresse", "meiner e mail adresse", "unserer adresse",
    "unsere adresse", "meine e mail adresse", "unsere e mail adresse", "meine mailadresse",
    "meine emailadresse", "meine e mail", "diese adresse", "diese e mail adresse", "meinen namen",
    "mein abonnement",
    "moi", "nous", "mon adresse", "notre adresse", "mon adresse e mail", "mon adresse email",
    "mon adresse mail", "mon adresse electronique", "notre adresse e mail", "cette adresse", "mon courriel",
    "mon e mail", "mon email", "mon nom", "mon adresse courriel",
    "mi direccion", "nuestra direccion", "mi direccion de correo", "mi correo", "mi correo electronico",
    "mi direccion de correo electronico", "esta direccion", "mi e mail", "mi email", "mi nombre",
    "nuestro correo", "este correo", "mi cuenta",
    "meu endereco", "o meu endereco", "nosso endereco", "o nosso endereco", "meu e mail", "meu email",
    "o meu e mail", "o meu email", "este endereco", "este e mail", "este email", "meu nome", "o meu nome",
    "meu endereco de e mail", "o meu endereco de e mail", "meu endereco de email",
    "il mio indirizzo", "il nostro indirizzo", "il mio indirizzo e mail", "il mio indirizzo email",
    "il mio indirizzo di posta", "questo indirizzo", "la mia e mail", "la mia email", "la mia mail",
    "il mio nome", "il mio account",
    "mij", "ons", "mijn adres", "ons adres", "mijn e mailadres", "mijn e mail adres", "mijn emailadres",
    "mijn e mail", "mijn email", "dit adres", "dit e mailadres", "mijn naam", "ons e mailadres",
    "mnie", "nas", "moj adres", "nasz adres", "mojego adresu", "naszego adresu", "moj adres e mail",
    "mojego adresu e mail", "moj e mail", "ten adres", "moj adres mailowy", "mojego maila",
    "меня", "нас", "мои адрес", "мой адрес", "наш адрес", "мою почту", "мои e mail", "мой e mail", "этот адрес",
    "мои электронныи адрес", "мой электронный адрес", "моего адреса", "мои адрес электроннои почты",
    "мой адрес электронной почты",
    "私を", "私のアドレスを", "私のアドレス", "私のメールアドレスを", "このアドレスを", "当方を", "当方のアドレスを", "このメールアドレスを",
    "把我从", "将我从", "將我從", "把我從", "把我", "将我", "將我", "我的邮箱", "我的地址", "我的邮箱地址", "我的邮件地址", "我的电子邮件地址", "我的电子邮箱",
    "저를", "제 주소를", "제 메일 주소를", "제 이메일을", "제 이메일 주소를", "저의 주소를", "이 주소를", "우리를", "저희를", "저희 주소를", "제 주소",
    "제 이메일 주소",
    "عنواني", "بريدي", "اسمي", "بريدي الإلكتروني", "بريدي الالكتروني", "عنوان بريدي", "عنوان بريدي الإلكتروني",
    "عنواننا",
    "mig", "oss", "min adress", "min e postadress", "min e post adress", "min epostadress", "min mejladress",
    "min e post", "mitt namn", "denna adress", "var adress",
    "meg", "os", "min adresse", "min e mailadresse", "min e mail adresse", "min e mail", "min mailadresse",
    "min e postadresse", "mit navn", "navnet mitt", "adressen min", "e postadressen min", "denne adresse",
    "denne adressen", "vores adresse", "var adresse",
    "minut", "meidat", "osoitteeni", "sahkopostiosoitteeni", "osoitteemme", "tama osoite", "taman osoitteen",
    "nimeni",
    "mou adresu", "moji adresu", "muj e mail", "muj email", "moji e mailovou adresu", "mou e mailovou adresu",
    "tuto adresu", "nasi adresu", "me adresy", "nasi adresy", "moji emailovou adresu", "mou emailovou adresu",
    "beni", "bizi", "adresimi", "adresimizi", "e posta adresimi", "eposta adresimi", "mail adresimi",
    "bu adresi", "e postami", "adresimin", "e posta adresimin",
    "τη διευθυνση μου", "την διευθυνση μου", "τη διευθυνση μας", "το e mail μου", "το email μου",
    "τη διευθυνση ηλεκτρονικου ταχυδρομειου μου", "αυτη τη διευθυνση", "την ηλεκτρονικη μου διευθυνση",
    "engem", "minket", "cimemet", "a cimemet", "e mail cimemet", "az e mail cimemet", "email cimemet",
    "az email cimemet", "cimunket", "ezt a cimet",
});

// `Leave my address on the list`.
constexpr auto kStaying = std::to_array<std::string_view>({
    "leave me", "leave us", "leave my", "leave our", "leave this address", "leave it", "leave that",
    "leave your", "lasciare il mio", "abandonar mi", "not unsubscribe",
    "cancel unsubscription", "cancel removal",
});

/// Verbs in two pieces, the other at the end.
struct SplitVerb {
  std::string_view first;
  std::string_view last;
};
constexpr auto kSplitVerbs = std::to_array<SplitVerb>({
    {"melden sie mich", "ab"}, {"melden sie uns", "ab"}, {"melde mich", "ab"}, {"melde ich mich", "ab"},
    {"ich melde mich", "ab"}, {"meldet mich", "ab"}, {"meldet uns", "ab"}, {"tragen sie mich", "aus"},
    {"tragen sie uns", "aus"}, {"tragen sie meine adresse", "aus"}, {"tragt mich", "aus"}, {"trage mich", "aus"},
    {"meld mij", "af"}, {"meld me", "af"}, {"meld ons", "af"}, {"ik meld me", "af"}, {"ik meld mij", "af"},
    {"schrijf mij", "uit"}, {"schrijf me", "uit"}, {"schrijf ons", "uit"}, {"meld mig", "fra"}, {"meld os", "fra"},
    {"meld meg", "av"}, {"meld meg", "ut"}, {"meld mig", "ud"},
});
// clang-format on

constexpr auto kFirstPieces = [] {
  std::array<std::string_view, kSplitVerbs.size()> pieces;
  std::ranges::transform(kSplitVerbs, pieces.begin(), &SplitVerb::first);
  return pieces;
}();

}  // namespace

LeaveWord longest_leave_word(std::string_view folded) {
  static const Phrases kWish(kWishesToLeave);
  static const Phrases kLeave(kLeaving);
  static const Phrases kRemove(kRemoving);
  static const Phrases kOf(kAuthor);
  static const Phrases kStay(kStaying);
  static const Phrases kFirst(kFirstPieces);
  using enum LeaveWord::Kind;
  LeaveWord longest{wish, 0};
  const auto try_table = [&](const Phrases& table, LeaveWord::Kind kind) {
    const std::size_t size = table.longest_at(folded);
    if (size > longest.size) longest = {kind, size};
  };
  try_table(kStay, staying);
  try_table(kWish, wish);
  try_table(kLeave, leaving);
  try_table(kRemove, removing);
  try_table(kOf, author);
  const std::size_t first = kFirst.longest_at(folded);
  if (first > longest.size) {
    const auto verb = std::ranges::find(kSplitVerbs, folded.substr(0, first), &SplitVerb::first);
    longest = {wish, first, verb->last};
  }
  return longest;
}

}  // namespace ccgate
