#include "milter/daemon/status_file.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "milter/system/log.h"
#include "milter/system/replace_file.h"
#include "milter/system/socket_address.h"

namespace ccgate {

std::string runtime_folder() {
  const char* folders = std::getenv("RUNTIME_DIRECTORY");
  const std::string_view all = folders != nullptr ? folders : "";
  const std::string first(all.substr(0, all.find(':')));
  return first.starts_with("/") ? first : "";
}

StatusFile::StatusFile(std::size_t number, const std::string& config_file, const std::string& listen, int fd,
                       std::int64_t now) {
  const std::string folder = runtime_folder();
  if (folder.empty()) return;
  file_ = status_file(folder, number);
  status_.pid = getpid();
  status_.version = CCGATE_VERSION;
  status_.started = status_.since = now;
  std::error_code failed;
  status_.config = std::filesystem::absolute(config_file, failed).lexically_normal().string();
  status_.listen = status_.socket = listen;
  const auto bound = bound_address(fd);
  if (bound && !bound->path().empty()) status_.socket = "unix:" + bound->path();
}

void StatusFile::tell(const Ruleset& rules, std::int64_t now) {
  if (file_.empty() || status_.rules == rules.hash) return;
  if (!status_.rules.empty()) status_.since = now;
  status_.rules = rules.hash;
  status_.policies.clear();
  for (const List& list : rules.lists) status_.policies[list.config.name] = list.policy.hash;
  if (const std::string why = replace_file(file_, status_json(status_)); !why.empty())
    write_log(LogLine(LogLevel::warning, "status_not_written").add("file", file_).add("why", why));
}

void StatusFile::remove() noexcept {
  if (!file_.empty()) unlink(file_.c_str());
}

}  // namespace ccgate
