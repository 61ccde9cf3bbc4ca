// What somebody wrote, in the shapes that mail programs give it.
#include "policy/answer/own_lines.h"

#include "policy/answer/contact_answer.h"
#include "tests/support/answers.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("the own text of a mail, whatever programs put around it") {
  const std::string asked = "> This mail is for the admin contact of .xa\n> reply with \"yes\" or \"no\"\n";
  check_all(
      {"Yes\n\nOn Sun, Nov 29, 2026 at 12:00 PM tld-ops gate <a@lists.example> wrote:\n\n" + asked,
       "On Sun, Nov 29, 2026 at 12:00 PM tld-ops gate <\na@lists.example> wrote:\n\n" + asked + "\nYes\n",
       "On Sun, Nov 29, 2026 at 12:00 PM\ntld-ops gate\n<a@lists.example> wrote:\n\n" + asked + "\nYes\n",
       "Am 29.11.2026 um 12:00 schrieb tld-ops gate:\n" + asked + "\nJa\n",
       "Le dim. 29 nov. 2026 à 12:00, tld-ops gate <a@lists.example> a\nécrit :\n\n" + asked + "\nOui\n",
       "El dom, 29 nov 2026 a las 12:00, tld-ops (<a@lists.example>) escribió:\n" + asked + "\nSí\n",
       "在 2026-11-29 12:00:00，\"tld-ops\" <a@lists.example> 写道：\n" + asked + "\nyes\n",
       "2026年11月29日(日) 12:00 tld-ops gate <a@lists.example>:\n" + asked + "\nはい\n",
       "Yes\n\n-----Original Message-----\nFrom: tld-ops gate\nSent: Sunday\n\nno\n",
       "Yes\n\n________________________________\nFrom: tld-ops gate <a@lists.example>\nSent: Sunday\nTo: "
       "x\n\nno?\n",
       "Yes\n\nVon: tld-ops gate\nGesendet: Sonntag\nAn: x\nBetreff: y\n\nnein\n",
       "Yes\n\nOn Sun, Nov 29, 2026, tld-ops gate <a@lists.example> wrote:\nno\n",
       "Yes\n-- \nBen\nno\n",
       "Classification: Public\n\nYes",
       "TLP:CLEAR\n\nYes",
       "[TLP:AMBER+STRICT]\nYes",
       "INTERNAL\n\nYes",
       "*** Confidential ***\nYes",
       "Klassifizierung: intern\n\nJa",
       "社外秘\n\nはい",
       "[EXTERNAL]\n\nyes",
       "Sensitivity: Company Confidential\n\nyes",
       "CAUTION: This email originated from outside of the organization.\nDo not click links.\n\nYes",
       "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nYes, confirmed.\n- -- \nBen\n-----BEGIN PGP "
       "SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n",
       "\xEF\xBB\xBFYes",
       "\xC2\xA0\n\xE2\x80\x8B\nYes",
       "Yes\xC2\xA0, confirmed",
       "ＹＥＳ",
       "Ｙｅｓ．",
       "##- Please type your reply above this line -##\n\nYes",
       "TLD-OPS team,\n\nyes",
       "Good morning, yes"},
      ContactAnswer::confirms);
  check_all({"On Sun, Nov 29, 2026, tld-ops gate <a@lists.example> wrote:\nYes\n", asked + "\n",
             "Classification: Yes",
             "> a line that is so long that a mail program wrapped it, with no more\nyes\n> quoted text\n",
             "CAUTION: this is from outside, refuse it.\n\nYes", "Hello? yes"},
            ContactAnswer::unclear);
}

