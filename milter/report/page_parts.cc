#include "milter/report/page_parts.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "milter/contacts/contact_words.h"
#include "milter/report/report_words.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

/// Columns of numbers, by their heads.
constexpr std::array<std::string_view, 4> kNumbers{"ccTLDs", "Registries", "People", "Count"};

void table_head(HtmlWriter& html, std::string_view caption, std::initializer_list<std::string_view> heads) {
  html.element("caption", caption);
  html.open("thead").open("tr");
  for (const std::string_view column : heads) {
    const bool number = std::find(kNumbers.begin(), kNumbers.end(), column) != kNumbers.end();
    html.element("th", column, {{"scope", "col"}, {"class", number ? "n" : ""}});
  }
  html.close().close();
}

void number_cell(HtmlWriter& html, std::string_view text) {
  html.element("td", text, {{"class", "n"}});
}

void write_tile(HtmlWriter& html, const CoveredCcTld& cctld) {
  const CoverageState state = cctld.standing.state;
  const std::string label = dotted_label(cctld.label);
  // How many letters fit into a tile, in the two sizes that are large enough to be read at ease.
  constexpr std::size_t kFits = 5, kFitsSmaller = 7;
  const std::size_t width = columns(label);
  const char* size = width > kFitsSmaller ? " long" : width > kFits ? " wide" : "";
  html.open("li");
  html.open(
      "a", {{"href", "#" + anchor_of(cctld.label)}, {"class", fmt::format("t {}{}", class_of(state), size)}});
  html.others(label);
  html.element("span", letter_of(state), {{"aria-hidden", "true"}});
  html.element("span", to_string(state), {{"class", "spoken"}});
  html.close().close();
}

void write_group(HtmlWriter& html, std::string_view name, const std::vector<const CoveredCcTld*>& cctlds) {
  if (cctlds.empty()) return;
  html.element("h3", name);
  html.open("ul", {{"class", "tiles"}});
  for (const CoveredCcTld* cctld : cctlds) write_tile(html, *cctld);
  html.close();
}

void write_people(HtmlWriter& html, const std::vector<Member>& members) {
  html.open("ul", {{"class", "people"}});
  for (const Member& member : members) {
    html.open("li");
    if (!member.name.empty()) html.others(brief(member.name)).text(", ");
    html.others(brief(member.email));
    if (!member.phone.empty()) html.text(", ").others(brief(member.phone));
    html.close();
  }
  html.close();
}

void write_cctld_row(HtmlWriter& html, const CoveredCcTld& cctld, bool people) {
  const Standing& standing = cctld.standing;
  html.open("tr", {{"id", anchor_of(cctld.label)}});
  html.open("th", {{"scope", "row"}}).others(dotted_label(cctld.label));
  if (cctld.label.unicode() != cctld.label.ascii())
    html.open("small").text(" " + cctld.label.ascii()).close();
  html.close();
  html.element("td", cctld.region ? to_string(*cctld.region) : "");
  html.open("td", {{"class", "d"}});
  html.open("span", {{"class", "t " + class_of(standing.state)}, {"aria-hidden", "true"}});
  html.text(letter_of(standing.state)).close();
  html.text(" ").text(to_string(standing.state)).close();
  html.element("td", standing.since == 0 ? "" : day_text(standing.since), {{"class", "d"}});
  number_cell(html, cctld.members.empty() ? "" : std::to_string(cctld.members.size()));
  html.open("td");
  const std::string marks = brief(comma_list(shown_marks(standing, people)));
  if (!marks.empty()) html.others(marks);
  if (people && !cctld.members.empty()) write_people(html, cctld.members);
  html.close().close();
}

/// `reject: outsider 12, malformed 1`.
std::string grounds_text(const DecisionMonth& month) {
  std::map<std::string, std::string> grounds;
  for (const DecisionCount& each : month.counts) {
    std::string& text = grounds[each.verdict];
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", each.ground.empty() ? "-" : each.ground, each.count);
  }
  std::string all;
  for (const auto& [verdict, text] : grounds)
    all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", verdict.empty() ? "-" : verdict, text);
  return all;
}

template <class Enum>
void write_meanings(HtmlWriter& html) {
  html.open("dl");
  for (const auto& row : EnumWords<Enum>::table) {
    html.element("dt", row.word);
    html.element("dd", meaning(row.value));
  }
  html.close();
}

}  // namespace

std::string_view letter_of(CoverageState state) {
  switch (state) {
    case CoverageState::member:
      return "M";
    case CoverageState::declined:
      return "D";
    case CoverageState::in_progress:
      return "P";
    case CoverageState::refused:
      return "R";
    case CoverageState::lapsed:
      return "L";
    case CoverageState::invited:
      return "I";
    case CoverageState::uninvited:
      break;
  }
  return "U";
}

