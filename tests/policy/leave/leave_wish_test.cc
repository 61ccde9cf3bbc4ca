#include "policy/leave/leave_wish.h"

#include <string>

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

Words mail_of_anne(const std::string& subject, const std::string& text) {
  Words words;
  words.subject = subject;
  words.text = text;
  words.author_names = "\"Anne Example\" anne";
  return words;
}

ListAddresses tld_ops() {
  return {address("tld-ops@lists.example"), Manager::plain, {}, {}, '+'};
}

bool leaves(const Words& words, bool at_leave_address = false) {
  return asks_only_to_leave(words, address("anne@nic.example"), tld_ops(), at_leave_address);
}

bool leaves(const std::string& subject, const std::string& text) {
  return leaves(mail_of_anne(subject, text));
}

bool leaves_by_reply(const std::string& subject, const std::string& text) {
  Words words = mail_of_anne(subject, text);
  words.is_reply = true;
  return leaves(words);
}

TEST_CASE("a mail that asks only to leave") {
  struct Mail {
    const char* subject;
    const char* text;
    bool want;
  };
  const auto row = GENERATE(values<Mail>({
      {"unsubscribe", "", true},
      {"Re: Unsubscribe", "Please take me off.\nAnne", true},
      {"", "> hello\nPlease remove anne@nic.example\n", true},
      {"leave", "and subscribe Bob instead", false},
      {"leave", "It was fun\xe3\x85\xa4subscribe Bob instead", false},  // a filler is seen as a gap
      {"leave", "and add bob@nic.example", false},
      {"unsubscribe", "Bitte Bob aufnehmen", false},
      {"unsubscribe", "ボブの登録をお願いします", false},
      {"hello", "How are you?", false},
      {"", "", false},
      {"Unsubscribe", "Please remove me from the TLD-OPS mailing list.\n\nThanks,\nAnne Example\nNIC Example",
       true},
      {"unsubscribe", "-- \nAnne Example\nHead of DNS\nTel. +999 1\nanne@nic.example\nhttps://nic.example/",
       true},
      {"cancel my subscription", "Best regards\nAnne", true},
      {"[TLD-OPS] Leave", "I no longer want to receive your mails.", true},
      {"unsubscribe", "tld-ops-leave@lists.example", true},
  }));
  INFO(row.subject << " / " << row.text);
  CHECK(leaves(row.subject, row.text) == row.want);
  Words words = mail_of_anne(row.subject, row.text);
  words.unread = "a part";
  CHECK_FALSE(leaves(words));
  words.unread = "";
  words.hidden = true;
  CHECK_FALSE(leaves(words));
  words.hidden = false;
  words.readable = false;
  CHECK_FALSE(leaves(words));
}

