#include "milter/confine/forbidden_calls.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// As a service manager's filter that does not know Landlock.
bool forbid_landlock(unsigned action) {
  constexpr unsigned kFirstOfLandlock = 444;
  std::array<sock_filter, 4> code{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kFirstOfLandlock, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog program{code.size(), code.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// 1: it is deadly; 2: the filter could not be set.
int found_under(unsigned action) {
  const pid_t child = fork();
  if (child == 0) _exit(forbid_landlock(action) ? (confining_is_deadly() ? 1 : 0) : 2);
  int status = -1;
  CHECK(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("whoever started us may have forbidden to confine ourselves") {
  CHECK_FALSE(confining_is_deadly());
  CHECK(found_under(SECCOMP_RET_KILL_PROCESS) == 1);
  CHECK(found_under(SECCOMP_RET_ERRNO | 1) == 0);
}
