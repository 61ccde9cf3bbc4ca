#include "policy/answer/answer_words_germanic.h"

#include <array>

namespace ccgate {

std::span<const AnswerWords> answer_words_germanic() noexcept {
  static constexpr auto kLanguages = std::to_array<AnswerWords>({
      {
          .name = "en",
          .yes =
              "yes|yep|yeah|yup|yes "
              "yes|aye|affirmative|agreed|confirmed|approved|accepted|granted|permitted|authorised/"
              "authorized|endorsed|oh? yes indeed|i/we "
              "hereby/gladly/happily/can/do/fully/also/both/herewith/would? hereby/gladly/happily/like? to? "
              "confirm/approve/accept/authorise/authorize/support/endorse/permit/allow THEM?|i/we "
              "hereby/gladly/happily/can/do/fully/also/both/herewith? agree to/with? THEM?|i/we "
              "hereby/gladly/happily/can/do/fully/also/both/herewith? vouch for? THEM?|i/we have/ve "
              "confirmed/approved/accepted/authorised/authorized/agreed THEM?|i/we am/are/m/re "
              "happy/glad/pleased to confirm/approve/accept THEM?|i/we am/are/m/re fine/ok/okay with "
              "THEM|i/we am/are/m/re in favour/favor of? THEM?|i/we give/grant THEM? "
              "permission/approval/consent|happy/glad/pleased to confirm/approve/accept THEM?|hereby "
              "confirmed/approved/accepted/agreed|THEM is/are/s hereby? "
              "confirmed/approved/accepted/correct/fine/ok/okay/legitimate/genuine/authorised/authorized/"
              "granted|all? is/are? in order|all fine/good/ok/okay/correct/right|everything is/s? "
              "fine/ok/okay/correct/good/in? order?|please? let THEM in/on/join|please? go ahead|please "
              "proceed|please approve/accept/admit/add/subscribe/include/authorise/authorize/permit "
              "THEM|please do add/approve/accept/admit THEM?|you may/can let THEM in/on/join|you may/can "
              "add/approve/accept/admit/subscribe THEM|THEM may/can join|THEM should be "
              "added/admitted/accepted/approved/subscribed|no "
              "problem/problems/objection/objections/concern/concerns/worries/issue/issues/doubt at? all?|no "
              "problem/problems/objection/objections/concern/concerns/worries/issue/issues/doubt at? all? "
              "from/on our/my? side/part/us/me/end|not a problem|i/we have/see/got/ve no/zero "
              "problem/problems/objection/objections/concern/concerns/issue/issues at? all? "
              "with/to/against/about? THEM?|there is/are/s no "
              "problem/problems/objection/objections/concern/concerns/issue/issues at? all? from/on? our/my? "
              "side/part/us/me?|i/we do/have/would/will not object to? THEM?|i/we do not have any? "
              "objection/objections/problem/problems/concern/concerns to/with? THEM?|nothing against "
              "THEM|nothing wrong with THEM|i/we have nothing against THEM|THEM is/are/s? "
              "fine/ok/okay/good/correct by/with/for us/me|fine/ok/okay by/with/for us/me|looks/look "
              "good/fine/ok/okay/correct to/for? us/me?|of course|by all means|with pleasure|most/very "
              "certainly|absolutely yes|yes absolutely/certainly/definitely/please/sure/indeed/sir/madam|ok "
              "to go? ahead?|+1|you have our/my approval/permission/consent/confirmation/agreement|approval "
              "granted|permission granted",
          .yes_alone =
              "confirm|i/we "
              "confirm|approve|accept|allow|fine|sure|surely|correct|certainly|absolutely|definitely|indeed|"
              "that/this is/s right/correct/true|lgtm|sure thing|admit|alright|all right|sounds "
              "good|that/this is/s fine/ok/okay|it is/s fine/ok/okay",
          .support = "THEM? is/are/s one of us/ours|THEM? is/are/s part of THEM? our? us? "
                     "team/staff/company/registry?|THEM? is/are/s a/an/our/my/one/new? of? a/an/our/my/new? "
                     "colleague/colleagues/employee/employees/staff/people/member/members of? our? "
                     "staff/team/ours?|THEM? is/are/s? well? known to us/me|THEM? works/work for/with/at "
                     "us/me/our/THEM? registry/team/company/organisation/organization?|THEM? works/work "
                     "here|i/we know THEM well?|THEM? belongs/belong to us|THEM? was/were sent by us/me/our? "
                     "staff?|it/this/THEM is/was/are/were/s from us/me|THEM? is/are/s "
                     "legitimate/legit/genuine/entitled/authorised/authorized/ours|i/we asked THEM to do? "
                     "so?|i/we sent THEM",
          .no = "no|nope|nah|no way|no no|no thanks|no thank "
                "you|absolutely/certainly/definitely/clearly/surely not|of course not|by no means|under no "
                "circumstances|on no account|not us|not ours|not from/by us/me",
          .no_alone = "never|never ever|negative",
          .refusal =
              "please? refuse/reject/deny/decline/disapprove/veto/block "
              "THEM?|refused|rejected|denied|declined|disapproved|vetoed|hereby "
              "refused/rejected/denied/declined|not "
              "confirmed/approved/accepted/authorised/authorized/granted/permitted/agreed/allowed/ok/okay "
              "by/with/from? us/me?|do/does/did not know THEM|THEM is/are/was/were/s hereby? "
              "refused/rejected/denied/declined|THEM is/are/was/were not "
              "confirmed/approved/accepted/authorised/authorized/allowed/permitted/ok/okay/legitimate/"
              "genuine|i/we hereby/must/have/strongly/want/wish/would/like? to? hereby? "
              "refuse/reject/deny/decline/disapprove/veto/object to/of? THEM?|i/we have/ve "
              "refused/rejected/denied/declined THEM?|i/we object to? THEM?|i/we refuse/decline to "
              "confirm/approve/accept "
              "THEM?|confirmation/approval/request/subscription/permission/application "
              "refused/denied/rejected/declined|objection|our? objections|i/we "
              "do/can/could/would/will/shall/should/may/must/did not hereby? "
              "confirm/approve/accept/agree/authorise/authorize/allow/support/permit/endorse/vouch/recognise/"
              "recognize to/for/with? THEM?|i/we do/did not know/want/recognise/recognize/employ THEM|i/we "
              "do not know who THEM is/are|please? do not "
              "let/allow/accept/add/approve/confirm/admit/subscribe/permit/include/authorise/authorize THEM? "
              "in/on/join?|do not let/allow THEM to join/subscribe|please not|please no|i/we have/ve never "
              "heard of THEM|never heard of THEM|i/we have/had/ve never met/seen/known THEM|i/we never heard "
              "of THEM|THEM is/are/s not one of us/ours|THEM is/are not known to? us/me/here?|THEM is/are "
              "not from/with/of us/here/our/THEM? registry/company/organisation/organization/team?|THEM "
              "is/are not our/my/a/an? colleague/employee/staff/ours/us/authorised/authorized/member?|THEM "
              "is/are/s unknown to us/me/here|THEM was/were/is/are not "
              "sent/written/made/authorised/authorized by us/me/our? staff?|THEM did/does not come from "
              "us/me|THEM was/were not us/me|THEM does/do not work for/with/at/here us/me/our/THEM? "
              "registry/company/organisation/organization?|THEM no longer works/work for/with/at/here "
              "us/me/our? registry/company?|THEM has/have? left us/our? "
              "company/registry/organisation/organization/team?|THEM has/have left us|THEM does/do not "
              "belong to us|i/we have nobody/noone of/with/by that/this/such name|i/we have no such? "
              "one/employee/employees/person/colleague/staff/member of/with/by? that/this? name? here?|there "
              "is/are/s nobody/no of/by/with/such? that/this? name/person/employee here?|nobody of/by/with "
              "that/this name|no such person|i/we do not have THEM? such/any? person/employee/colleague "
              "here?|THEM should/must/may/shall/can not be "
              "added/admitted/accepted/approved/subscribed/let/confirmed in?|THEM should/must/may/shall/can "
              "not join",
          .objection = "object|objecting|objected|i/we am/are/m/re objecting to? THEM?|we/i "
                       "would/wish/want/d like? to object to? THEM?|i/we have objections/objection/an to? "
                       "objection? THEM?|please? stop THEM?|please? "
                       "remove/delete/drop/revoke/cancel/undo/withdraw/unsubscribe/expel/exclude/ban/block/"
                       "kick THEM? off/out/from? THEM?|please? take/get/throw/kick THEM off/out/away/down "
                       "from/of? THEM?|i/we want/would/like THEM? like? to? be? removed/deleted/unsubscribed "
                       "from? THEM?|THEM must/should/has/have to? be removed/deleted/unsubscribed from? "
                       "THEM?|i/we revoke/withdraw/cancel THEM?|not ok|not okay",
          .filler =
              "please|thanks|thank you|many/much thanks|thanks again/much|thank you very/so? "
              "much|thanks/thank you? for asking/checking/your/the/this? "
              "mail/email/message/question/note/notice/request/notification/heads? "
              "up?|hello|hi|dear|all|sir|madam|sirs|team|hereby|herewith|again|both|from/on/for our/my/the "
              "side/part/registry/end|from/for us/me|kind/best/warm/many? "
              "regards|regards|cheers|sincerely|best|best wishes|yours sincerely/faithfully/truly|sincerely "
              "yours|greetings|and|so|well|very much|our/my/the answer/reply/response/decision? "
              "is|answer|reply|in reply to your? THEM? question|as requested|unfortunately|sorry|i/we "
              "am/are/m/re sorry|apologies|sorry for the? delay/late? reply?|good "
              "morning/afternoon/evening/day|as admin/administrative contact|for THEM|to all|with "
              "this mail|sent from my iphone/ipad/android/phone/mobile device?|have a nice/good/great "
              "day/weekend|to your question",
          .them = "them him her it he she they this that these those all both person people persons guy "
                  "request requests subscription application registration new colleague colleagues employee "
                  "member for of to from the by in on list mailing a an .xx user subscriber address their "
                  "his contact name as join joining and anybody anyone such somebody people's above access",
          .neutral =
              "i we you he she it they them him her us me this that these those the a an any of for from by "
              "with at in to on as is are was were be been has have had do does did can could will would may "
              "might must should shall know knows knew known work works worked working employee employees "
              "employed staff member members person persons people colleague colleagues name names one ours "
              "our my their his request requests subscription subscribe list registry company organisation "
              "organization team here let allow add requested request wanted applied want sent send wrote "
              "written asked ask anybody anyone somebody someone such heard hear ever so please ours s re m "
              "ve contact mail who whom entitled authorised authorized",
          .negation = "not never nobody none noone nothing unknown neither",
          .but = "but however although though except unless",
      },
      {
          .name = "de",
          .yes = "ja|jawohl|jep|jup|ja ja|aber ja|ja klar|ja gerne/gern|ja natürlich|ja "
                 "bitte|einverstanden|bestätigt|genehmigt|akzeptiert|zugestimmt|zugelassen|bewilligt|"
                 "freigegeben|wird "
                 "bestätigt/genehmigt|in ordnung|selbstverständlich|zustimmung|ich/wir "
                 "bestätige/bestätigen/genehmige/genehmigen/akzeptiere/akzeptieren/befürworte/befürworten/"
                 "erlaube/erlauben/bewillige/bewilligen/unterstütze/unterstützen "
                 "hiermit/gerne/gern/auch/ebenfalls? THEM? hiermit/gerne/gern?|hiermit? "
                 "bestätige/bestätigen/genehmige/genehmigen/akzeptiere/akzeptieren/befürworte/befürworten/"
                 "erlaube/erlauben ich/wir hiermit/gerne/gern? THEM?|ich/wir kann/können THEM? "
                 "bestätigen/befürworten|THEM kann/können ich/wir bestätigen|ich/wir stimme/stimmen "
                 "hiermit/gerne/dem? THEM? zu|dem? stimme/stimmen ich/wir? hiermit? THEM? zu|stimme/stimmen "
                 "zu|ich/wir bin/sind damit? THEM? einverstanden|bin/sind damit? einverstanden|damit "
                 "bin/sind ich/wir einverstanden|THEM ist/sind/geht/gehen/hat in ordnung/ok/okay|THEM "
                 "ist/sind korrekt/richtig/ok/okay/bestätigt/genehmigt/berechtigt/erwünscht|geht in "
                 "ordnung|alles in ordnung|alles ok/okay/bestens/gut/klar/richtig/korrekt|passt so|passt "
                 "für? uns/mich?|von uns/mir aus in/ok/okay/gerne? ordnung?|bitte THEM? "
                 "aufnehmen/zulassen/freischalten/eintragen/hinzufügen/annehmen/genehmigen/akzeptieren/"
                 "durchlassen/freigeben|kein/keine/überhaupt "
                 "problem/probleme/einwände/einwand/bedenken/widerspruch/einspruch/thema/frage|keinerlei "
                 "probleme/einwände/bedenken|ohne bedenken/einwände|ich/wir habe/haben "
                 "keine/kein/keinen/keinerlei einwände/einwand/bedenken/probleme/problem/dagegen "
                 "gegen/mit/damit/dagegen? THEM?|nichts dagegen|ich/wir habe/haben nichts dagegen|nichts "
                 "einzuwenden|ich/wir habe/haben nichts einzuwenden|dagegen ist nichts einzuwenden|spricht "
                 "nichts dagegen|natürlich gerne/ja|ich/wir erhebe/erheben keinen/keine "
                 "einspruch/widerspruch/einwände|ich/wir widerspreche/widersprechen THEM? nicht",
          .yes_alone = "sicher|klar|stimmt|passt|natürlich|gerne|gern|sehr "
                       "gerne|bestätige|richtig|korrekt|freilich|gewiss|genau|ich/wir "
                       "bestätige/bestätigen|das stimmt|das passt|das ist richtig/korrekt/so|geht klar",
          .support = "THEM? arbeitet/arbeiten für/bei uns|THEM? ist/sind eine/einer/ein? von/bei uns|THEM? "
                     "ist/sind eine/ein/meine/mein? kollegin/kollege/kollegen/mitarbeiterin/mitarbeiter "
                     "von/bei uns/mir|THEM? ist/sind uns bekannt|THEM? ist/sind "
                     "unser/unsere/ein/eine/einer/mein/meine/unserer? "
                     "kollege/kollegin/kollegen/mitarbeiter/mitarbeiterin/mitarbeiterinnen|THEM? "
                     "gehört/gehören zu uns/unserem/unserer? team/registry?|ich/wir kenne/kennen THEM|THEM? "
                     "kenne/kennen ich/wir|THEM? ist/sind/kommt/stammt von uns/mir",
          .no =
              "nein|nee|nö|nein nein|nein danke|bitte nicht|auf keinen fall|auf gar keinen "
              "fall|keinesfalls|keineswegs|natürlich nicht|sicher nicht|bestimmt nicht|niemals|nicht von uns",
          .no_alone = "nie",
          .refusal =
              "bitte? THEM? ablehnen/abweisen/zurückweisen/verweigern/abweisen|bitte? lehnen sie THEM? "
              "ab|bitte? weisen sie THEM? ab/zurück|bitte? THEM? nicht "
              "aufnehmen/zulassen/eintragen/freischalten/bestätigen/annehmen/hinzufügen/genehmigen/"
              "akzeptieren/durchlassen/hereinlassen/reinlassen|bitte? nehmen/lassen/tragen sie THEM? nicht "
              "auf/zu/ein/rein/herein|nicht "
              "bestätigt/genehmigt/einverstanden/erlaubt/autorisiert/berechtigt/zugelassen/akzeptiert/"
              "erwünscht/freigegeben|abgelehnt|ablehnung|keine "
              "freigabe/zustimmung/bestätigung|aufnahme/anfrage/antrag/eintragung/anmeldung "
              "abgelehnt|verweigert|zurückgewiesen|abgewiesen|wird/werden "
              "abgelehnt/verweigert/zurückgewiesen|ich/wir lehne/lehnen/weise/weisen hiermit? THEM? hiermit? "
              "ab/zurück|THEM lehne/lehnen ich/wir hiermit? ab|ich/wir verweigere/verweigern THEM?|hiermit? "
              "lehne/lehnen ich/wir hiermit? THEM? ab|ich/wir "
              "bestätige/bestätigen/genehmige/genehmigen/akzeptiere/akzeptieren/befürworte/befürworten/"
              "erlaube/erlauben/kenne/kennen/unterstütze/unterstützen/wünsche/wünschen THEM? nicht|THEM "
              "bestätige/bestätigen/genehmige/genehmigen/akzeptiere/akzeptieren/kenne/kennen ich/wir "
              "nicht|ich/wir kenne/kennen/habe/haben niemanden mit diesem/dem/solchem namen|ich/wir "
              "kenne/kennen keine/keinen/niemanden solche/solchen/diesen/dieses/mit? "
              "person/namens/namen?|ich/wir kann/können/möchte/möchten/will/wollen THEM? nicht "
              "bestätigen/zustimmen/aufnehmen/genehmigen|ich/wir stimme/stimmen dem? THEM? nicht zu|dem? "
              "stimme/stimmen ich/wir THEM? nicht zu|ich/wir bin/sind damit? THEM? nicht "
              "einverstanden|ich/wir möchte/möchten/will/wollen das/dies nicht|THEM ist/sind "
              "uns/mir/hier/bei? uns? nicht bekannt|THEM ist/sind uns/mir/hier? unbekannt|unbekannte "
              "person|THEM gehört/gehören nicht zu uns|THEM arbeitet/arbeiten nicht mehr? bei/für uns|THEM "
              "arbeitet/arbeiten hier nicht|THEM ist/sind/kommt/kommen/stammt/stammen/war/waren nicht "
              "von/bei uns/mir|THEM ist/sind nicht mehr? bei/unser/unsere "
              "uns/mitarbeiter/mitarbeiterin?|THEM ist/sind kein/keine/keiner "
              "mitarbeiter/mitarbeiterin/kollege/kollegin von? uns?|THEM ist/sind nicht "
              "berechtigt/autorisiert/in/ok/okay/erwünscht/korrekt ordnung?|THEM darf/dürfen/soll/sollen "
              "nicht auf/in? THEM? aufgenommen/zugelassen/eintragen/hinein/rein? werden?",
          .objection =
              "widerspruch|einspruch|ich/wir widerspreche/widersprechen hiermit/dem? THEM? hiermit?|hiermit "
              "widerspreche/widersprechen ich/wir THEM?|ich/wir erhebe/erheben/lege/legen hiermit? "
              "widerspruch/einspruch ein? gegen? THEM? ein?|bitte? THEM? wieder? von? THEM? "
              "entfernen/löschen/austragen/streichen/stoppen/rausnehmen/herausnehmen/abmelden/sperren|bitte? "
              "entfernen/löschen/streichen/stoppen/sperren sie THEM wieder? aus/von? THEM?|bitte? "
              "nehmen/tragen/melden sie THEM? wieder? von/aus/runter/heraus/raus/ab? THEM? "
              "runter/heraus/raus/ab|stopp|stop|bitte stoppen|rückgängig machen",
          .filler =
              "bitte|leider|entschuldigung|danke|vielen/besten/herzlichen/schönen dank|dankeschön|danke "
              "schön/sehr|danke/dank für die/ihre/eure/deine/diese? "
              "mail/nachricht/anfrage/nachfrage/frage/info/information|vielen dank für die/ihre/eure/diese? "
              "mail/nachricht/anfrage/nachfrage/frage/info/information|hiermit|auch|hallo|guten "
              "tag/morgen|mit freundlichen/besten grüßen|mit freundlichem "
              "gruß|freundliche/viele/beste/liebe/schöne/herzliche grüße|viele/beste/liebe "
              "grüsse|gruß|grüße|mfg|lg|vg|hochachtungsvoll|unsererseits|meinerseits|von unserer/meiner "
              "seite|für THEM|unsere/meine/die? antwort ist/lautet?|und|zu ihrer frage|schönen/einen tag "
              "noch?|dazu|noch|also|von meinem/meiner iphone/ipad/handy gesendet",
          .them = "sie ihn es er das dies diese diesen dieser dieses diesem die den dem der person personen "
                  "anfrage anfragen antrag anmeldung anmeldungen eintragung aufnahme teilnehmer teilnehmerin "
                  "kollegin kollegen kollege mitarbeiter mitarbeiterin neue neuen neuer für von zu in auf an "
                  "liste mailingliste verteiler wunsch im ins vom aus mit ihm ihr alle beide adresse und "
                  "damit hiermit des name namen",
          .neutral = "wir ich sie er es ihn ihm ihr die der das den dem diese dieser dieses diesen diesem "
                     "jene person personen name namens namen ist sind war waren bei uns mir von kennen kenne "
                     "kennt bekannt hier arbeitet arbeiten damit zu unter mit aus für und in unserem unserer "
                     "unser unsere haus registry firma team hat haben mitarbeiter mitarbeiterin kollege "
                     "kollegin kam kommt gesendet geschickt anfrage antrag einverstanden aufnehmen gibt soll "
                     "sollen darf dürfen auf liste mehr solche einen eine",
          .negation = "nicht kein keine keinen keiner niemand niemanden nie unbekannt",
          .but = "aber jedoch allerdings doch sondern ausser obwohl",
      },
      {
          .name = "nl",
          .yes = "ja|jawel|jazeker|ja hoor|ja "
                 "graag|akkoord|bevestigd|goedgekeurd|geaccepteerd|toegestaan|prima|zeker weten|ja "
                 "zeker/natuurlijk|ik/we/wij "
                 "bevestig/bevestigen/accepteer/accepteren/steun/steunen/sta/staan/keur/keuren "
                 "hierbij/graag? THEM? toe/goed?|hierbij? bevestig/bevestigen ik/we/wij hierbij? "
                 "THEM?|ik/we/wij ga/gaan akkoord met? THEM?|ik/we/wij ben/zijn akkoord met? THEM?|ga/gaan "
                 "akkoord|geen probleem/problemen/bezwaar/bezwaren|ik/we/wij heb/hebben geen "
                 "bezwaar/bezwaren/problemen/probleem tegen/met? THEM?|THEM is/zijn "
                 "in/akkoord/correct/goed/ok/oke/juist orde?|in orde|dat is goed/akkoord/prima|alles in "
                 "orde|alles goed|ik/we/wij stem/stemmen hiermee? THEM? in|graag/gelieve? THEM "
                 "toelaten/toevoegen/accepteren/goedkeuren|voeg THEM maar? toe|voor ons akkoord|wat ons "
                 "betreft akkoord",
          .yes_alone = "zeker|natuurlijk|klopt|dat klopt|goed|bevestig|graag|correct|juist|uiteraard",
          .support = "THEM? werkt/werken bij/voor ons|THEM? is/zijn een/één? van ons|THEM? is/zijn onze/een? "
                     "collega/medewerker/collegas|wij/we/ik kennen/ken THEM|THEM? is/zijn bekend bij "
                     "ons|THEM? hoort/horen bij ons",
          .no = "nee|neen|nee nee|nee bedankt|nee dank u|zeker niet|natuurlijk niet|absoluut niet|liever "
                "niet|niet akkoord|geen sprake van|in geen geval|niet van ons|uiteraard niet",
          .no_alone = "nooit|nimmer",
          .refusal = "gelieve/graag? THEM? weigeren/afwijzen/afkeuren|geweigerd|afgewezen|afgekeurd|niet "
                     "bevestigd/goedgekeurd/toegestaan/geaccepteerd/bekend|onbekend|ik/we/wij "
                     "weiger/weigeren THEM?|ik/we/wij wijs/wijzen/keur/keuren THEM? af|ik/we/wij "
                     "bevestig/bevestigen/accepteer/accepteren/ken/kennen THEM? niet|ik/we/wij "
                     "ga/gaan/ben/zijn hiermee? niet akkoord met? THEM?|THEM kennen/ken wij/we/ik niet|THEM "
                     "is/zijn bij? ons niet bekend|THEM is/zijn niet bekend bij ons|THEM is/zijn ons? "
                     "onbekend bij? ons?|THEM werkt/werken niet meer? bij/voor ons|THEM werkt hier niet|THEM "
                     "hoort niet bij ons|THEM is/komt/komen/zijn niet van ons|gelieve/graag? THEM? niet "
                     "toelaten/toevoegen/accepteren/goedkeuren/bevestigen/toelaten|laat THEM niet toe",
          .objection = "bezwaar|ik/we/wij maak/maken bezwaar tegen? THEM?|stop|stoppen|verwijder "
                       "THEM?|gelieve/graag? THEM? verwijderen/schrappen/uitschrijven van? THEM?|haal THEM "
                       "eraf/weg van? THEM?|schrijf THEM uit",
          .filler = "graag|aub|alstublieft|alsjeblieft|bedankt|dank u|dank je|dank u/je wel|hartelijk "
                    "dank|met dank|bedankt voor uw/je/de bericht/mail/vraag|hierbij|hallo|met vriendelijke "
                    "groet/groeten|groeten|groet|mvg|vriendelijke groet/groeten|hartelijke groet/groeten|van "
                    "onze/mijn kant|ook|en|voor THEM|ons/het antwoord is|hoor",
          .them =
              "hem haar het hen ze zij hij dit dat deze die de een persoon personen aanvraag aanmelding "
              "verzoek inschrijving collega medewerker voor van op aan in tot lijst mailinglijst inschrijven",
          .neutral = "wij we ik zij ze hij het hem haar deze die dit dat persoon naam is zijn was bij ons "
                     "van kennen ken kent hier werkt werken met onder met de een in en aanvraag verzoek komt "
                     "gestuurd bekend",
          .negation = "niet geen niemand nooit onbekend",
          .but = "maar echter tenzij behalve",
      },
      {
          .name = "sv",
          .yes = "ja|japp|jajamän|jadå|jo då|ja "
                 "tack|godkänt|godkänd|godkänns|bekräftat|bekräftad|bekräftas|accepterat|accepterad|okej|jag/"
                 "vi bekräftar/godkänner/accepterar/tillstyrker/stöder härmed/gärna? THEM?|härmed "
                 "bekräftar/godkänner vi/jag THEM?|inga problem/invändningar|inget problem|vi/jag har inga "
                 "invändningar/problem mot/med? THEM?|vi/jag har inget emot THEM|det är/går "
                 "bra/ok/okej/korrekt|helt i sin? ordning?|THEM är i sin? ordning|THEM är "
                 "godkänd/godkänt/ok/okej|det går bra|vi/jag samtycker till? THEM?|vi/jag håller med|släpp "
                 "in THEM|lägg till THEM|ja visst/absolut/gärna",
          .yes_alone = "visst|absolut|självklart|javisst|stämmer|det "
                       "stämmer|bekräfta|bekräftar|godkänner|gärna|givetvis",
          .support = "THEM? arbetar/jobbar hos/för/på oss|THEM? är en av oss|THEM? är vår/en? "
                     "kollega/medarbetare|vi/jag känner THEM|THEM? är känd av? oss?",
          .no = "nej|nej tack|nej nej|absolut inte|självklart inte|inte från oss|nepp|aldrig i "
                "livet|verkligen inte",
          .no_alone = "aldrig",
          .refusal =
              "avslå THEM?|avslås|avslaget|avslagen|neka THEM?|nekas|nekad|nekat|avvisa "
              "THEM?|avvisas|avvisad|inte godkänt/godkänd/bekräftat/ok|ej godkänt/godkänd/bekräftat|vi/jag "
              "avslår/nekar/avvisar/vägrar THEM?|vi/jag bekräftar/godkänner/accepterar/känner THEM? inte "
              "till? THEM?|vi/jag känner inte till? THEM|vi/jag godkänner/bekräftar/accepterar inte "
              "THEM?|THEM är okänd för? oss?|THEM är inte från oss|THEM kommer inte från oss|THEM "
              "arbetar/jobbar inte hos/för oss|THEM är inte en av oss|släpp inte in THEM|lägg inte till "
              "THEM|godkänn/bekräfta inte THEM?|vänligen? avslå/avvisa/neka THEM?",
          .objection =
              "invändning|vi/jag invänder mot? THEM?|vi/jag motsätter oss/mig THEM?|stopp|stoppa THEM?|ta "
              "bort THEM från? THEM?|vänligen? ta bort THEM från? THEM?|avregistrera THEM|radera THEM",
          .filler = "tack|tack så mycket|tack för ert/ditt/er/din mejl/mail/meddelande/fråga|hej|härmed|med "
                    "vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|hälsningar|mvh|också|och|från "
                    "vår/min sida|för THEM|vänligen",
          .them = "henne honom dem här de den det denna detta dessa hon han person personen personer ansökan "
                  "begäran anmälan prenumeration för av till på om i listan listan kollega",
          .neutral = "vi jag hon han de den det denna detta person personen namn är var hos oss från av "
                     "känner till här arbetar jobbar med på i en ett som begäran skickat skickad",
          .negation = "inte ej ingen inga aldrig okänd",
          .but = "men dock utom",
      },
      {
          .name = "da",
          .yes = "ja|jo da|jada|jep|ja "
                 "tak/takk|godkendt|godkjent|bekræftet|bekreftet|accepteret|akseptert|jeg/vi "
                 "bekræfter/bekrefter/godkender/godkjenner/accepterer/aksepterer/støtter "
                 "hermed/herved/gerne/gjerne? THEM?|hermed/herved bekræfter/bekrefter/godkender/godkjenner "
                 "vi/jeg THEM?|ingen problem/problemer/indvendinger/innvendinger|intet/ikke noe/noget? "
                 "problem|vi/jeg har ingen indvendinger/innvendinger/problemer mod/mot/med? THEM?|vi/jeg har "
                 "intet/ikke noget/noe? imod/imot/mod/mot THEM|det er i orden|det er "
                 "ok/okay/fint/greit/korrekt/godkendt/godkjent|THEM er i orden|THEM er "
                 "godkendt/godkjent/ok|i orden|helt i orden|vi/jeg er enig/enige i? THEM?|vi/jeg samtykker "
                 "i/til? THEM?|luk/slip/slipp THEM ind/inn",
          .yes_alone = "selvfølgelig|naturligvis|helt sikkert|stemmer|det "
                       "stemmer|absolut|absolutt|bekræft|bekreft|bekræfter|bekrefter|gerne|gjerne|fint|greit|"
                       "jovist|javisst",
          .support = "THEM? arbejder/arbeider/jobber hos/for/i oss/os|THEM? er en af/av os/oss|THEM? er "
                     "vores/vår/en? kollega/medarbejder/medarbeider/ansatt|vi/jeg kender/kjenner THEM",
          .no = "nej|nei|nej tak|nei takk|absolut/absolutt ikke|selvfølgelig ikke|bestemt ikke|ikke fra "
                "os/oss|aldri i livet|på ingen måde/måte",
          .no_alone = "aldrig|aldri",
          .refusal =
              "afvis THEM?|avvis THEM?|afvist|avvist|afslå/avslå THEM?|afslået|avslått|nægtet|nektet|ikke "
              "godkendt/godkjent/bekræftet/bekreftet/ok|vi/jeg afviser/avviser/afslår/avslår/nægter/nekter "
              "THEM?|vi/jeg bekræfter/bekrefter/godkender/godkjenner/accepterer/aksepterer/kender/kjenner "
              "ikke til? THEM?|vi/jeg kender/kjenner THEM ikke|THEM er ukendt/ukjent for? os/oss?|THEM er "
              "ikke fra os/oss|THEM kommer ikke fra os/oss|THEM arbejder/arbeider/jobber ikke hos/for "
              "os/oss|THEM er ikke en af/av os/oss|luk/slip/slipp ikke THEM "
              "ind/inn|godkend/godkjenn/bekræft/bekreft ikke THEM?|venligst/vennligst? "
              "afvis/avvis/afslå/avslå THEM?",
          .objection =
              "indsigelse|innsigelse|indvending|innvending|vi/jeg gør/gjør indsigelse/innsigelse mod/mot? "
              "THEM?|vi/jeg protesterer mod/mot? THEM?|stop|stopp|stop/stopp/stans THEM|fjern/slet/slett "
              "THEM fra? THEM?|venligst/vennligst? fjern/slet/slett THEM fra? THEM?|afmeld/avmeld THEM",
          .filler = "tak|takk|mange tak/takk|tusind/tusen tak/takk|tak/takk for din/jeres/deres/denne? "
                    "mail/besked/melding/henvendelse/spørgsmål|hej|hei|hermed|herved|med venlig/vennlig "
                    "hilsen|venlig/vennlig hilsen|mvh|hilsen|også|og|fra vores/vår/min side|for "
                    "THEM|venligst|vennligst",
          .them = "hende henne ham dem de den det denne dette disse hun han person personen personer "
                  "anmodning anmodningen forespørgsel forespørsel tilmelding påmelding abonnement for af av "
                  "til på om i listen listen kollega",
          .neutral = "vi jeg hun han de den det denne dette person personen navn er var hos os oss fra af av "
                     "kender kjenner til her arbejder arbeider jobber med på i en et som sendt",
          .negation = "ikke ingen aldrig aldri ukendt ukjent",
          .but = "men dog unntatt undtagen",
      },
  });
  return kLanguages;
}

}  // namespace ccgate
