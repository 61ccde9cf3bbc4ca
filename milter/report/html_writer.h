// milter/report/html_writer.h: HTML of which nothing is markup but what this program says.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// A text of the program itself, known when it is compiled: nothing that comes from outside can become one.
class Literal {
 public:
  template <std::size_t n>
  consteval Literal(const char (&text)[n])
      : text_(text, n - 1) {}  // NOLINT: a literal is meant to become one
  [[nodiscard]] constexpr std::string_view view() const noexcept { return text_; }

 private:
  std::string_view text_;
};

/// `name="value"`; the value may be anybody's.
struct Attribute {
  Literal name;
  std::string value;
};

/// Writes elements. Whatever is no Literal goes in by `text` or as the value of an attribute, and both
/// escape; controls, direction marks and octets that are no UTF-8 become U+FFFD. There is no other way in.
class HtmlWriter {
 public:
  /// First of all.
  HtmlWriter& doctype();
  HtmlWriter& open(Literal element, std::initializer_list<Attribute> attributes = {});
  /// Without content and end: `<meta>`.
  HtmlWriter& single(Literal element, std::initializer_list<Attribute> attributes);
  HtmlWriter& close();
  HtmlWriter& text(std::string_view text);
  /// An element with a text and nothing else.
  HtmlWriter& element(Literal name, std::string_view text, std::initializer_list<Attribute> attributes = {});
  /// `<bdi>`: words of others, which may run from right to left, and nobody's markup.
  HtmlWriter& others(std::string_view text);
  /// The page's own style and script, which are compiled in: their text is not escaped.
  HtmlWriter& style();
  HtmlWriter& script();

  /// All of it, with what is still open closed.
  [[nodiscard]] std::string take();

 private:
  void end(std::string_view element);
  void begin(Literal element, std::initializer_list<Attribute> attributes);

  std::string out_;
  std::vector<std::string_view> open_;
};

/// For a Content-Security-Policy that lets these two work, and nothing else: `'sha256-...'`.
[[nodiscard]] std::string style_source();
[[nodiscard]] std::string script_source();

}  // namespace ccgate
