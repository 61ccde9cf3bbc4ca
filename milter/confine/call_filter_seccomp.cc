// milter/confine/call_filter_seccomp.cc: the filter, by libseccomp.
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <linux/sockios.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "milter/confine/call_filter.h"

namespace ccgate {
namespace {

// By names, since each architecture has others: one that this one lacks is skipped.

constexpr auto kMemoryAndThreads = std::to_array<const char*>({
    "arch_prctl",
    "brk",
    "exit",
    "exit_group",
    "futex",
    "futex_time64",
    "futex_waitv",
    "get_mempolicy",
    "get_robust_list",
    "get_thread_area",
    "getcpu",
    "madvise",
    "membarrier",
    "mincore",
    "mlock",
    "mlock2",
    "mremap",
    "msync",
    "munlock",
    "munmap",
    "restart_syscall",
    "riscv_flush_icache",
    "rseq",
    "sched_getaffinity",
    "sched_getparam",
    "sched_get_priority_max",
    "sched_get_priority_min",
    "sched_getscheduler",
    "sched_yield",
    "set_robust_list",
    "set_thread_area",
    "set_tid_address",
    "set_tls",
    "tgkill",
});
constexpr auto kSignalsAndTimes = std::to_array<const char*>({
    "alarm",
    "clock_getres",
    "clock_getres_time64",
    "clock_gettime",
    "clock_gettime64",
    "clock_nanosleep",
    "clock_nanosleep_time64",
    "getitimer",
    "gettimeofday",
    "nanosleep",
    "pause",
    "rt_sigaction",
    "rt_sigpending",
    "rt_sigprocmask",
    "rt_sigreturn",
    "rt_sigsuspend",
    "rt_sigtimedwait",
    "rt_sigtimedwait_time64",
    "setitimer",
    "sigaction",
    "sigaltstack",
    "signal",
    "signalfd",
    "signalfd4",
    "sigprocmask",
    "sigreturn",
    "sigsuspend",
    "time",
    "timer_create",
    "timer_delete",
    "timer_getoverrun",
    "timer_gettime",
    "timer_gettime64",
    "timer_settime",
    "timer_settime64",
    "timerfd_create",
    "timerfd_gettime",
    "timerfd_gettime64",
    "timerfd_settime",
    "timerfd_settime64",
    "times",
});
constexpr auto kFiles = std::to_array<const char*>({
    "_llseek",
    "_newselect",
    "access",
    "chdir",
    "chmod",
    "chown",
    "chown32",
    "close",
    "close_range",
    "copy_file_range",
    "creat",
    "dup",
    "dup2",
    "dup3",
    "epoll_create",
    "epoll_create1",
    "epoll_ctl",
    "epoll_pwait",
    "epoll_pwait2",
    "epoll_wait",
    "eventfd",
    "eventfd2",
    "faccessat",
    "faccessat2",
    "fadvise64",
    "fadvise64_64",
    "fallocate",
    "fchdir",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "fchown",
    "fchown32",
    "fchownat",
    "fcntl",
    "fcntl64",
    "fdatasync",
    "fgetxattr",
    "flock",
    "fstat",
    "fstat64",
    "fstatat64",
    "fstatfs",
    "fstatfs64",
    "fsync",
    "ftruncate",
    "ftruncate64",
    "getcwd",
    "getdents",
    "getdents64",
    "getxattr",
    "lchown",
    "lgetxattr",
    "lseek",
    "lstat",
    "lstat64",
    "mkdir",
    "mkdirat",
    "newfstatat",
    "oldfstat",
    "oldlstat",
    "oldstat",
    "open",
    "openat",
    "openat2",
    "pipe",
    "pipe2",
    "poll",
    "ppoll",
    "ppoll_time64",
    "pread64",
    "preadv",
    "preadv2",
    "pselect6",
    "pselect6_time64",
    "pwrite64",
    "pwritev",
    "pwritev2",
    "read",
    "readahead",
    "readlink",
    "readlinkat",
    "readv",
    "rename",
    "renameat",
    "renameat2",
    "rmdir",
    "select",
    "sendfile",
    "sendfile64",
    "stat",
    "stat64",
    "statfs",
    "statfs64",
    "statx",
    "sync_file_range",
    "sync_file_range2",
    "truncate",
    "truncate64",
    "umask",
    "unlink",
    "unlinkat",
    "utimensat",
    "utimensat_time64",
    "write",
    "writev",
});
constexpr auto kNetwork = std::to_array<const char*>({
    "accept",   "accept4", "bind",     "connect",    "getpeername",     "getsockname", "getsockopt",
    "listen",   "recv",    "recvfrom", "recvmmsg",   "recvmmsg_time64", "recvmsg",     "send",
    "sendmmsg", "sendmsg", "sendto",   "setsockopt", "shutdown",        "socketpair",
});
constexpr auto kAboutOurselves = std::to_array<const char*>({
    "capget",    "getegid",    "getegid32",   "geteuid",     "geteuid32", "getgid",
    "getgid32",  "getgroups",  "getgroups32", "getpgid",     "getpgrp",   "getpid",
    "getppid",   "getrandom",  "getresgid",   "getresgid32", "getresuid", "getresuid32",
    "getrlimit", "getrusage",  "getsid",      "gettid",      "getuid",    "getuid32",
    "sysinfo",   "ugetrlimit", "uname",       "wait4",       "waitid",    "waitpid",
});
// Known, and refused: what a break-in would begin with. Others that are not listed are as good as not there.
constexpr auto kRefused = std::to_array<const char*>({
    "execve",
    "execveat",
    "fork",
    "vfork",
    "kill",
    "tkill",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "setuid",
    "setuid32",
    "setgid",
    "setgid32",
    "setreuid",
    "setreuid32",
    "setregid",
    "setregid32",
    "setresuid",
    "setresuid32",
    "setresgid",
    "setresgid32",
    "setgroups",
    "setgroups32",
    "setfsuid",
    "setfsgid",
    "capset",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "unshare",
    "setns",
    "bpf",
    "perf_event_open",
    "keyctl",
    "add_key",
    "request_key",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "reboot",
    "settimeofday",
    "clock_settime",
    "clock_settime64",
    "adjtimex",
    "clock_adjtime",
    "clock_adjtime64",
    "sethostname",
    "setdomainname",
    "iopl",
    "ioperm",
    "mknod",
    "mknodat",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "memfd_create",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "personality",
    "setrlimit",
    "quotactl",
    "swapon",
    "swapoff",
    "acct",
    "syslog",
    "open_by_handle_at",
    "name_to_handle_at",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "seccomp",
});

constexpr scmp_datum_t kWord = 0xffffffff;  // of what is an int: the rest of the register counts for nothing

scmp_arg_cmp equal(unsigned argument, scmp_datum_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, kWord, value};
}
scmp_arg_cmp with_bits(unsigned argument, scmp_datum_t mask, scmp_datum_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

/// Rules until one fails.
class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_ERRNO(ENOSYS))) {
    if (!context_) error_ = -ENOMEM;
  }

  void rule(std::uint32_t action, const char* name, std::initializer_list<scmp_arg_cmp> when = {}) {
    const int number = seccomp_syscall_resolve_name(name);
    if (error_ != 0 || number == __NR_SCMP_ERROR) return;
    const int result = seccomp_rule_add_array(context_.get(), action, number,
                                              static_cast<unsigned>(when.size()), when.begin());
    // Below 0 is what this architecture lacks, or has inside another call.
    if (result < 0 && number >= 0) error_ = result;
  }
  void allow(const char* name, std::initializer_list<scmp_arg_cmp> when = {}) {
    rule(SCMP_ACT_ALLOW, name, when);
  }
  template <typename Names>
  void allow_all(const Names& names) {
    for (const char* name : names) allow(name);
  }
  void refuse(const char* name, std::initializer_list<scmp_arg_cmp> when = {}) {
    rule(SCMP_ACT_ERRNO(EPERM), name, when);
  }

  [[nodiscard]] std::string load() {
    for (const auto& [attribute, value] :
         {std::pair{SCMP_FLTATR_CTL_TSYNC, 1U}, std::pair{SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS)}})
      if (error_ == 0) error_ = seccomp_attr_set(context_.get(), attribute, value);
    if (error_ == 0) error_ = seccomp_load(context_.get());
    return error_ == 0 ? "" : std::strerror(-error_);
  }

 private:
  struct Release {
    void operator()(void* context) const noexcept { seccomp_release(context); }
  };
  std::unique_ptr<void, Release> context_;
  int error_ = 0;
};

