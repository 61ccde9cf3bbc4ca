#include "milter/site/host_lint.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "milter/system/accounts.h"
#include "tests/support/catch.h"

using namespace ccgate;
namespace fs = std::filesystem;

namespace {

using Told = std::vector<std::string>;

/// A site with one file, in a folder that is its account's.
struct Host {
  Host() {
    fs::create_directories(folder);
    chmod(folder.c_str(), 0755);
    put("ccgate.yaml");
    site.config.file = folder / "ccgate.yaml";
    site.config.listen = {"unix:" + (folder / "socket").string()};
  }
  ~Host() { fs::remove_all(folder); }
  void put(const char* name, mode_t mode = 0644) const {
    std::ofstream(folder / name) << "text";
    chmod((folder / name).c_str(), mode);
  }
  /// `severity: what`, the folder's name left out.
  [[nodiscard]] Told told(const std::string& user) const {
    Issues issues;
    lint_host(site, user, issues, machine);
    Told all;
    for (const Issue& issue : issues) {
      std::string what = issue.what;
      for (std::size_t at = 0; (at = what.find(folder.string())) != std::string::npos;)
        what.replace(at, folder.string().size(), "FOLDER");
      all.push_back(std::string(to_string(issue.severity)) + ": " + what);
    }
    return all;
  }
  fs::path folder = fs::temp_directory_path() / ("ccgate-host-lint-test-" + std::to_string(getpid()));
  Ruleset site;
  Machine machine{"mail.example.org", "/nowhere/sendmail.cf"};
};

const std::string kMe = own_account();

}  // namespace

TEST_CASE("a host where nothing is wrong, and one that is not the daemon's") {
  const Host host;
  CHECK(host.told(kMe).empty());
  CHECK(
      host.told("no-such-account") ==
      Told{
          "warning: there is no account `no-such-account`: whether it could read the files was not checked"});
}

TEST_CASE("what the daemon could not start with is an error where its account is") {
  Host host;
  host.site.config.socket.group = "no-such-group";
  CHECK(host.told(kMe) == Told{"error: there is no group `no-such-group`"});
  CHECK(host.told("no-such-account").back() == "warning: there is no group `no-such-group`");
  host.site.config.socket.group = "root";
  CHECK(host.told("nobody") ==
        Told{"error: the daemon's account `nobody` is not in the group `root` of the socket",
             "error: the daemon's account `nobody` may not make files in FOLDER, for the socket"});
  host.site.config.socket.group = "";
  host.site.config.listen = {"unix:" + (host.folder / "none/socket").string(), "inet:8893@127.0.0.1",
                             "unix:/run/ccgate/ccgate.sock"};
  CHECK(host.told(kMe) == Told{"error: the folder `FOLDER/none` of the socket is not there"});
  host.site.config.listen = {"fd:3"};
  host.site.config.store = "sqlite:" + (host.folder / "none/ccgate.db").string();
  CHECK(host.told(kMe) == Told{"error: the folder `FOLDER/none` of the store is not there"});
}

TEST_CASE("files that the daemon could not use are errors") {
  Host host;
  host.site.config.listen = {"fd:3"};
  host.put("contacts.json", 0600);
  host.site.config.contacts.file = host.folder / "contacts.json";
  host.put("hook", 0744);
  host.site.config.hooks.accepted = {host.folder / "hook"};
  if (geteuid() == 0)  // else they are the account's own
    CHECK(host.told("nobody") ==
          Told{"error: the daemon's account `nobody` may not read FOLDER/contacts.json",
               "error: the daemon's account `nobody` may not run FOLDER/hook"});
  CHECK(host.told(kMe).empty());
}

TEST_CASE("what decides and what everybody could change is told") {
  Host host;
  host.put("aliases", 0666);
  host.put("registries.yaml", 0646);
  host.site.config.aliases = {host.folder / "aliases"};
  host.site.config.contacts.overrides = host.folder / "registries.yaml";
  CHECK(host.told(kMe) ==
        Told{"warning: everybody on this machine may write `FOLDER/registries.yaml`, and so decide who is "
             "let in",
             "warning: everybody on this machine may write `FOLDER/aliases`, and so decide who is let in"});
  chmod(host.folder.c_str(), 0777);
  CHECK(host.told(kMe) ==
        Told{"warning: everybody on this machine may write `FOLDER`, and so decide who is let in"});
}

TEST_CASE("a database that is away is told") {
  Host host;
  host.site.config.store = "postgresql:///?host=" + host.folder.string() + "&connect_timeout=2";
  const Told told = host.told(kMe);
  REQUIRE(told.size() == 1);
  CHECK_THAT(told.front(), contains("warning: the store does not answer `ccgate check`: "));
}

TEST_CASE("a name of the machine that says nothing to a mail server is told") {
  Host host;
  host.machine.host_name = "mail";
  CHECK(host.told(kMe).empty());  // no mail is handed over
  host.site.config.submit.kind = Submission::Kind::sendmail;
  CHECK(host.told(kMe).empty());
  host.site.config.submit.kind = Submission::Kind::smtp;
  CHECK(host.told(kMe) ==
        Told{"warning: the name of this machine, `mail`, is not a full one: the mail server is "
             "greeted with an address"});
  host.site.config.submit.helo = "mail.example.org";
  CHECK(host.told(kMe).empty());
  host.site.config.submit.helo = "";
  host.machine.host_name = "mail.example.org";
  CHECK(host.told(kMe).empty());
}

TEST_CASE("a socket that Sendmail would not use is told where Sendmail is") {
  Host host;
  chmod(host.folder.c_str(), 0775);
  CHECK(host.told(kMe).empty());
  host.put("sendmail.cf");
  host.machine.sendmail_config = host.folder / "sendmail.cf";
  const Told told = host.told(kMe);
  REQUIRE(told.size() == 1);
  CHECK_THAT(told.front(), contains("warning: Sendmail does not start with a socket below `"));
  CHECK_THAT(told.front(), contains("where a group or all may write"));
  host.site.config.listen = {"inet:8893@127.0.0.1", "fd:3"};
  CHECK(host.told(kMe).empty());
}

TEST_CASE("a daemon that would run as root is told") {
  Issues issues;
  lint_account("nobody", issues);
  lint_account("no-such-account", issues);
  CHECK(issues.empty());
  lint_account("root", issues);
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().severity == Severity::warning);
  CHECK(issues.front().what == "the daemon needs no rights of root, and would have them as `root`");
}
