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
  CHECK(html_text(row.html).text == row.want);
}

TEST_CASE("HTML that readers may see more of") {
  struct Row {
    const char* html;
    bool shown;  // else unread
  };
  const auto row = GENERATE(values<Row>({
      {"<!-- a --!><p>ADD</p><!-- b -->", true},
      {"<p x==\"><b>ADD</b><p title=\"\">", true},
      {"<a href=x=\">ADD</a><a href=\"\">", true},
      {"<p =\">ADD<p title=\"\">", true},
      {"</p x==\">ADD<i title=\">", false},
      {"</ x=\"<style>\">ADD</style>", true},
      {"<style-x>ADD</style-x>", true},
      {"<title:x>ADD</title:x>", true},
      {"<script-x>ADD</script-x>", true},
      {"<style></stylex></style>ADD<style></style>", true},
      {"<textarea><style></textarea><p>ADD</p></style>", false},
      {"<select><style></select><p>ADD</p></style>", false},
      {"<noscript><style></noscript><p>ADD</p></style>", false},
      {"<svg><style><p>ADD", false},
      {"<svg><title><p>ADD</title></svg>", false},
      {"<svg><script/>ADD", false},
      {"<!--[if x]>--><xml>ADD</xml>", true},
      {"<!--[if !mso]><!--><xml>ADD</xml>", true},
      {"<!--[if mso]><xml>--><p>ADD</p><!-- </xml><![endif]-->", false},
      {"<img alt=\"ADD\">", true},
      {"<img alt='A&#68;D'>", true},
      {"<input value=ADD>", true},
      {"<input placeholder=ADD>", true},
      {"<optgroup label=ADD>", true},
      {"<iframe srcdoc=ADD>", false},
      {"<object data=\"data:text/html,ADD\"></object>", false},
      {"<img src=\"&#100;ata:image/png;base64,AAAA\">", false},
      {"<style>p::after{content:\"ADD\"}</style>", false},
      {"<style>p::after{c\\6fntent/**/:\"ADD\"}</style>", false},
      {"<style>q{quotes:'ADD' ''}</style><q></q>", false},
      {"<p style='display:list-item;list-style-type:\"ADD\"'>", false},
      {"<!-- bob@evil.example -->", false},
      {"<!-- add .xb -->", false},
      {"<!-- ADD", false},
      {"a<b title=\"", false},
  }));
  INFO(row.html);
  const HtmlText html = html_text(row.html);
  CHECK((html.text.find("ADD") != std::string::npos || html.unread));
  CHECK(html.unread != row.shown);
}

TEST_CASE("words that people may not see are told") {
  const auto* const html = GENERATE(
      "<del>a</del>", "<s>a</s>", "<strike>a</strike>", "<details>a</details>", "<dialog>a</dialog>",
      "<p hidden>a</p>", "<p style='display:none'>a</p>", "<p style='DISPLAY : none !important'>a</p>",
      "<p style='d\\69splay:none'>a</p>", "<p style='visibility:hidden'>a</p>",
      "<p style='visibility:collapse'>a</p>", "<p style='opacity:0'>a</p>", "<p style='opacity:.05'>a</p>",
      "<p style='font-size:0'>a</p>", "<p style='font-size:1px'>a</p>", "<p style='font:0/0 a'>a</p>",
      "<p style='mso-hide:all'>a</p>", "<p style='text-decoration:line-through'>a</p>",
      "<p style='text-indent:-999px'>a</p>", "<p style='position:absolute;left:-999px'>a</p>",
      "<p style='height:0;overflow:hidden'>a</p>", "<p style='max-height:0px;overflow:hidden'>a</p>",
      "<p style='transform:scale(0)'>a</p>", "<p style='clip-path:circle(0)'>a</p>",
      "<p style='color:white'>a</p>", "<p style='color:#FFF'>a</p>", "<p style='color:#fefefe'>a</p>",
      "<p style='color:rgb(255, 255, 255)'>a</p>", "<p style='color:transparent'>a</p>",
      "<p style='color:rgba(0,0,0,0)'>a</p>", "<font color=white>a</font>", "<font color='#ffffff'>a</font>",
      "<body bgcolor=black><font color=black>a</font></body>",
      "<p style='background:#102030;color:#112131'>a</p>", "<style>.a{display:none}</style><p class=a>a</p>");
  INFO(html);
  const HtmlText text = html_text(html);
  CHECK(text.hidden);
  CHECK(text.text.find('a') != std::string::npos);
}

