// policy/message/html_text.cc: a small reader of tags and character references; no document tree.
#include "policy/message/html_text.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "policy/message/html_colors.h"
#include "policy/message/html_reference.h"
#include "policy/message/html_style.h"
#include "policy/message/html_tag.h"
#include "policy/message/table_rows.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr auto kLineTags = std::to_array<std::string_view>(
    {"br",      "p",        "div",    "li",      "ul",         "ol",       "dl",      "dt",
     "dd",      "tbody",    "thead",  "h1",      "h2",         "h3",       "h4",      "h5",
     "h6",      "hr",       "pre",    "section", "article",    "header",   "footer",  "form",
     "address", "body",     "html",   "title",   "option",     "center",   "nav",     "caption",
     "figure",  "fieldset", "legend", "main",    "aside",      "details",  "summary", "dialog",
     "menu",    "dir",      "hgroup", "search",  "figcaption", "optgroup", "tfoot",   "marquee"});
constexpr auto kBlankTags = std::to_array<std::string_view>({"img", "input"});
/// What a browser reads by rules of its own, or shows from elsewhere: text in them is never told for sure.
constexpr auto kOddTags = std::to_array<std::string_view>(
    {"script",   "template",  "textarea", "select", "xmp",    "iframe", "noembed", "noframes",
     "noscript", "plaintext", "svg",      "math",   "object", "embed",  "applet",  "frame",
     "frameset", "portal",    "link",     "canvas", "audio",  "video",  "picture", "image"});
/// What is in them is struck out, or not shown before a reader asks for it.
constexpr auto kDoubtfulTags =
    std::to_array<std::string_view>({"del", "s", "strike", "details", "dialog", "datalist"});
constexpr auto kHiddenTags = std::to_array<std::string_view>({"script", "style", "title", "template"});

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& table, std::string_view word) noexcept {
  return std::ranges::find(table, word) != table.end();
}

/// `type=cite`, or a class that mail programs use, in a style that shows it: what somebody else wrote before.
bool says_quoted(const std::vector<HtmlAttribute>& attributes) {
  constexpr auto kClasses = std::to_array<std::string_view>(
      {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "tutanota_quote",
       "zmail_extra", "moz-quote", "cite", "quote"});
  bool quoted = false;
  for (const HtmlAttribute& attribute : attributes) {
    const std::string value = ascii_lower(attribute.value.substr(0, 100));
    if (attribute.name == "type") quoted |= value == "cite";
    if (attribute.name == "class")
      quoted |= contains(kClasses, std::string_view(value).substr(0, value.find(' ')));
    if (attribute.name == "style" && !style_shows_quotation(decode_html_references(attribute.value)))
      return false;
  }
  return quoted;
}

/// A mail address.
bool has_address(std::string_view text) noexcept {
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const bool before = at > 0 && (is_letter_or_digit(text[at - 1]) || !is_ascii(text[at - 1]));
    if (before && at + 1 < text.size() && is_letter_or_digit(text[at + 1])) return true;
  }
  return false;
}

/// A mail address, or two letters behind a dot, which may be a ccTLD.
bool tells_something(std::string_view text) noexcept {
  if (has_address(text)) return true;
  for (auto at = text.find('.'); at != std::string_view::npos; at = text.find('.', at + 1)) {
    const bool begins = at == 0 || !(is_letter_or_digit(text[at - 1]) || text[at - 1] == '.');
    const std::size_t size = std::min(text.find_first_of(" \t\r\n<>,;:!?()\"'", at), text.size()) - at;
    if (begins && size == 3 && is_letter(text[at + 1])) return true;
  }
  return false;
}

class HtmlReader {
 public:
  explicit HtmlReader(std::string_view html) : html_(html) { out_.reserve(html.size() / 2); }

  HtmlText read() && {
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
    if (tells_something(skipped_)) unread_ = true;
    const bool hidden = hidden_ || colors_.hide() || (restyled_ && any_quoted_);
    return {std::move(out_), std::move(skipped_), unread_, pictures_, hidden};
  }

