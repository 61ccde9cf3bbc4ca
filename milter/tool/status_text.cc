#include "milter/tool/status_text.h"

#include <fmt/core.h>

#include <map>
#include <nlohmann/json.hpp>

#include "milter/contacts/contact_words.h"
#include "milter/system/timestamp.h"
#include "milter/tool/columns_text.h"
#include "milter/tool/output.h"
#include "milter/tool/waiting_text.h"
#include "policy/names/domain.h"
#include "policy/rules/decision.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostOnScreen = 10;
constexpr std::size_t kHashShown = 12;

std::map<std::string, std::int64_t> by_verdict(const ListStatus& list) {
  std::map<std::string, std::int64_t> counts;
  for (const DecisionCount& each : list.day) counts[each.verdict] += each.count;
  counts.erase("");
  return counts;
}

std::string day_words(const ListStatus& list) {
  const auto counts = by_verdict(list);
  std::string text;
  for (const std::string& verdict : words_of<Decision>()) {
    const auto found = counts.find(verdict);
    if (found != counts.end())
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", found->second, verdict);
  }
  return text.empty() ? "nothing" : text;
}

std::string rules_words(const ListStatus& list) {
  if (list.policy_hash.empty()) return list.policy_file + " cannot be read";
  std::string text = fmt::format("{} of {}", list.policy_file, format_timestamp(list.policy_since));
  if (!list.running.empty()) {
    const std::string since = format_timestamp(list.running_since);
    if (list.running == list.policy_hash) return text + ", in force since " + since;
    return text + fmt::format(", NOT in force: another one ({}) is, since {}",
                              list.running.substr(0, kHashShown), since);
  }
  if (list.decided_by.empty()) return text + ", nothing was decided yet";
  if (list.decided_by == list.policy_hash) return text + ", in force";
  return text +
         fmt::format(", the newest decision was by another one ({})", list.decided_by.substr(0, kHashShown));
}

void add_daemon(const SiteStatus& status, std::string& out) {
  out += "daemon\n";
  std::vector<std::vector<std::string>> rows;
  for (const DaemonAnswer& each : status.daemon)
    rows.push_back({each.socket, each.answers ? "answers" : "does not answer: " + each.why});
  out += rows.empty() ? "  (its socket is from the service manager: cannot be asked)\n"
                      : columns_text(rows, "  ");
}

void add_lists(const SiteStatus& status, std::string& out) {
  std::vector<std::vector<std::string>> rules, day;
  for (const ListStatus& each : status.lists) {
    rules.push_back({each.list, rules_words(each)});
    day.push_back({each.list, day_words(each)});
  }
  out += "rules\n" + columns_text(rules, "  ");
  if (status.store) out += "last 24 hours\n" + columns_text(day, "  ");
}

template <class Each>
std::vector<Each> first_of(const std::vector<Each>& all) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kMostOnScreen))};
}

std::string more_line(std::size_t all, const char* command) {
  if (all <= kMostOnScreen) return "";
  return fmt::format("  and {} more: {}\n", all - kMostOnScreen, command);
}

void add_waiting(const SiteStatus& status, std::string& out) {
  if (!status.store) {
    out += "waiting\n  (no store: nothing is asked, and nothing is kept)\n";
    return;
  }
  out += fmt::format("questions: {}\n", status.questions.size());
  if (!status.questions.empty()) out += questions_table(first_of(status.questions), status.now, "  ");
  out += more_line(status.questions.size(), "ccgate ask list");
  out += fmt::format("held mail: {}\n", status.held.size());
  if (!status.held.empty()) out += held_table(first_of(status.held), status.now, "  ");
  out += more_line(status.held.size(), "ccgate held list");
  out += fmt::format("outbox: {}", status.outbox.waiting);
  if (status.outbox.waiting > 0 && status.now - status.outbox.oldest_due >= 60)
    out += ", the oldest is late by " + waited_text(status.now - status.outbox.oldest_due);
  out += "\n";
}

std::string contacts_words(const SiteStatus& status) {
  if (!status.fetched) return "of no known age";
  const std::int64_t age = status.now - *status.fetched;
  return fmt::format("fetched {}, {} ago{}", format_timestamp(*status.fetched), waited_text(age),
                     age > status.max_age ? ": STALE, requests are put off" : "");
}

void add_contacts(const SiteStatus& status, std::string& out) {
  out += "contacts: " + contacts_words(status) + "\n";
  out += fmt::format("anomalies: {}\n", status.anomalies.size());
  std::vector<std::vector<std::string>> rows;
  for (const auto& [label, why] : first_of(status.anomalies)) {
    const auto domain = Domain::parse(label);
    rows.push_back({domain ? cctld_name(*domain) : label, why});
  }
  if (!rows.empty()) out += columns_text(rows, "  ");
  out += more_line(status.anomalies.size(), "ccgate contacts check");
}

Json json_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json json_lists(const SiteStatus& status) {
  Json lists = Json::array();
  for (const ListStatus& each : status.lists) {
    Json day = Json::object();
    for (const auto& [verdict, n] : by_verdict(each)) day[verdict] = n;
    lists.push_back(
        {{"list", each.list},
         {"policy", each.policy_file},
         {"policy_hash", json_or_null(each.policy_hash)},
         {"policy_since",
          each.policy_hash.empty() ? Json(nullptr) : Json(format_timestamp(each.policy_since))},
         {"decided_by", json_or_null(each.decided_by)},
         {"running", json_or_null(each.running)},
         {"running_since", each.running.empty() ? Json(nullptr) : Json(format_timestamp(each.running_since))},
         {"last_24_hours", std::move(day)}});
  }
  return lists;
}

}  // namespace

std::string site_status_text(const SiteStatus& status) {
  std::string out;
  add_daemon(status, out);
  add_lists(status, out);
  add_waiting(status, out);
  add_contacts(status, out);
  return out;
}

std::string site_status_json(const SiteStatus& status) {
  Json daemon = Json::array(), questions = Json::array(), held = Json::array(), anomalies = Json::array();
  for (const DaemonAnswer& each : status.daemon)
    daemon.push_back({{"socket", each.socket}, {"answers", each.answers}, {"why", json_or_null(each.why)}});
  for (const Question& each : status.questions) questions.push_back(question_json(each));
  for (const HeldMail& each : status.held) held.push_back(held_json(each));
  for (const auto& [label, why] : status.anomalies) anomalies.push_back({{"cctld", label}, {"why", why}});
  const bool waits = status.outbox.waiting > 0;
  return json_line(
      {{"time", format_timestamp(status.now)},
       {"daemon", std::move(daemon)},
       {"lists", json_lists(status)},
       {"store", status.store},
       {"questions", std::move(questions)},
       {"held", std::move(held)},
       {"outbox",
        {{"waiting", status.outbox.waiting},
         {"oldest_due", waits ? Json(format_timestamp(status.outbox.oldest_due)) : Json(nullptr)}}},
       {"contacts",
        {{"fetched", status.fetched ? Json(format_timestamp(*status.fetched)) : Json(nullptr)},
         {"stale", status.fetched && status.now - *status.fetched > status.max_age}}},
       {"anomalies", std::move(anomalies)}});
}

}  // namespace ccgate
