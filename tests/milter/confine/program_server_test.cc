#include "milter/confine/program_server.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>
#include <thread>

#include "milter/confine/program_wire.h"
#include "tests/support/catch.h"

using namespace ccgate;
using std::chrono::milliseconds;
using End = ProgramResult::End;

namespace {

const std::string kForbidden = "exit 99";

/// Everything but one script.
ProgramPermit permit() {
  return {[](const std::vector<std::string>& argv) { return argv.back() != kForbidden; }, [] {}};
}

ProgramResult shell(const ProgramServer& server, const std::string& script, const std::string& input = "",
                    const ProgramLimits& limits = {}, const std::stop_token& stop = {}) {
  return server.run({"/bin/sh", "-c", script}, input, limits, stop);
}

}  // namespace

TEST_CASE("programs of another process: the promises of run_program") {
  const ProgramServer server(permit());
  CHECK(server.alive());
  CHECK(shell(server, "cat; exit 3", "a\n").status == 3);
  CHECK(shell(server, "cat", "a\n").output == "a\n");
  CHECK(shell(server, "kill -15 $$").end == End::killed);
  CHECK(server.run({"/nonexistent"}, "", {}, {}).why == "No such file or directory");
  CHECK(server.run({}, "", {}, {}).why == "no program is named");
  CHECK(server.run({"/bin/ls", "/proc/self/fd"}, "", {}, {}).output == "0\n1\n2\n3\n");  // 3: the folder
  CHECK(shell(server, "env -u PWD -u SHLVL -u _ | sort").output ==
        "LANG=C.UTF-8\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
  const std::string signals = "grep -E '^Sig(Ign|Blk)' /proc/self/status";
  CHECK(shell(server, signals).output == run_program({"/bin/sh", "-c", signals}, "", {}, {}).output);
  // More than a socket takes at once, both ways.
  const std::string much(3'000'000, 'x');
  ProgramLimits limits;
  limits.output = much.size();
  CHECK(shell(server, "cat", much, limits).output == much);
  limits = {milliseconds(100), milliseconds(100)};
  CHECK(shell(server, "sleep 100", "", limits).end == End::timed_out);
}

TEST_CASE("programs of another process: several at a time, and a stop") {
  const ProgramServer server(permit());
  std::stop_source stop;
  ProgramResult stopped, other;
  std::thread sleeper([&] { stopped = shell(server, "echo begun; sleep 100", "", {}, stop.get_token()); });
  std::thread second([&] { other = shell(server, "cat", "b"); });
  second.join();
  CHECK(other.output == "b");
  stop.request_stop();
  sleeper.join();
  CHECK(stopped.end == End::stopped);
  CHECK(shell(server, "true", "", {}, stop.get_token()).end != End::not_started);
}

TEST_CASE("programs of another process: only what it permits") {
  const ProgramServer server(permit());
  const ProgramResult result = shell(server, kForbidden);
  CHECK(result.end == End::not_started);
  CHECK(result.why == "the configuration, as it is now, does not name it");
}

TEST_CASE("programs of another process: asked to look again") {
  int looks = 0;  // of the other process
  const ProgramServer server(
      {[&looks](const auto& argv) { return argv.back() == std::to_string(looks); }, [&looks] { ++looks; }});
  CHECK(server.run({"/bin/echo", "1"}, "", {}, {}).end == End::not_started);
  server.look_again();
  CHECK(server.run({"/bin/echo", "1"}, "", {}, {}).output == "1\n");
}

TEST_CASE("programs of another process: it is gone") {
  const ProgramServer server(permit());
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) kill(server.pid(), number);
  CHECK(shell(server, "echo a").output == "a\n");
  kill(server.pid(), SIGKILL);
  CHECK(waitpid(server.pid(), nullptr, 0) == server.pid());
  CHECK_FALSE(server.alive());
  server.look_again();
  const ProgramResult result = shell(server, "true");
  CHECK(result.end == End::not_started);
  CHECK(result.why == "the process that runs programs for the daemon does not answer; restart the daemon");
}

TEST_CASE("programs of another process: it ends with the last who can order") {
  pid_t pid = -1;
  {
    const ProgramServer server(permit());
    pid = server.pid();
    // A process with a copy is neither who ends it, nor does its end.
    const pid_t copy = fork();
    if (copy == 0) {
      server.end();
      _exit(0);
    }
    CHECK(waitpid(copy, nullptr, 0) == copy);
    CHECK(shell(server, "echo a").output == "a\n");
  }
  CHECK(waitpid(pid, nullptr, 0) == -1);  // waited for
}

TEST_CASE("programs of another process: what is no order is no harm") {
  const std::string order = write_order({"a", "b"}, "c", {});
  CHECK(read_order(order)->argv == std::vector<std::string>{"a", "b"});
  for (std::size_t size = 0; size < order.size(); ++size) CHECK_FALSE(read_order(order.substr(0, size)));
  CHECK_FALSE(read_order(order + "x"));
  CHECK_FALSE(read_order(std::string(64, '\xff')));
  CHECK_FALSE(read_order(write_order({"a"}, "", {milliseconds::max(), milliseconds(0)})));
  CHECK_FALSE(read_order(write_order({"a"}, "", {milliseconds(-1), milliseconds(0)})));
  CHECK_FALSE(read_order(write_order({"a"}, "", {milliseconds(1), milliseconds(1), SIZE_MAX})));
  const std::string result = write_result({End::exited, 3, "a", "b"});
  CHECK(read_result(result)->status == 3);
  for (std::size_t size = 0; size < result.size(); ++size) CHECK_FALSE(read_result(result.substr(0, size)));
  CHECK_FALSE(read_result(write_result({static_cast<End>(9), 0, "", ""})));
}
