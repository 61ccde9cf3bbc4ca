#include "policy/request/leave_wish.h"

#include <algorithm>
#include <array>

#include "policy/text/lines.h"

namespace ccgate {
namespace {

// Beginnings of words that say "put me on the list", without accents. A mail that wants out and holds one of
// them counts as wanting in: it may want both.
constexpr auto kWishes = std::to_array<std::string_view>({
    "join",    "add ",   "adding",  "include", "enrol", "sign up", "signup", "register", "new member",
    "abonn",   "inscri", "iscri",   "anmeld",  "beitr", "beitret", "aufn",   "hinzuf",   "eintrag",
    "ajout",   "adher",  "alta",    "anad",    "agreg", "unirs",   "suscri", "subscrev", "adicion",
    "aggiung", "aderi",  "aanmeld", "toevoeg", "zapis", "dodaj",   "dolacz", "prenumer", "подпис",
    "добав",   "включ",  "присоед", "участн",  "参加",  "登録",    "追加",   "購読",     "加入",
    "添加",    "订阅",   "訂閱",    "注册",    "가입",  "구독",    "추가",   "اشتراك",   "انضم",
    "اضاف",    "إضاف",   "أضف",
});

bool is_leave_word(std::string_view folded) {
  constexpr auto kLeave = std::to_array<std::string_view>({"unsubscribe", "leave", "remove", "signoff"});
  while (!folded.empty() && (folded.back() == ':' || folded.back() == '.' || folded.back() == ',')) {
    folded.remove_suffix(1);
  }
  return std::ranges::find(kLeave, folded) != kLeave.end();
}

bool starts_with_leave(std::string_view line) {
  const std::string folded = fold_letters(strip_reply_prefixes(line));
  const auto words = split_words(folded);
  if (words.empty()) return false;
  return is_leave_word(words[0]) || (words.size() > 1 && words[0] == "please" && is_leave_word(words[1]));
}

bool wishes_to_join(std::string_view text) {
  const std::string folded = fold_letters(text);
  for (const std::string_view wish : kWishes) {
    if (folded.find(wish) != std::string::npos) return true;
  }
  // `subscri` counts, `unsubscri` does not.
  for (auto at = folded.find("subscri"); at != std::string::npos; at = folded.find("subscri", at + 1)) {
    if (at < 2 || folded.compare(at - 2, 2, "un") != 0) return true;
  }
  return false;
}

}  // namespace

bool asks_only_to_leave(const Words& words, bool at_leave_address) {
  if (!words.readable || wishes_to_join(words.subject) || wishes_to_join(words.text)) return false;
  if (at_leave_address || starts_with_leave(words.subject)) return true;
  const auto lines = split_lines(words.text);
  return std::ranges::any_of(lines, starts_with_leave);
}

}  // namespace ccgate
