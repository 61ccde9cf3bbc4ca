#include "milter/report/page_growth.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::string drawn(std::vector<GrowthStep> steps, std::int64_t at) {
  Report report;
  report.growth = std::move(steps);
  report.coverage.at = at;
  HtmlWriter html;
  write_growth(html, report);
  return html.take();
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("nothing to draw is said in words") {
  CHECK(has(drawn({}, 0), "Nobody is on the list yet"));
}

TEST_CASE("steps rise where something changed, and go on to the end") {
  const std::string page = drawn({{0, 1, 1, 0}, {86400, 3, 2, 4}}, 2 * 86400);
  CHECK(has(page,
            "<title id=\"growth-title\">From 1970-01-01 to 1970-01-03: 3 ccTLDs and 2 registries on the "
            "list, 4 ccTLDs invited</title>"));
  CHECK(has(page, "class=\"c1\" points=\"40,210 40,210 40,170 280,170 280,90 520,90\""));
  CHECK(has(page, "<th scope=\"row\">1970-01</th>\n<td class=\"n\">3</td>"));
}

TEST_CASE("a single moment can be drawn too") {
  CHECK(has(drawn({{100, 1, 1, 1}}, 100), "points=\"40,210 40,210 40,170 40,170\""));
}

TEST_CASE("however many steps there are, the drawing stays small") {
  std::vector<GrowthStep> steps;
  for (std::int64_t i = 0; i < 100'000; ++i)
    steps.push_back({i * 3600, static_cast<std::size_t>(i % 309), 1, 1});
  const std::string page = drawn(steps, 100'000 * 3600);
  CHECK(page.size() < 60'000);
}