TEST_CASE("mails of many programs and languages") {
  check_all(
      {"Yes, confirmed.\n\nBest regards,\nBen Miller\nNIC XA\n\nThis e-mail is confidential. If you are not "
       "the intended recipient, please do not read it.",
       "Yes, I confirm.\nBen",
       "Yes\n\n> On 29 Nov 2026, at 12:00, tld-ops gate <a@lists.example> wrote:\n> \n> This mail",
       "    On Sunday, 29 November 2026, 12:00:00 CET, tld-ops gate <a@lists.example> wrote:  \n> "
       "hello\n\nYes",
       "Yes.\n\nGet Outlook for iOS<https://aka.ms/x>\n________________________________\nFrom: tld-ops gate "
       "<a@lists.example>\nSent: Sunday\nTo: x\nSubject: y\n\nThis mail",
       "Quoting tld-ops gate <a@lists.example>:\n\n> This mail\n\nYes",
       "tld-ops gate schreef op 2026-11-29 12:00:\n> This mail\n\nJa, akkoord.",
       "W dniu 29.11.2026 o 12:00, tld-ops gate pisze:\n> This mail\n\nTak, potwierdzam.",
       "29.11.2026 12:00, tld-ops gate пишет:\n> This mail\n\nДа, подтверждаем.",
       "29 ноября 2026 г., в 12:00, tld-ops gate <a@lists.example> написал(а):\n\n> This mail\n\nДа",
       "вс, 29 нояб. 2026 г. в 12:00, tld-ops gate <a@lists.example>:\n\n> This mail\n\nПодтверждаю.",
       "El dom., 29 nov. 2026 12:00, tld-ops gate <\na@lists.example> escribió:\n\n> This mail\n\nSí",
       "Em dom., 29 de nov. de 2026 às 12:00, tld-ops gate <a@lists.example>\nescreveu:\n\n> This "
       "mail\n\nSim, confirmamos.",
       "Il giorno dom 29 nov 2026 alle ore 12:00 tld-ops gate <a@lists.example>\nha scritto:\n\n> This "
       "mail\n\nSì",
       "29 Kasım 2026 Paz 12:00 tarihinde tld-ops gate <a@lists.example>\nşunu yazdı:\n\n> This mail\n\nEvet",
       "Den sön 29 nov. 2026 kl 12:00 skrev tld-ops gate <a@lists.example>:\n\n> This mail\n\nJa",
       "søn. 29. nov. 2026 kl. 12:00 skrev tld-ops gate <a@lists.example>:\n\n> This mail\n\nJa",
       "su 29. marrask. 2026 klo 12.00 tld-ops gate (a@lists.example) kirjoitti:\n\n> This mail\n\nKyllä",
       "tld-ops gate <a@lists.example> ezt írta (időpont: 2026. nov. 29., V, 12:00):\n\n> This mail\n\nIgen",
       "ne 29. 11. 2026 v 12:00 odesílatel tld-ops gate <a@lists.example> napsal:\n\n> This mail\n\nAno",
       "Στις Κυρ 29 Νοε 2026 στις 12:00 μ.μ., ο/η tld-ops gate <\na@lists.example> έγραψε:\n\n> This "
       "mail\n\nΝαι",
       "בתאריך יום א׳, 29 בנוב׳ 2026 ב-12:00 מאת tld-ops gate "
       "<\n‪a@lists.example‬‏>:‬\n\n> "
       "This "
       "mail\n\nכן",
       "في الأحد، 29 نوفمبر 2026 في 12:00 م تمت كتابة ما يلي بواسطة tld-ops gate <\na@lists.example>:\n\n> "
       "This mail\n\nنعم",
       "2026年11月29日(日) 12:00 tld-ops gate <a@lists.example>:\n\n> This mail\n\nはい、承認します。",
       "2026년 11월 29일 (일) 오후 12:00, tld-ops gate <a@lists.example>님이 작성:\n\n> This mail\n\n네",
       "tld-ops gate <a@lists.example> 于2026年11月29日周日 12:00写道：\n\n> This mail\n\n同意",
       "同意\n\n\n------------------ 原始邮件 ------------------\n发件人: \"tld-ops gate\" "
       "<a@lists.example>;\n发送时间: 2026年11月29日\n\n拒绝",
       "Hi Anne,\n\nYes, we confirm this request for .xa.\n\nCheers\nBen",
       "TLP:GREEN\n\nHi,\n\nyes, we confirm.",
       "Classification: UNCLASSIFIED // FOUO\n\nYes",
       "[Internal]\n\nYes",
       "C2 - Internal\n\nYes",
       "Public / Public\n\nYes",
       "Sensitivity label: Internal\n\nYes",
       "Klasse: öffentlich\n\nJa",
       "EXTERNAL EMAIL: Do not click links or open attachments unless you recognize the sender.\n\nYes",
       "ATTENTION: Cet e-mail provient de l'extérieur.\n\nOui",
       "Yes,\nconfirmed",
       "Yes\n\n—\nBen",
       "--- Internal use only ---\nYes",
       "Classification: Internal\nSensitivity: Low\n\nYes, confirmed",
       "Clasificación: Pública\n\nSí",
       "Classificação: Uso Interno\n\nSim",
       "Klassificering: Öppen\n\nJa",
       "机密等级：公开\n\n是",
       "Seguridad: pública\n\nSí",
       "This message is classified as: Public\n\nYes",
       "Disclaimer: internal\n\nYes",
       "----Reply above this line----\n\nYes",
       "-- Please reply above this line --\n\nYes",
       "Bonjour Anne,\n\nOui, je confirme.\n\nBien à vous",
       "Guten Tag Frau Müller\n\nJa, bestätigt.\n\nFreundliche Grüsse\nBen",
       "Servus,\n\nja passt.",
       "Szanowni Państwo,\n\npotwierdzamy.\n\nZ poważaniem",
       "Добрый день!\n\nДа, подтверждаем.\n\nС уважением,\nБен",
       "Уважаемые коллеги!\nПодтверждаем.",
       "您好！\n\n同意。",
       "안녕하세요.\n\n네, 승인합니다.\n\n감사합니다.",
       "السلام عليكم،\n\nنعم، نؤكد الطلب.\n\nمع التحية",
       "שלום,\n\nכן, מאשרים.\n\nבברכה",
       "Γεια σας,\n\nΝαι, το επιβεβαιώνουμε.\n\nΜε εκτίμηση",
       "Merhaba,\n\nEvet, onaylıyoruz.\n\nSaygılarımla",
       "Hei,\n\nKyllä, vahvistamme.\n\nTerveisin\nBen",
       "Tisztelt Hölgyem/Uram!\n\nIgen, megerősítjük.\n\nÜdvözlettel",
       "Buongiorno,\nsì, confermiamo.\nCordiali saluti\nBen",
       "Hello Team\n\nConfirmed\n\nThanks & Regards\nBen"},
      ContactAnswer::confirms);
  check_all({"No\n\nRegards\nBen", "Hello,\nno, we don't know her.",
             "Dear all,\n\nWe do not confirm this request. This person does not work for us.\n\nRegards"},
            ContactAnswer::refuses);
  check_all({"Yes\n\nWho is this person?"}, ContactAnswer::unclear);
}

