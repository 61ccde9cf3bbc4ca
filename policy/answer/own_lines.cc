#include "policy/answer/own_lines.h"

#include <algorithm>
#include <array>

#include "policy/answer/answer_sentence.h"
#include "policy/answer/answer_tokens.h"
#include "policy/prose/attribution.h"
#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestWrap = 3;   // lines before the last of an attribution
constexpr std::size_t kWrapColumns = 50;  // a quoted line this long may have been wrapped
constexpr std::size_t kLookedAt = 400;    // octets of a line
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool holds(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

bool has_digit_or_address(std::string_view line) {
  return std::ranges::any_of(line, [](char c) { return is_digit(c) || c == '@' || c == '<'; });
}

bool ends_with_colon(std::string_view line) {
  return line.ends_with(':') || line.ends_with("：");
}

/// `From: ...` in the header that some programs put over what they quote.
bool is_header_label(std::string_view folded) {
  static constexpr auto kLabels = std::to_array<std::string_view>(
      {"from",       "sent",    "date",     "to",        "cc",         "subject",
       "reply-to",   "von",     "gesendet", "datum",     "an",         "betreff",
       "de",         "envoye",  "a",        "objet",     "enviado",    "enviado el",
       "fecha",      "para",    "asunto",   "data",      "assunto",    "da",
       "inviato",    "oggetto", "van",      "verzonden", "aan",        "onderwerp",
       "od",         "wyslano", "do",       "temat",     "odeslano",   "komu",
       "predmet",    "fra",     "fran",     "sendt",     "skickat",    "till",
       "til",        "amne",    "emne",     "lahettaja", "lahetetty",  "vastaanottaja",
       "aihe",       "felado",  "elkuldve", "cimzett",   "targy",      "kimden",
       "gonderildi", "kime",    "konu",     "από",       "απο",        "εσταλη",
       "προσ",       "προς",    "θεμα",     "от",        "отправлено", "кому",
       "тема",       "від",     "від кого", "отримано",  "надіслано",  "من",
       "إلى",        "الموضوع", "מאת",      "אל",        "נושא",       "差出人",
       "送信日時",   "宛先",    "件名",     "发件人",    "发送时间",   "收件人",
       "主题",       "寄件者",  "收件者",   "主旨",      "보낸 사람",  "받는 사람",
       "제목"});
  std::size_t colon = std::min(folded.find(':'), folded.find("："));
  if (colon == std::string_view::npos) return false;
  while (colon > 0 && (folded[colon - 1] == ' ' || folded[colon - 1] == '*')) --colon;
  std::string_view label = folded.substr(0, colon);
  while (label.starts_with('*')) label.remove_prefix(1);
  return is_among(kLabels, label);
}

bool holds_no(std::string_view line) {
  return says_no_somewhere(answer_tokens(line.substr(0, kLookedAt)));
}

/// `----- Original Message -----`, folded.
bool is_rule_with_words(std::string_view line) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"messag",    "mail",         "nachricht", "original", "forward",    "weitergeleitet", "mensaje",
       "mensagem",  "bericht",      "wiadomosc", "zprava",   "viesti",     "uzenet",         "ileti",
       "сообщение", "повідомлення", "μηνυμα",    "رسالة",    "الرسالة",    "הודעה",          "邮件",
       "郵件",      "メッセージ",   "메시지",    "원본",     "meddelande", "meddelelse",     "melding"});
  if (std::ranges::none_of(kNames, [&](std::string_view name) { return holds(line, name); }) ||
      holds_no(line))
    return false;
  if (!line.starts_with("---") && !line.starts_with("___") && !line.starts_with("===")) return false;
  const auto letter = [](char c) { return is_letter(c) || !is_ascii(c); };
  return std::ranges::any_of(line, letter) &&
         (line.ends_with("--") || line.ends_with("__") || line.ends_with("=="));
}

bool is_rule(std::string_view line) {
  return line.size() >= 2 && line.find_first_not_of("-_=*~#") == std::string_view::npos;
}

bool is_quoted(std::string_view line) {
  if (line.starts_with('>')) return true;
  // Other marks stand before lists and asides too. German quotes point inward.
  const bool mark =
      line.starts_with('|') || line.starts_with("＞") || (line.starts_with("»") && !holds(line, "«"));
  return mark && !holds_no(line);
}

