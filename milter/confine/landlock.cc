#include "milter/confine/landlock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "milter/system/descriptor.h"

namespace ccgate {
namespace {

// The interface is the same on every architecture. Headers are older than kernels: those of Debian 12 end
// with ABI 2.
constexpr long kCreateRuleset = 444, kAddRule = 445, kRestrictSelf = 446;
constexpr unsigned kAskVersion = 1U;
constexpr int kBeneath = 1, kNetPort = 2;
constexpr int kKnownAbi = 7;

struct RulesetWords {
  std::uint64_t files = 0;
  std::uint64_t ports = 0;  // since ABI 4
  std::uint64_t scope = 0;  // since ABI 6
};
struct [[gnu::packed]] BeneathRule {
  std::uint64_t allowed;
  std::int32_t folder;
};
struct PortRule {
  std::uint64_t allowed;
  std::uint64_t port;
};

constexpr std::uint64_t bit(unsigned number) {
  return std::uint64_t{1} << number;
}
constexpr std::uint64_t kWriteFile = bit(1), kReadFile = bit(2), kReadFolder = bit(3), kRemoveFolder = bit(4),
                        kRemoveFile = bit(5), kMakeFolder = bit(7), kMakeFile = bit(8), kMakeSocket = bit(9),
                        kTruncate = bit(14);
constexpr std::uint64_t kOfFiles = kWriteFile | kReadFile | kTruncate;
constexpr std::uint64_t kBindTcp = bit(0);
constexpr std::uint64_t kScopeAbstract = bit(0), kScopeSignals = bit(1);

/// Everything that a kernel of this ABI can forbid about files.
constexpr std::uint64_t known_rights(int abi) {
  constexpr unsigned kFirst = 13, kRefer = 14, kWithTruncate = 15, kWithDevices = 16;
  return bit(abi < 2 ? kFirst : abi < 3 ? kRefer : abi < 5 ? kWithTruncate : kWithDevices) - 1;
}

constexpr std::uint64_t rights_of(PathUse use) {
  constexpr std::uint64_t kRead = kReadFile | kReadFolder;
  constexpr std::uint64_t kKeep = kRead | kWriteFile | kMakeFile | kRemoveFile | kTruncate;
  constexpr std::uint64_t kBind = kReadFolder | kMakeSocket | kRemoveFile;
  switch (use) {
    case PathUse::read:
      return kRead;
    case PathUse::device:
      return kReadFile | kWriteFile;
    case PathUse::keep:
      return kKeep;
    case PathUse::bind:
      return kBind;
    case PathUse::spool:
      return kKeep | kBind | kMakeFolder | kRemoveFolder;
  }
  return 0;
}

int create_ruleset(const RulesetWords* words, std::size_t size, unsigned flags) {
  return static_cast<int>(syscall(kCreateRuleset, words, size, flags));
}

bool add_rule(const Descriptor& ruleset, int type, const void* rule) {
  return syscall(kAddRule, ruleset.get(), type, rule, 0U) == 0;
}

bool add_path(const Descriptor& ruleset, const PathRule& rule, std::uint64_t known) {
  if (rule.path.find_first_not_of('/') == std::string::npos) return true;
  const Descriptor path(open(rule.path.c_str(), O_PATH | O_CLOEXEC));
  struct stat status {};
  if (!path || fstat(path.get(), &status) != 0) return true;
  struct stat root {};
  if (stat("/", &root) == 0 && status.st_dev == root.st_dev && status.st_ino == root.st_ino) return true;
  std::uint64_t rights = rights_of(rule.use) & known;
  if (!S_ISDIR(status.st_mode)) rights &= kOfFiles;
  if (rights == 0) return true;
  const BeneathRule beneath{rights, path.get()};
  return add_rule(ruleset, kBeneath, &beneath);
}

std::string_view without_end(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

bool is_below(std::string_view folder, std::string_view path) {
  folder = without_end(folder);
  path = without_end(path);
  return folder.size() > 1 && path.starts_with(folder) &&
         (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace

Landlock restrict_files(const std::vector<PathRule>& rules, const LandlockScope& scope) {
  const int found = create_ruleset(nullptr, 0, kAskVersion);
  // ENOSYS: not built in; EOPNOTSUPP: not switched on.
  if (found < 1) return {0, errno == ENOSYS || errno == EOPNOTSUPP ? "" : std::strerror(errno)};
  const int abi = std::min(found, kKnownAbi);
  RulesetWords words;
  words.files = known_rights(abi);
  std::size_t size = sizeof words.files;
  if (abi >= 4) {
    words.ports = scope.ports ? kBindTcp : 0;
    size += sizeof words.ports;
  }
  if (abi >= 6) {
    words.scope = (scope.abstract_sockets ? kScopeAbstract : 0) | (scope.signals ? kScopeSignals : 0);
    size += sizeof words.scope;
  }
  const Descriptor ruleset(create_ruleset(&words, size, 0));
  if (!ruleset) return {0, std::strerror(errno)};
  for (const PathRule& rule : rules)
    if (!add_path(ruleset, rule, words.files)) return {0, rule.path + ": " + std::strerror(errno)};
  // A port that the system chooses: questions to DNS may be bound to one.
  const PortRule any{kBindTcp, 0};
  if (words.ports != 0 && !add_rule(ruleset, kNetPort, &any)) return {0, std::strerror(errno)};
  if (syscall(kRestrictSelf, ruleset.get(), 0U) != 0) return {0, std::strerror(errno)};
  return {abi, ""};
}

bool is_granted(const std::vector<PathRule>& rules, const PathRule& wanted) {
  const std::uint64_t rights = rights_of(wanted.use);
  return std::any_of(rules.begin(), rules.end(), [&](const PathRule& rule) {
    return (rights_of(rule.use) & rights) == rights && is_below(rule.path, wanted.path);
  });
}

}  // namespace ccgate
