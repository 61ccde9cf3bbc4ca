// policy/message/html_text.cc: a small reader of tags and character references; no document tree.
#include "policy/message/html_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "policy/message/table_rows.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr auto kLineTags = std::to_array<std::string_view>(
    {"br",      "p",       "div",    "li",       "ul",      "ol",   "dl",   "dt",    "dd",     "tbody",
     "thead",   "h1",      "h2",     "h3",       "h4",      "h5",   "h6",   "hr",    "pre",    "section",
     "article", "header",  "footer", "form",     "address", "body", "html", "title", "option", "center",
     "nav",     "caption", "figure", "fieldset", "legend",  "main", "aside"});
constexpr auto kBlankTags = std::to_array<std::string_view>({"img", "input"});
constexpr auto kHiddenTags = std::to_array<std::string_view>({"script", "style", "title", "template"});

constexpr auto kEntities = std::to_array<std::pair<std::string_view, char32_t>>({
    {"amp", U'&'},      {"lt", U'<'},      {"gt", U'>'},       {"quot", U'"'},    {"apos", U'\''},
    {"nbsp", 0xA0},     {"shy", 0xAD},     {"copy", 0xA9},     {"reg", 0xAE},     {"laquo", 0xAB},
    {"raquo", 0xBB},    {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018}, {"rsquo", 0x2019},
    {"sbquo", 0x201A},  {"ldquo", 0x201C}, {"rdquo", 0x201D},  {"bdquo", 0x201E}, {"bull", 0x2022},
    {"hellip", 0x2026}, {"euro", 0x20AC},  {"ensp", 0x2002},   {"emsp", 0x2003},  {"thinsp", 0x2009},
    {"zwnj", 0x200C},   {"zwj", 0x200D},   {"lrm", 0x200E},    {"rlm", 0x200F},   {"colon", U':'},
    {"commat", U'@'},   {"period", U'.'},  {"comma", U','},    {"plus", U'+'},    {"semi", U';'},
    {"sol", U'/'},      {"lowbar", U'_'},  {"num", U'#'},      {"equals", U'='},  {"excl", U'!'},
    {"lpar", U'('},     {"rpar", U')'},    {"hyphen", 0x2010}, {"dash", 0x2010},  {"NewLine", U'\n'},
    {"Tab", U'\t'},     {"Agrave", 0xC0},  {"Aacute", 0xC1},   {"Acirc", 0xC2},   {"Atilde", 0xC3},
    {"Auml", 0xC4},     {"Aring", 0xC5},   {"AElig", 0xC6},    {"Ccedil", 0xC7},  {"Egrave", 0xC8},
    {"Eacute", 0xC9},   {"Ecirc", 0xCA},   {"Euml", 0xCB},     {"Igrave", 0xCC},  {"Iacute", 0xCD},
    {"Icirc", 0xCE},    {"Iuml", 0xCF},    {"Ntilde", 0xD1},   {"Ograve", 0xD2},  {"Oacute", 0xD3},
    {"Ocirc", 0xD4},    {"Otilde", 0xD5},  {"Ouml", 0xD6},     {"Oslash", 0xD8},  {"Ugrave", 0xD9},
    {"Uacute", 0xDA},   {"Ucirc", 0xDB},   {"Uuml", 0xDC},     {"szlig", 0xDF},   {"agrave", 0xE0},
    {"aacute", 0xE1},   {"acirc", 0xE2},   {"atilde", 0xE3},   {"auml", 0xE4},    {"aring", 0xE5},
    {"aelig", 0xE6},    {"ccedil", 0xE7},  {"egrave", 0xE8},   {"eacute", 0xE9},  {"ecirc", 0xEA},
    {"euml", 0xEB},     {"igrave", 0xEC},  {"iacute", 0xED},   {"icirc", 0xEE},   {"iuml", 0xEF},
    {"ntilde", 0xF1},   {"ograve", 0xF2},  {"oacute", 0xF3},   {"ocirc", 0xF4},   {"otilde", 0xF5},
    {"ouml", 0xF6},     {"oslash", 0xF8},  {"ugrave", 0xF9},   {"uacute", 0xFA},  {"ucirc", 0xFB},
    {"uuml", 0xFC},     {"yacute", 0xFD},  {"yuml", 0xFF},     {"OElig", 0x152},  {"oelig", 0x153},
    {"Scaron", 0x160},  {"scaron", 0x161},
});

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& table, std::string_view word) noexcept {
  return std::ranges::find(table, word) != table.end();
}

