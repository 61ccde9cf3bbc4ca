#include "milter/report/html_writer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "milter/report/page_assets.h"
#include "milter/system/sha256.h"
#include "policy/text/base64.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : shown(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// As CSP 3, 2.3.1, and the browsers want it.
std::string source_of(std::string_view text) {
  const std::string hex = sha256_hex(text);
  std::string octets;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    octets += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return "'sha256-" + base64_encoded(octets) + "'";
}

}  // namespace

void HtmlWriter::begin(Literal element, std::initializer_list<Attribute> attributes) {
  out_ += '<';
  out_ += element.view();
  for (const Attribute& attribute : attributes) {
    out_ += ' ';
    out_ += attribute.name.view();
    out_ += "=\"" + escaped(attribute.value) + '"';
  }
  out_ += '>';
}

HtmlWriter& HtmlWriter::doctype() {
  out_ += "<!doctype html>\n";
  return *this;
}

HtmlWriter& HtmlWriter::open(Literal element, std::initializer_list<Attribute> attributes) {
  begin(element, attributes);
  open_.push_back(element.view());
  return *this;
}

HtmlWriter& HtmlWriter::single(Literal element, std::initializer_list<Attribute> attributes) {
  begin(element, attributes);
  return *this;
}

void HtmlWriter::end(std::string_view element) {
  constexpr std::array<std::string_view, 5> kWithinLines{"a", "b", "small", "span", "time"};
  out_ += "</";
  out_ += element;
  out_ += '>';
  if (std::find(kWithinLines.begin(), kWithinLines.end(), element) == kWithinLines.end()) out_ += '\n';
}

HtmlWriter& HtmlWriter::close() {
  end(open_.back());
  open_.pop_back();
  return *this;
}

HtmlWriter& HtmlWriter::text(std::string_view text) {
  out_ += escaped(text);
  return *this;
}

HtmlWriter& HtmlWriter::element(Literal name, std::string_view content,
                                std::initializer_list<Attribute> attributes) {
  begin(name, attributes);
  text(content);
  end(name.view());
  return *this;
}

HtmlWriter& HtmlWriter::others(std::string_view words) {
  out_ += "<bdi>";
  text(words);
  out_ += "</bdi>";
  return *this;
}

HtmlWriter& HtmlWriter::style() {
  out_ += "<style>";
  out_ += page_style();
  out_ += "</style>\n";
  return *this;
}

HtmlWriter& HtmlWriter::script() {
  out_ += "<script>";
  out_ += page_script();
  out_ += "</script>\n";
  return *this;
}

std::string HtmlWriter::take() {
  while (!open_.empty()) close();
  return std::move(out_);
}

std::string style_source() {
  return source_of(page_style());
}

std::string script_source() {
  return source_of(page_script());
}

}  // namespace ccgate
