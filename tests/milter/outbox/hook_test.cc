#include "milter/outbox/hook.h"
#include "milter/system/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;
using std::chrono::milliseconds;
using HookEnded = HookResult::Outcome;
using End = ProgramResult::End;

namespace {

ProgramResult shell(const std::string& script, const std::string& input = "",
                    const ProgramLimits& limits = {}, const std::stop_token& stop = {}) {
  return run_program({"/bin/sh", "-c", script}, input, limits, stop);
}

}  // namespace

TEST_CASE("hook: what it reads") {
  CHECK(hook_input("accepted", notice_entry(), tld_ops()) ==
        R"({"ccgate_hook":1,"event":"accepted","id":"7k2m9qx40c1d","list":"tld-ops",)"
        R"("list_address":"tld-ops@lists.example.org","request":"subscribe","cctlds":["xa","xn--p1ai"],)"
        R"("author":"anne@nic.xa","people":[{"name":"Anne","email":"anne@nic.xa","phone":"+999 1"},)"
        R"({"name":"Ben","email":"ben@nic.xa","phone":""}],"decided":"2030-01-15T12:00:00Z"})"
        "\n");
  LedgerEntry odd = notice_entry();
  odd.people = "nothing";
  CHECK(hook_input("objected", odd, tld_ops()).find(R"("people":[])") != std::string::npos);
}

TEST_CASE("hook: how it ends") {
  const auto with = [](const std::string& script) {
    return run_hook({"/bin/sh", "-c", script}, "{}\n", {}, {});
  };
  CHECK(with("cat").outcome == HookEnded::done);
  CHECK(with("cat").why == "{}");
  CHECK(with("exit 0").why == "");
  const HookResult again = with("echo ' not  now'; echo why >&2; exit 75");
  CHECK(again.outcome == HookEnded::failed);
  CHECK(again.why == "exit status 75 (try again): not now why");
  CHECK(with("exit 3").why == "exit status 3");
  CHECK(with("exit 3").outcome == HookEnded::failed);
  CHECK(with("exit 78").outcome == HookEnded::never);
  CHECK(with("exit 78").why == "exit status 78 (never)");
  CHECK(with("kill -15 $$").why == "ended by signal 15");
  const HookResult none = run_hook({"/nonexistent/hook"}, "", {}, {});
  CHECK(none.outcome == HookEnded::failed);
  CHECK(none.why == "cannot be run: No such file or directory");
  CHECK(run_hook({}, "", {}, {}).why == "cannot be run: no program is named");
}

TEST_CASE("program: its surroundings") {
  CHECK(shell("env -u PWD -u SHLVL -u _ | sort").output ==
        "LANG=C.UTF-8\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
  Descriptor open_here(open("/dev/null", O_RDONLY));  // inherited by default
  CHECK(run_program({"/bin/ls", "/proc/self/fd"}, "", {}, {}).output == "0\n1\n2\n3\n");  // 3: the folder
  open_here.reset();
  CHECK(shell("test $(cut -d' ' -f5 /proc/$$/stat) = $$").status == 0);
  CHECK(run_program({"/bin/echo", "$HOME; exit 1", "*"}, "", {}, {}).output == "$HOME; exit 1 *\n");
}

TEST_CASE("program: input and output are bounded, and nobody waits for the other") {
  const std::string much(300'000, 'x');
  CHECK(shell("cat > /dev/null; echo done", much).output == "done\n");
  const ProgramResult copied = shell("cat", much);
  CHECK(copied.end == End::exited);
  CHECK(copied.output == std::string(2000, 'x'));
  const ProgramResult deaf = shell("exec < /dev/null; echo done", much);
  CHECK(deaf.end == End::exited);
  CHECK(deaf.output == "done\n");
  CHECK(shell("exec > /dev/null 2>&1 < /dev/null; exit 7").status == 7);
}

TEST_CASE("program: it is ended when its time is over, with all of its group") {
  const TempFolder folder;
  const ProgramLimits short_limits{milliseconds(50), milliseconds(50), 100};
  const ProgramResult slow = shell("echo begun; sleep 100", "", short_limits);
  CHECK(slow.end == End::timed_out);
  CHECK(slow.status == 15);
  const ProgramResult deaf = shell("trap '' TERM; while :; do sleep 0.01; done", "", short_limits);
  CHECK(deaf.end == End::timed_out);
  CHECK(deaf.status == 9);
}

TEST_CASE("program: a stop ends it") {
  std::stop_source stop;
  stop.request_stop();
  const ProgramLimits limits{milliseconds(60'000), milliseconds(50), 100};
  CHECK(shell("sleep 100", "", limits, stop.get_token()).end == End::stopped);
  CHECK(run_hook({"/bin/sh", "-c", "sleep 100"}, "", limits, stop.get_token()).outcome == HookEnded::stopped);
}

TEST_CASE("program: a child that goes on does not hold us up") {
  const ProgramResult result = shell("sleep 2 & echo done");
  CHECK(result.end == End::exited);
  CHECK(result.output == "done\n");
}
