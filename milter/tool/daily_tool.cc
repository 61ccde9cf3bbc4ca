#include "milter/tool/daily_tool.h"

#include <unistd.h>

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "milter/daily/duties.h"
#include "milter/site/ruleset.h"
#include "milter/tool/ledger_input.h"
#include "milter/tool/output.h"
#include "milter/tool/report_tool.h"
#include "policy/text/terminal_text.h"

namespace ccgate {

namespace {

/// The page of each list, where `report.file` says so.
int write_pages(const DailyRun& options, const Config& config, bool& any) {
  int worst = 0;
  if (config.report.file.empty()) return worst;
  for (const ListConfig& list : config.lists) {
    ReportOptions report;
    report.source.config_file = options.config_file;
    report.source.config_given = true;
    report.list = list.name;
    report.form = ReportForm::html;
    report.file = report_file_of(config.report.file, list.name);
    report.people = config.report.people;
    report.at = options.now;
    const int status = options.dry_run ? 0 : run_report(report);
    worst = std::max(worst, status);
    if (status != 0) continue;
    put(shown(fmt::format("{}: the page {}", list.name, report.file)) + "\n");
    any = true;
  }
  return worst;
}

}  // namespace

int run_daily(const DailyRun& options) {
  Issues issues;
  const auto rules = load_ruleset(options.config_file, issues);
  report(issues, false);
  if (!rules) return access(options.config_file.c_str(), R_OK) == 0 ? 1 : 3;
  int status = 0;
  LedgerSource source;
  source.config_file = options.config_file;
  const OpenedStore opened =
      open_source(source, options.dry_run ? StoreAccess::read : StoreAccess::write, status);
  if (!opened.store) return status;
  try {
    const DailySite site{*rules, *opened.store, options.now};
    bool any = false;
    // One kind after the other: what one begins, the next knows of.
    for (const Duty duty : daily_duties()) {
      for (const Due& due : duty(site)) {
        if (!options.dry_run && !due.begin()) continue;
        put(shown(due.told) + "\n");
        any = true;
      }
    }
    const int written = write_pages(options, rules->config, any);
    if (!any)
      put("nothing is due\n");
    else if (options.dry_run)
      put("nothing was begun\n");
    return written;
  } catch (const StoreError& error) {
    std::fprintf(stderr, "ccgate: %s\n", shown(error.what()).c_str());
    return 3;
  }
}

}  // namespace ccgate
