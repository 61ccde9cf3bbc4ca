#include "milter/report/report_text.h"

#include <fmt/core.h>

#include <algorithm>

#include "milter/contacts/contact_words.h"
#include "milter/report/report_words.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Cells = std::vector<std::string>;

/// In columns, with two blanks between them; others' text made harmless.
std::string table(std::vector<Cells> rows) {
  std::vector<std::size_t> widths;
  for (Cells& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i] = shown(row[i]);
      widths[i] = std::max(widths[i], columns(row[i]));
    }
  }
  std::string out;
  for (const Cells& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] + 2 - columns(row[i]), ' ');
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : text;
}

}  // namespace

std::string coverage_text(const Report& report, std::optional<Region> region, bool people) {
  const Coverage& all = report.coverage;
  std::string out =
      fmt::format("{} on {}: {} ccTLDs, {} registries, {}\n", shown(report.list), day_text(all.at),
                  share_text(all.all_cctlds), share_text(all.all_registries), people_text(all.people));
  if (!all.undelegated.empty())
    out += fmt::format("members of what is no ccTLD any more: {}\n", shown(comma_list(all.undelegated)));
  std::vector<Cells> rows{{"REGION", "CCTLDS", "REGISTRIES"}};
  for (const RegionShare& each : all.regions)
    if (!region || each.region == *region)
      rows.push_back(
          {std::string(to_string(each.region)), share_text(each.cctlds), share_text(each.registries)});
  out += "\n" + table(std::move(rows));
  if (!region) return out;
  rows = {{"CCTLD", "STATE", "SINCE", "MARKS"}};
  for (const CoveredCcTld& each : all.cctlds) {
    if (each.region != region) continue;
    const Standing& standing = each.standing;
    rows.push_back({dotted_label(each.label), std::string(to_string(standing.state)),
                    standing.since == 0 ? "-" : day_text(standing.since),
                    or_dash(comma_list(shown_marks(standing, people)))});
  }
  return out + "\n" + table(std::move(rows));
}

std::string follow_up_text(const Report& report, std::optional<Region> region) {
  std::string out;
  for (const FollowUp& row : report.follow_ups) {
    if (region && row.region != region) continue;
    if (!out.empty()) out += "\n";
    out += fmt::format("{}  {} {}, {}{}{}\n", shown(dotted_label(row.cctld)), to_string(row.state),
                       day_text(row.since), shown(row.ground), row.unproven ? ", unproven" : "",
                       row.decision_id.empty() ? "" : fmt::format(" [{}]", shown(row.decision_id)));
    out += fmt::format("     why   {}\n", shown(row.why));
    for (const FollowUp::Tell& tell : row.tell)
      out += fmt::format("     tell  {}: {}\n", shown(tell.whom), shown(tell.what));
  }
  return out;
}

std::string decisions_text(const Report& report) {
  std::vector<Cells> rows{{"MONTH", "DECISION", "GROUND", "COUNT"}};
  for (const DecisionMonth& month : report.months)
    for (const DecisionCount& each : month.counts)
      rows.push_back({month.month, or_dash(each.verdict), or_dash(each.ground), std::to_string(each.count)});
  return table(std::move(rows));
}

}  // namespace ccgate