TEST_CASE("people leave in the languages of the form") {
  const auto* const text = GENERATE(
      "Please unsubscribe me.", "I would like to be removed from the mailing list.",
      "Could you please take me off the list?", "Kindly remove my e-mail address from your list.",
      "I want to leave the list.", "I wish to unsubscribe from TLD-OPS, thank you",
      "Please unsubscribe and remove me.", "I would like\nto unsubscribe from the list",
      "Please remove anne@nic.example from the list.", "Hi Ben,\nplease unsubscribe me.",
      "Bitte melden Sie mich ab.\nMit freundlichen Grüßen\nAnne", "Bitte melden Sie mich von der Liste ab.",
      "Bitte tragen Sie mich aus der Liste aus.",
      "Hallo,\nbitte entfernen Sie meine Adresse aus dem Verteiler. Danke", "Ich möchte mich abmelden.",
      "Bitte löschen Sie meine E-Mail-Adresse.", "Veuillez me désinscrire de la liste, merci.",
      "Merci de me retirer de la liste de diffusion.", "Je souhaite me désabonner.",
      "Bonjour,\nveuillez supprimer mon adresse de votre liste.\nCordialement\nAnne",
      "Désinscrivez-moi, s'il vous plaît.", "Por favor, darme de baja de la lista.\nGracias",
      "Quiero cancelar mi suscripción.", "Por favor, elimínenme de la lista de correo. Saludos",
      "Solicito la baja de la lista.", "Gostaria de cancelar a minha inscrição. Obrigada",
      "Por favor, removam-me da lista.", "Quero sair da lista.", "Favor remover meu endereço da lista.",
      "Vorrei cancellarmi dalla lista. Grazie", "Cancellatemi dalla mailing list, per favore.",
      "Vorrei essere rimossa dalla lista.", "Chiedo la cancellazione dalla lista.",
      "Graag afmelden van de lijst. Met vriendelijke groet,\nAnne", "Ik wil me graag afmelden.",
      "Gelieve mij uit te schrijven.", "Verwijder mijn adres van de lijst a.u.b.",
      "Proszę wypisać mnie z listy. Dziękuję", "Proszę o usunięcie mojego adresu z listy.",
      "Chcę się wypisać z listy.", "Rezygnuję z subskrypcji.",
      "Прошу удалить меня из списка рассылки. Спасибо", "Хочу отписаться от рассылки.",
      "Пожалуйста, исключите меня из списка.", "Удалите мой адрес из рассылки, пожалуйста.",
      "退会をお願いします。", "退会したいです。", "配信を停止してください。",
      "私のアドレスをリストから削除してください。", "请把我从邮件列表中删除，谢谢", "我想退订。",
      "请取消我的订阅。", "请将我从列表中移除。", "구독 취소 부탁드립니다. 감사합니다",
      "메일링 리스트에서 탈퇴하고 싶습니다.", "목록에서 제 주소를 삭제해 주세요.", "구독을 해지해 주세요.",
      "الرجاء إلغاء اشتراكي من القائمة. شكرا", "أرجو إزالة عنواني من القائمة", "أود إلغاء الاشتراك",
      "يرجى حذفي من القائمة", "Vänligen ta bort mig från listan. Tack", "Jag vill avsluta min prenumeration.",
      "Avregistrera mig från listan, tack.", "Venligst fjern mig fra listen. Tak",
      "Jeg vil gerne afmeldes listen.", "Slet mig fra listen.", "Vennligst fjern meg fra listen. Takk",
      "Jeg ønsker å melde meg av listen.", "Slett meg fra listen.", "Poistakaa minut listalta. Kiitos",
      "Haluan erota listalta.", "Peruuttakaa tilaukseni, kiitos.", "Prosím, odhlaste mě ze seznamu. Děkuji",
      "Chci se odhlásit.", "Prosím o odhlášení ze seznamu.", "Odstraňte mou adresu ze seznamu, prosím.",
      "Lütfen beni listeden çıkarın.", "Listeden çıkmak istiyorum.", "Aboneliğimi iptal edin lütfen.",
      "Παρακαλώ διαγράψτε με από τη λίστα. Ευχαριστώ", "Θέλω να διαγραφώ από τη λίστα.",
      "Παρακαλώ αφαιρέστε τη διεύθυνσή μου.", "Kérem, töröljenek a listáról. Köszönöm",
      "Szeretnék leiratkozni a listáról.", "Kérem, vegyenek le a listáról.");
  INFO(text);
  CHECK(leaves("", text));
}

TEST_CASE("words about leaving that turn each other round are no wish to leave") {
  const auto* const text = GENERATE(
      "退会取消", "取消退订", "取消退出", "退会を取り消してください", "配信停止を解除してください",
      "退会を削除してください", "删除取消订阅", "탈퇴 취소", "구독 취소를 삭제해 주세요", "Cancelar la baja",
      "Eliminar la baja", "Anular la baja por favor", "Ikke fjern meg", "Ikke slett meg", "Fjern ikke meg",
      "Zrušit odhlášení", "Zrušte odhlášení", "Odstraňte odhlášení",
      "Please remove my leave request from the list.", "Please delete my unsubscription.",
      "Please remove my removal request", "Please cancel my leave", "Please remove my\nunsubscription",
      "Please delete, my unsubscription", "Bitte löschen Sie meine Abmeldung",
      "Bitte entfernen Sie die Abmeldung", "Meine Abmeldung bitte löschen", "Supprimez ma désinscription",
      "Annuler ma désinscription", "Veuillez supprimer mon désabonnement", "Remover o cancelamento",
      "Cancelar a saída da lista", "Cancellare la disiscrizione", "Annullare la cancellazione",
      "Verwijder mijn afmelding", "Usuń wypisanie", "Anuluj wypisanie", "Удалите отписку",
      "Отмените удаление", "إلغاء إزالة عنواني", "حذف إلغاء الاشتراك", "Ta bort min avanmälan",
      "Slet min afmelding", "Slett avmeldingen min", "Poista eroaminen", "Silin ayrılma",
      "Διαγράψτε την απεγγραφή", "Töröljék a leiratkozást", "Please leave me on the list",
      "Leave my address, please", "Do not unsubscribe me", "Don't remove me", "Nicht abmelden",
      "Ne me désinscrivez pas", "No me den de baja", "Não me removam", "Non cancellatemi", "Niet verwijderen",
      "Nie usuwać", "Не удаляйте меня", "Ta inte bort mig", "Älkää poistako minua", "Neodhlašujte mě",
      "Beni çıkarmayın", "Μη με διαγράψετε", "不要退订", "삭제하지 마세요");
  INFO(text);
  CHECK_FALSE(leaves("", text));
  CHECK_FALSE(leaves("Unsubscribe", text));
}