/// Threads, and nothing else that is new. clone3, whose flags cannot be seen from here, is not known: the C
/// library then takes clone.
void threads(Filter& filter) {
#if defined(__s390__) || defined(__s390x__)
  constexpr unsigned kFlags = 1;
#else
  constexpr unsigned kFlags = 0;
#endif
  constexpr scmp_datum_t kNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                       CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
  filter.allow("clone", {with_bits(kFlags, CLONE_THREAD | kNamespaces, CLONE_THREAD)});
  filter.refuse("clone", {with_bits(kFlags, CLONE_THREAD, 0)});
}

/// Nothing that was written can be run.
void memory(Filter& filter) {
  for (const char* name : {"mmap", "mmap2"}) {
    filter.allow(name, {with_bits(2, PROT_EXEC, 0)});
    filter.allow(name, {with_bits(2, PROT_EXEC | PROT_WRITE, PROT_EXEC)});
    filter.refuse(name, {with_bits(2, PROT_EXEC | PROT_WRITE, PROT_EXEC | PROT_WRITE)});
  }
  for (const char* name : {"mprotect", "pkey_mprotect"}) {
    filter.allow(name, {with_bits(2, PROT_EXEC, 0)});
    filter.refuse(name, {with_bits(2, PROT_EXEC, PROT_EXEC)});
  }
}

