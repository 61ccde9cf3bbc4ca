#include "milter/report/page_parts.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;

namespace {

CoveredCcTld covered(const char* label, CoverageState state) {
  CoveredCcTld one{test::domain(label), Region::africa, 0, "", {}, {}};
  one.standing.state = state;
  one.standing.since = state == CoverageState::uninvited ? 0 : 86400;
  return one;
}

template <class Write>
std::string written(const Write& write) {
  HtmlWriter html;
  write(html);
  return html.take();
}

}  // namespace

TEST_CASE("a tile has a letter, a colour, a word for those who listen, and leads to its row") {
  Coverage all;
  all.cctlds = {covered("xa", CoverageState::refused), covered("xn--mgba7c0bbn0a", CoverageState::uninvited)};
  CHECK(written([&](HtmlWriter& html) { write_tiles(html, all); }) ==
        "<h3>Africa</h3>\n<ul class=\"tiles\"><li><a href=\"#cctld-xa\" class=\"t sR\"><bdi>.xa</bdi>"
        "<span aria-hidden=\"true\">R</span><span class=\"spoken\">refused</span></a></li>\n"
        "<li><a href=\"#cctld-xn--mgba7c0bbn0a\" class=\"t sU long\"><bdi>.العليان</bdi>"
        "<span aria-hidden=\"true\">U</span><span class=\"spoken\">uninvited</span></a></li>\n</ul>\n");
}

TEST_CASE("a row names people only where that is wished") {
  Coverage all;
  all.cctlds = {covered("xa", CoverageState::member)};
  Member anne;
  anne.name = "<Anne>";
  anne.email = "anne@nic.xa";
  all.cctlds.front().members = {anne};
  const std::string row =
      "<tr id=\"cctld-xa\"><th scope=\"row\"><bdi>.xa</bdi></th>\n<td>AF</td>\n<td class=\"d\"><span "
      "class=\"t "
      "sM\" aria-hidden=\"true\">M</span> member</td>\n<td class=\"d\">1970-01-02</td>\n<td "
      "class=\"n\">1</td>\n<td>";
  const std::string nameless = written([&](HtmlWriter& html) { write_cctlds(html, all, false); });
  INFO(nameless);
  CHECK(nameless.find(row + "</td>\n</tr>\n") != std::string::npos);
  const std::string named = written([&](HtmlWriter& html) { write_cctlds(html, all, true); });
  INFO(named);
  CHECK(named.find(row + "<ul class=\"people\"><li><bdi>&lt;Anne&gt;</bdi>, <bdi>anne@nic.xa</bdi></li>\n"
                         "</ul>\n</td>\n</tr>\n") != std::string::npos);
}

TEST_CASE("a lapsed ccTLD does not name who an operator's reason names") {
  Coverage all;
  all.cctlds = {covered("xa", CoverageState::lapsed)};
  all.cctlds.front().standing.ended_by = "hand: Anne left";
  const std::string page = written([&](HtmlWriter& html) { write_cctlds(html, all, false); });
  CHECK(page.find("ended by hand</bdi>") != std::string::npos);
  CHECK(page.find("Anne") == std::string::npos);
}

TEST_CASE("decisions of a month are told with their grounds") {
  const std::vector<DecisionMonth> months{
      {"2015-02", {{"reject", "outsider", 12}, {"reject", "malformed", 1}, {"accept", "rule", 2}}}};
  const std::string page = written([&](HtmlWriter& html) { write_decisions(html, months); });
  CHECK(page.find("<tr><th scope=\"row\">2015-02</th>\n<td class=\"n\">15</td>\n<td><bdi>accept: rule 2; "
                  "reject: outsider 12, malformed 1</bdi></td>\n</tr>") != std::string::npos);
  CHECK(written([&](HtmlWriter& html) { write_follow_ups(html, {}); }) == "<p>Nobody.</p>\n");
}
