#include "policy/request/leave_wish.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

bool leaves(const Words& words, bool at_leave_address = false) {
  const ListAddresses list{address("tld-ops@lists.example"), Manager::plain, {}, {}, '+'};
  return asks_only_to_leave(words, address("anne@nic.example"), list, at_leave_address);
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
  CHECK(leaves(Words{row.subject, row.text, true, "", true, {}}) == row.want);
  CHECK_FALSE(leaves(Words{row.subject, row.text, false, "charset", true, {}}));
  Words unread{row.subject, row.text, true, "", true, {}};
  unread.unread = "a part";
  CHECK_FALSE(leaves(unread));
}

TEST_CASE("people leave in the languages of the form") {
  const auto* const text = GENERATE(
      "Please unsubscribe me.", "Bitte melden Sie mich ab.\nMit freundlichen Grüßen\nAnne",
      "Veuillez me désinscrire de la liste, merci.", "Por favor, darme de baja de la lista.\nGracias",
      "Gostaria de cancelar a minha inscrição. Obrigada", "Vorrei cancellarmi dalla lista. Grazie",
      "Graag afmelden van de lijst. Met vriendelijke groet,\nAnne", "Proszę wypisać mnie z listy. Dziękuję",
      "Прошу удалить меня из списка рассылки. Спасибо", "退会をお願いします。",
      "请把我从邮件列表中删除，谢谢", "구독 취소 부탁드립니다. 감사합니다",
      "الرجاء إلغاء اشتراكي من القائمة. شكرا", "Vänligen ta bort mig från listan. Tack",
      "Venligst fjern mig fra listen. Tak", "Poistakaa minut listalta. Kiitos",
      "Prosím, odhlaste mě ze seznamu. Děkuji", "Lütfen beni listeden çıkarın.",
      "Παρακαλώ διαγράψτε με από τη λίστα. Ευχαριστώ", "Kérem, töröljenek a listáról. Köszönöm");
  INFO(text);
  CHECK(leaves(Words{"", text, true, "", true, {}}));
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
  CHECK_FALSE(leaves(Words{"Unsubscribe", text, true, "", true, {}}));
  const std::string below = std::string("Thanks\n-- \n") + text;
  CHECK_FALSE(leaves(Words{"Unsubscribe", below, true, "", true, {}}));
}

TEST_CASE("what is quoted may not ask for more") {
  CHECK(leaves(Words{"Unsubscribe", "> The meeting is in May\n> Ben", true, "", true, {}}));
  CHECK_FALSE(leaves(Words{"Unsubscribe", "> please add Bob", true, "", true, {}}));
  CHECK_FALSE(leaves(Words{"Unsubscribe", "> bob@nic.example", true, "", true, {}}));
}

TEST_CASE("a leave address asks by itself") {
  CHECK(leaves(Words{"", "bye", true, "", true, {}}, true));
  CHECK_FALSE(leaves(Words{"", "Bob will join", true, "", true, {}}, true));
}

}  // namespace
}  // namespace ccgate
