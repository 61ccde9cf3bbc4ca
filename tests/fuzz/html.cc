// HTML as text, its tags, references and styles.
#include "policy/message/html_reference.h"
#include "policy/message/html_style.h"
#include "policy/message/html_tag.h"
#include "policy/message/html_text.h"
#include "policy/text/utf8.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestHtml = std::size_t{256} * 1024;  // what is kept of a body

void run_html(std::string_view input) {
  const HtmlText read = html_text(input);
  expect(read.text.size() <= 2 * input.size() + 1, "the text is at most twice as long");
  const bool utf8 = is_utf8(input);
  if (utf8) expect_utf8(read.text, "UTF-8 stays UTF-8");
  // Whatever follows, a word that a reader saw before it stays.
  const HtmlText more = html_text("zqmark<br>" + std::string(input));
  expect(more.text.starts_with("zqmark"), "a word before it is read", more.text);
  for (std::size_t at = input.find('<'); at < input.size(); at = input.find('<', at + 1)) {
    const char next = at + 1 < input.size() ? static_cast<char>(input[at + 1] | 0x20) : ' ';
    if (next < 'a' || next > 'z') continue;
    const HtmlTag tag = read_html_tag(input, at);
    expect(tag.end > at && tag.end <= input.size(), "a tag ends in the text");
    break;  // each is read to the end of the text where a quote is open
  }
  if (utf8) expect_utf8(decode_html_references(input), "references decode to UTF-8");
  (void)style_may_show(input);
  (void)style_shows_pictures(input);
  (void)style_may_hide(input);
  (void)style_shows_quotation(input);
  (void)style_value(input, "border-left");
}

std::vector<std::string> html_seeds() {
  std::vector<std::string> seeds{
      "<html><head><title>x</title><style>p { color: #fff; display:none }</style></head><body>"
      "<p style='font-size:0'>a</p><table><tr><td>Name:</td><td>Anne</td></tr></table></body></html>",
      "<blockquote type=cite>a<br>b</blockquote><!--[if mso]>x<![endif]--><s>no</s><del>y</del>",
      "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt\">&nbsp;&#46;xa &#x2e;xb &amp;lt;</div>",
      "<svg><text>a</text></svg><textarea>b</textarea><template>c</template><pre> d\n e</pre><img alt='.xa'>",
      "<ul><li>.xa<li>.xb</ul><select><option label=x>y</select><input value='a@nic.xa' placeholder=z>",
      "<style>@import 'x'; li::marker{content:\"\\2e xa\"} @counter-style a{symbols:x}</style>"};
  for (const std::string& message : scenario_messages(1)) {
    const std::size_t html = message.find("<html");
    if (html != std::string::npos) seeds.push_back(message.substr(html));
  }
  return seeds;
}

std::vector<std::string> html_extremes() {
  std::vector<std::string> all;
  for (const char* piece : {"<div>",
                            "<table><tr><td>",
                            "<blockquote type=cite>",
                            "<b><i>",
                            "<ul><li>",
                            "<!-- ",
                            "<![if x]>",
                            "<svg>",
                            "<pre>\n",
                            "<p ",
                            "<a =\"",
                            "&#46;",
                            "&amp",
                            "<style>a{",
                            "<p style=\"display:none;",
                            "<td>",
                            "</table>",
                            "<font color=#fff>",
                            "<s>",
                            "<template>",
                            "<select><option>",
                            "<",
                            "<!",
                            "</",
                            "<a a=1 "})
    all.push_back(filled_up(piece, kLargestHtml));
  all.push_back(filled_up("<table><tr><td>", kLargestHtml / 2) +
                filled_up("</td></tr></table>", kLargestHtml / 2));
  all.push_back("<style>" + filled_up("a:not(", kLargestHtml / 2) + filled_up(")", kLargestHtml / 4) +
                "</style>");
  all.push_back("<style>" + filled_up("@media x{", kLargestHtml - 20) + "</style>");
  all.push_back("<p style=\"" + filled_up("color:\\000023fff;", kLargestHtml - 20) + "\">x");
  return all;
}

}  // namespace

Target html_target() {
  return {"html", kLargestHtml, run_html, html_seeds, html_extremes};
}

}  // namespace ccgate::fuzz
