#include "milter/daemon/needed_files.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "milter/daemon/status_file.h"

namespace ccgate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnix = "unix:", kSqlite = "sqlite:", kPostgresql = "postgresql:";

/// Each once, in the order in which they come.
class NeededPaths {
 public:
  void add(const fs::path& path, PathUse use) {
    if (path.empty() || path == path.root_path()) return;
    const PathRule rule{path.string(), use};
    if (std::find(all_.begin(), all_.end(), rule) == all_.end()) all_.push_back(rule);
  }
  void add_folder(const fs::path& folder, PathUse use) {
    std::error_code none;
    fs::path there = fs::absolute(folder, none).lexically_normal();
    while (there.has_relative_path() && !fs::exists(there, none)) there = there.parent_path();
    add(there, use);
    add(fs::canonical(there, none), use);
  }
  /// Its folder; and itself, for a file that stands beside the root.
  void add_file(const fs::path& file, PathUse use) {
    if (file.empty()) return;
    std::error_code none;
    const fs::path full = fs::absolute(file, none).lexically_normal();
    add_folder(full.parent_path(), use);
    add(full, use);
    const fs::path target = fs::canonical(full, none);
    if (none || target == full) return;
    add_folder(target.parent_path(), use);
    add(target, use);
  }
  std::vector<PathRule> take() { return std::move(all_); }

 private:
  std::vector<PathRule> all_;
};

void add_configured(const Config& config, const std::string& config_file, NeededPaths& rules) {
  using enum PathUse;
  rules.add_file(config_file, read);
  for (const std::string& file :
       {config.contacts.file, config.contacts.overrides, config.dns.trust_anchor, config.dns.resolv_conf})
    rules.add_file(file, read);
  for (const std::string& file : config.aliases) rules.add_file(file, read);
  if (!config.notices.folder.empty()) rules.add_folder(config.notices.folder, read);
  for (const ListConfig& list : config.lists) {
    rules.add_file(list.policy_file, read);
    rules.add_file(list.roster_file, read);
  }
}

void add_system(NeededPaths& rules) {
  using enum PathUse;
  // Name services, certificates, time zones, locales, modules of libraries; where resolv.conf leads.
  for (const char* folder : {"/etc", "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/run", "/var/run",
                             "/proc", "/sys/devices/system", "/var/lib/sss", "/var/lib/extrausers", "/var/db",
                             "/dev/urandom", "/dev/random", "/dev/zero", "/nix/store", "/gnu/store"})
    rules.add(folder, read);
  rules.add("/dev/null", device);
  // Where SQLite sorts what is too much for memory; the socket that a stop makes.
  for (const char* folder : {"/tmp", "/var/tmp"}) rules.add(folder, spool);
  for (const char* name : {"TMPDIR", "SQLITE_TMPDIR"})
    if (const char* folder = std::getenv(name)) rules.add(folder, spool);
}

/// What libpq reads: password and certificates, of the account's home, of the URL, or of PG* (libpq,
/// "Environment Variables").
void add_postgresql(const std::string& url, NeededPaths& rules) {
  using enum PathUse;
  for (const char* name : {"PGPASSFILE", "PGSERVICEFILE", "PGSYSCONFDIR", "PGSSLCERT", "PGSSLKEY",
                           "PGSSLROOTCERT", "PGSSLCRL", "PGSSLCRLDIR"})
    if (const char* file = std::getenv(name)) rules.add_file(file, read);
  const char* home = std::getenv("HOME");
  if (home == nullptr)
    if (const passwd* account = getpwuid(geteuid())) home = account->pw_dir;
  if (home != nullptr)
    for (const char* name : {"/.pgpass", "/.postgresql", "/.pg_service.conf"})
      rules.add(std::string(home) + name, read);
  // Values of the URL that are paths, as in `?sslkey=/etc/ccgate/key.pem`; `%2F` is a slash.
  std::string text;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool slash = url.compare(i, 3, "%2F") == 0 || url.compare(i, 3, "%2f") == 0;
    text += slash ? '/' : url[i];
    if (slash) i += 2;
  }
  for (std::size_t at = text.find("=/"); at != std::string::npos; at = text.find("=/", at + 1))
    rules.add_file(text.substr(at + 1, std::min(text.find('&', at), text.size()) - at - 1), read);
}

}  // namespace

std::vector<PathRule> configured_files(const Config& config, const std::string& config_file) {
  NeededPaths rules;
  add_configured(config, config_file, rules);
  return rules.take();
}

std::vector<PathRule> needed_files(const Config& config, const std::string& config_file) {
  using enum PathUse;
  NeededPaths rules;
  add_system(rules);
  add_configured(config, config_file, rules);
  const std::string_view store = config.store;
  if (store.starts_with(kSqlite)) rules.add_file(store.substr(kSqlite.size()), keep);
  if (store.starts_with(kPostgresql)) add_postgresql(config.store, rules);
  for (const std::string_view spec : config.listen)
    if (spec.starts_with(kUnix)) rules.add_file(spec.substr(kUnix.size()), bind);
  if (const std::string folder = runtime_folder(); !folder.empty()) rules.add_folder(folder, keep);
  return rules.take();
}

}  // namespace ccgate