/// The number behind `&#`, or nullopt; `pos` moves behind its digits. Numbers no character has become U+FFFD.
std::optional<char32_t> numeric_reference(std::string_view html, std::size_t& pos) noexcept {
  const bool hex = pos < html.size() && (html[pos] == 'x' || html[pos] == 'X');
  if (hex) ++pos;
  const std::size_t start = pos;
  std::uint32_t code = 0;
  for (; pos < html.size(); ++pos) {
    const std::uint32_t base = hex ? 16 : 10;
    if (hex ? !is_hex_digit(html[pos]) : !is_digit(html[pos])) break;
    const auto digit = static_cast<std::uint32_t>(hex_value(html[pos]));
    code = std::min<std::uint32_t>(code * base + digit, 0x110000);  // beyond Unicode stays beyond
  }
  if (pos == start) return std::nullopt;
  return code == 0 ? char32_t{0xFFFD} : char32_t{code};
}

/// `type=cite`, `class="gmail_quote"`: what somebody else wrote before.
bool says_quoted(std::string_view attributes) {
  const std::string folded = ascii_lower(attributes.substr(0, 400));
  for (const std::string_view mark : {"type=cite", "type=\"cite", "type='cite", "quote"}) {
    if (folded.find(mark) != std::string::npos) return true;
  }
  return false;
}

class HtmlReader {
 public:
  explicit HtmlReader(std::string_view html) : html_(html) { out_.reserve(html.size() / 2); }

  std::string read() && {
    while (pos_ < html_.size()) {
      const char c = html_[pos_];
      if (c == '<') {
        markup();
      } else if (c == '&') {
        reference();
      } else {
        text(c);
        ++pos_;
      }
    }
    while (rows_.open()) close_table();
    return std::move(out_);
  }