TEST_CASE("what is left out holds no word of no") {
  check_all(
      {"On no account let her in.\nHer boss Ben Miller <b@nic.xa> wrote:\n> Do you confirm?\n\nOK",
       "> TO CONFIRM this request for the list of .xa, reply to this mail\nno\n> TO REFUSE, reply to the "
       "other address\nyes",
       "> Is p@nic.xa one of you, and is that address hers?\nNo.\n> Do you wish that she joins?\nYes.",
       "Yes.\n\nHowever, p@nic.xa wrote us in May:\n\nI am leaving.\n\nSo please refuse.",
       "Yes.\n\nOn 3 May p@nic.xa wrote:\n\nI am leaving.\n\nSo please refuse.", "Yes\n--- I refuse ---",
       "Yes\n\n--- but ---\nNo, do not.", "Yes\n\n##- No, we refuse. -##", "Yes\nNo, see above this line",
       "Yes.\n| No.", "Yes.\n＞ No.", "Yes.\n» No.", "Yes\nDate: 3 May\nTo: whom it concerns\nwe refuse.",
       "Yes\n\nDate: 3 May\nTo: whom it concerns\nSubject: her\nwe refuse.",
       "Yes\n-- \nBen\nPlease do not add her.", "-----BEGIN PGP SIGNED MESSAGE-----\nNo: never\n\nYes"},
      ContactAnswer::unclear);
}

}  // namespace
}  // namespace ccgate