TEST_CASE("a wish without what is wished for is none") {
  const auto* const text =
      GENERATE("I would like to be", "I want to be on the list", "I would like to", "I want", "me please",
               "Ich möchte", "Nehmen Sie mich auf", "Melden Sie mich an", "Melden Sie mich", "Je souhaite",
               "Moi à la liste, merci", "Quiero la lista", "Vorrei", "Ik wil", "Meld mig til", "Meld mij aan",
               "私をリストに", "我要", "Subscription please", "cancel");
  INFO(text);
  CHECK_FALSE(leaves("leave", text));
}

TEST_CASE("whoever names somebody in his place does not leave, in any language") {
  const auto* const text = GENERATE(
      "Please remove me and put my successor bob@nic.example on the list in my place.",
      "Bob (bob@nic.example) takes over my seat, kindly swap our addresses.",
      "Bitte setzen Sie stattdessen Bob auf die Liste: bob@nic.example",
      "Merci de mettre Bob à ma place: bob@nic.example", "Por favor pongan a Bob en mi lugar",
      "Coloquem o Bob no meu lugar", "Mettete Bob al mio posto", "Zet Bob op de lijst in mijn plaats",
      "Proszę wpisać Boba na moje miejsce", "Впишите вместо меня Боба", "後任のボブを入れてください",
      "请把我换成 Bob", "저 대신 밥을 넣어 주세요", "ضع بوب مكاني", "Sätt Bob i stället för mig",
      "Sæt Bob på min plads", "Laittakaa listalle minun tilalleni Bob, bob@nic.example",
      "Dejte místo mě Boba", "Benim yerime Bob olsun", "Βάλτε τον Μπομπ στη θέση μου",
      "Kérem, helyettem vegyék fel Bobot: bob@nic.example", "Tafadhali mwongeze bob badala yangu",
      "bob@nic.example", "see below", "the form is attached");
  INFO(text);
  CHECK_FALSE(leaves("Unsubscribe", text));
  CHECK_FALSE(leaves("Unsubscribe", std::string("Thanks\n-- \n") + text));
  CHECK_FALSE(leaves("Unsubscribe", std::string("Thanks,\n") + text));
}

TEST_CASE("what stands in place of a name may be meant") {
  const auto* const words = GENERATE(
      "Enlist Bob Miller", "Enter Bob Miller", "Enter Bob", "+ Bob Miller", "Put: Bob", "Add. Bob",
      "New: Bob Miller", "ENLIST BOB MILLER, NIC XB, BOB AT EVIL.EXAMPLE", "ボブを招待", "招待ボブ",
      "\xf0\x9d\x90\x80\xf0\x9d\x90\x9d\xf0\x9d\x90\x9d \xf0\x9d\x90\x81\xf0\x9d\x90\xa8\xf0\x9d\x90\x9b",
      "\xd0\x90\x64\x64\xd0\x92\xd0\xbe\x62", "ᴀᴅᴅ ʙᴏʙ", "➕ Bob", "EnlistBob", "Bob 2", "Bob@", "加鲍勃",
      "Bob\nMiller", "Enlist\nBob", "Seat Anne Miller", "list Bob", "Tel: BOB",
      "https://enlist-bob.example/");
  INFO(words);
  CHECK_FALSE(leaves("Unsubscribe", std::string("Thanks\n") + words));
  CHECK_FALSE(leaves("Unsubscribe", std::string("Please remove me.\n-- \n") + words));
  CHECK_FALSE(leaves(std::string("Unsubscribe, thanks, ") + words, ""));
  CHECK_FALSE(leaves(std::string("Thanks, ") + words, "退会"));
  CHECK_FALSE(leaves("Unsubscribe", std::string("Thanks ") + words));
}

