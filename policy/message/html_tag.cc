#include "policy/message/html_tag.h"

#include <algorithm>

#include "policy/text/text.h"

namespace ccgate {
namespace {

class TagReader {
 public:
  TagReader(std::string_view html, std::size_t pos) : html_(html), pos_(pos) {}

  HtmlTag read() && {
    HtmlTag tag;
    ++pos_;
    tag.closing = html_[pos_] == '/';
    if (tag.closing) ++pos_;
    tag.name = ascii_lower(take_until(" \t\r\n\f/>"));
    for (;;) {
      while (pos_ < html_.size() && (is_html_blank(html_[pos_]) || html_[pos_] == '/')) ++pos_;
      if (pos_ >= html_.size()) break;
      if (html_[pos_] == '>') {
        ++pos_;
        tag.complete = true;
        break;
      }
      attribute(tag);
    }
    tag.end = pos_;
    return tag;
  }

 private:
  std::string_view take_until(std::string_view ends) {
    const std::size_t start = pos_;
    pos_ = std::min(html_.find_first_of(ends, pos_), html_.size());
    return html_.substr(start, pos_ - start);
  }

  void skip_blanks() {
    while (pos_ < html_.size() && is_html_blank(html_[pos_])) ++pos_;
  }

  void attribute(HtmlTag& tag) {
    const std::size_t start = pos_;
    if (html_[pos_] == '=') ++pos_;  // it begins a name
    take_until(" \t\r\n\f/>=");
    tag.attributes.push_back({ascii_lower(html_.substr(start, pos_ - start)), {}});
    skip_blanks();
    if (pos_ >= html_.size() || html_[pos_] != '=') return;
    ++pos_;
    skip_blanks();
    if (pos_ >= html_.size() || html_[pos_] == '>') return;
    const char quote = html_[pos_];
    if (quote == '"' || quote == '\'') {
      ++pos_;
      tag.attributes.back().value = take_until(std::string_view(&quote, 1));
      if (pos_ < html_.size()) ++pos_;
    } else {
      tag.attributes.back().value = take_until(" \t\r\n\f>");
    }
  }

  std::string_view html_;
  std::size_t pos_;
};

}  // namespace

bool is_html_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

HtmlTag read_html_tag(std::string_view html, std::size_t pos) {
  return TagReader(html, pos).read();
}

}  // namespace ccgate
