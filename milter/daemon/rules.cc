#include "milter/daemon/rules.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "milter/contacts/contacts_loss.h"
#include "milter/daemon/rules_count.h"
#include "milter/evidence/dns_attempts.h"
#include "milter/evidence/dns_cache.h"
#include "milter/evidence/resolv_conf.h"
#include "milter/metrics/metrics.h"
#include "milter/system/files.h"
#include "milter/system/log.h"
#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

std::int64_t count(std::size_t number) {
  return static_cast<std::int64_t>(number);
}

void tell_loaded(const Directory& directory) {
  LogLine line(LogLevel::info, "contacts_loaded");
  line.add("cctlds", count(directory.size()));
  if (const auto fetched = directory.fetched()) line.add("fetched", format_timestamp(*fetched));
  line.add("anomalies", anomalies_in(directory)).add("unusable", unusable_in(directory));
  write_log(line);
}

void tell_refused(const std::string& why, std::size_t at_line, std::int64_t errors) {
  LogLine line(LogLevel::error, "contacts_refused");
  line.add("why", why);
  if (at_line > 0) line.add("line", count(at_line));
  write_log(line.add("errors", errors));
}

void tell_refused(const Issues& issues) {
  print(issues);
  const auto is_error = [](const Issue& issue) { return issue.severity == Severity::error; };
  const auto first = std::find_if(issues.begin(), issues.end(), is_error);
  if (first == issues.end()) return;
  tell_refused(first->what, first->at.line, std::count_if(issues.begin(), issues.end(), is_error));
}

void tell_servers(const ResolverOptions& options) {
  std::string servers;
  for (const std::string& each : options.servers) servers += (servers.empty() ? "" : ",") + each;
  write_log(LogLine(LogLevel::info, "dns_servers").add("servers", servers));
}

void tell_servers_kept(const std::string& why) {
  write_log(LogLine(LogLevel::warning, "dns_servers_kept").add("why", why));
}

std::map<std::string, FileWatch> roster_watches(const Ruleset& rules) {
  std::map<std::string, FileWatch> watches;
  for (const List& list : rules.lists)
    if (!list.config.roster_file.empty()) watches.emplace(list.config.name, FileWatch(list.roster_state));
  return watches;
}

void tell_roster(const std::string& list, const Roster& roster, const Issues& issues) {
  print(issues);
  std::size_t members = 0;
  for (const auto& [cctld, addresses] : roster) members += addresses.size();
  write_log(LogLine(LogLevel::info, "roster_loaded")
                .add("list", list)
                .add("cctlds", count(roster.size()))
                .add("members", count(members))
                .add("bad_lines", count(issues.size())));
}

void tell_roster_refused(const std::string& list, const std::string& why) {
  write_log(LogLine(LogLevel::error, "roster_refused").add("list", list).add("why", why));
}

LogLevel level_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return LogLevel::error;
    case Severity::warning:
      return LogLevel::warning;
    case Severity::note:
      return LogLevel::info;
  }
  return LogLevel::error;
}

}  // namespace

void print(const Issues& issues) {
  for (const Issue& issue : issues) write_log_text(level_of(issue.severity), render(issue));
}

Rules::Rules(std::shared_ptr<const Ruleset> first, std::function<void(const Config&)> installed)
    : installed_(std::move(installed)),
      resolv_conf_watch_(file_state(first->config.dns.resolv_conf)),
      watch_(first->contacts_state),
      roster_watches_(roster_watches(*first)) {
  install(std::move(first));
  count_reload(true, std::chrono::nanoseconds{0});
}

Running Rules::current() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

void Rules::install(std::shared_ptr<const Ruleset> rules) {
  std::shared_ptr<Resolver> resolver = current().resolver;
  ResolverOptions wanted = rules->config.dns;
  const bool of_machine = wanted.servers.empty();
  const FileState seen = file_state(wanted.resolv_conf);
  try {
    wanted.servers = name_servers(wanted);
    if (of_machine) resolv_conf_watch_.read(seen);
  } catch (const std::exception& error) {
    // Better the servers of before than none.
    if (!resolver || of_machine != of_machine_) throw;
    if (resolv_conf_watch_.unreadable(seen, error.what())) tell_servers_kept(error.what());
    wanted.servers = options_.servers;
  }
  if (!resolver || !(wanted == options_)) {
    constexpr std::size_t kCachedAnswers = 20000;
    constexpr std::chrono::seconds kLongestTtl{3600};
    const bool told = resolver && of_machine && of_machine_;
    resolver = make_caching_resolver(make_unbound_resolver(wanted), kCachedAnswers, kLongestTtl);
    options_ = wanted;
    if (told) tell_servers(wanted);
  }
  of_machine_ = of_machine;
  set_log(rules->config.log);
  installed_(rules->config);
  count_rules(*rules);
  Running next{std::move(rules), std::move(resolver)};
  {
    const std::lock_guard lock(mutex_);
    std::swap(running_, next);
  }
  if (next.rules && next.rules != running_.rules) before_.push_back(std::move(next.rules));
  let_go();
}

