#include "milter/tool/report_cli.h"

#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>

#include "milter/tool/cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/moment.h"
#include "milter/tool/report_tool.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

struct TypedReport {
  ReportOptions report;
  std::string topic = std::string(to_string(ReportTopic::coverage));
  std::string region, at;
  bool json = false, html = false;
  std::optional<std::int64_t> now;
};

[[noreturn]] void refuse_report(const char* option, const std::string& what) {
  throw CLI::ValidationError(option, shown(what));
}

/// What was typed, once it is known to mean something.
ReportOptions report_options(const TypedReport& typed) {
  ReportOptions report = typed.report;
  report.topic = *parse_word<ReportTopic>(typed.topic);
  if (!typed.region.empty()) report.region = parse_word<Region>(typed.region);
  if (typed.json) report.form = ReportForm::json;
  if (typed.html) report.form = ReportForm::html;
  const std::int64_t now = typed.now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
  report.at = now;
  if (!typed.at.empty()) {
    const auto at = parse_moment(typed.at, now);
    if (!at) refuse_report("--at", "wants a time like 2030-01-15T12:00:00Z, or how long ago, like 7d");
    if (*at > now) refuse_report("--at", "nobody knows what will be then");
    report.at = *at;
  }
  if (typed.html && (report.topic != ReportTopic::coverage || report.region))
    refuse_report("--html", "the page tells all of it, of all regions");
  if (report.region && report.topic == ReportTopic::decisions)
    refuse_report("--region", "decisions are not counted by region");
  return report;
}

}  // namespace

void add_report_command(CLI::App& app, int& status) {
  const auto typed = std::make_shared<TypedReport>();
  CLI::App* command = app.add_subcommand(
      "report", "who is on the list, who is not yet, and what to do about it; as text, JSON or a page");
  const CLI::Option* config = add_store_options(*command, typed->report.source);
  command->add_option("--list", typed->report.list, "the list; needless where there is only one");
  command->add_option("--region", typed->region, "of this region only: AF, AP, EU, LAC or NA")
      ->check(one_of(words_of<Region>()));
  command->add_option("--at", typed->at, "how it was at this time: 2030-01-15T12:00:00Z, or 7d ago");
  CLI::Option* json = command->add_flag("--json", typed->json, "one JSON object a line");
  command->add_flag("--html", typed->html, "the whole report as a page")->excludes(json);
  command->add_option("-o,--output", typed->report.file, "write to this file, and replace it whole");
  command->add_flag("--people", typed->report.people, "name members, authors and contacts");
  command->add_option("TOPIC", typed->topic, "coverage, follow-up or decisions")
      ->check(one_of(words_of<ReportTopic>()))
      ->capture_default_str();
  add_now_option(*command, typed->now, "as if it were this time, 2030-01-15T12:00:00Z");
  command->callback([typed, config, &status] {
    ReportOptions options = report_options(*typed);
    options.source.config_given = config->count() > 0;
    status = run_report(options);
  });
}

}  // namespace ccgate
