#include "policy/answer/answer_words_other.h"

#include <array>

namespace ccgate {

std::span<const AnswerWords> answer_words_other() noexcept {
  static constexpr auto kLanguages = std::to_array<AnswerWords>({
      {
          .name = "fi",
          .yes = "kyllä vahvistan/vahvistamme/kiitos/hyväksyn/hyväksymme?|joo "
                 "vahvistan/vahvistamme?|vahvistan/vahvistamme täten? THEM?|täten vahvistan/vahvistamme "
                 "THEM?|vahvistettu|vahvistetaan|hyväksyn/hyväksymme täten? "
                 "THEM?|hyväksytty|hyväksytään|sopii|sopii meille/minulle|puollan/puollamme THEM?|ei "
                 "ongelmaa/ongelmia|ei ole? estettä/vastalauseita|meillä/minulla ei ole "
                 "huomautettavaa/vastalauseita/mitään vastaan? THEM?|ei vastalauseita|kaikki kunnossa|asia "
                 "on kunnossa|olen/olemme samaa mieltä|suostun/suostumme THEM?|lisätkää/hyväksykää THEM",
          .yes_alone =
              "kyllä|joo|juu|toki|tietysti|tietenkin|totta kai|ehdottomasti|oikein|pitää paikkansa|selvä",
          .support = "THEM? on meidän/töissä/meillä/yksi "
                     "työntekijä/työntekijämme/kollegamme/meillä/meistä/töissä?|tunnen/tunnemme THEM",
          .no = "ei|ei kiitos|ei ei|ei missään nimessä|ei todellakaan|ei tietenkään|ei ikinä|emme "
                "hyväksy/vahvista THEM?|en hyväksy/vahvista THEM?|ei meiltä|ei hyväksytä|ei vahvisteta",
          .no_alone = "ei koskaan|eikä",
          .refusal = "kieltäydyn/kieltäydymme THEM?|hylkään/hylkäämme "
                     "THEM?|hylätty|hylätään|evätty|evätään|torjutaan|torjumme THEM?|hylätkää THEM?|en/emme "
                     "tunne THEM|me/minä? en/emme hyväksy/vahvista/tunne/salli THEM?|älkää/älä "
                     "lisätkö/lisää/hyväksykö/hyväksy/päästäkö/vahvistako THEM?|THEM ei ole "
                     "meiltä/meidän/meillä/täällä työntekijä/työntekijämme/töissä?|THEM on meille tuntematon",
          .objection =
              "vastalause|vastustan/vastustamme THEM?|stop|seis|lopettakaa|poistakaa/poista THEM THEM?",
          .filler = "kiitos|kiitoksia|paljon kiitoksia|kiitos "
                    "viestistä/viestistänne/kysymästä|hei|terveisin|ystävällisin terveisin|parhain "
                    "terveisin|yt|täten|ja|myös|omalta/meidän osaltamme/puolestamme?",
          .them = "hänet häntä hän heidät heitä he se sen sitä tämä tämän tätä nämä pyyntö pyynnön pyyntöä "
                  "hakemus hakemuksen tilaus tilauksen jäsenyyden henkilö henkilön henkilöä listalle "
                  "listalta postituslistalle postituslistalta",
          .neutral = "me minä hän he se tämä henkilö henkilöä tunne tunneta meillä meiltä ole täällä töissä "
                     "nimistä tällaista",
          .negation = "ei emme en kukaan koskaan tuntematon",
          .but = "mutta kuitenkin paitsi vaan",
      },
      {
          .name = "et",
          .yes =
              "jah kinnitan/kinnitame/muidugi?|jaa kinnitan/kinnitame|kinnitan/kinnitame "
              "THEM?|kinnitatud|nõus|olen/oleme nõus THEM?|heaks kiidetud|pole probleemi|probleeme pole|jā "
              "apstiprinu/apstiprinām|apstiprinu/apstiprinām THEM?|apstiprināts|piekrītu|piekrītam|taip "
              "patvirtinu/patvirtiname|patvirtinu/patvirtiname THEM?|patvirtinta|sutinku|sutinkame",
          .yes_alone = "jah|jaa|muidugi|loomulikult|õige|jā|taip|žinoma|protams",
          .support = "",
          .no = "ei|ei aitäh|mitte mingil juhul|nē|ne ačiū|ne|nē paldies",
          .no_alone = "kunagi mitte|nekad|niekada",
          .refusal =
              "keeldun/keeldume THEM?|keelatud|tagasi lükatud|ei kinnita THEM?|ei tunne THEM|me/ma ei "
              "kinnita/tunne THEM?|noraidīts|noraidu/noraidām THEM?|atsakāmies|neapstiprinu/neapstiprinām "
              "THEM?|nepazīstam THEM|atmesta|atmetame|nepatvirtinu/nepatvirtiname THEM?|nepažįstame THEM",
          .objection = "vastuväide|stopp|eemaldage THEM|iebildums|noņemiet "
                       "THEM|prieštarauju|prieštaraujame|pašalinkite THEM",
          .filler = "palun|aitäh|tänan|täname|tere|lugupidamisega|paldies|lūdzu|ar "
                    "cieņu|ačiū|prašome|pagarbiai|ja|un|ir",
          .them = "teda tema ta see seda selle taotlus taotluse isik isikut viņu viņa šo šī pieprasījumu jį "
                  "ją jos jo šį šią prašymą asmenį asmens",
          .neutral = "",
          .negation = "ei mitte keegi nav nėra niekas neviens",
          .but = "aga kuid bet tačiau",
      },
      {
          .name = "hu",
          .yes = "igen "
                 "megerősítem/megerősítjük/jóváhagyom/jóváhagyjuk/természetesen/egyetértek/egyetértünk/"
                 "köszönöm?|megerősítem/megerősítjük THEM?|ezennel megerősítem/megerősítjük "
                 "THEM?|megerősítve|jóváhagyom/jóváhagyjuk THEM?|jóváhagyva|elfogadom/elfogadjuk "
                 "THEM?|elfogadva|egyetértek|egyetértünk|hozzájárulok|hozzájárulunk|rendben|rendben "
                 "van|nincs probléma/kifogás/akadálya|nincs kifogásunk/kifogásom/ellenvetésünk/ellenvetésem "
                 "ellene?|nincs semmi kifogásunk/kifogásom|minden rendben|támogatom/támogatjuk "
                 "THEM?|kérem/kérjük vegyék/vegye fel THEM",
          .yes_alone = "igen|persze|természetesen|jó|helyes|biztosan|így van|hogyne|ja|oké",
          .support =
              "THEM? nálunk dolgozik/dolgoznak|THEM? a? mi? munkatársunk/kollégánk|ismerem/ismerjük THEM",
          .no = "nem|nem nem|nem köszönöm/köszönjük|semmiképp|semmiképpen|semmi esetre sem|természetesen "
                "nem|biztosan nem|szó sem lehet róla|nem tőlünk|nem értek/értünk egyet",
          .no_alone = "soha",
          .refusal =
              "elutasítom/elutasítjuk THEM?|elutasítva|kérem/kérjük? utasítsák/utasítsa el "
              "THEM?|megtagadom/megtagadjuk THEM?|megtagadva|nem erősítem/erősítjük meg THEM?|nem "
              "hagyom/hagyjuk jóvá THEM?|nem fogadom/fogadjuk el THEM?|nem ismerem/ismerjük THEM?|THEM nem "
              "ismerem/ismerjük|THEM? nem nálunk dolgozik|THEM? nem dolgozik nálunk|THEM nem a? mi? "
              "munkatársunk/kollégánk|THEM nem tőlünk jött/származik|kérem/kérjük? ne vegyék/vegye fel "
              "THEM?|ne engedjék/engedje be THEM?|THEM ismeretlen számunkra|ismeretlen személy",
          .objection =
              "tiltakozom|tiltakozunk|kifogás|kifogásolom/kifogásoljuk THEM?|ellenzem/ellenezzük "
              "THEM?|stop|állj|kérem/kérjük? távolítsák/távolítsa/töröljék/törölje el/le? THEM THEM?|törlés",
          .filler = "kérem|kérjük|köszönöm|köszönjük|köszönettel|köszönöm/köszönjük a? "
                    "levelet/levelüket/megkeresést|jó napot|üdvözlettel|tisztelettel|ezennel|és|is|a mi "
                    "részünkről|részünkről",
          .them = "a az ezt azt őt őket ő ők ez ennek kérést kérés kérelmet kérelem jelentkezést jelentkezés "
                  "feliratkozást feliratkozás személyt személy kolléga kollégát listára listáról",
          .neutral = "mi én ő ők ezt azt a az ez személyt személy nálunk ismerjük ismerem ismeri dolgozik "
                     "van volt ilyen nevű senkit tőlünk",
          .negation = "nem senki soha nincs ismeretlen sem",
          .but = "de azonban viszont kivéve",
      },
      {
          .name = "tr",
          .yes = "evet onaylıyorum/onaylıyoruz/onaylandı/tabii/elbette/doğru/teşekkürler/kabul? "
                 "ediyoruz/ediyorum?|THEM? onaylıyorum/onaylıyoruz "
                 "THEM?|onaylandı|onaylanmıştır|onaylanır|THEM? kabul ediyorum/ediyoruz|kabul edildi|kabul "
                 "edilmiştir|teyit ediyorum/ediyoruz|THEM? teyit ediyorum/ediyoruz|teyit "
                 "edildi|uygundur|uygun|bizce uygundur|bizim için uygundur/uygun|sorun yok|problem "
                 "yok|sakıncası/itirazımız/itirazım yok|bir sakınca/sakıncası yok|itirazımız/itirazım "
                 "yoktur|katılıyorum|katılıyoruz|olur|lütfen ekleyin/onaylayın/kabul THEM? edin?",
          .yes_alone = "evet|tabii|tabii ki|elbette|doğru|kesinlikle|tamam|tamamdır|onay|doğrudur|peki",
          .support = "THEM? bizim çalışanımız/çalışanımızdır/personelimiz/personelimizdir|THEM? "
                     "bizden/bizdendir|THEM? tanıyoruz/tanıyorum",
          .no = "hayır|hayır hayır|hayır teşekkürler|kesinlikle hayır|asla|tabii ki hayır|elbette "
                "hayır|bizden değil|onaylamıyorum|onaylamıyoruz|kabul etmiyorum|kabul etmiyoruz",
          .no_alone = "yok|olmaz",
          .refusal = "THEM? reddediyorum/reddediyoruz|reddedildi|reddedilmiştir|ret|red|lütfen? THEM? "
                     "reddedin|reddedin|THEM? onaylamıyorum/onaylamıyoruz|onaylanmadı|THEM? kabul "
                     "etmiyorum/etmiyoruz|kabul edilmedi|THEM? tanımıyorum/tanımıyoruz|lütfen? THEM? "
                     "eklemeyin/onaylamayın|lütfen? THEM? kabul etmeyin|THEM? bizden/bizim/bizimle/burada "
                     "değil/çalışmıyor/değildir çalışanımız? değil?|uygun değil|uygun değildir",
          .objection =
              "itiraz|THEM? itiraz ediyorum/ediyoruz|itirazımız/itirazım var|dur|durdurun|lütfen? THEM THEM? "
              "çıkarın/silin/kaldırın|lütfen? çıkarın/silin/kaldırın|THEM? silin/çıkarın/kaldırın",
          .filler = "lütfen|teşekkürler|teşekkür ederim/ederiz|teşekkür ederim/ederiz|sağolun|merhaba|iyi "
                    "günler|iyi çalışmalar|saygılarımla|saygılarımızla|selamlar|ve|bu vesileyle|kolay "
                    "gelsin|bizim tarafımızdan|bizce",
          .them = "bu bunu onu onları o kişiyi kişi kişinin talebi talep isteği istek başvuruyu başvuru "
                  "başvurusunu kaydı kayıt üyeliği üyelik listeden listeye listesinden listesine için şu",
          .neutral = "biz ben o onu bu bunu kişi kişiyi tanıyoruz tanıyorum bizde burada çalışıyor bizim "
                     "isimde böyle biri adında",
          .negation = "değil kimse hiç tanımıyoruz tanımıyorum yok",
          .but = "ama fakat ancak lakin",
      },
      {
          .name = "el",
          .yes =
              "ναι "
              "επιβεβαιώνω/επιβεβαιώνουμε/βεβαίως/συμφωνώ/συμφωνούμε/φυσικά/εγκρίνω/εγκρίνουμε/ευχαριστώ?|το/"
              "την/τον/τους/τα? επιβεβαιώνω/επιβεβαιώνουμε THEM?|εγκρίνω/εγκρίνουμε THEM?|το/την/τον? "
              "εγκρίνω/εγκρίνουμε|επιβεβαιώνεται|επιβεβαιωμένο|εγκρίνεται|εγκεκριμένο|δεκτό|συμφωνώ/"
              "συμφωνούμε με? THEM?|αποδέχομαι/αποδεχόμαστε/δεχόμαστε THEM?|κανένα πρόβλημα|δεν υπάρχει "
              "πρόβλημα/αντίρρηση|δεν έχω/έχουμε αντίρρηση/πρόβλημα/καμία αντίρρηση? με/σε? THEM?|καμία "
              "αντίρρηση|χωρίς πρόβλημα|όλα καλά/εντάξει/σωστά|είμαστε/είμαι σύμφωνοι/σύμφωνος/σύμφωνη με? "
              "THEM?|παρακαλώ προσθέστε/εγκρίνετε/δεχτείτε THEM",
          .yes_alone = "ναι|βεβαίως|φυσικά|εντάξει|σωστά|μάλιστα|ασφαλώς|ακριβώς|βέβαια|οκ|ισχύει|αμέ",
          .support = "THEM? εργάζεται/δουλεύει/εργάζονται σε/για/με εμάς/μας|THEM? είναι "
                     "συνάδελφος/συνάδελφός/υπάλληλός/υπάλληλος/δικός/δική μας|τον/την/τους "
                     "γνωρίζουμε/γνωρίζω/ξέρουμε|γνωρίζουμε THEM",
          .no = "όχι|όχι όχι|όχι ευχαριστώ/ευχαριστούμε|σε καμία περίπτωση|φυσικά όχι|βεβαίως όχι|με "
                "τίποτα|δεν συμφωνώ/συμφωνούμε με? THEM?|όχι από εμάς",
          .no_alone = "ποτέ",
          .refusal = "απορρίπτω/απορρίπτουμε THEM?|απορρίπτεται|απορρίφθηκε|αρνούμαι/αρνούμαστε "
                     "THEM?|άρνηση|παρακαλώ? απορρίψτε THEM?|δεν/δε το/την/τον/τους? "
                     "επιβεβαιώνω/επιβεβαιώνουμε/εγκρίνω/εγκρίνουμε/γνωρίζω/γνωρίζουμε/ξέρω/ξέρουμε/"
                     "αποδεχόμαστε/δεχόμαστε THEM?|δεν εγκρίνεται|δεν επιβεβαιώνεται|παρακαλώ? μην "
                     "το/την/τον? προσθέσετε/εγκρίνετε/δεχτείτε/επιβεβαιώσετε THEM?|THEM? δεν "
                     "εργάζεται/δουλεύει/είναι/προέρχεται σε/για/με/από/δικός/δική/εδώ? εμάς/μας?|THEM μας "
                     "είναι άγνωστος/άγνωστη/άγνωστο",
          .objection = "ένσταση|αντίρρηση|αντιτίθεμαι|αντιτιθέμεθα|ενίσταμαι|έχω/έχουμε "
                       "αντίρρηση/ένσταση|σταματήστε|στοπ|παρακαλώ? αφαιρέστε/διαγράψτε/βγάλτε/ακυρώστε "
                       "το/την/τον? THEM?",
          .filler = "παρακαλώ|ευχαριστώ|ευχαριστούμε|ευχαριστώ/ευχαριστούμε πολύ|ευχαριστώ/ευχαριστούμε για "
                    "το μήνυμα|γεια σας|καλημέρα|καλησπέρα|με εκτίμηση|φιλικά|χαιρετισμούς|με την "
                    "παρούσα|δια του παρόντος|και|από πλευράς μας|εκ μέρους μας|για THEM|επίσης",
          .them = "το τον την τους τις τα του της των αυτό αυτόν αυτήν αυτή αυτός αυτοί αίτημα αίτηση άτομο "
                  "πρόσωπο εγγραφή συνδρομή συνάδελφο για από στη στην στο λίστα",
          .neutral = "εμείς εγώ το τον την τους αυτό αυτόν αυτή αυτός άτομο πρόσωπο γνωρίζουμε γνωρίζω "
                     "ξέρουμε μας εμάς από σε εδώ εργάζεται είναι ήταν με όνομα αυτό στάλθηκε",
          .negation = "δεν δε κανείς κανένας κανέναν ποτέ άγνωστος άγνωστη",
          .but = "αλλά όμως ωστόσο εκτός",
      },
      {
          .name = "ar",
          .yes = "نعم أؤكد/نؤكد/أوافق/نوافق/بالتأكيد/طبعا/موافق/موافقون/شكرا? THEM?|نعم أؤكد/نؤكد "
                 "ذلك|أؤكد/نؤكد THEM?|أوافق/نوافق على? THEM?|موافق|موافقة|موافقون|موافق عليه|تم التأكيد|تم "
                 "تأكيد THEM|مؤكد|تمت الموافقة|تمت الموافقة على THEM|نقبل THEM?|أقبل THEM?|مقبول|لا مانع|لا "
                 "مانع لدينا/لدي|ليس لدينا/لدي مانع/اعتراض|لا اعتراض|لا يوجد مانع/اعتراض/مشكلة|لا مشكلة|لا "
                 "توجد مشكلة|كل شيء على ما يرام|لا بأس",
          .yes_alone = "نعم|أجل|طبعا|بالطبع|بالتأكيد|أكيد|صحيح|حسنا|تمام|ايوه|بكل سرور|هذا صحيح",
          .support = "THEM? يعمل/تعمل/يعملون لدينا/معنا/عندنا|THEM? من موظفينا/فريقنا|نعرف THEM|نعرفه|نعرفها",
          .no = "لا|كلا|لا لا|لا شكرا|لا أوافق/نوافق على? THEM?|لا نؤكد/أؤكد THEM?|بالطبع لا|طبعا "
                "لا|بالتأكيد لا|لا أبدا|أبدا لا|على الإطلاق لا|غير موافق|غير موافقون|ليس منا",
          .no_alone = "أبدا",
          .refusal =
              "أرفض/نرفض THEM?|مرفوض|مرفوضة|رفض|تم الرفض|تم رفض THEM|يرجى/الرجاء/نرجو? رفض THEM|ارفضوا/ارفض "
              "THEM?|لا نقبل/أقبل THEM?|لا نعرف/أعرف THEM|لا نعرفه/نعرفها/نعرفهم/أعرفه/أعرفها|THEM لا "
              "يعمل/تعمل/يعملون لدينا/معنا/عندنا|THEM غير معروف/معروفة/مخول/مخولة لدينا?|THEM ليس/ليست "
              "من/منا موظفينا/عندنا/لدينا?|يرجى/الرجاء/نرجو? عدم إضافة/قبول/تسجيل/إضافته/إضافتها THEM?|لا "
              "تقبلوا/تضيفوا/تسجلوا/تقبلوه/تقبلوها/تضيفوه/تضيفوها THEM?",
          .objection =
              "أعترض/نعترض على? THEM?|اعتراض|لدينا/لدي اعتراض|توقف|توقفوا|أوقفوا THEM?|يرجى/الرجاء/نرجو? "
              "إزالة/حذف/إلغاء/إزالته/إزالتها/حذفه/حذفها THEM?|احذفوا/أزيلوا/احذفوها/احذفوه THEM?",
          .filler = "من فضلك|من فضلكم|شكرا|شكرا لك/لكم|شكرا جزيلا|مع الشكر|وشكرا|مرحبا|السلام عليكم|مع "
                    "التحية|تحياتي|مع خالص التحية/التحيات|تحية طيبة وبعد?|وبعد|بموجب هذا|من جانبنا|من "
                    "طرفنا|الجواب/جوابنا|و",
          .them = "هذا هذه ذلك تلك الطلب طلب الشخص شخص الأشخاص الاشتراك اشتراك التسجيل تسجيل الموظف الموظفة "
                  "الزميل الزميلة من إلى في على القائمة قائمة لهذا المشترك انضمام الانضمام إضافة قبول ها هو "
                  "هي هم",
          .neutral =
              "نحن أنا هذا هذه هو هي الشخص شخص نعرف أعرف يعمل تعمل لدينا عندنا معنا من بهذا الاسم الطلب",
          .negation = "ليس ليست غير أحد أبدا لم",
          .but = "لكن ولكن إلا",
      },
      {
          .name = "he",
          .yes = "כן אני/אנו/אנחנו? מאשר/מאשרת/מאשרים/מסכים/מסכימה/מסכימים/בהחלט/כמובן THEM?|אני/אנו/אנחנו "
                 "מאשר/מאשרת/מאשרים/מסכים/מסכימה/מסכימים/תומכים את/ל? THEM?|מאשר/מאשרת/מאשרים את "
                 "THEM|מאושר|מאושרת|אושר|אושרה|מסכים|מסכימה|מסכימים|מוסכם|אין בעיה|אין התנגדות|אין לנו/לי "
                 "התנגדות/בעיה|אין לנו/לי שום/כל התנגדות/בעיה|הכל בסדר|זה בסדר|בסדר מבחינתנו/מבחינתי|מקובל "
                 "עלינו/עלי|נא/אנא לאשר/להוסיף/לקבל את? THEM|בסדר גמור",
          .yes_alone = "כן|בטח|כמובן|בהחלט|בסדר|נכון|מאשר|מאשרת|מאשרים|אוקיי|אוקי|בוודאי|ודאי|בשמחה",
          .support = "THEM? עובד/עובדת/עובדים אצלנו/איתנו|THEM? משלנו|אנחנו/אנו/אני מכירים/מכיר/מכירה "
                     "אותה/אותו/אותם/את? THEM?",
          .no = "לא|לא לא|לא תודה|ממש לא|בהחלט לא|כמובן שלא|בשום אופן לא?|בשום פנים ואופן לא?|לא "
                "מאשר/מאשרת/מאשרים את? THEM?|לא מסכים/מסכימה/מסכימים ל? THEM?|לא מאושר|לא מאיתנו|לא מאתנו",
          .no_alone = "לעולם לא|אף פעם",
          .refusal = "דחה|נדחה|נדחית|סירוב|מסרב/מסרבת/מסרבים THEM?|אני/אנו/אנחנו "
                     "מסרב/מסרבת/מסרבים/דוחה/דוחים את? THEM?|נא/אנא? לדחות/לסרב את/ל? THEM?|דחו/דחה את "
                     "THEM|אני/אנו/אנחנו לא/איני/איננו מאשר/מאשרת/מאשרים/מסכים/מסכימים/מכיר/מכירה/מכירים "
                     "את/אותה/אותו/אותם/ל? THEM?|איננו/אינני מכירים/מכיר/מאשרים/מאשר את/אותה/אותו/אותם? "
                     "THEM?|לא מכירים/מכיר/מכירה את/אותה/אותו/אותם THEM?|THEM לא עובד/עובדת/עובדים "
                     "אצלנו/איתנו|THEM לא מוכר/מוכרת לנו|THEM אינו/אינה/לא משלנו|נא/אנא? לא להוסיף/לאשר/לקבל "
                     "את/אותה/אותו? THEM?|נא/אנא? אל תוסיפו/תאשרו/תקבלו/תכניסו את/אותה/אותו? THEM?",
          .objection = "התנגדות|מתנגד/מתנגדת/מתנגדים ל? THEM?|אני/אנו/אנחנו מתנגד/מתנגדת/מתנגדים ל? "
                       "THEM?|עצור|עצרו|נא/אנא? להסיר/למחוק/לבטל/להוציא את/אותה/אותו? "
                       "THEM?|הסירו/מחקו/הוציאו את/אותה/אותו? THEM?",
          .filler = "בבקשה|תודה|תודה רבה|שלום|בברכה|בכבוד רב|נא|אנא|בזאת|מצדנו|מבחינתנו|וגם|גם|יום טוב|בתודה",
          .them = "את זה זו זאת הבקשה בקשה האדם אדם הרישום רישום ההרשמה המינוי העובד העובדת העמית העמיתה "
                  "לרשימה מהרשימה רשימה של הזה הזו הזאת אותה אותו אותם היא הוא הם",
          .neutral = "אנחנו אנו אני הוא היא הם זה האדם אדם אותה אותו אותם את מכירים מכיר מכירה אצלנו עובד "
                     "עובדת כאן בשם כזה הזה",
          .negation = "אין אינו אינה איננו אף לעולם",
          .but = "אבל אך אולם למעט",
      },
      {
          .name = "ja",
          .yes =
              "はい|ええ|承認します|承認いたします|承認致します|承認しました|承認いたしました|承認致しました|"
              "承認済みです|了承します|了承いたします|了承致します|了承しました|了承いたしました|了承です|"
              "承諾します|承諾いたします|承諾しました|同意します|同意いたします|同意しました|許可します|"
              "許可いたします|許可しました|賛成です|反対しません|反対いたしません|反対はありません|"
              "賛成します|認めます|確約します|間違いありません|間違いございません|間違いないです|"
              "問題ありません|問題ございません|問題ないです|問題なし|問題無し|異議ありません|"
              "異議ございません|異議なし|異存ありません|異存ございません|支障ありません|差し支えありません|"
              "その通りです|そのとおりです|追加してください|追加をお願いします|登録をお願いします|"
              "登録してください|受け入れてください|ご確認の通りです|承認をお願いします|承認してください",
          .yes_alone = "承認|了承|承諾|同意|許可|是|もちろん|もちろんです|うん|賛成|"
                       "確認の上承認します|ＯＫです|okです|ok です",
          .support = "弊社の社員です|弊社の者です|当社の社員です|当社の者です|弊社の従業員です|"
                     "当方の職員です|当方の者です|私の同僚です|同僚です|弊社のスタッフです|"
                     "当社のスタッフです|知っています|存じております|当組織の者です",
          .no = "いいえ|いえ|いや|ダメです|だめです|駄目です|承認しません|承認いたしません|承認できません|"
                "承認致しかねます|承認いたしかねます|了承できません|了承しません|同意しません|同意できません|"
                "許可しません|許可できません|認めません|承諾しません|承諾できません|お断りします|"
                "お断りいたします|お断り致します|拒否します|拒否いたします|却下します|却下いたします|"
                "否認します|否決します|反対します|反対です|不可です|不承認です|ノーです",
          .no_alone = "拒否|却下|不可|否|否認|不承認|ノー|違います",
          .refusal =
              "拒否してください|却下してください|拒否をお願いします|却下をお願いします|追加しないでください|"
              "登録しないでください|承認しないでください|入れないでください|受け入れないでください|"
              "この人を知りません|この人は知りません|この方を知りません|この方は存じません|"
              "この方は存じ上げません|存じません|存じ上げません|知りません|知らない人です|"
              "当社の社員ではありません|弊社の社員ではありません|弊社の者ではありません|"
              "当社の者ではありません|当方の者ではありません|弊社の従業員ではありません|心当たりがありません|"
              "心当たりはありません|心当たりがございません|心当たりはございません",
          .objection = "異議があります|異議を申し立てます|異議あり|異議申し立て|異議|削除してください|"
                       "削除をお願いします|削除願います|外してください|取り消してください|取消してください|"
                       "停止してください|中止してください|ストップ|解除してください|登録を取り消してください|"
                       "リストから外してください|リストから削除してください",
          .filler =
              "お願いします|お願いいたします|お願い致します|よろしくお願いします|よろしくお願いいたします|"
              "よろしくお願い致します|宜しくお願いします|宜しくお願いいたします|宜しくお願い致します|"
              "どうぞよろしくお願いいたします|ありがとうございます|ありがとうございました|以上です|以上|"
              "お世話になっております|お世話になります|いつもお世話になっております|こんにちは|回答します|"
              "回答いたします|回答です|この申請を|この申請は|申請を|申請は|この依頼を|この依頼は|"
              "このリクエストを|このリクエストは|リクエストを|本件を|本件は|本件|こちらの申請を|登録を|"
              "この登録を|参加を|これを|それを|弊社として|当社として|当方として|弊社としては|です|この人を|"
              "この人の登録を|この方を|この方の登録を|この方の参加を|こちらで|こちらとしては|"
              "ご連絡ありがとうございます|ご連絡ありがとうございました|ご確認ありがとうございます|"
              "ご連絡いただきありがとうございます|当方で|では|特に",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "",
      },
      {
          .name = "zh",
          .yes =
              "是的|是|同意|我同意|我们同意|我們同意|我确认|我们确认|我確認|我們確認|确认无误|確認無誤|"
              "确认同意|確認同意|我批准|我们批准|我們批准|批准|已批准|已确认|已確認|核准|已核准|准许|准許|"
              "准予|可以|可以的|好的|没问题|沒問題|没有问题|沒有問題|无问题|無問題|无异议|無異議|没有异议|"
              "沒有異議|没意见|沒意見|没有意见|沒有意見|我们没有异议|我們沒有異議|我们没有意见|我們沒有意見|"
              "我没有异议|我們無異議|我们无异议|认可|認可|我们认可|我們認可|许可|許可|允许|允許|我们允许|"
              "我們允許|我们接受|我們接受|接受|通过|通過|请通过|請通過|请批准|請批准|请添加|請添加|请加入|"
              "請加入|同意加入|同意添加|同意订阅|同意訂閱|赞成|贊成|不反对|不反對|我们不反对|我們不反對|"
              "我不反对|我不反對|我赞成|同意申请|同意申請|情况属实|情況屬實|属实|屬實",
          .yes_alone = "确认|確認|好|对|對|对的|對的|行|当然|當然|没错|沒錯|正确|正確|嗯|恩|准",
          .support = "是我们的员工|是我們的員工|是我们的人|是我們的人|是我们的同事|是我們的同事|我们认识他|"
                     "我們認識他|我们认识她|我們認識她|在我们公司工作",
          .no = "不是|不行|不可以|不可|不同意|我不同意|我们不同意|我們不同意|不批准|我们不批准|我們不批准|"
                "不确认|不確認|我们不确认|我們不確認|不认可|不認可|不允许|不允許|不接受|我们不接受|"
                "我們不接受|不通过|不通過|不予批准|不予通过|不予通過|拒绝|拒絕|我拒绝|我拒絕|我们拒绝|"
                "我們拒絕|已拒绝|已拒絕|驳回|駁回|否决|否決|不准|不赞成|不贊成|不认识|不認識|当然不|當然不|"
                "绝对不行|絕對不行|反对|反對|我们反对|我們反對|我反对|我反對",
          .no_alone = "不|否|没有|沒有|不对|不對",
          .refusal =
              "请拒绝|請拒絕|请驳回|請駁回|请不要批准|請不要批准|请不要添加|請不要添加|请勿批准|請勿批准|"
              "请勿添加|請勿添加|不要批准|不要添加|请不要通过|請不要通過|我们不认识这个人|我們不認識這個人|"
              "我不认识这个人|我不認識這個人|我们不认识他|我們不認識他|我们不认识她|我們不認識她|"
              "不认识这个人|不認識這個人|不认识此人|不認識此人|我们不认识此人|我們不認識此人|查无此人|"
              "查無此人|不是我们的员工|不是我們的員工|不是我们的人|不是我們的人|不是我们发的|不是我們發的|"
              "没有这个人|沒有這個人|我们没有这个人|我們沒有這個人",
          .objection =
              "异议|異議|有异议|有異議|我们有异议|我們有異議|我有异议|提出异议|提出異議|停止|请停止|請停止|"
              "请删除|請刪除|删除|刪除|请移除|請移除|移除|请取消|請取消|取消|请撤销|請撤銷|撤销|撤銷|"
              "请将其删除|請將其刪除|请把他删除|请把她删除|请移除此人|請移除此人|请删除此人|請刪除此人",
          .filler =
              "谢谢|謝謝|多谢|多謝|感谢|感謝|非常感谢|非常感謝|请|請|您好|你好|此致|敬礼|敬禮|祝好|我们|我們|"
              "此请求|此請求|这个请求|這個請求|该请求|該請求|该申请|該申請|此申请|此申請|这个申请|這個申請|"
              "这个人|這個人|此人|他|她|他们|她们|加入|订阅|訂閱|的|了|特此|谢谢您的来信|謝謝您的來信|"
              "这项请求|這項請求|本申请|本申請|对此|對此|对该请求|對該請求|对此请求|對此請求|也",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "",
      },
      {
          .name = "ko",
          .yes =
              "네|예|네네|승인합니다|승인하겠습니다|승인했습니다|승인됨|승인해 주세요|승인해주세요|승인 "
              "합니다|동의합니다|동의해요|동의 합니다|허가합니다|허락합니다|수락합니다|찬성합니다|반대하지 "
              "않습니다|인정합니다|문제없습니다|문제 없습니다|문제 없어요|이상 없습니다|이상없습니다|이의 "
              "없습니다|이의없습니다|괜찮습니다|맞습니다|그렇습니다|추가해 주세요|추가해주세요|등록해 "
              "주세요|등록해주세요",
          .yes_alone = "승인|동의|수락|찬성|물론입니다|물론이죠|물론|좋습니다|좋아요",
          .support = "우리 직원입니다|저희 직원입니다|저희 동료입니다|우리 동료입니다|아는 사람입니다",
          .no = "아니요|아니오|아뇨|아닙니다|안 됩니다|안됩니다|안 돼요|안돼요|승인하지 않습니다|승인하지 "
                "않겠습니다|승인 안 합니다|승인할 수 없습니다|승인 불가|승인불가|동의하지 않습니다|동의할 수 "
                "없습니다|허가하지 않습니다|수락하지 "
                "않습니다|거부합니다|거부하겠습니다|거절합니다|거절하겠습니다|반려합니다|반대합니다|"
                "불허합니다|절대 안 됩니다|절대 안됩니다",
          .no_alone = "거부|거절|반려|불가|반대|아니",
          .refusal = "거부해 주세요|거부해주세요|거절해 주세요|거절해주세요|반려해 "
                     "주세요|반려해주세요|추가하지 마세요|승인하지 마세요|등록하지 마세요|모르는 "
                     "사람입니다|이 사람을 모릅니다|이 사람은 모릅니다|저희는 이 사람을 모릅니다|우리는 이 "
                     "사람을 모릅니다|저희 직원이 아닙니다|우리 직원이 아닙니다|저희가 보낸 것이 아닙니다",
          .objection =
              "이의 있습니다|이의있습니다|이의를 제기합니다|이의 제기합니다|이의 제기|이의|중지|중지해 "
              "주세요|중단해 주세요|삭제해 주세요|삭제해주세요|삭제 바랍니다|제거해 "
              "주세요|제거해주세요|취소해 주세요|취소해주세요|제외해 주세요|제외해주세요",
          .filler = "감사합니다|고맙습니다|안녕하세요|안녕하십니까|수고하세요|수고하십시오|부탁드립니다|잘 "
                    "부탁드립니다|이 요청을|요청을|이 신청을|신청을|해당 요청을|본 요청을|이 사람을|이 "
                    "분을|등록을|가입을|저희는|우리는|저는|저희가|우리가|이를|드림|올림|답변드립니다|이 "
                    "요청에|요청에|이에",
          .them = "",
          .neutral = "",
          .negation = "않습니다 모릅니다 아닙니다",
          .but = "하지만 그러나 그런데 다만 그렇지만",
      },
  });
  return kLanguages;
}

}  // namespace ccgate