/// Frees what no message works with any more. Where the last message did it, its author would wait until a
/// million contacts are freed.
void Rules::let_go() {
  std::erase_if(before_, [](const auto& rules) { return rules.use_count() == 1; });
}

void Rules::reload(const std::string& config_file) {
  const auto begun = std::chrono::steady_clock::now();
  const bool taken = reload_whole(config_file);
  metrics().reloads[taken ? ReloadResult::ok : ReloadResult::refused].add();
  count_reload(taken, std::chrono::steady_clock::now() - begun);
}

bool Rules::reload_whole(const std::string& config_file) {
  Issues issues;
  auto next = load_ruleset(config_file, issues);
  print(issues);
  if (!next) {
    write_log(LogLine(LogLevel::error, "reload_refused")
                  .add("why", "the new configuration has errors; the old one stays in force")
                  .add("errors", count(issues.size())));
    return false;
  }
  try {
    const Config before = current().rules->config;
    const Config& after = next->config;
    if (before.store != after.store) {
      // Questions asked from one store cannot be answered to another.
      write_log(
          LogLine(LogLevel::error, "reload_refused")
              .add("why", "`store` changed, which takes a restart; the old configuration stays in force")
              .add("errors", count(1)));
      return false;
    }
    const bool moved = before.listen != after.listen || before.socket.mode != after.socket.mode ||
                       before.socket.group != after.socket.group ||
                       before.socket.is_public != after.socket.is_public;
    const FileState contacts = next->contacts_state;
    auto rosters = roster_watches(*next);
    install(std::move(next));
    watch_ = FileWatch(contacts);
    roster_watches_ = std::move(rosters);
    write_log(LogLine(LogLevel::info, "reloaded").add("config", config_file));
    if (moved)
      write_log(LogLine(LogLevel::warning, "restart_needed")
                    .add("why", "`listen` or `socket` changed; the old socket stays until a restart"));
    if (before.confine != after.confine)
      write_log(LogLine(LogLevel::warning, "restart_needed").add("why", "`confine` changed"));
    return true;
  } catch (const std::exception& error) {
    write_log(LogLine(LogLevel::error, "reload_refused").add("why", error.what()));
    return false;
  }
}

void Rules::look_at_contacts() {
  let_go();
  const auto now = current().rules;
  const FileState seen = file_state(now->config.contacts.file);
  if (!watch_.look(seen)) return;
  try {
    Issues issues;
    RulesReload next = reload_contacts(*now, issues);
    if (!next.read) {
      // Whatever the reason is, it may go away without a change of the file.
      if (watch_.unreadable(next.state, issues.front().what)) tell_refused(issues);
      return;
    }
    watch_.read(next.state);
    if (!next.rules) return tell_refused(issues);
    print(issues);
    if (const std::string why = lost_cctlds(*now->directory, *next.rules->directory); !why.empty())
      return tell_refused(why + "; a reload takes the file as it is", 0, 1);
    const auto directory = next.rules->directory;
    install(std::move(next.rules));
    tell_loaded(*directory);
  } catch (const std::exception& error) {
    watch_.read(seen);
    tell_refused(error.what(), 0, 1);
  }
}

void Rules::look_at_resolv_conf() {
  const auto now = current().rules;
  const ResolverOptions& dns = now->config.dns;
  if (!dns.servers.empty()) return;
  const FileState seen = file_state(dns.resolv_conf);
  if (!resolv_conf_watch_.look(seen)) return;
  try {
    const std::vector<std::string> servers = name_servers(dns);
    resolv_conf_watch_.read(seen);
    if (servers != options_.servers) install(now);
  } catch (const std::exception& error) {
    if (resolv_conf_watch_.unreadable(seen, error.what())) tell_servers_kept(error.what());
  }
}

void Rules::look_at_rosters() {
  const auto now = current().rules;
  for (const List& list : now->lists)
    if (!list.config.roster_file.empty()) look_at_roster(list);
}

void Rules::look_at_roster(const List& list) {
  const std::string& name = list.config.name;
  FileWatch& watch = roster_watches_.at(name);
  const FileState seen = file_state(list.config.roster_file);
  if (!watch.look(seen)) return;
  try {
    Issues issues;
    // What is in force now: another list's roster may have been replaced since the look began.
    RulesReload next = reload_roster(*current().rules, name, issues);
    if (!next.read) {
      if (watch.unreadable(next.state, issues.front().what)) tell_roster_refused(name, issues.front().what);
      return;
    }
    watch.read(next.state);
    if (!next.rules) return tell_roster_refused(name, issues.front().what);
    const std::vector<List>& lists = next.rules->lists;
    const auto roster = std::find_if(lists.begin(), lists.end(), [&](const List& each) {
                          return each.config.name == name;
                        })->roster;
    install(std::move(next.rules));
    tell_roster(name, *roster, issues);
  } catch (const std::exception& error) {
    watch.read(seen);
    tell_roster_refused(name, error.what());
  }
}

}  // namespace ccgate
