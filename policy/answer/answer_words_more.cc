#include "policy/answer/answer_words_more.h"

#include <array>

namespace ccgate {

std::span<const AnswerWords> answer_words_more() noexcept {
  static constexpr auto kLanguages = std::to_array<AnswerWords>({
      {
          .name = "fa",
          .yes = "بله تأیید/تایید/موافقم/موافقیم/موافق "
                 "می‌کنیم/می‌کنم/هستیم/هستم?|تأیید/تایید "
                 "می "
                 "کنم/کنیم|تأیید می‌کنم|تأیید می‌کنیم|تایید "
                 "می‌کنم|تایید "
                 "می‌کنیم|تأیید "
                 "شد|تایید "
                 "شد|موافقم|موافقیم|موافق هستیم|مشکلی نیست|مانعی ندارد|بلامانع است|مورد تأیید/تایید است",
          .yes_alone = "بله|آری|حتما|البته|درست است",
          .support = "",
          .no = "خیر|نه|نه خیر|نخیر|موافق نیستم/نیستیم|تأیید/تایید نمی کنم/کنیم|تأیید "
                "نمی‌کنیم|تایید "
                "نمی‌کنیم|تأیید نمی‌کنم|تایید نمی‌کنم",
          .no_alone = "هرگز",
          .refusal =
              "رد می‌کنیم|رد می‌کنم|رد شد|لطفا رد کنید|این شخص را "
              "نمی‌شناسیم|او "
              "را "
              "نمی‌شناسیم",
          .objection = "اعتراض داریم|اعتراض دارم|لطفا حذف کنید|حذف کنید",
          .filler = "لطفا|با تشکر|متشکرم|ممنون|با احترام|سلام",
          .them = "این آن درخواست شخص فرد را او",
          .neutral = "",
          .negation = "",
          .but = "اما ولی",
      },
      {
          .name = "ur",
          .yes = "جی ہاں|ہم تصدیق کرتے ہیں|میں تصدیق کرتا ہوں|تصدیق شدہ|منظور ہے|کوئی مسئلہ نہیں|کوئی اعتراض "
                 "نہیں",
          .yes_alone = "ہاں|جی|منظور",
          .support = "",
          .no = "نہیں|جی نہیں|نا منظور|نامنظور",
          .no_alone = "",
          .refusal = "مسترد|ہم انکار کرتے ہیں",
          .objection = "",
          .filler = "شکریہ|براہ کرم",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "لیکن مگر",
      },
      {
          .name = "hi",
          .yes = "जी हाँ|जी हां|हम पुष्टि करते हैं|मैं पुष्टि करता हूँ|मैं पुष्टि करता हूं|मैं पुष्टि करती हूँ|पुष्टि की जाती है|स्वीकृत "
                 "है|हम सहमत हैं|मैं सहमत हूँ|कोई समस्या नहीं|कोई आपत्ति नहीं|कोई आपत्ति नहीं है",
          .yes_alone = "हाँ|हां|जी|सही है|ठीक है|स्वीकृत|सहमत",
          .support = "",
          .no = "नहीं|जी नहीं|बिल्कुल नहीं|हम सहमत नहीं हैं",
          .no_alone = "",
          .refusal =
              "अस्वीकृत|अस्वीकार करें|कृपया अस्वीकार करें|हम अस्वीकार करते हैं|हम इस व्यक्ति को नहीं जानते|हम उन्हें नहीं जानते",
          .objection = "आपत्ति है|हमें आपत्ति है|कृपया हटाएँ|कृपया हटाएं|हटाएं",
          .filler = "कृपया|धन्यवाद|नमस्ते|नमस्कार",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "लेकिन परंतु परन्तु",
      },
      {
          .name = "bn",
          .yes = "আমরা নিশ্চিত করছি|আমি নিশ্চিত করছি|কোনো সমস্যা নেই|কোনো আপত্তি নেই",
          .yes_alone = "হ্যাঁ|জি|জি হ্যাঁ|ঠিক আছে|অনুমোদিত",
          .support = "",
          .no = "না|জি না|একদম না",
          .no_alone = "",
          .refusal = "প্রত্যাখ্যাত|প্রত্যাখ্যান করুন",
          .objection = "",
          .filler = "ধন্যবাদ|দয়া করে",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "কিন্তু তবে",
      },
      {
          .name = "th",
          .yes = "ใช่ครับ|ใช่ค่ะ|ขอยืนยัน|ยืนยันครับ|ยืนยันค่ะ|เรายืนยัน|อนุมัติ|อนุมัติครับ|อนุมัติค่ะ|ตกลงครับ|ตกลงค่ะ|ไม่มีปัญหา|"
                 "ไม่ขัดข้อง|เห็นด้วย",
          .yes_alone = "ใช่|ยืนยัน|ตกลง|ได้|ได้ครับ|ได้ค่ะ|ถูกต้อง",
          .support = "",
          .no = "ไม่ใช่|ไม่ครับ|ไม่ค่ะ|ไม่อนุมัติ|ไม่ยืนยัน|ไม่ตกลง|ไม่ได้|ไม่เห็นด้วย",
          .no_alone = "ไม่",
          .refusal = "ปฏิเสธ|ขอปฏิเสธ|กรุณาปฏิเสธ|เราไม่รู้จักบุคคลนี้|ไม่รู้จักบุคคลนี้",
          .objection = "ขอคัดค้าน|คัดค้าน|กรุณาลบ|หยุด",
          .filler = "ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|ครับ|ค่ะ|สวัสดี|สวัสดีครับ|สวัสดีค่ะ",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "แต่",
      },
      {
          .name = "vi",
          .yes = "vâng tôi/chúng xác/đồng/tôi nhận/ý/xác? nhận?|tôi xác nhận|chúng tôi xác nhận|tôi đồng "
                 "ý|chúng tôi đồng ý|đồng ý|xác nhận đồng ý|chấp thuận|chấp nhận|không có vấn đề gì|không "
                 "vấn đề gì|không có phản đối|không phản đối|được chấp thuận",
          .yes_alone = "vâng|dạ|có|dạ vâng|đúng|đúng vậy|được|xác nhận|dạ có",
          .support = "",
          .no = "không|không đồng ý|chúng tôi không đồng ý|tôi không đồng ý|không xác nhận|không chấp "
                "nhận|không được|dạ không",
          .no_alone = "",
          .refusal = "từ chối|chúng tôi từ chối|tôi từ chối|xin từ chối|vui lòng từ chối|xin hãy từ "
                     "chối|chúng tôi không biết người này|tôi không biết người này|không biết người này",
          .objection =
              "phản đối|tôi phản đối|chúng tôi phản đối|vui lòng xóa|vui lòng xoá|xin hãy xóa|dừng lại",
          .filler = "cảm ơn|xin cảm ơn|xin chào|kính gửi|trân trọng|vui lòng|yêu cầu này|ạ",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "nhưng tuy",
      },
      {
          .name = "id",
          .yes = "ya saya/kami konfirmasi/setuju/menyetujui/mengonfirmasi/mengkonfirmasi/benar?|ya "
                 "setuju/benar/betul|kami/saya "
                 "mengonfirmasi/mengkonfirmasi/menyetujui/setuju/konfirmasi/mengesahkan/sahkan/bersetuju "
                 "THEM?|disetujui|dikonfirmasi|diluluskan|disahkan|setuju|bersetuju|tidak ada "
                 "masalah/keberatan|tiada masalah/bantahan/halangan|tidak masalah|kami/saya tidak "
                 "keberatan|tidak keberatan|silakan tambahkan THEM",
          .yes_alone = "ya|benar|betul|tentu|tentu saja|baik|sahkan|konfirmasi|boleh|iya",
          .support = "",
          .no = "tidak|bukan|tidak setuju|kami/saya tidak setuju|tentu tidak|tidak disetujui|jangan",
          .no_alone = "",
          .refusal = "ditolak|tolak THEM?|kami/saya menolak THEM?|mohon/tolong/sila/harap? tolak "
                     "THEM?|kami/saya tidak mengenal/kenal/menyetujui/mengonfirmasi/mengenali THEM?|jangan "
                     "tambahkan/terima/setujui THEM?|dia bukan dari kami",
          .objection = "keberatan|kami/saya keberatan/membantah|bantahan|hentikan "
                       "THEM?|mohon/tolong/sila/harap? hapus/keluarkan/padam/batalkan THEM?",
          .filler = "terima kasih|mohon|tolong|silakan|selamat pagi/siang/sore/malam|salam|hormat "
                    "kami|dengan hormat|dan|dari pihak kami",
          .them = "ini itu permintaan permohonan orang mereka dia nya tersebut pendaftaran untuk dari daftar",
          .neutral = "kami saya dia mereka orang ini itu mengenal kenal bekerja di sini dari dengan nama",
          .negation = "tidak tiada bukan",
          .but = "tetapi tapi namun",
      },
      {
          .name = "sq",
          .yes = "po "
                 "konfirmojmë/konfirmoj/konfirmohet/"
                 "dakord?|konfirmojmë|konfirmoj|konfirmohet|dakord|pranojmë|miratohet|nuk ka problem|s ka "
                 "problem|asnjë problem",
          .yes_alone = "po|sigurisht|natyrisht|saktë",
          .support = "",
          .no = "jo|jo faleminderit|kurrsesi|jo nuk e? njohim/konfirmojmë/pranojmë?",
          .no_alone = "",
          .refusal = "refuzojmë|refuzohet|refuzoj|ju lutem refuzoni|nuk e? njohim/konfirmojmë/pranojmë",
          .objection = "kundërshtojmë|kundërshtoj|hiqeni|fshijeni",
          .filler = "faleminderit|ju lutem|përshëndetje|me respekt",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "por",
      },
      {
          .name = "is",
          .yes =
              "já "
              "takk/staðfesti/staðfestum|staðfesti|staðfestum|staðfest|samþykkt|samþykki|samþykkjum|ekkert "
              "mál|ekkert vandamál|engar athugasemdir",
          .yes_alone = "já|jú|auðvitað|rétt",
          .support = "",
          .no = "nei|nei takk|alls ekki|nei við þekkjum hana/hann/þau ekki",
          .no_alone = "",
          .refusal = "hafnað|höfnum|hafna|vinsamlegast hafnið|við þekkjum hana/hann/þau ekki|staðfesti "
                     "ekki|staðfestum ekki|samþykkjum ekki",
          .objection = "mótmæli|mótmælum|fjarlægið",
          .filler = "takk|takk fyrir|vinsamlegast|kveðja|bestu kveðjur|með kveðju",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "en",
      },
      {
          .name = "ca",
          .yes =
              "sí confirmem/confirmo/senyor/gràcies|confirmem THEM?|confirmo THEM?|confirmat|d acord|cap "
              "problema|sense cap? problemes/problema|no hi ha cap? problema|aprovem THEM?|aprovat|endavant",
          .yes_alone = "sí|si|és clar|per descomptat|correcte|d acord",
          .support = "",
          .no = "no|no gràcies|de cap manera|en absolut|és clar que no",
          .no_alone = "",
          .refusal = "rebutgem THEM?|rebutjat|rebutjada|denegat|no la/el/els? coneixem THEM?|no confirmem "
                     "THEM?|si us plau rebutgeu THEM?",
          .objection = "ens oposem a? THEM?|m oposo a? THEM?|objecció|elimineu THEM|traieu THEM",
          .filler = "si us plau|gràcies|moltes gràcies|salutacions|atentament|bon dia|per part nostra",
          .them = "la el els les aquesta aquest petició sol licitud persona per a de d en llista",
          .neutral = "",
          .negation = "",
          .but = "però tanmateix",
      },
      {
          .name = "eu",
          .yes = "bai baieztatzen dugu/dut|baieztatzen dugu/dut|ados|ados gaude/nago|onartuta|arazorik ez",
          .yes_alone = "bai|noski|zuzena",
          .support = "",
          .no = "ez|ez eskerrik asko|inola ere ez|ez dugu/dut ezagutzen",
          .no_alone = "",
          .refusal = "ukatua|baztertua|ukatzen dugu/dut",
          .objection = "",
          .filler = "mesedez|eskerrik asko|agur|agur bero bat",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "baina",
      },
      {
          .name = "az",
          .yes = "bəli təsdiq/təsdiqləyirik/təsdiqləyirəm edirik/edirəm?|təsdiqləyirik|təsdiqləyirəm|təsdiq "
                 "edirik|təsdiq edirəm|təsdiqləndi|razıyıq|razıyam|problem yoxdur|etirazımız yoxdur",
          .yes_alone = "bəli|hə|əlbəttə|doğrudur",
          .support = "",
          .no = "xeyr|yox|xeyr tanımırıq|razı deyilik|təsdiqləmirik",
          .no_alone = "",
          .refusal = "rədd edirik|rədd edildi|rədd edin|tanımırıq",
          .objection = "etiraz edirik|etiraz edirəm|silin",
          .filler = "zəhmət olmasa|təşəkkür edirik/edirəm|təşəkkürlər|hörmətlə",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "amma lakin",
      },
      {
          .name = "mn",
          .yes = "тийм баталж/зөвшөөрч байна|баталж байна|зөвшөөрч байна|зөвшөөрсөн|баталсан|асуудалгүй",
          .yes_alone = "тийм|за|зөв",
          .support = "",
          .no = "үгүй|биш|зөвшөөрөхгүй|баталгаажуулахгүй",
          .no_alone = "",
          .refusal = "татгалзаж байна|татгалзсан",
          .objection = "",
          .filler = "баярлалаа|хүндэтгэсэн",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "гэхдээ харин",
      },
      {
          .name = "ka",
          .yes = "ვადასტურებ|ვადასტურებთ|დადასტურებულია|თანახმა ვარ/ვართ|ვეთანხმები|ვეთანხმებით|პრობლემა არ "
                 "არის",
          .yes_alone = "დიახ|კი|რა თქმა უნდა|სწორია",
          .support = "",
          .no = "არა|არა გმადლობთ|არავითარ შემთხვევაში|არ ვადასტურებ/ვადასტურებთ|არ ვიცნობთ",
          .no_alone = "",
          .refusal = "უარს ვამბობ/ვამბობთ|უარყოფილია",
          .objection = "ვაპროტესტებ|წინააღმდეგი ვარ/ვართ|წაშალეთ",
          .filler = "გმადლობთ|გთხოვთ|პატივისცემით|გამარჯობა",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "მაგრამ",
      },
      {
          .name = "hy",
          .yes = "հաստատում եմ|հաստատում ենք|հաստատված է|համաձայն եմ|համաձայն ենք|խնդիր չկա",
          .yes_alone = "այո|իհարկե|ճիշտ է",
          .support = "",
          .no = "ոչ|չենք հաստատում|չեմ հաստատում|համաձայն չենք|չենք ճանաչում",
          .no_alone = "",
          .refusal = "մերժում ենք|մերժում եմ|մերժված է|մերժել",
          .objection = "",
          .filler = "շնորհակալություն|խնդրում եմ|հարգանքով|բարև ձեզ",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "բայց սակայն",
      },
      {
          .name = "sw",
          .yes = "ndiyo "
                 "tunathibitisha/nathibitisha/"
                 "tunakubali|tunathibitisha|nathibitisha|tunakubali|nakubali|imethibitishwa|hakuna "
                 "shida|hakuna tatizo|hakuna pingamizi",
          .yes_alone = "ndiyo|ndio|sawa|hakika",
          .support = "",
          .no = "hapana|la hasha|hatukubali|sikubali|hatuthibitishi|hatumjui",
          .no_alone = "",
          .refusal = "tunakataa|nakataa|imekataliwa|tafadhali kataa",
          .objection = "tunapinga|napinga|mwondoe|ondoa",
          .filler = "tafadhali|asante|asante sana|habari",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "lakini",
      },
      {
          .name = "tl",
          .yes = "oo kinukumpirma/sumasang namin/ko/ayon?|kinukumpirma namin/ko|sumasang ayon "
                 "kami/ako|walang problema|aprubado|kumpirmado",
          .yes_alone = "oo|opo|tama|sige po",
          .support = "",
          .no = "hindi|hindi po|hindi namin kilala|hindi kami sumasang ayon",
          .no_alone = "",
          .refusal = "tinatanggihan namin/ko|tinanggihan|tanggihan",
          .objection = "",
          .filler = "salamat|maraming salamat|po|pakiusap",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "pero ngunit",
      },
      {
          .name = "mt",
          .yes = "iva nikkonfermaw/nikkonferma|nikkonfermaw|nikkonferma|ikkonfermat|approvat|naqblu|naqbel|m "
                 "hemmx problema",
          .yes_alone = "iva",
          .support = "",
          .no = "le grazzi|le",
          .no_alone = "",
          .refusal = "nirrifjutaw|irrifjutat|ma nafuhiex|ma nafuhx",
          .objection = "",
          .filler = "grazzi|jekk jogħġbok|tislijiet",
          .them = "",
          .neutral = "",
          .negation = "",
          .but = "imma iżda",
      },
  });
  return kLanguages;
}

}  // namespace ccgate