std::string class_of(CoverageState state) {
  return fmt::format("s{}", letter_of(state));
}

std::string anchor_of(const Domain& cctld) {
  return "cctld-" + cctld.ascii();
}

void write_numbers(HtmlWriter& html, const Report& report) {
  const Coverage& all = report.coverage;
  html.open("ul", {{"class", "numbers"}});
  html.open("li").element("b", share_text(all.all_cctlds)).text(" ccTLDs").close();
  html.open("li").element("b", share_text(all.all_registries)).text(" registries").close();
  html.open("li")
      .element("b", std::to_string(all.people))
      .text(all.people == 1 ? "person" : "people")
      .close();
  html.close();
  std::map<CoverageState, std::size_t> states;
  for (const CoveredCcTld& each : all.cctlds) ++states[each.standing.state];
  html.open("ul", {{"class", "states"}});
  for (const auto& row : EnumWords<CoverageState>::table) {
    html.open("li").open("span", {{"class", "t " + class_of(row.value)}, {"aria-hidden", "true"}});
    html.text(letter_of(row.value)).close();
    html.text(fmt::format(" {} {}", states[row.value], row.word)).close();
  }
  html.close();
  if (all.undelegated.empty()) return;
  html.open("p").text("Members of what is no ccTLD any more: ");
  html.others(comma_list(all.undelegated)).close();
}

void write_regions(HtmlWriter& html, const Coverage& coverage) {
  html.open("table");
  table_head(html, "On the list, by ICANN's regions", {"Region", "ccTLDs", "Registries"});
  html.open("tbody");
  for (const RegionShare& each : coverage.regions) {
    html.open("tr");
    html.element("th", fmt::format("{} ({})", region_name(each.region), to_string(each.region)),
                 {{"scope", "row"}});
    number_cell(html, share_text(each.cctlds));
    number_cell(html, share_text(each.registries));
    html.close();
  }
  html.close().close();
}

void write_tiles(HtmlWriter& html, const Coverage& coverage) {
  std::map<Region, std::vector<const CoveredCcTld*>> by_region;
  std::vector<const CoveredCcTld*> elsewhere;
  for (const CoveredCcTld& each : coverage.cctlds)
    (each.region ? by_region[*each.region] : elsewhere).push_back(&each);
  for (const auto& [region, cctlds] : by_region) write_group(html, region_name(region), cctlds);
  write_group(html, "In no region", elsewhere);
}

void write_follow_ups(HtmlWriter& html, const std::vector<FollowUp>& rows) {
  if (rows.empty()) {
    html.element("p", "Nobody.");
    return;
  }
  html.open("ul", {{"class", "follow"}});
  for (const FollowUp& row : rows) {
    html.open("li").open("p");
    html.open("a", {{"href", "#" + anchor_of(row.cctld)}}).others(dotted_label(row.cctld)).close();
    html.text(fmt::format(" {} {}, {}{}", to_string(row.state), day_text(row.since), row.ground,
                          row.unproven ? ", unproven" : ""));
    if (!row.decision_id.empty()) html.open("small").text(fmt::format(" [{}]", row.decision_id)).close();
    html.close();
    html.open("p").others(brief(row.why)).close();
    for (const FollowUp::Tell& tell : row.tell) {
      html.open("p").element("b", "Tell ").others(brief(tell.whom)).text(": ");
      html.others(brief(tell.what)).close();
    }
    html.close();
  }
  html.close();
}

void write_cctlds(HtmlWriter& html, const Coverage& coverage, bool people) {
  html.open("table", {{"id", "all"}});
  table_head(html, "Each ccTLD, and how far it is", {"ccTLD", "Region", "State", "Since", "People", "Marks"});
  html.open("tbody");
  for (const CoveredCcTld& each : coverage.cctlds) write_cctld_row(html, each, people);
  html.close().close();
}

void write_decisions(HtmlWriter& html, const std::vector<DecisionMonth>& months) {
  html.open("table");
  table_head(html, "By month (UTC), with the grounds", {"Month", "Count", "Grounds"});
  html.open("tbody");
  for (const DecisionMonth& month : months) {
    std::int64_t sum = 0;
    for (const DecisionCount& each : month.counts) sum += each.count;
    html.open("tr").element("th", month.month, {{"scope", "row"}});
    number_cell(html, std::to_string(sum));
    html.open("td").others(grounds_text(month)).close();
    html.close();
  }
  html.close().close();
}

void write_words(HtmlWriter& html) {
  html.element("p",
               "A registry is whoever runs ccTLDs with the same admin contact. A date is the first day of a "
               "member, else the day of what the state follows from. Grounds are in ccgate-policy(5).");
  html.element("h3", "States");
  write_meanings<CoverageState>(html);
  html.element("h3", "Marks");
  write_meanings<CoverageMark>(html);
}

}  // namespace ccgate
