#include "milter/site/host_lint.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string_view>
#include <vector>

#include "milter/site/config_hooks.h"
#include "milter/store/open_store.h"
#include "milter/store/store_error.h"
#include "milter/system/accounts.h"

namespace ccgate {
namespace {

constexpr std::string_view kUnix = "unix:", kSqlite = "sqlite:", kPostgresql = "postgresql:";
/// The unit makes it at each start.
constexpr std::string_view kRuntimeFolder = "/run/ccgate";

bool is_folder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string folder_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

class HostLint {
 public:
  HostLint(const Ruleset& rules, const std::string& user, const Machine& machine, Issues& issues)
      : config_(rules.config),
        lists_(rules.lists),
        user_(user),
        machine_(machine),
        known_(has_account(user)),
        issues_(issues) {}

  void lint() {
    if (!known_)
      tell(Severity::warning, config_.file, {},
           fmt::format("there is no account `{}`: whether it could read the files was not checked", user_),
           "create it, or name the daemon's account with --user");
    for (const std::string& file : files()) may_read(file);
    for (const std::string& program : hooks()) may_run(program);
    socket();
    store();
    greeting();
    changed_by_anybody();
  }

 private:
  /// Those whose words decide.
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> all{config_.file, config_.contacts.file, config_.contacts.overrides,
                                 config_.dns.trust_anchor};
    all.insert(all.end(), config_.aliases.begin(), config_.aliases.end());
    for (const List& list : lists_) {
      all.push_back(list.config.policy_file);
      all.push_back(list.config.roster_file);
    }
    std::erase(all, "");
    return all;
  }

  /// Programs, of the site and of its lists.
  [[nodiscard]] std::set<std::string> hooks() const {
    std::set<std::string> all;
    for (const auto& argv : programs_of(config_.hooks)) all.insert(argv.front());
    for (const List& list : lists_)
      for (const auto& argv : programs_of(list.config.hooks)) all.insert(argv.front());
    return all;
  }

  void may_read(const std::string& file) {
    if (const std::string why = unreadable_for(user_, file); !why.empty())
      tell_account(file, why, "give it read access, or name the account with --user");
  }

  void may_run(const std::string& program) {
    if (const std::string why = unrunnable_for(user_, program); !why.empty())
      tell_account(program, why, "give it the right to run it, or name the account with --user");
  }

  void socket() {
    const std::string& group = config_.socket.group;
    if (!group.empty() && !has_group(group))
      fails(config_.at.socket, fmt::format("there is no group `{}`", group),
            "create it, or name the group of the mail server in `socket: {group: ...}`");
    else if (!group.empty() && known_ && !is_in_group(user_, group))
      fails(config_.at.socket,
            fmt::format("the daemon's account `{}` is not in the group `{}` of the socket", user_, group),
            fmt::format("adduser {} {}", user_, group));
    for (const std::string& spec : config_.listen) {
      if (!spec.starts_with(kUnix)) continue;
      const std::string folder = folder_of(spec.substr(kUnix.size()));
      if (folder != kRuntimeFolder) has_place(folder, "socket", config_.at.listen);
      safe_for_sendmail(folder);
    }
  }

  /// Sendmail begins with no socket below such a folder, the sticky bit notwithstanding.
  void safe_for_sendmail(const std::string& folder) {
    if (access(machine_.sendmail_config.c_str(), F_OK) != 0) return;
    const auto part = writable_by_others(folder);
    if (!part) return;
    tell(Severity::warning, config_.file, config_.at.listen,
         fmt::format("Sendmail does not start with a socket below `{}`, where a group or all may write",
                     *part),
         "listen at unix:/run/ccgate/ccgate.sock, or take these rights away");
  }

  void greeting() {
    const Submission& submit = config_.submit;
    if (submit.kind != Submission::Kind::smtp || !submit.helo.empty() ||
        is_full_host_name(machine_.host_name))
      return;
    tell(Severity::warning, config_.file, config_.at.submit,
         fmt::format("the name of this machine, `{}`, is not a full one: the mail server is greeted with an "
                     "address",
                     machine_.host_name),
         "write `submit_helo: NAME`, the name that DNS has for this machine");
  }

  void store() {
    const std::string& url = config_.store;
    if (url.starts_with(kSqlite)) has_place(folder_of(url.substr(kSqlite.size())), "store", config_.at.store);
    if (!url.starts_with(kPostgresql)) return;
    try {
      (void)open_store(url, StoreAccess::read);
    } catch (const StoreError& error) {
      tell(Severity::warning, config_.file, config_.at.store,
           fmt::format("the store does not answer `ccgate check`: {}", error.what()),
           "until it answers the daemon, all gated mail is deferred");
    }
  }

  void has_place(const std::string& folder, const char* what, Position at) {
    if (!is_folder(folder))
      fails(at, fmt::format("the folder `{}` of the {} is not there", folder, what),
            fmt::format("create it, for `{}` to write", user_));
    else if (const std::string why = no_place_for_files_of(user_, folder); !why.empty())
      fails(at, fmt::format("the daemon's account `{}` {}, for the {}", user_, why, what),
            "give it the right to write there, or name the account with --user");
  }

  /// Whoever may write them lets in whomever they like.
  void changed_by_anybody() {
    std::vector<std::string> all = files();
    for (const std::string& program : hooks()) all.push_back(program);
    if (!config_.notices.folder.empty()) all.push_back(config_.notices.folder);
    std::set<std::string> told;
    for (const std::string& file : all) {
      const auto part = writable_by_all(file);
      if (!part || !told.insert(*part).second) continue;
      tell(Severity::warning, file, {},
           fmt::format("everybody on this machine may write `{}`, and so decide who is let in", *part),
           fmt::format("chmod o-w {}", *part));
    }
  }

  void fails(Position at, std::string what, std::string help) {
    tell(known_ ? Severity::error : Severity::warning, config_.file, at, std::move(what), std::move(help));
  }
  void tell_account(const std::string& file, const std::string& why, const char* help) {
    tell(Severity::error, file, {}, fmt::format("the daemon's account `{}` {}", user_, why), help);
  }
  void tell(Severity severity, const std::string& file, Position at, std::string what, std::string help) {
    issues_.push_back({severity, file, at, std::move(what), std::move(help), ""});
  }

  const Config& config_;
  const std::vector<List>& lists_;
  const std::string& user_;
  const Machine& machine_;
  bool known_;
  Issues& issues_;
};

}  // namespace

void lint_host(const Ruleset& rules, const std::string& user, Issues& issues, const Machine& machine) {
  HostLint(rules, user, machine, issues).lint();
}

void lint_account(const std::string& user, Issues& issues) {
  if (!is_root(user)) return;
  issues.push_back({Severity::warning,
                    "",
                    {},
                    fmt::format("the daemon needs no rights of root, and would have them as `{}`", user),
                    "run it as an account of its own, as the unit does",
                    ""});
}

}  // namespace ccgate
