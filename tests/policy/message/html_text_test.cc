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
      {"<blockquote>&gt; Name: Anne</blockquote>", "> Name: Anne\n"},
  }));
  INFO(row.html);
  CHECK(html_text(row.html) == row.want);
}

TEST_CASE("hostile HTML takes linear time") {
  const auto piece =
      GENERATE("<", "</", "<script>", "<!--", "&", "&#", "&#9", "<a b='", "<p ", "</script", "<td>");
  std::string html;
  for (int i = 0; i < 300'000; ++i) html += piece;
  CHECK(html_text(html).size() <= 2 * html.size());
}

}  // namespace
}  // namespace ccgate
