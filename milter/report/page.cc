#include "milter/report/page.h"

#include <fmt/core.h>

#include "milter/contacts/contact_words.h"
#include "milter/report/page_growth.h"
#include "milter/report/page_parts.h"
#include "milter/report/report_words.h"

namespace ccgate {
namespace {

void write_head(HtmlWriter& html, const Report& report) {
  html.open("head");
  html.single("meta", {{"charset", "utf-8"}});
  html.single("meta",
              {{"http-equiv", "Content-Security-Policy"},
               {"content", fmt::format("default-src 'none'; style-src {}; script-src {}; base-uri 'none'; "
                                       "form-action 'none'",
                                       style_source(), script_source())}});
  html.single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.single("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.single("meta", {{"name", "robots"}, {"content", "noindex"}});
  html.single("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.element("title", fmt::format("{} on {}", report.list, day_text(report.coverage.at)));
  html.style();
  html.close();
}

/// Its parts have a heading each, which names them.
void begin_part(HtmlWriter& html, Literal id, std::string_view heading) {
  const std::string name(id.view());
  html.open("section", {{"aria-labelledby", name}});
  html.element("h2", heading, {{"id", name}});
}

}  // namespace

std::string report_page(const Report& report, bool people) {
  HtmlWriter html;
  html.doctype();
  html.open("html", {{"lang", "en"}});
  write_head(html, report);
  html.open("body");
  html.open("header");
  html.open("h1").others(report.list);
  html.text(" on ").open("time", {{"datetime", day_text(report.coverage.at)}});
  html.text(day_text(report.coverage.at)).close().close();
  write_numbers(html, report);
  html.close();
  html.open("main");
  begin_part(html, "regions", "By region");
  write_regions(html, report.coverage);
  html.close();
  begin_part(html, "map", "Map");
  write_tiles(html, report.coverage);
  html.close();
  begin_part(html, "follow-up", "Who needs somebody");
  write_follow_ups(html, report.follow_ups);
  html.close();
  begin_part(html, "progress", "Progress");
  write_growth(html, report);
  html.close();
  begin_part(html, "cctlds", "All ccTLDs");
  write_cctlds(html, report.coverage, people);
  html.close();
  begin_part(html, "decisions", "Decisions");
  write_decisions(html, report.months);
  html.close();
  begin_part(html, "words", "What the words mean");
  write_words(html);
  html.close();
  html.close();
  html.script();
  return html.take();
}

}  // namespace ccgate