enum class LineKind { own, blank, quoted, left_out };

class OwnLineReader {
 public:
  explicit OwnLineReader(std::string_view text) {
    std::size_t start = 0;
    for (std::size_t pos = 0; pos < text.size();) {
      const std::size_t at = pos;
      if (!is_line_end(next_code_point(text, pos))) continue;
      add(text.substr(start, at - start));
      start = pos;
    }
    add(text.substr(start));
  }

  /// `below`: those behind `-- ` instead.
  std::vector<OwnLine> read(bool below) {
    strip_pgp();
    for (Line& line : lines_)
      if (line.kind == LineKind::own && is_quoted(line.text)) line.kind = LineKind::quoted;
    attributions();
    for (std::size_t i = 1; i + 1 < lines_.size(); ++i)
      if (lines_[i].kind == LineKind::own && lines_[i - 1].kind == LineKind::quoted &&
          lines_[i + 1].kind == LineKind::quoted && lines_[i - 1].whole.size() >= kWrapColumns &&
          !holds_no(lines_[i].text))
        lines_[i].kind = LineKind::quoted;
    return collect(below);
  }

 private:
  struct Line {
    std::string_view whole, text;
    std::string folded;
    LineKind kind = LineKind::own;
  };

  void add(std::string_view whole) {
    const std::string_view text = trim_seen(whole);
    constexpr std::size_t kLongest = 400;  // nobody wraps an attribution that late
    lines_.push_back({whole, text, fold_letters(text.substr(0, kLongest)),
                      text.empty() ? LineKind::blank : LineKind::own});
  }

  void strip_pgp() {
    bool header = false, inside = false, signature = false;
    for (Line& line : lines_) {
      const bool mark = line.text.starts_with("-----");
      if (mark && line.folded.starts_with("-----begin pgp signed message")) {
        line.kind = LineKind::left_out;
        header = inside = true;
      } else if (inside && mark && line.folded.starts_with("-----begin pgp signature")) {
        signature = true;
        line.kind = LineKind::left_out;
      } else if (signature) {
        signature = !(mark && line.folded.starts_with("-----end pgp signature"));
        inside = signature;
        line.kind = LineKind::left_out;
      } else if (header) {
        header = line.kind != LineKind::blank;
        if (!header || (holds(line.text, ":") && !holds_no(line.text))) line.kind = LineKind::left_out;
      } else if (inside && line.text.starts_with("- ")) {  // RFC 9580 7.2
        line.text = trim_seen(line.text.substr(2));
        line.folded = fold_letters(line.text);
        line.kind = line.text.empty() ? LineKind::blank : line.kind;
      }
    }
  }

  /// The next line that is not blank behind `i`; kNone: there is none.
  [[nodiscard]] std::size_t next_line(std::size_t i) const {
    for (++i; i < lines_.size(); ++i)
      if (lines_[i].kind == LineKind::own || lines_[i].kind == LineKind::quoted) return i;
    return kNone;
  }

  /// `ne 29. 11. 2026` is a Sunday.
  [[nodiscard]] static bool attribution_refuses(std::string_view line) {
    std::vector<std::string> tokens = answer_tokens(line.substr(0, kLookedAt));
    if (tokens.size() > 1 && is_digit(tokens[1].front())) tokens.erase(tokens.begin());
    return says_no_somewhere(tokens);
  }

  /// The first line of the attribution that ends with line `last`.
  [[nodiscard]] std::size_t first_of_attribution(std::size_t last) const {
    for (std::size_t back = 0; back <= kLongestWrap && back <= last; ++back) {
      const Line& line = lines_[last - back];
      if (line.kind != LineKind::own) break;
      if (starts_attribution(line.folded)) return last - back;
    }
    return last;
  }