void sockets(Filter& filter) {
  for (const int family : {AF_UNIX, AF_INET, AF_INET6})
    filter.allow("socket", {equal(0, static_cast<scmp_datum_t>(family))});
  // Which addresses the machine has: getaddrinfo(3).
  filter.allow("socket", {equal(0, AF_NETLINK), equal(2, 0)});
  filter.allow("socketcall");  // where there is no other way
}

/// Of calls that do many things, those that are needed.
void parts_of_calls(Filter& filter) {
  for (const unsigned long request :
       {FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TCGETS, TIOCGWINSZ, SIOCGIFINDEX, SIOCGIFNAME, SIOCOUTQ})
    filter.allow("ioctl", {equal(1, request)});
  constexpr int kNameMemory = 0x53564d41;  // PR_SET_VMA, of newer C libraries
  for (const int option : {PR_SET_NAME, PR_GET_NAME, PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_GET_NO_NEW_PRIVS,
                           PR_GET_SECCOMP, kNameMemory})
    filter.allow("prctl", {equal(0, static_cast<scmp_datum_t>(option))});
  filter.allow("prlimit64", {{2, SCMP_CMP_EQ, 0, 0}});  // reads a limit, sets none
}

}  // namespace

std::string filter_calls(CallFilter wanted) {
  Filter filter;
  filter.allow_all(kMemoryAndThreads);
  filter.allow_all(kSignalsAndTimes);
  filter.allow_all(kFiles);
  filter.allow_all(kNetwork);
  filter.allow_all(kAboutOurselves);
  threads(filter);
  memory(filter);
  sockets(filter);
  parts_of_calls(filter);
  const bool supervises = wanted == CallFilter::supervising;
  if (supervises) filter.allow("kill");
  for (const char* name : kRefused)
    if (!supervises || std::strcmp(name, "kill") != 0) filter.refuse(name);
  return filter.load();
}

}  // namespace ccgate
