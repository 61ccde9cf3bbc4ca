// milter/daemon/rules.h: the rules in force, and how they are replaced while mail is served.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "milter/session/session.h"
#include "milter/system/file_watch.h"

namespace ccgate {

/// To standard error, as `ccgate check` prints them.
void print(const Issues& issues);

/// The rules in force, swapped whole. `current` may be called from any thread; everything else belongs to
/// one, which serves no mail.
class Rules {
 public:
  /// `installed` is told of each configuration that is in force from then on.
  explicit Rules(
      std::shared_ptr<const Ruleset> first,
      std::function<void(const Config&)> installed = [](const Config&) {});

  [[nodiscard]] Running current() const;

  /// Reads every file again. Logs `reloaded`, or `reload_refused`: then the old rules stay in force.
  void reload(const std::string& config_file);
  /// One look at contacts.file; to be called about once a second. When it was written anew, and stands still,
  /// it is read and put in force: `contacts_loaded`, or `contacts_refused` once for each state of the file:
  /// then the contacts stay as they are. So they do where too many ccTLDs are gone, until a reload.
  void look_at_contacts();
  /// The same for resolv.conf, where the configuration names no DNS servers: other servers are asked from now
  /// on, `dns_servers`. Questions in flight end where they began.
  void look_at_resolv_conf();
  /// The same for the rosters of all lists: `roster_loaded`, or `roster_refused` once for each state of a
  /// file that cannot be read.
  void look_at_rosters();

 private:
  void install(std::shared_ptr<const Ruleset> rules);
  [[nodiscard]] bool reload_whole(const std::string& config_file);
  void let_go();
  void look_at_roster(const List& list);

  std::function<void(const Config&)> installed_;
  mutable std::mutex mutex_;
  Running running_;
  ResolverOptions options_;  // with the servers asked
  bool of_machine_ = false;  // those of resolv.conf
  FileWatch resolv_conf_watch_;
  FileWatch watch_;
  std::map<std::string, FileWatch> roster_watches_;     // by list
  std::vector<std::shared_ptr<const Ruleset>> before_;  // messages may still be at work with them
};

}  // namespace ccgate
