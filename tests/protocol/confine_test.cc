// The daemon gives up rights that it does not need, and does its work all the same.
#include <signal.h>
#include <stdlib.h>
#include <filesystem>
#include <fstream>

#include <sstream>
#include <string>

#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

namespace fs = std::filesystem;

/// With a store and a hook, which keeps what it is told and what it may.
class HookedSite {
 public:
  explicit HookedSite(const std::string& more = "") {
    daemon.write("hook", "#!/bin/sh\ncat >> " + daemon.file("told") +
                             "\ngrep -E '^(Seccomp|NoNewPrivs):' /proc/self/status >> " +
                             daemon.file("told") + "\necho \"event=told\" >> " + daemon.file("log") + "\n");
    fs::permissions(daemon.file("hook"), fs::perms::owner_all);
    fs::create_directory(daemon.file("data"));
    daemon.edit("ccgate.yaml", "\nlists:",
                "\nstore: \"sqlite:" + daemon.file("data/ccgate.db") + "\"\nhooks: {accepted: [hook]}\n" +
                    more + "lists:");
    daemon.start();
  }
  SiteDns dns;
  Daemon daemon{dns.server()};
};

std::string word_of(const std::string& status, const std::string& name) {
  std::ifstream file(status);
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name + ":")) return line.substr(line.find_last_of(" \t") + 1);
  return "";
}

TEST_CASE("all threads of the daemon are confined") {
  const Site site;
  const std::string process = "/proc/" + std::to_string(site.daemon.pid());
  CHECK_THAT(site.daemon.log(), contains("level=info event=confined files=") && contains(" calls=seccomp "));
  int threads = 0;
  for (const auto& thread : fs::directory_iterator(process + "/task")) {
    ++threads;
    const std::string status = thread.path() / "status";
    CHECK(word_of(status, "Seccomp") == "2");
    CHECK(word_of(status, "NoNewPrivs") == "1");
  }
  CHECK(threads > 1);
  std::ifstream limits(process + "/limits");
  std::stringstream text;
  text << limits.rdbuf();
  CHECK_THAT(text.str(), contains("Max core file size        0                    0 "));
}

TEST_CASE("a confined daemon makes a new store, runs hooks, and reloads") {
  HookedSite site;
  CHECK(send(site.daemon, good_request()).delivered());
  site.daemon.wait_for_log("event=told");
  CHECK(fs::exists(site.daemon.file("data/ccgate.db")));
  // The hook has none of it.
  CHECK_THAT(site.daemon.read("told"), contains(R"("event":"accepted")") && contains("Seccomp:\t0\n"));
  // Another file for the contacts, in a folder that is known, and another hook.
  fs::copy_file(site.daemon.file("contacts.json"), site.daemon.file("others.json"));
  fs::copy_file(site.daemon.file("hook"), site.daemon.file("other-hook"));
  site.daemon.edit("ccgate.yaml", "file: contacts.json", "file: others.json");
  site.daemon.edit("ccgate.yaml", "accepted: [hook]", "accepted: [other-hook, again]");
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("event=reloaded");
  MilterMail another = good_request();
  for (auto& [name, value] : another.fields)
    if (name == "Message-ID") value = " <2@client.example>";
  CHECK(send(site.daemon, another).delivered());
  site.daemon.wait_for_log("event=told", 2);
  site.daemon.wait_for_log("event=hook_done", 2);
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("a reload that leads out of the folders of the start is refused and told") {
  HookedSite site;
  // What is below /tmp stays within reach; so this is elsewhere.
  std::string folder = fs::current_path() / "elsewhere-XXXXXX";
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  fs::copy_file(site.daemon.file("contacts.json"), folder + "/contacts.json");
  site.daemon.edit("ccgate.yaml", "file: contacts.json", "file: " + folder + "/contacts.json");
  site.daemon.send_signal(SIGHUP);
  const bool landlock = site.daemon.log().find("files=\"landlock ") != std::string::npos;
  site.daemon.wait_for_log(landlock ? "event=reload_refused" : "event=reloaded");
  if (landlock)
    CHECK_THAT(site.daemon.log(), contains(folder + " is outside the folders that the daemon kept for itself "
                                                    "when it started: this takes a restart"));
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK(site.daemon.stop() == 0);
  site.daemon.start();
  CHECK(send(site.daemon, good_request()).delivered());
  fs::remove_all(folder);
}

TEST_CASE("a daemon without the process that runs hooks says so, and serves mail") {
  HookedSite site;
  const std::string log = site.daemon.log();
  const std::string word = " programs=";
  kill(std::stoi(log.substr(log.find(word) + word.size())), SIGKILL);
  site.daemon.wait_for_log("level=error event=programs_gone ");
  CHECK(send(site.daemon, good_request()).delivered());
  site.daemon.wait_for_log("event=hook_failed ");
  CHECK_THAT(site.daemon.log(), contains("cannot be run: the process that runs programs for the daemon does "
                                         "not answer; restart the daemon"));
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("a daemon that is not to be confined is not") {
  HookedSite site("confine: false\n");
  CHECK_THAT(site.daemon.log(), contains("event=not_confined"));
  const std::string status = "/proc/" + std::to_string(site.daemon.pid()) + "/status";
  CHECK(word_of(status, "Seccomp") == "0");
  CHECK(send(site.daemon, good_request()).delivered());
  site.daemon.wait_for_log("event=told");
  CHECK(site.daemon.stop() == 0);
}

}  // namespace
}  // namespace ccgate