TEST_CASE("who wrote it may stand below") {
  const auto* const end = GENERATE(
      "Thanks,\nAnne", "Thanks, Anne", "Thank you. Anne", "Regards Anne", "Best regards,\n\nAnne Example",
      "Kind regards\nA. Example", "Kind regards\nDr. Anne Example", "Regards,\nAnne Marie Example",
      "Thanks\nBob", "Anne", "Anne Example", "Thanks,\nAnne Example\nHead of DNS, NIC Example\nTel: +999 1",
      "Thanks,\nAnne\n\nPhone: +999 1234567\nE-mail: anne@nic.example\nwww.nic.example",
      "-- \nAnne Example\nTel: +999 1, Fax: +999 2\nE-mail: anne@nic.example", "--\nBen",
      "-- \nBest regards\nAnne Example", "Sent from my iPhone",
      "\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Von meinem iPhone gesendet",
      "Thanks,\nAnne\n\nSent from my Samsung Galaxy smartphone", "Envoyé de mon iPhone",
      "Enviado desde mi iPhone", "Inviato da iPhone", "Enviado do meu iPhone", "Verstuurd vanaf mijn iPhone",
      "Wysłane z iPhone'a", "Отправлено с iPhone", "iPhoneから送信", "发自我的iPhone", "나의 iPhone에서 보냄",
      "Skickat från min iPhone", "Sendt fra min iPhone", "Lähetetty iPhonesta", "Odesláno z iPhonu",
      "iPhone'umdan gönderildi", "Στάλθηκε από το iPhone μου", "Gesendet von Outlook für iOS",
      "Obtenir Outlook pour iOS<https://aka.ms/o0ukef>", "Obtener Outlook para iOS<https://aka.ms/o0ukef>",
      "Scarica Outlook per iOS<https://aka.ms/o0ukef>", "Sent from Mail for Windows",
      "Sent with Proton Mail secure email.");
  INFO(end);
  CHECK(leaves("Unsubscribe", std::string("Please remove me from the list.\n") + end));
}

TEST_CASE("a name in From that is a text is none") {
  Words words = mail_of_anne("Unsubscribe", "Thanks\nEnlist Bob Miller of NIC XB\nbob at evil dot example");
  words.author_names = "Enlist Bob Miller of NIC XB bob at evil dot example eve";
  CHECK_FALSE(leaves(words));
}

TEST_CASE("a footer of a mail program is one of a table") {
  const auto* const end = GENERATE(
      "Sent from Bob Miller", "Sent from my successor Bob", "Get Bob", "Enlist Bob, sent from my iPhone",
      "Get Outlook for iOS<https://evil.example/bob>", "Get Outlook for iOS<https://aka.ms/bob@evil>",
      "Get Outlook for Bob<https://aka.ms/o0ukef>", "von Bob gesendet");
  INFO(end);
  CHECK_FALSE(leaves("Unsubscribe", std::string("Please remove me.\n") + end));
}

TEST_CASE("what is quoted, in a form that is known, counts for nothing") {
  const auto* const quoted = GENERATE(
      "On Tue, 15 Jan 2030 at 10:00, Ben Miller <ben@nic.xb> wrote:\n> The meeting is in May\n> Ben",
      "On Tue, 15 Jan 2030 at 10:00, Ben Miller\n<ben@nic.xb> wrote:\n\n> The meeting is in May\n>\n> Ben",
      "Am 15.01.2030 um 10:00 schrieb Ben Miller:\n> Die Sitzung ist im Mai\n",
      "Le mar. 15 janv. 2030 à 10:00, Ben Miller <ben@nic.xb> a écrit :\n> La réunion est en mai\n");
  INFO(quoted);
  CHECK(leaves("Unsubscribe", quoted));
  CHECK(leaves("", std::string("Please remove me.\n\nAnne\n\n") + quoted));
  const auto* const by_reply = GENERATE(
      "> The meeting is in May\n> Ben",
      "-----Original Message-----\nFrom: Ben Miller <ben@nic.xb>\nSent: Tuesday, January 15, 2030 10:00\n"
      "To: tld-ops@lists.example\nSubject: [TLD-OPS] Meeting\n\nThe meeting is in May.\nBen",
      "________________________________\nVon: Ben Miller <ben@nic.xb>\nGesendet: Dienstag, 15. Januar 2030 "
      "10:00\nAn: TLD-OPS\nBetreff: Sitzung\n\nDie Sitzung ist im Mai.");
  INFO(by_reply);
  CHECK(leaves_by_reply("Unsubscribe", by_reply));
  CHECK(leaves_by_reply("", std::string("Please remove me.\nThanks,\nAnne\n\n") + by_reply));
  CHECK_FALSE(leaves("Unsubscribe", by_reply));
}

