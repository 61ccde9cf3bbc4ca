#include "milter/report/html_writer.h"

#include "milter/report/page_assets.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("whatever others wrote is text, and no markup") {
  HtmlWriter html;
  html.open("p", {{"title", "\"><script>alert(1)</script>"}, {"id", "a'b"}});
  html.text("<b> & \"quoted\" 'too'").others("\xE2\x80\xAE<i>").close();
  CHECK(html.take() ==
        "<p title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\" id=\"a&#39;b\">"
        "&lt;b&gt; &amp; &quot;quoted&quot; &#39;too&#39;<bdi>\xEF\xBF\xBD&lt;i&gt;</bdi></p>\n");
}

TEST_CASE("what no page may hold becomes the sign for what cannot be shown") {
  using namespace std::string_view_literals;
  for (const std::string_view odd :
       {"\0"sv, "\x1b"sv, "\x7f"sv, "\n"sv, "\xff"sv, "\xC2\x85"sv, "\xE2\x81\xA6"sv, "\xE2\x80\xA8"sv}) {
    HtmlWriter html;
    html.element("p", std::string("a") + std::string(odd) + "b");
    CHECK(html.take() ==
          "<p>a\xEF\xBF\xBD"
          "b</p>\n");
  }
}

TEST_CASE("what is open is closed in the end") {
  HtmlWriter html;
  html.doctype().open("html").single("meta", {{"charset", "utf-8"}}).open("body").element("b", "x");
  CHECK(html.take() == "<!doctype html>\n<html><meta charset=\"utf-8\"><body><b>x</b></body>\n</html>\n");
}

TEST_CASE("style and script have a digest each, and end where they seem to") {
  CHECK(style_source().starts_with("'sha256-"));
  CHECK(style_source().ends_with("='"));
  CHECK(style_source() != script_source());
  CHECK(page_style().find("</") == std::string_view::npos);
  CHECK(page_script().find("</") == std::string_view::npos);
  CHECK(page_script().find("<!--") == std::string_view::npos);
  CHECK(page_style().find("url(") == std::string_view::npos);
  CHECK(page_style().find("@import") == std::string_view::npos);
}
