#include "milter/tool/status_tool.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "milter/doctor/look_socket.h"
#include "milter/site/config_yaml.h"
#include "milter/site/daemon_status.h"
#include "milter/store/open_store.h"
#include "milter/system/files.h"
#include "milter/system/sha256.h"
#include "milter/tool/contacts_input.h"
#include "milter/tool/output.h"
#include "milter/tool/status_text.h"
#include "milter/tool/waiting_tool.h"
#include "policy/text/durations.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestFile = std::size_t{16} * 1024 * 1024;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::optional<Config> config_of(const std::string& file, int& status) {
  std::string why;
  const auto text = read_file(file, kLargestFile, why);
  if (!text) {
    std::fprintf(stderr, "ccgate: cannot read %s: %s\n", shown(file).c_str(), why.c_str());
    status = 3;
    return std::nullopt;
  }
  Issues issues;
  auto config = parse_config(*text, file, issues);
  if (config) return config;
  report(issues, false);
  status = 1;
  return std::nullopt;
}

ListStatus list_status(const ListConfig& config, Store* store, std::int64_t now) {
  ListStatus list;
  list.list = config.name;
  list.policy_file = config.policy_file;
  std::string why;
  FileState state;
  if (const auto text = read_whole_file(config.policy_file, kLargestFile, why, state)) {
    list.policy_hash = sha256_hex(*text);
    list.policy_since = state.modified / kNanoseconds;
  }
  if (store == nullptr) return list;
  LedgerFilter newest;
  newest.list = config.name;
  newest.limit = 20;  // some are ccgate's own, by no policy
  for (const LedgerRow& row : store->entries(newest))
    if (!row.entry.policy_hash.empty()) list.decided_by = row.entry.policy_hash;
  list.day = store->count_decisions({config.name, now - kDaySeconds, now});
  return list;
}

/// What a daemon with this configuration file tells of the rules in force.
void add_running(const StatusOptions& options, SiteStatus& site) {
  std::error_code failed;
  const auto file = std::filesystem::absolute(options.source.config_file, failed).lexically_normal().string();
  for (const StatusFound& found : read_statuses(options.status_folder)) {
    if (!found.status || found.status->config != file || !process_is_alive(found.status->pid)) continue;
    for (ListStatus& list : site.lists) {
      const auto policy = found.status->policies.find(list.list);
      if (policy == found.status->policies.end()) continue;
      list.running = policy->second;
      list.running_since = found.status->since;
    }
  }
}

bool add_contact_data(const StatusOptions& options, SiteStatus& site, int& status) {
  ContactsSource source;
  source.config_file = options.source.config_file;
  source.config_given = true;
  source.now = options.now;
  const auto contacts = load_contacts(source, status);
  if (!contacts) return false;
  site.fetched = contacts->view.contacts.fetched;
  site.max_age = contacts->max_age;
  for (const CcTld& cctld : contacts->view.contacts.cctlds)
    if (!cctld.anomaly.empty()) site.anomalies.emplace_back(cctld.label.ascii(), cctld.anomaly);
  return true;
}

}  // namespace

int run_status(const StatusOptions& options) {
  int status = 0;
  const auto config = config_of(options.source.config_file, status);
  if (!config) return status;
  SiteStatus site;
  site.now = options.now;
  LedgerSource source = options.source;
  source.config_given = !config->store.empty();
  OpenedStore opened;
  if (!config->store.empty() || !source.store.empty()) {
    opened = open_source(source, StoreAccess::read, status);
    if (!opened.store) return status;
  }
  if (!add_contact_data(options, site, status)) return status;
  site.daemon = probe_daemon(config->listen);
  for (const ListConfig& each : config->lists)
    site.lists.push_back(list_status(each, opened.store.get(), options.now));
  add_running(options, site);
  if (opened.store) {
    site.store = true;
    site.questions = opened.store->open_questions(options.now, kMostWaiting);
    site.held = opened.store->held(options.now - kHeldDays * kDaySeconds, kMostWaiting);
    site.outbox = opened.store->backlog();
  }
  put(options.json ? site_status_json(site) : site_status_text(site));
  return 0;
}

}  // namespace ccgate
