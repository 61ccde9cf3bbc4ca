#include "policy/answer/answer_words_slavic.h"

#include <array>

namespace ccgate {

std::span<const AnswerWords> answer_words_slavic() noexcept {
  static constexpr auto kLanguages = std::to_array<AnswerWords>({
      {
          .name = "pl",
          .yes =
              "tak tak/potwierdzam/potwierdzamy/oczywiście/jest/zgadzam/zgadzamy/proszę "
              "się?|potwierdzam/potwierdzamy THEM?|potwierdzone|potwierdzono|zatwierdzam/zatwierdzamy "
              "THEM?|zatwierdzone|zaakceptowane|akceptuję/akceptujemy THEM?|zgoda|zgadzam/zgadzamy się na/z? "
              "THEM?|wyrażam/wyrażamy zgodę na? THEM?|nie ma problemu/problemów/przeciwwskazań|nie mam/mamy "
              "zastrzeżeń/nic/obiekcji przeciwko/co/do? THEM?|bez zastrzeżeń|nie sprzeciwiam/sprzeciwiamy "
              "się THEM?|żaden problem|wszystko ok/okej/w porządku?|wszystko w porządku|w "
              "porządku|popieram/popieramy THEM?|proszę dodać/przyjąć/zaakceptować/zatwierdzić/dopisać THEM",
          .yes_alone = "tak|oczywiście|jasne|zgadza się|dobrze|pewnie|potwierdź|naturalnie|jak "
                       "najbardziej|to prawda|okej",
          .support = "THEM? pracuje/pracują u/dla/z nas/nami|THEM? u nas pracuje/pracują|THEM? jest/są "
                     "jednym/jedną/naszym/naszą/od? z? "
                     "nas/pracownikiem/pracownicą/współpracownikiem/kolegą/koleżanką?|znamy/znam THEM",
          .no = "nie dziękuję/dziękujemy/zgadzam/zgadzamy/potwierdzam/potwierdzamy/akceptuję/akceptujemy "
                "się? THEM?|nie|absolutnie nie|oczywiście że? nie|w żadnym wypadku|pod żadnym pozorem|na "
                "pewno nie|nie od nas",
          .no_alone = "nigdy",
          .refusal = "odmawiam/odmawiamy THEM?|odrzucam/odrzucamy THEM?|odmowa|odrzucone|odrzucono|proszę? "
                     "odrzucić/odmówić THEM?|nie znam/znamy THEM|nie wyrażam/wyrażamy zgody na? THEM?|nie "
                     "potwierdzam/potwierdzamy THEM?|nie zatwierdzam/zatwierdzamy THEM?|proszę? nie "
                     "dodawać/przyjmować/akceptować/zatwierdzać/dopisywać/wpuszczać THEM?|THEM? nie "
                     "pracuje/pracują już? u/dla nas|THEM? u nas już? nie pracuje/pracują|THEM nie jest/są "
                     "od/z nas|THEM nie jest/są naszym/naszą pracownikiem/pracownicą|THEM jest/są nam? "
                     "nieznana/nieznany|nieznana/nieznany osoba?",
          .objection = "sprzeciw|sprzeciwiam/sprzeciwiamy się THEM?|zgłaszam/zgłaszamy/wnoszę/wnosimy "
                       "sprzeciw wobec? THEM?|stop|proszę? usunąć/skreślić/wypisać/wykreślić THEM z? "
                       "THEM?|usuńcie/usuń THEM? z? THEM?",
          .filler = "proszę|dziękuję|dziękujemy|dzięki|dziękuję/dziękujemy bardzo/serdecznie/za "
                    "wiadomość/zapytanie/mail?|dzień dobry|pozdrawiam|pozdrawiamy|z poważaniem|z wyrazami "
                    "szacunku|niniejszym|i|dla THEM|z naszej/mojej strony|również",
          .them = "ją jego go ich jej ona on oni tę ta to ten tego tej tych te osobę osoba osoby osób "
                  "wniosek wniosku prośbę prośba zapis zapisanie subskrypcję subskrypcja subskrypcji kolegę "
                  "koleżankę pana panią pracownika na do z dla listy listę liście w o dodanie",
          .neutral = "my ja ona on oni ta ten to tej tego osoba osoby osobę u nas znamy znam zna pracuje "
                     "pracują jest są był była od z o takim nazwisku imieniu tutaj w nikogo wysłaliśmy",
          .negation = "nikt nigdy nieznana nieznany nie",
          .but = "ale jednak lecz chociaż oprócz",
      },
      {
          .name = "cs",
          .yes = "ano "
                 "potvrzuji/potvrzuju/potvrzujeme/souhlasím/souhlasíme/samozřejmě/schvaluji/schvalujeme/"
                 "prosím/děkuji|áno "
                 "potvrdzujem/potvrdzujeme/súhlasím/súhlasíme/samozrejme|potvrzuji/potvrzuju/potvrzujeme/"
                 "potvrdzujem/potvrdzujeme THEM?|schvaluji/schvalujeme/schvaľujem/schvaľujeme "
                 "THEM?|souhlasím/souhlasíme/súhlasím/súhlasíme s? THEM?|akceptuji/akceptujeme/akceptujem "
                 "THEM?|potvrzeno|potvrzen|potvrzena|potvrdené|schváleno|schválené|souhlas|súhlas|povoleno|"
                 "žádný problém|žiadny problém|bez problémů/problémov/námitek/námietok|nemáme/nemám "
                 "námitek/námitky/námietky/nic/žádné proti/námitky? THEM?|nemáme/nemám nic proti THEM?|není "
                 "problém|nie je problém|v pořádku|v poriadku|je to v pořádku/poriadku|vše v pořádku|všetko "
                 "v poriadku|prosím přidejte/přijměte/zařaďte THEM",
          .yes_alone = "ano|áno|jistě|iste|samozřejmě|samozrejme|jasně|správně|správne|určitě|určite|"
                       "potvrdit|dobře|dobre|hej áno|přesně",
          .support = "THEM? pracuje/pracují/pracujú u/pro/pre nás|THEM? u nás pracuje/pracují/pracujú|THEM? "
                     "je/jsou/sú náš/naše/jeden/jedna/jedním/od? z? "
                     "nás/kolega/kolegyně/kolegyňa/zaměstnanec/zaměstnankyně/zamestnanec?|známe/znám/poznáme/"
                     "poznám THEM",
          .no = "ne|ne ne|ne děkuji/děkujeme|nie ďakujem|nie|rozhodně ne|určitě ne|rozhodne nie|určite "
                "nie|samozřejmě že? ne|v žádném případě|v žiadnom prípade|nesouhlasím/nesouhlasíme s? "
                "THEM?|nesúhlasím/nesúhlasíme s? THEM?|ne od nás",
          .no_alone = "nikdy",
          .refusal = "zamítám/zamítáme THEM?|zamietam/zamietame THEM?|odmítám/odmítáme/odmietam/odmietame "
                     "THEM?|zamítnuto|zamietnuté|odmítnuto|prosím? "
                     "zamítněte/odmítněte/zamítnout/odmítnout/zamietnuť/odmietnuť "
                     "THEM?|nepotvrzuji/nepotvrzujeme/nepotvrdzujem/nepotvrdzujeme "
                     "THEM?|neschvaluji/neschvalujeme/neschvaľujeme THEM?|neznáme/neznám/nepoznáme/nepoznám "
                     "THEM?|THEM neznáme/nepoznáme|prosím? "
                     "nepřidávejte/nepřijímejte/neschvalujte/nepotvrzujte/nepridávajte/neprijímajte "
                     "THEM?|THEM u? nás? nepracuje/nepracují/nepracujú u/pro/pre? nás?|THEM není/nejsou/nie "
                     "je/od/náš/naše/z? od/z? nás/zaměstnanec/kolega?",
          .objection = "námitka|námietka|namítám/namítáme|namietam/namietame|vznáším/vznášíme námitku proti? "
                       "THEM?|stop|zastavte|prosím? "
                       "odstraňte/odeberte/vymažte/smažte/vyřaďte/odstráňte/vyraďte/odstranit/smazat/vymazat/"
                       "odstrániť THEM z/ze/zo? THEM?",
          .filler = "prosím|děkuji|děkujeme|ďakujem|ďakujeme|díky|vďaka|dobrý den/deň|s pozdravem|s "
                    "pozdravom|s úctou|zdravím|tímto|týmto|a|pro/pre THEM|za nás|také|tiež|z naší strany",
          .them = "ji jí ho jej je ona on oni tu ta to ten tento tato toto tuto tomto touto osobu osoba "
                  "osoby žádost žádosti žiadosť žiadosti přihlášku přihláška prihlášku registraci kolegu "
                  "kolegyni pana paní do na z pro pre seznam seznamu zoznam zoznamu s se o přidání",
          .neutral = "my já ona on oni ta ten to tato tento osoba osobu osoby u nás známe zná poznáme "
                     "pracuje je jsou sú byl byla od z s jménem takového menom tady tu nikoho",
          .negation = "nikdo nikto nikdy není nejsou nie neznámá neznámý",
          .but = "ale avšak však kromě okrem",
      },
      {
          .name = "ru",
          .yes = "да "
                 "да/подтверждаю/подтверждаем/конечно/согласен/согласна/согласны/одобряю/одобряем/спасибо/"
                 "разрешаю/разрешаем|подтверждаю/подтверждаем "
                 "THEM?|подтверждено|подтверждён|одобряю/одобряем THEM?|одобрено|согласен/согласна/согласны "
                 "с/на? THEM?|принято нами|разрешаю/разрешаем THEM?|разрешено|не возражаю/возражаем против? "
                 "THEM?|нет возражений|возражений нет|без возражений|нет проблем|без проблем|никаких "
                 "проблем/возражений|всё в порядке|все верно/правильно/в/хорошо "
                 "порядке?|поддерживаю/поддерживаем THEM?|даю/даём согласие на? THEM?|настоящим? "
                 "подтверждаю/подтверждаем THEM?|пожалуйста добавьте/примите/включите/подпишите THEM",
          .yes_alone = "да|ага|конечно|верно|правильно|хорошо|ладно|разумеется|безусловно|ок|точно|"
                       "естественно|всё верно",
          .support = "THEM? работает/работают у/в/для/с нас/нами|THEM? у нас работает/работают|THEM? "
                     "наш/наша/наши/один/одна из? нас? сотрудник/сотрудница/коллега/сотрудники?|знаю/знаем "
                     "THEM|мы/я знаем/знаю THEM",
          .no = "нет|нет нет|нет спасибо|нет не? согласен/согласна/согласны|ни в коем случае|конечно нет|ни "
                "за что|категорически нет|не согласен/согласна/согласны с? THEM?|не от нас|исключено",
          .no_alone = "никогда",
          .refusal =
              "отказываю/отказываем THEM?|отклоняю/отклоняем THEM?|отказ|отказать "
              "THEM?|отказано|отклонено|отклонить THEM?|прошу/пожалуйста/просим? "
              "отклонить/отказать/отклоните/откажите THEM?|возражаю/возражаем против? THEM?|мы/я? не "
              "подтверждаю/подтверждаем/одобряю/одобряем/разрешаю/разрешаем/знаю/знаем/принимаю/принимаем "
              "THEM?|не подтверждено|не разрешено|не одобрено|мы/я? THEM не "
              "знаем/знаю|прошу/пожалуйста/просим? не "
              "добавляйте/принимайте/подписывайте/пускайте/подтверждайте/добавлять/принимать/подписывать/"
              "включать THEM?|THEM у? нас? не работает/работают у/в/для? нас?|THEM не наш/наша/наши/от/из "
              "сотрудник/сотрудница/нас/коллега?|THEM нам неизвестен/неизвестна/неизвестны|THEM не от нас",
          .objection =
              "возражение|стоп|остановите|прошу/пожалуйста/просим? "
              "удалите/уберите/исключите/отпишите/удалить/убрать/исключить/отписать THEM из/от? THEM?",
          .filler =
              "пожалуйста|спасибо|большое спасибо|спасибо большое/за "
              "письмо/сообщение/вопрос?|здравствуйте|добрый день|с уважением|всего доброго|настоящим|и|для "
              "THEM|с нашей/моей стороны|от нас|также|наш/мой ответ|благодарю|благодарим",
          .them = "её ее его их она он они это этот эта эту этого этой эти этих этому том человека человек "
                  "лицо людей заявку заявка запрос запроса запросу подписку подписка подписки регистрацию "
                  "сотрудника сотрудницу коллегу на в для из о об к список списка списке рассылку рассылки "
                  "добавление включение",
          .neutral = "мы я она он они это этот эта этого человека человек лицо имя именем с у нас знаем знаю "
                     "знает работает работают такой такого таким здесь от нам",
          .negation = "не нет никто никогда неизвестен неизвестна никого",
          .but = "но однако хотя кроме",
      },
      {
          .name = "uk",
          .yes = "так "
                 "так/підтверджую/підтверджуємо/звичайно/звісно/згоден/згодна/згодні/погоджую/погоджуємо/"
                 "дякую|підтверджую/підтверджуємо THEM?|підтверджено|погоджую/погоджуємо "
                 "THEM?|погоджуюсь/погоджуємося з? THEM?|погоджено|схвалюю/схвалюємо "
                 "THEM?|схвалено|згоден/згодна/згодні з? THEM?|дозволяю/дозволяємо THEM?|не "
                 "заперечую/заперечуємо проти? THEM?|немає/без заперечень|заперечень немає|немає/без "
                 "проблем|все гаразд/добре/вірно/правильно|будь ласка додайте/прийміть THEM",
          .yes_alone = "так|звичайно|звісно|авжеж|вірно|правильно|добре|гаразд|безумовно|да",
          .support =
              "THEM? працює/працюють у/в/для/з нас/нами|THEM? у нас працює/працюють|THEM? наш/наша/наші "
              "співробітник/співробітниця/колега/працівник?|знаю/знаємо THEM|ми/я знаємо/знаю THEM",
          .no = "ні|ні ні|ні дякую|звичайно ні|звісно ні|у жодному разі|в жодному разі|ні в якому разі|не "
                "згоден/згодна/згодні з? THEM?|не від нас",
          .no_alone = "ніколи",
          .refusal = "відмовляю/відмовляємо THEM?|відхиляю/відхиляємо "
                     "THEM?|відмова|відмовлено|відхилено|прошу/просимо? відхилити/відмовити/відхиліть "
                     "THEM?|заперечую/заперечуємо проти? THEM?|ми/я? не "
                     "підтверджую/підтверджуємо/погоджую/погоджуємо/схвалюю/схвалюємо/дозволяємо/знаю/знаємо "
                     "THEM?|ми/я? THEM не знаємо/знаю|прошу/просимо? не "
                     "додавайте/приймайте/додавати/приймати THEM?|THEM у? нас? не працює/працюють у/в/для? "
                     "нас?|THEM не наш/наша/від співробітник/співробітниця/нас?|THEM нам невідомий/невідома",
          .objection = "заперечення|стоп|зупиніть|прошу/просимо? "
                       "видаліть/приберіть/виключіть/видалити/прибрати/виключити THEM з/із? THEM?",
          .filler = "будь ласка|дякую|дякуємо|щиро дякую|доброго дня|добрий день|з повагою|цим|і|та|для "
                    "THEM|з нашого боку|також",
          .them = "її його їх вона він вони це цей ця цю цього цієї ці цих людину людина особу особа особи "
                  "заявку заявка запит запиту підписку реєстрацію співробітника колегу на в у до з для про "
                  "список списку розсилку",
          .neutral = "ми я вона він вони це цей ця цього людину людина особу особа з у нас знаємо знаю знає "
                     "працює такої такого тут від нам іменем",
          .negation = "не ні ніхто ніколи невідомий невідома нікого",
          .but = "але проте однак хоча крім",
      },
      {
          .name = "hr",
          .yes = "da "
                 "potvrđujem/potvrđujemo/naravno/slažem/slažemo/se/odobravam/odobravamo/potrjujem/"
                 "potrjujemo? se?|potvrđujem/potvrđujemo/potrjujem/potrjujemo "
                 "THEM?|potvrđeno|potrjeno|odobravam/odobravamo/odobrujem THEM?|odobreno|slažem/slažemo se "
                 "s/sa? THEM?|suglasan/suglasni/saglasan/saglasni smo/sam?|nema problema|bez problema|u "
                 "redu|v redu|sve u redu|nemamo/nemam primjedbi/primedbi/ništa protiv? THEM?|да "
                 "потврђујем/потврђујемо|потврђујем/потврђујемо THEM?|потврђено|потвърждавам/потвърждаваме "
                 "THEM?|потвърдено|одобрявам/одобряваме THEM?|няма проблем",
          .yes_alone = "da|naravno|svakako|točno|tačno|seveda|да|разбира се",
          .support = "",
          .no = "ne|ne hvala|nikako|ne nikako|naravno da ne|ni u kom slučaju|ne slažem/slažemo se s/sa? "
                "THEM?|не",
          .no_alone = "nikad|nikada|nikoli",
          .refusal = "odbijam/odbijamo THEM?|odbijeno|zavračam/zavračamo THEM?|zavrnjeno|molim/molimo? "
                     "odbijte/odbiti/zavrnite THEM?|ne "
                     "potvrđujem/potvrđujemo/potrjujem/potrjujemo/odobravam/odobravamo/poznajem/poznajemo/"
                     "znamo/poznam/poznamo THEM?|THEM ne poznajemo/poznamo|THEM nije/ni od nas|THEM ne "
                     "radi/dela kod/za/pri nas|одбијам/одбијамо THEM?|одбијено|отказвам/отказваме THEM?|не "
                     "познаваме THEM|не потврђујем/потврђујемо THEM?|не потвърждавам/потвърждаваме THEM?",
          .objection = "prigovor|ugovor ne|protivim/protivimo se THEM?|stop|molim/molimo? "
                       "uklonite/izbrišite/obrišite/odstranite THEM s/sa/iz/z? THEM?",
          .filler = "molim|molimo|hvala|hvala lijepa/lepo|prosim|dobar dan|dober dan|s poštovanjem|srdačan "
                    "pozdrav|lijep pozdrav|lep pozdrav|pozdrav|ovim|i|in|za "
                    "THEM|благодаря|моля|поздрави|хвала|с поштовањем",
          .them = "ju nju njega ga ih je ona on oni ovu ova ovo ovaj ta to tu osobu osoba osebo oseba lice "
                  "zahtjev zahtev zahtevo prijavu prijava prijavo za na s sa u od iz listu lista popis "
                  "kolegu нея него това тази този лице",
          .neutral = "mi ja ona on ta to ova ovaj osoba osobu oseba kod pri nas poznaje radi dela je od iz "
                     "pod tim imenom",
          .negation = "nitko niko nihče nije ni",
          .but = "ali no međutim vendar ampak но али",
      },
  });
  return kLanguages;
}

}  // namespace ccgate
