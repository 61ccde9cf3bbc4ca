#include "milter/system/accounts.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <vector>

namespace ccgate {
namespace {

// Bits of a mode, as the last three have them.
constexpr unsigned kRead = 4, kWrite = 2, kSearch = 1;

struct Account {
  uid_t uid;
  std::vector<gid_t> groups;
};

/// A service manager can give a process more groups than its account has.
void add_groups_of_process(std::vector<gid_t>& groups) {
  const int count = getgroups(0, nullptr);
  if (count <= 0) return;
  std::vector<gid_t> own(static_cast<std::size_t>(count));
  own.resize(static_cast<std::size_t>(std::max(getgroups(count, own.data()), 0)));
  groups.insert(groups.end(), own.begin(), own.end());
}

std::optional<Account> find_account(const std::string& user) {
  const passwd* found = getpwnam(user.c_str());
  if (found == nullptr) return std::nullopt;
  int count = 64;
  Account account{found->pw_uid, std::vector<gid_t>(static_cast<std::size_t>(count))};
  if (getgrouplist(user.c_str(), found->pw_gid, account.groups.data(), &count) >= 0)
    account.groups.resize(static_cast<std::size_t>(count));
  if (account.uid == geteuid()) add_groups_of_process(account.groups);
  return account;
}

bool allowed(const struct stat& status, const Account& account, unsigned bits) {
  if (account.uid == 0) return true;
  const auto& groups = account.groups;
  unsigned mode = status.st_mode;
  if (status.st_uid == account.uid)
    mode >>= 6;
  else if (std::find(groups.begin(), groups.end(), status.st_gid) != groups.end())
    mode >>= 3;
  return (mode & bits) == bits;
}

/// `path` and the folders above it, from the root on; empty when there is no such path.
std::vector<std::string> parts_of(const std::string& path) {
  std::array<char, PATH_MAX> resolved{};
  if (realpath(path.c_str(), resolved.data()) == nullptr) return {};
  const std::string full = resolved.data();
  std::vector<std::string> parts{"/"};
  for (std::size_t slash = full == "/" ? std::string::npos : 0; slash != std::string::npos;) {
    slash = full.find('/', slash + 1);
    parts.push_back(full.substr(0, slash));
  }
  return parts;
}

std::string forbidden(const std::string& user, const std::string& path, unsigned bits, const char* what) {
  const auto account = find_account(user);
  if (!account) return "";
  const std::vector<std::string> parts = parts_of(path);
  for (const std::string& part : parts) {
    struct stat status {};
    if (stat(part.c_str(), &status) != 0) return "";
    const bool last = &part == &parts.back();
    if (!allowed(status, *account, last ? bits : kSearch)) return (last ? what : "may not enter ") + part;
  }
  return "";
}

}  // namespace

std::string own_account() {
  const passwd* found = getpwuid(geteuid());
  return found != nullptr ? found->pw_name : std::to_string(geteuid());
}

bool has_account(const std::string& user) {
  return getpwnam(user.c_str()) != nullptr;
}

bool is_root(const std::string& user) {
  const passwd* found = getpwnam(user.c_str());
  return found != nullptr && found->pw_uid == 0;
}

bool has_group(const std::string& group) {
  return getgrnam(group.c_str()) != nullptr;
}

bool is_in_group(const std::string& user, const std::string& group) {
  const auto account = find_account(user);
  const ::group* found = getgrnam(group.c_str());
  return account && found != nullptr &&
         std::find(account->groups.begin(), account->groups.end(), found->gr_gid) != account->groups.end();
}

std::string unreadable_for(const std::string& user, const std::string& path) {
  return forbidden(user, path, kRead, "may not read ");
}

std::string no_place_for_files_of(const std::string& user, const std::string& path) {
  return forbidden(user, path, kWrite | kSearch, "may not make files in ");
}

std::string unwritable_for(const std::string& user, const std::string& path) {
  return forbidden(user, path, kRead | kWrite, "may not write ");
}

std::string unconnectable_for(const std::string& user, const std::string& path) {
  return forbidden(user, path, kWrite, "may not connect to ");
}

std::string unrunnable_for(const std::string& user, const std::string& path) {
  return forbidden(user, path, kSearch, "may not run ");
}

std::optional<std::string> writable_by_all(const std::string& path) {
  const std::vector<std::string> parts = parts_of(path);
  for (const std::string& part : parts) {
    struct stat status {};
    if (stat(part.c_str(), &status) != 0) return std::nullopt;
    const bool guarded = S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
    if ((status.st_mode & kWrite) != 0 && !guarded) return part;
  }
  return std::nullopt;
}

std::optional<std::string> writable_by_others(const std::string& path) {
  for (const std::string& part : parts_of(path)) {
    struct stat status {};
    if (stat(part.c_str(), &status) != 0) return std::nullopt;
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return part;
  }
  return std::nullopt;
}

}  // namespace ccgate
