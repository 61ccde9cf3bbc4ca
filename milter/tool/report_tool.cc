#include "milter/tool/report_tool.h"

#include <fmt/core.h>

#include <cstdio>
#include <utility>

#include "milter/report/page.h"
#include "milter/report/report_data.h"
#include "milter/report/report_json.h"
#include "milter/report/report_text.h"
#include "milter/system/replace_file.h"
#include "milter/tool/contacts_input.h"
#include "milter/tool/list_choice.h"
#include "milter/tool/output.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

void complain_of_report(const std::string& what) {
  std::fprintf(stderr, "ccgate: %s\n", shown(what).c_str());
}

std::optional<ReportSite> site_of_report(const ReportOptions& options, int& status) {
  ContactsSource source;
  source.config_file = options.source.config_file;
  source.config_given = true;
  auto contacts = load_contacts(source, status);
  if (!contacts) return std::nullopt;
  ReportSite site;
  site.overrides = std::move(contacts->view.overrides);
  site.directory = std::make_shared<const Directory>(std::move(contacts->view.contacts.cctlds),
                                                     site.overrides, std::move(contacts->view.alias_sets),
                                                     contacts->view.contacts.fetched);
  return site;
}

/// A follow-up for the operator is of no use without names; what is made to be shown to others has them only
/// where that is wished.
ReportWish wish_of(const ReportOptions& options, bool people) {
  ReportWish wish;
  const bool page = options.form == ReportForm::html;
  wish.coverage = page || options.topic == ReportTopic::coverage;
  wish.follow_ups = page || options.topic == ReportTopic::follow_up;
  wish.growth = page;
  wish.decisions = page || options.topic == ReportTopic::decisions;
  wish.people = people || !page;
  return wish;
}

std::string told_report(const Report& report, const ReportOptions& options, bool people) {
  if (options.form == ReportForm::html) return report_page(report, people);
  const bool json = options.form == ReportForm::json;
  switch (options.topic) {
    case ReportTopic::follow_up:
      return json ? follow_up_json(report, options.region) : follow_up_text(report, options.region);
    case ReportTopic::decisions:
      return json ? decisions_json(report) : decisions_text(report);
    case ReportTopic::coverage:
      break;
  }
  return json ? coverage_json(report, options.region, people) : coverage_text(report, options.region, people);
}

}  // namespace

std::string report_file_of(std::string pattern, const std::string& list) {
  constexpr std::string_view kList = "{list}";
  for (std::size_t at = 0; (at = pattern.find(kList, at)) != std::string::npos; at += list.size())
    pattern.replace(at, kList.size(), list);
  return pattern;
}

int run_report(const ReportOptions& options) {
  int status = 0;
  LedgerSource source = options.source;
  source.config_given = true;  // it has the contacts, too
  const OpenedStore opened = open_source(source, StoreAccess::read, status);
  if (!opened.store) return status;
  const std::string list = chosen_list(options.list, opened.lists);
  if (list.empty()) return 1;
  auto site = site_of_report(options, status);
  if (!site) return status;
  site->list = list;
  if (const auto times = opened.reviews.find(list); times != opened.reviews.end())
    site->review_expires = times->second.expires.count();
  const bool people = options.people || opened.report_people;
  try {
    const Report report = read_report(*opened.store, *site, options.at, wish_of(options, people));
    const std::string text = told_report(report, options, people);
    if (options.file.empty()) {
      put(text);
      return 0;
    }
    const std::string why = replace_file(options.file, text);
    if (why.empty()) return 0;
    complain_of_report(fmt::format("cannot write {}: {}", options.file, why));
  } catch (const StoreError& error) {
    complain_of_report(error.what());
  }
  return 3;
}

}  // namespace ccgate
