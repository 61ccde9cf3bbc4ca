#include "milter/tool/contacts_tool.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "milter/contacts/contact_words.h"
#include "milter/contacts/contacts_check.h"
#include "milter/contacts/contacts_diff.h"
#include "milter/tool/contacts_address.h"
#include "milter/tool/contacts_input.h"
#include "milter/tool/contacts_show.h"
#include "milter/tool/contacts_table.h"
#include "milter/tool/output.h"
#include "policy/names/cctld.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

int not_known(const std::string& what, const char* why, const std::vector<std::string>& candidates) {
  const std::string meant = did_you_mean(what, candidates);
  std::fprintf(stderr, "ccgate: `%s` %s%s%s\n", shown(what).c_str(), why, meant.empty() ? "" : "; ",
               shown(meant).c_str());
  return 1;
}

std::vector<std::string> labels(const ContactsView& view) {
  std::vector<std::string> all;
  for (const CcTld& cctld : view.contacts.cctlds) {
    all.push_back(cctld.label.ascii());
    if (std::string unicode = cctld.label.unicode(); unicode != all.back()) all.push_back(std::move(unicode));
  }
  return all;
}

std::vector<std::string> addresses(const ContactsView& view) {
  std::vector<std::string> all;
  for (const CcTld& cctld : view.contacts.cctlds)
    for (const auto& [role, contact] : cctld.contacts) all.push_back(contact.email.text());
  return all;
}

Json json_text(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

std::string difference_line(const Difference& one, bool json) {
  if (json)
    return json_line({{"cctld", one.cctld.ascii()},
                      {"difference", to_string(one.kind)},
                      {"field", one.field},
                      {"before", json_text(one.before)},
                      {"after", json_text(one.after)}});
  const std::string before = one.before.value_or("none"), after = one.after.value_or("none");
  std::string text = fmt::format("{}: {} -> {}", one.field, before, after);
  if (one.kind == Difference::Kind::added) text = "added, admin contact " + after;
  if (one.kind == Difference::Kind::removed) text = "removed, admin contact was " + before;
  if (one.field == "anomaly" && !one.before) text = "anomaly began: " + after;
  if (one.field == "anomaly" && !one.after) text = "anomaly ended: " + before;
  return shown(fmt::format("{}: {}", cctld_name(one.cctld), text)) + "\n";
}

std::string finding_text(const Finding& finding, const ContactsInput& input, bool json) {
  const std::string& file = finding.in_overrides ? input.overrides_file : input.file;
  if (!json) return render({finding.severity, file, {}, finding.what, finding.help, ""});
  Json cctlds = Json::array();
  for (const Domain& cctld : finding.cctlds) cctlds.push_back(cctld.ascii());
  return json_line({{"severity", to_string(finding.severity)},
                    {"kind", finding.kind},
                    {"cctlds", std::move(cctlds)},
                    {"file", file},
                    {"what", finding.what},
                    {"help", finding.help}});
}

std::string summary_line(const ContactsInput& input, const ContactsSummary& summary, bool bad) {
  std::string fetched = "not dated";
  if (summary.oldest) fetched = "fetched " + day_text(*summary.oldest);
  if (summary.oldest && day_text(*summary.oldest) != day_text(*summary.newest))
    fetched += " to " + day_text(*summary.newest);
  return fmt::format("{}: {}, {} ccTLD(s), {}; with DNSSEC: {}, families: {}, anomalies: {}\n",
                     shown(input.file), bad ? "bad" : "ok", summary.cctlds, fetched, summary.with_dnssec,
                     summary.families, summary.anomalies);
}

}  // namespace

int run_contacts_show(const ContactsSource& source, const std::string& what) {
  int status = 0;
  auto input = load_contacts(source, status);
  if (!input) return status;
  ContactsView& view = input->view;
  if (what.empty()) {
    put(show_all(view, source.json));
    return 0;
  }
  auto history = load_history(input->file, status);
  if (!history) return status;
  view.history = std::move(*history);
  if (const auto address = Address::parse(what)) {
    const auto record = find_address(view, *address);
    if (!record) return not_known(what, "is no contact of any ccTLD, and never was one", addresses(view));
    put(show_address(view, *record, source.json));
    return 0;
  }
  const auto label = parse_cctld(what);
  if (!label) return not_known(what, "is neither a ccTLD nor an address", labels(view));
  const auto& cctlds = view.contacts.cctlds;
  const auto found =
      std::find_if(cctlds.begin(), cctlds.end(), [&](const CcTld& cctld) { return cctld.label == *label; });
  if (found == cctlds.end()) return not_known(what, "is not in the contact data", labels(view));
  put(show_cctld(view, *found, source.json));
  return 0;
}

int run_contacts_diff(const std::string& before, const std::string& after, bool json) {
  int status = 0;
  Issues warnings;
  const auto first = load_contacts_file(before, warnings, status);
  const auto second = load_contacts_file(after, warnings, status);
  if (!first || !second) return 3;
  const auto differences = diff_contacts(first->cctlds, second->cctlds);
  for (const Difference& one : differences) put(difference_line(one, json));
  return differences.empty() ? 0 : 1;
}

int run_contacts_check(const ContactsSource& source) {
  int status = 0;
  const auto input = load_contacts(source, status);
  if (!input) return status;
  // An entry that is dropped is no ccTLD that a finding could be about.
  report(input->warnings, false);
  const auto findings = check_contacts(input->view.contacts, input->view.overrides,
                                       {input->view.now, input->max_age, input->cool_down});
  for (const Finding& finding : findings) put(finding_text(finding, *input, source.json));
  const ContactsSummary summary = summarize(input->view.contacts);
  const bool bad =
      summary.anomalies > 0 || std::any_of(findings.begin(), findings.end(),
                                           [](const Finding& f) { return f.severity == Severity::error; });
  if (!source.json) put(summary_line(*input, summary, bad));
  return bad ? 1 : 0;
}

}  // namespace ccgate
