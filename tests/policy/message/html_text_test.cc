#include "policy/message/html_text.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("HTML as a reader sees it") {
  struct Row {
    const char* html;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"", ""},
      {"no tags", "no tags"},
      {"one\r\n two", "one two"},
      {"one<br>two<BR/>three", "one\ntwo\nthree"},
      {"<p>one</p><p>two</p>", "one\ntwo\n"},
      {"<table><tr><td>Name:</td><td>Anne</td></tr><tr><td>Tel</td></tr></table>", "Name: Anne\nTel\n"},
      {"<ul><li>a<li>b</ul>", "a\nb\n"},
      {"<b>su</b>bscribe", "subscribe"},
      {"a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"},
      {"&#65;&#x42;&#X43", "ABC"},
      {"t&eacute;l&nbsp;x", "tél\xc2\xa0x"},
      {"&unknown; &; &#; &#x; &", "&unknown; &; &#; &#x; &"},
      {"&#0;&#xD800;&#1114112;&#99999999999999999999;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"a<!-- <br> join -->b", "ab"},
      {"a<!-->b-->c", "ab-->c"},
      {"a<!-- open", "a"},
      {"<style>p { x: y }</style>a<script>if (a<b) join</script >b", "ab"},
      {"<script>no end", ""},
      {"<head><title>join</title></head><body>a", "a"},
      {"<a title=\"x > y\" href='z'>link</a>", "link"},
      {"<a title=it's>b</a>", "b"},
      {"1 < 2 and <3", "1 < 2 and <3"},
      {"<pre>a\n  b</pre>", "a\n  b\n"},
      {"<!DOCTYPE html><?xml?>a", "a"},
      {"a<b", "a"},
      {"a<", "a<"},
      {"<div><div>a</div></div><div><br></div>b", "a\nb"},
      {"<table><tr><td><div><span>ccTLD:<o:p></o:p></span></div></td><td><p>.xa</p></td></tr></table>",
       "ccTLD: .xa\n"},
      {"<table><tr><td>ccTLD</td><td>.xa</td></tr></table>", "ccTLD\t.xa\n"},
      {"<table><tr><td>ccTLDs:</td><td>xa<br>xb</td></tr></table>", "ccTLDs: xa xb\nccTLDs: xa\nxb\n"},
      {"<table><tr><td>Name: Bob<br>E-mail: b@x.example</td></tr></table>",
       "Name: Bob\nE-mail: b@x.example\n"},
      {"<table><tr><td>x</td><td><table><tr><td>Name:</td><td>Bob</td></tr></table></td></tr></table>",
       "x\nName: Bob\n"},
      {"<table><td>Name:<td><ul><li>Anne</ul>", "Name: Anne\n"},
      {"<table><tr><td><td></table>a", "a"},
      {"a</tr></td></table>b", "a\nb"},
      {"<blockquote type=\"cite\">a<br>b</blockquote>c", "> a\n> b\nc"},
      {"<blockquote class=gmail_quote><table><tr><td>Name:</td><td><p>Bob</p></td></tr></table></blockquote>",
       "> Name: Bob\n"},
      {"a<!--[if mso]>b<style>c</style><xml><w:View>d</w:View></xml><![endif]-->e<xml>f</xml>", "abef"},
      {"a<!--[if !mso]><!-->b<!--<![endif]-->c", "abc"},
      {"<blockquote>&gt; Name: Anne</blockquote>", "> Name: Anne\n"},
  }));
  INFO(row.html);
  CHECK(html_text(row.html) == row.want);
}

TEST_CASE("hostile HTML takes linear time") {
  const auto piece = GENERATE("<", "</", "<script>", "<!--", "&", "&#", "&#9", "<a b='", "<p ", "</script",
                              "<td>", "<table><tr><td>", "<table><tr><td>a<td>b", "<tr><td>a<br>b<td>c",
                              "<blockquote type=cite>a", "</table>", "<!--[if a]>");
  std::string html;
  for (int i = 0; i < 300'000; ++i) html += piece;
  CHECK(html_text(html).size() <= 2 * html.size());
}

}  // namespace
}  // namespace ccgate