TEST_CASE("everyday styles hide nothing") {
  const auto* const html =
      GENERATE("<p style='color:black;background:white'>a</p>",
               "<p style='color:rgb(33, 33, 33);font-size:12pt'>a</p>",
               "<div style=\"caret-color: rgb(0, 0, 0); text-transform: none; text-indent: 0px; "
               "-webkit-text-stroke-width: "
               "0px; word-spacing: 0px; text-decoration: none;\">a</div>",
               "<td style='background:#003366;color:#ffffff'>a</td>",
               "<body bgcolor='#FFFFFF' text='#000000'>a</body>",
               "<style type=\"text/css\" style=\"display:none;\"> P {margin-top:0;margin-bottom:0;} "
               "</style><div>a</div>",
               "<p style='margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex;opacity:1'>a</p>");
  INFO(html);
  CHECK_FALSE(html_text(html).hidden);
  CHECK_FALSE(html_text(html).unread);
}

TEST_CASE("pictures that HTML shows are told") {
  CHECK(html_text("<img src='https://nic.xa/a.png'>").pictures);
  CHECK(html_text("<input type=image src='https://nic.xa/a.png'>").pictures);
  CHECK(html_text("<td background='https://nic.xa/a.png'>").pictures);
  CHECK(html_text("<td style='background:URL(https://nic.xa/a.png)'>").pictures);
  CHECK(html_text("<style>p{background:u\\72l(https://nic.xa/a.png)}</style>").pictures);
  CHECK_FALSE(html_text("<style>v\\:* {behavior:url(#default#VML);}</style>a").pictures);
  CHECK_FALSE(html_text("<p style='color:black'>a</p>").pictures);
}

TEST_CASE("a quotation has to look like one") {
  struct Row {
    const char* html;
    bool quoted;
  };
  const auto row = GENERATE(values<Row>({
      {"<blockquote type=cite>a</blockquote>", true},
      {"<blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid "
       "rgb(204,204,204);padding-left:1ex\">a</blockquote>",
       true},
      {"<blockquote class=\"gmail_quote\" style=\"margin:0\">a</blockquote>", false},
      {"<blockquote type=cite style=\"margin:0;padding:0;border:none\">a</blockquote>", false},
      {"<blockquote type=cite style=\"all:unset\">a</blockquote>", false},
      {"<blockquote type=cite style=\"border-left:0\">a</blockquote>", false},
      {"<blockquote class=\"no-quote\">a</blockquote>", false},
      {"<blockquote id=quote>a</blockquote>", false},
  }));
  INFO(row.html);
  CHECK(html_text(row.html).text == (row.quoted ? "> a\n" : "a\n"));
  CHECK(html_text("<style>blockquote{margin:0}</style><blockquote type=cite>a</blockquote>").hidden);
  CHECK(html_text("<style style=\"display:block\">a</style>").unread);
}

TEST_CASE("HTML of everyday programs is read") {
  const auto* const html = GENERATE(
      "<html><head><style><!-- @font-face {font-family:\"Cambria Math\"; panose-1:2 4 5;} p.MsoNormal "
      "{margin:0cm;} v\\:* {behavior:url(#default#VML);} --></style><!--[if gte mso 9]><xml><o:shapedefaults "
      "v:ext=\"edit\" /></xml><![endif]--></head><body><p class=MsoNormal>a<o:p></o:p></p></body></html>",
      "<div dir=\"ltr\">a</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">b</div></div>",
      "<meta content=\"text/html\"><!-- Converted from text/plain format --><font size=2>a</font>",
      "<style type=\"text/css\" style=\"display:none;\"> P {margin-top:0;margin-bottom:0;} "
      "</style><div>a</div>",
      "<!--StartFragment--><p style=\"list-style:none;justify-content:center\">a</p><!--EndFragment-->");
  INFO(html);
  CHECK_FALSE(html_text(html).unread);
}

TEST_CASE("hostile HTML takes linear time") {
  const auto piece = GENERATE("<", "</", "<script>", "<!--", "&", "&#", "&#9", "<a b='", "<p ", "</script",
                              "<td>", "<table><tr><td>", "<table><tr><td>a<td>b", "<tr><td>a<br>b<td>c",
                              "<blockquote type=cite>a", "</table>", "<!--[if a]>", "<!--a--!>",
                              "<!--[if a]>-->", "<p a=b ", "<style>", "<p style=\"list-style\">", ".x ");
  std::string html;
  for (int i = 0; i < 300'000; ++i) html += piece;
  CHECK(html_text(html).text.size() <= 2 * html.size());
}

}  // namespace
}  // namespace ccgate