 private:
  void text(char c) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank || preformatted_) {
      if (c == '\r') return;
      if (c != '\n') begin_line();
      out_ += c;
    } else if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n') {
      out_ += ' ';
    }
  }

  void begin_line() {
    if (quotes_ > 0 && (out_.empty() || out_.back() == '\n')) out_ += "> ";
  }

  void end_line() {
    if (!out_.empty() && out_.back() == ' ') out_.pop_back();
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }

  void open_table() {
    end_line();
    rows_.open_table(out_.size());
  }

  void close_table() {
    end_line();
    rows_.end_row(out_);
    rows_.close_table();
  }

  void begin_row(bool closing) {
    end_line();
    rows_.end_row(out_);
    if (!closing) rows_.begin_row(out_.size());
  }

  void begin_cell(bool closing) {
    text(' ');
    if (!closing) rows_.begin_cell(out_.size());
  }

  void block_quote(bool closing, std::string_view attributes) {
    constexpr std::size_t kDeepest = 1000;
    end_line();
    if (!closing && quoted_.size() < kDeepest) {
      quoted_.push_back(says_quoted(attributes));
      quotes_ += quoted_.back() ? 1 : 0;
    } else if (closing && !quoted_.empty()) {
      quotes_ -= quoted_.back() ? 1 : 0;
      quoted_.pop_back();
    }
  }

  void reference() {
    std::size_t pos = pos_ + 1;
    std::optional<char32_t> code;
    if (pos < html_.size() && html_[pos] == '#') {
      code = numeric_reference(html_, ++pos);
    } else {
      constexpr std::size_t kLongestName = 10;
      const std::size_t start = pos;
      while (pos < html_.size() && pos - start < kLongestName && is_letter(html_[pos])) ++pos;
      const std::string_view name = html_.substr(start, pos - start);
      const auto* const found =
          std::ranges::find(kEntities, name, &std::pair<std::string_view, char32_t>::first);
      if (found != kEntities.end()) code = found->second;
    }
    if (!code) {
      out_ += html_[pos_++];
      return;
    }
    if (pos < html_.size() && html_[pos] == ';') ++pos;
    pos_ = pos;
    begin_line();
    append_utf8(out_, *code);
  }

  void markup() {
    const std::string_view rest = html_.substr(pos_);
    if (rest.starts_with("<!--[if") && rest.substr(0, 200).find("]>") != std::string_view::npos) {
      skip_behind("]>");
      conditional_ = true;
    } else if (rest.starts_with("<!--")) {
      skip_behind("-->");
    } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
      conditional_ = conditional_ && !rest.starts_with("<![endif");
      skip_behind(">");
    } else if (rest.size() > 1 &&
               (is_letter(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_letter(rest[2])))) {
      tag();
    } else {
      text('<');
      ++pos_;
    }
  }

  /// To the end where `mark` does not come: an unclosed comment hides the rest, in a browser too.
  void skip_behind(std::string_view mark) {
    const auto at = html_.find(mark, pos_);
    pos_ = at == std::string_view::npos ? html_.size() : at + mark.size();
  }

  void tag() {
    ++pos_;
    const bool closing = html_[pos_] == '/';
    if (closing) ++pos_;
    const std::size_t start = pos_;
    while (pos_ < html_.size() && is_letter_or_digit(html_[pos_])) ++pos_;
    const std::string name = ascii_lower(html_.substr(start, std::min<std::size_t>(pos_ - start, 16)));
    const std::size_t attributes = pos_;
    skip_attributes();
    if (name == "pre") preformatted_ = !closing;
    if (name == "table") {
      closing ? close_table() : open_table();
    } else if (name == "tr") {
      begin_row(closing);
    } else if (name == "td" || name == "th") {
      begin_cell(closing);
    } else if (name == "blockquote") {
      block_quote(closing, html_.substr(attributes, pos_ - attributes));
    } else if (contains(kLineTags, name)) {
      end_line();
    } else if (contains(kBlankTags, name)) {
      text(' ');
    }
    // Settings of Outlook, which it shows to nobody.
    const bool hidden = contains(kHiddenTags, name) || (conditional_ && name == "xml");
    if (!closing && hidden) skip_element(name);
  }

  /// Behind the `>` of a tag; one inside a quoted value does not count.
  void skip_attributes() {
    char quote = 0;
    char before = 0;
    for (; pos_ < html_.size(); ++pos_) {
      const char c = html_[pos_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '>') {
        ++pos_;
        return;
      } else if ((c == '"' || c == '\'') && before == '=') {
        quote = c;
      }
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') before = c;
    }
  }

  /// To the closing tag of `name`, which is left for the main loop.
  void skip_element(std::string_view name) {
    for (;;) {
      pos_ = html_.find("</", pos_);
      if (pos_ == std::string_view::npos) {
        pos_ = html_.size();
        return;
      }
      if (ascii_iequal(html_.substr(pos_ + 2, name.size()), name)) return;
      pos_ += 2;
    }
  }

  std::string_view html_;
  std::size_t pos_ = 0;
  std::string out_;
  TableRows rows_;
  std::vector<bool> quoted_;  // open block quotes
  int quotes_ = 0;            // those of them that quote somebody
  bool preformatted_ = false;
  bool conditional_ = false;  // in a conditional comment
};

}  // namespace

std::string html_text(std::string_view html) {
  return HtmlReader(html).read();
}

}  // namespace ccgate