 private:
  void text(char c) {
    const bool blank = is_html_blank(c);
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

  void block_quote(bool closing, const std::vector<HtmlAttribute>& attributes) {
    constexpr std::size_t kDeepest = 1000;
    end_line();
    if (!closing && quoted_.size() < kDeepest) {
      quoted_.push_back(says_quoted(attributes));
      quotes_ += quoted_.back() ? 1 : 0;
      any_quoted_ |= quoted_.back();
    } else if (closing && !quoted_.empty()) {
      quotes_ -= quoted_.back() ? 1 : 0;
      quoted_.pop_back();
    }
  }

  void reference() {
    const auto code = html_reference(html_, pos_);
    if (!code) {
      out_ += html_[pos_++];
      return;
    }
    begin_line();
    append_utf8(out_, *code);
  }

  void markup() {
    const std::string_view rest = html_.substr(pos_);
    const auto letter_at = [&](std::size_t at) { return at < rest.size() && is_letter(rest[at]); };
    if (rest.starts_with("<!--")) {
      comment(rest);
    } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
      bogus_comment();
    } else if (letter_at(1) || (rest.starts_with("</") && letter_at(2))) {
      tag();
    } else if (rest.starts_with("</") && rest.size() > 2) {
      bogus_comment();
    } else {
      text('<');
      ++pos_;
    }
  }

  /// Outlook shows what stands in a conditional comment, where browsers end it at the first end of any.
  void comment(std::string_view rest) {
    const std::size_t end = end_of_comment();
    const auto condition = rest.substr(0, 200).find("]>");
    if (rest.starts_with("<!--[if") && condition != std::string_view::npos) {
      hidden_until_ = std::max(hidden_until_, end);
      pos_ += condition + 2;
      if (html_.substr(pos_).starts_with("-->")) pos_ += 3;
    } else {
      skip_to(end);
    }
  }

  /// Behind the comment at `pos_`: `-->`, or `--!>`, or the end of the text.
  std::size_t end_of_comment() {
    if (plain_end_ < pos_ + 2) plain_end_ = html_.find("-->", pos_ + 2);
    if (odd_end_ < pos_ + 4) odd_end_ = html_.find("--!>", pos_ + 4);
    if (plain_end_ == std::string_view::npos && odd_end_ == std::string_view::npos) {
      unread_ = true;
      return html_.size();
    }
    return plain_end_ < odd_end_ ? plain_end_ + 3 : odd_end_ + 4;
  }

  void bogus_comment() {
    const auto end = html_.find('>', pos_);
    unread_ |= end == std::string_view::npos;
    skip_to(end == std::string_view::npos ? html_.size() : end + 1);
  }

  void skip_to(std::size_t end) {
    skipped_.append(html_.substr(pos_, end - pos_)).append("\n");
    pos_ = end;
  }

  void tag() {
    const HtmlTag tag = read_html_tag(html_, pos_);
    pos_ = tag.end;
    if (!tag.complete) {
      unread_ = true;
      return;
    }
    if (contains(kOddTags, tag.name)) unread_ = true;
    if (tag.name == "pre") preformatted_ = !tag.closing;
    if (tag.name == "table") {
      tag.closing ? close_table() : open_table();
    } else if (tag.name == "tr") {
      begin_row(tag.closing);
    } else if (tag.name == "td" || tag.name == "th") {
      begin_cell(tag.closing);
    } else if (tag.name == "blockquote") {
      block_quote(tag.closing, tag.attributes);
    } else if (contains(kLineTags, tag.name)) {
      end_line();
    } else if (contains(kBlankTags, tag.name)) {
      text(' ');
    }
    if (!tag.closing) {
      hidden_ |= contains(kDoubtfulTags, tag.name);
      contains(kHiddenTags, tag.name) || tag.name == "head" ? hidden_attributes(tag) : attributes(tag);
    }
    // Settings of Outlook, which it shows to nobody.
    const bool settings = pos_ < hidden_until_ && tag.name == "xml";
    if (!tag.closing && (settings || contains(kHiddenTags, tag.name))) skip_element(tag.name);
  }