  void attributions() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (line.kind != LineKind::own) continue;
      // At the very top it may be a marking; if it is none, it is a line that nobody understands.
      if (is_rule_with_words(line.folded) && has_own_before(i)) return end_at(i);
      const std::size_t next = next_line(i);
      const bool quoted_next = next != kNone && lines_[next].kind == LineKind::quoted;
      if (is_header_label(line.folded) && has_more_labels(i, quoted_next)) {
        if (!quoted_next) return end_at(i);
        line.kind = LineKind::left_out;
        continue;
      }
      const bool verb = tells_who_wrote(line.folded);
      if (!ends_with_colon(line.text) && !(verb && quoted_next)) continue;
      const std::size_t first = first_of_attribution(i);
      bool told = false, wrote = false, refuses = false, dated = false;
      for (std::size_t k = first; k <= i; ++k) {
        told |= has_digit_or_address(lines_[k].text);
        refuses |= attribution_refuses(lines_[k].text);
        dated |= has_year_or_time(lines_[k].text);
        wrote |= tells_who_wrote(lines_[k].folded);
      }
      if (refuses) continue;
      // `Anne said:` right above what is quoted.
      if (!told && !(verb && quoted_next) && !(quoted_next && is_no_answer(line.text))) continue;
      if (quoted_next) {
        for (std::size_t k = first; k <= i; ++k) lines_[k].kind = LineKind::left_out;
      } else if (wrote && dated && starts_attribution(lines_[first].folded)) {
        return end_at(first);
      }
    }
  }

  [[nodiscard]] static bool is_no_answer(std::string_view line) {
    return std::ranges::none_of(answer_tokens(line), is_answer_word);
  }

  [[nodiscard]] bool has_own_before(std::size_t i) const {
    return std::any_of(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(i),
                       [](const Line& line) { return line.kind == LineKind::own; });
  }

  /// Whether the labels that begin with line `i` are a header: of what is `quoted` two of them near each
  /// other, else three with nothing but a blank line below.
  [[nodiscard]] bool has_more_labels(std::size_t i, bool quoted) const {
    constexpr std::size_t kNear = 4;
    std::size_t labels = 0, k = i;
    for (; k < lines_.size() && (!quoted || k <= i + kNear) && k <= i + 2 * kNear; ++k) {
      const bool label = lines_[k].kind == LineKind::own && is_header_label(lines_[k].folded);
      if (!label && !quoted) break;
      labels += label ? 1 : 0;
    }
    const bool header =
        quoted ? labels > 1 : labels > 2 && (k == lines_.size() || lines_[k].kind == LineKind::blank);
    for (; header && k > i; --k)
      if (lines_[k - 1].kind == LineKind::own && holds_no(lines_[k - 1].text)) return false;
    return header;
  }

  void end_at(std::size_t i) {
    for (; i < lines_.size(); ++i) lines_[i].kind = LineKind::left_out;
  }

  [[nodiscard]] std::vector<OwnLine> collect(bool below) const {
    std::vector<OwnLine> own;
    const auto end_paragraph = [&] {
      if (!own.empty() && !own.back().text.empty()) own.push_back({});
    };
    bool signature = false;
    for (const Line& line : lines_) {
      if (line.kind == LineKind::own && line.text == "--") signature = true;
      if (signature && line.kind == LineKind::own &&
          refuses_somewhere(answer_tokens(line.text.substr(0, kLookedAt))))
        signature = false;
      if (line.kind == LineKind::quoted) signature = false;
      if (signature != below || line.kind != LineKind::own || is_rule(line.text)) {
        end_paragraph();
      } else {
        own.push_back({line.text, code_points(line.whole).size()});
      }
    }
    return own;
  }

  std::vector<Line> lines_;
};

}  // namespace

std::string_view trim_seen(std::string_view line) {
  std::size_t begin = line.size(), end = 0;
  for (std::size_t pos = 0; pos < line.size();) {
    const std::size_t at = pos;
    const char32_t code = next_code_point(line, pos);
    if (is_blank(code) || is_invisible(code) || is_control(code)) continue;
    begin = std::min(begin, at);
    end = pos;
  }
  return begin < end ? line.substr(begin, end - begin) : std::string_view();
}

std::vector<OwnLine> own_lines(std::string_view text) {
  return OwnLineReader(text).read(false);
}

std::vector<OwnLine> signature_lines(std::string_view text) {
  return OwnLineReader(text).read(true);
}

}  // namespace ccgate