TEST_CASE("what is marked as quoted, and is not, is the author's own") {
  const auto* const text = GENERATE(
      "> Accept Bob Miller as a member for .xb", "> Xin thêm Bob Miller vào danh sách.", "| Enlist Bob|",
      "» Enlist Bob", "____\nEnlist Bob Miller of NIC XB; his box is bob at evil dot example.",
      "____________________\nEnlist Bob Miller of NIC XB", "------ PS ------\nWelcome Bob Miller",
      "-----Original Message-----\nEnlist Bob Miller", "From: now on\nTo: all\nenlist Bob Miller",
      "From: Ben\nSent: today\nEnlist Bob Miller", "-----BEGIN PGP MESSAGE-----\nAccept Bob Miller",
      "-----BEGIN PGP MESSAGE-----\nAccept Bob Miller\n-----END PGP MESSAGE-----",
      "On no account wait: Ben wrote:\n> Enlist Bob",
      "On 1 May 2030 enlist Bob Miller, his boss wrote:\n> Yes", "Ben wrote:\n> Enlist Bob");
  INFO(text);
  CHECK_FALSE(leaves("Unsubscribe", text));
  CHECK_FALSE(leaves("", std::string("Please remove me.\n") + text));
}

TEST_CASE("what is quoted is below, and may not ask for more") {
  CHECK_FALSE(leaves_by_reply("Unsubscribe", "> please add Bob"));
  CHECK_FALSE(leaves_by_reply("Unsubscribe", "> bob@nic.example"));
  CHECK_FALSE(leaves_by_reply("Unsubscribe", "> Enlist Bob\nPlease remove me."));
  CHECK_FALSE(leaves_by_reply("Unsubscribe", "| Enlist Bob"));
  CHECK_FALSE(leaves_by_reply("Unsubscribe", "» Enlist Bob"));
  CHECK_FALSE(leaves_by_reply("Unsubscribe", "____\nEnlist Bob"));
  CHECK_FALSE(leaves_by_reply("Unsubscribe", "> Fine.\n\fEnlist Bob"));
}

TEST_CASE("a leave address asks by itself") {
  CHECK(leaves(mail_of_anne("", "bye"), true));
  CHECK_FALSE(leaves(mail_of_anne("", "Bob will join"), true));
}

TEST_CASE("what speaks of leaving and not of joining is not taken for a wish to join") {
  const auto also = [](const std::string& subject, const std::string& text) {
    return asks_also_to_leave(mail_of_anne(subject, text), address("anne@nic.example"), tld_ops());
  };
  const auto* const text = GENERATE(
      "Please unsubscribe me because I am leaving the registry for good.",
      "Hello Ben, please remove me from the list. The weather is fine.",
      "Bitte melden Sie mich ab, da ich in Rente gehe.", "Veuillez me désabonner, je pars à la retraite.",
      "I would like to\nunsubscribe since I have a new job.", "Unsubscribe\n\nccTLD: xa\nName: Anne");
  INFO(text);
  CHECK(also("", text));
  CHECK(also("hello", text));
  CHECK(also("Unsubscribe", "How is the weather?"));
  CHECK_FALSE(also("hello", "How is the weather?"));
  CHECK_FALSE(also("Unsubscribe", "and put Bob on the list"));
  CHECK_FALSE(also("Remove me", "Please add bob@nic.example instead."));
  CHECK_FALSE(also("joining form", "ccTLD: xa"));
}

TEST_CASE("long texts cost no more than short ones") {
  std::string text;
  while (text.size() < 60000) text += "please remove me from the list and ";
  CHECK(leaves("", text));
  text.clear();
  while (text.size() < 60000) text += "From: a\nThanks,\n";
  CHECK_FALSE(leaves_by_reply("", text));
}

}  // namespace
}  // namespace ccgate