  /// Of an element that nobody sees, unless its style says so.
  void hidden_attributes(const HtmlTag& tag) {
    for (const HtmlAttribute& attribute : tag.attributes)
      if (attribute.name == "style") {
        const std::string shown = style_value(decode_html_references(attribute.value), "display");
        unread_ |= !shown.empty() && !shown.starts_with("none");
      }
  }

  /// What a reader sees of them.
  void attributes(const HtmlTag& tag) {
    pictures_ |= tag.name == "img";
    std::string text_color, background;
    for (const HtmlAttribute& attribute : tag.attributes) {
      const std::string_view name = attribute.name;
      if (name == "alt" || name == "placeholder" || name == "label" || (name == "value" && tag.name != "li"))
        show(decode_html_references(attribute.value));
      if (name == "style" || name == "background") {
        const std::string style = decode_html_references(attribute.value);
        unread_ |= style_may_show(style);
        pictures_ |= name == "background" || style_shows_pictures(style);
        if (shows_as_block(style)) end_line();
        hidden_ |= style_may_hide(style);
        text_color = style_value(style, "color");
        background = style_value(style, "background");
        if (background.empty()) background = style_value(style, "background-color");
      }
      if (name == "color" || name == "text") text_color = attribute.value;
      if (name == "bgcolor") background = attribute.value;
      hidden_ |= name == "hidden";
      if (name == "src" || name == "srcset" || name == "srcdoc") {
        pictures_ = true;
        const std::string source = ascii_lower(decode_html_references(attribute.value));
        unread_ |= name == "srcdoc" || source.find("data:") != std::string::npos;
      }
    }
    colors_.note(text_color, background);
  }

  void show(std::string_view words) {
    if (words.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    text(' ');
    for (const char c : words) text(c);
    text(' ');
  }

  [[nodiscard]] static bool shows_as_block(std::string_view style) {
    std::string folded = ascii_lower(style);
    std::erase_if(folded, is_html_blank);
    for (auto at = folded.find("display:"); at != std::string::npos; at = folded.find("display:", at + 8)) {
      const std::string_view value = std::string_view(folded).substr(at + 8);
      if (!value.starts_with("inline") && !value.starts_with("none")) return true;
    }
    return false;
  }

  /// To the closing tag of `name`, which is left for the main loop.
  void skip_element(std::string_view name) {
    const std::size_t begin = pos_;
    for (;; pos_ += 2) {
      pos_ = html_.find("</", pos_);
      if (pos_ == std::string_view::npos) {
        pos_ = html_.size();
        unread_ = true;
        break;
      }
      const std::size_t behind = pos_ + 2 + name.size();
      if (behind < html_.size() && ascii_iequal(html_.substr(pos_ + 2, name.size()), name) &&
          (is_html_blank(html_[behind]) || html_[behind] == '/' || html_[behind] == '>'))
        break;
    }
    // A browser ends the comment in the midst of it.
    if (begin < hidden_until_ && pos_ >= hidden_until_) unread_ = true;
    const std::string_view inside = html_.substr(begin, pos_ - begin);
    if (name == "style") {
      unread_ |= style_may_show(inside) || has_address(inside);
      hidden_ |= style_may_hide(inside);
      pictures_ |= style_shows_pictures(inside);
      restyled_ |= ascii_lower(inside).find("quote") != std::string::npos;
    } else if (name == "xml") {
      unread_ |= has_address(inside);
    } else {
      skipped_.append(inside).append("\n");
    }
  }

  std::string_view html_;
  std::size_t pos_ = 0;
  std::string out_;
  TableRows rows_;
  std::vector<bool> quoted_;  // open block quotes
  int quotes_ = 0;            // those of them that quote somebody
  bool preformatted_ = false;
  std::size_t hidden_until_ = 0;  // where browsers end the last conditional comment
  std::size_t plain_end_ = 0;     // the next `-->`, as far as looked for
  std::size_t odd_end_ = 0;       // the next `--!>`
  std::string skipped_;
  bool unread_ = false;
  bool pictures_ = false;
  HtmlColors colors_;
  bool hidden_ = false;
  bool any_quoted_ = false;
  bool restyled_ = false;  // a style sheet says how quotations look
};

}  // namespace

HtmlText html_text(std::string_view html) {
  return HtmlReader(html).read();
}

}  // namespace ccgate
