#include "milter/doctor/look_store.h"

#include <fmt/core.h>
#include <sys/statvfs.h>

#include <filesystem>
#include <string_view>

#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

constexpr std::int64_t kMega = std::int64_t{1024} * 1024;
constexpr std::int64_t kLittleRoom = 100 * kMega;
/// A mail that is not taken is tried again after an hour at most while it is young; a worker may have died.
constexpr std::int64_t kStuck = 3600;

std::string mega_text(std::int64_t octets) {
  return std::to_string(octets / kMega);
}

}  // namespace

std::optional<StoreDisk> disk_of_store(const std::string& url) {
  constexpr std::string_view kFileStore = "sqlite:";
  if (!url.starts_with(kFileStore)) return std::nullopt;
  StoreDisk disk;
  disk.folder = std::filesystem::path(url.substr(kFileStore.size())).parent_path().string();
  struct statvfs status {};
  if (statvfs(disk.folder.c_str(), &status) != 0) return std::nullopt;
  disk.free = static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize);
  return disk;
}

LookResult look_at_store(const StoreProbe& probe, const std::optional<StoreDisk>& disk, std::int64_t now) {
  LookResult result{Look::store};
  if (!probe.why.empty()) {
    result.found.push_back(found(SiteFinding::store_fails, {probe.why}));
    return result;
  }
  if (probe.not_written.empty())
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
