#include "milter/doctor/look_store.h"

#include <fmt/core.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

#include "milter/system/accounts.h"
#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

constexpr std::string_view kFileStore = "sqlite:";
constexpr std::int64_t kMega = std::int64_t{1024} * 1024;
constexpr std::int64_t kLittleRoom = 100 * kMega;
/// A mail that is not taken is tried again after an hour at most while it is young; a worker may have died.
constexpr std::int64_t kStuck = 3600;

std::string mega_text(std::int64_t octets) {
  return std::to_string(octets / kMega);
}

}  // namespace

std::optional<StoreDisk> disk_of_store(const std::string& url) {
  if (!url.starts_with(kFileStore)) return std::nullopt;
  StoreDisk disk;
  disk.folder = std::filesystem::path(url.substr(kFileStore.size())).parent_path().string();
  struct statvfs status {};
  if (statvfs(disk.folder.c_str(), &status) != 0) return std::nullopt;
  disk.free = static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize);
  return disk;
}

StoreRights rights_to_store(const std::string& url, const std::string& user) {
  if (!url.starts_with(kFileStore)) return {};
  const std::string file = url.substr(kFileStore.size());
  StoreRights rights;
  // A folder that may not be entered hides the file.
  if (access(file.c_str(), R_OK | W_OK) != 0 && (errno == EACCES || errno == EROFS))
    rights.own =
        fmt::format("this account may not write `{}`: ask as root, or as the daemon's account", file);
  if (const std::string why = unwritable_for(user, file); !why.empty())
    rights.the_daemon = fmt::format("the daemon's account `{}` {}", user, why);
  return rights;
}

LookResult look_at_store(const StoreProbe& probe, const StoreRights& rights,
                         const std::optional<StoreDisk>& disk, std::int64_t now) {
  LookResult result{Look::store};
  if (!rights.own.empty() && (!probe.why.empty() || !probe.not_written.empty())) {
    result.untold.push_back(rights.own);
    return result;
  }
  if (!probe.why.empty()) {
    result.found.push_back(found(SiteFinding::store_fails, {probe.why}));
    return result;
  }
  if (!rights.the_daemon.empty())
    result.found.push_back(found(SiteFinding::store_read_only, {rights.the_daemon}));
  else if (probe.not_written.empty())
    result.seen.push_back(
        fmt::format("can be written; schema {}, {} MB", probe.schema, mega_text(probe.octets)));
  else
    result.found.push_back(found(SiteFinding::store_read_only, {probe.not_written}));
  if (disk && disk->free < kLittleRoom)
    result.found.push_back(found(SiteFinding::disk_full, {mega_text(disk->free), disk->folder}));
  const Backlog& tasks = probe.backlog;
  if (tasks.waiting > 0 && tasks.oldest_due < now - kStuck)
    result.found.push_back(found(SiteFinding::outbox_stuck,
                                 {std::to_string(tasks.waiting), format_timestamp(tasks.oldest_due)}));
  else
    result.seen.push_back(fmt::format("{} task(s) wait, none for long", tasks.waiting));
  return result;
}

}  // namespace ccgate
