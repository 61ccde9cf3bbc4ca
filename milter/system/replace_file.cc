#include "milter/system/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "milter/system/descriptor.h"

namespace ccgate {
namespace {

/// A new file, whose name nobody else has: `path` names it afterwards.
int open_beside(std::string& path, mode_t mode) {
  constexpr int kTries = 100;
  const std::string start = path + ".new" + std::to_string(getpid());
  for (int number = 0; number < kTries; ++number) {
    path = start + "." + std::to_string(number);
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(fd) == 0;
}

}  // namespace

std::string replace_file(const std::string& path, std::string_view text) {
  constexpr mode_t kNew = 0666, kRights = 0777;
  struct stat old {};
  const bool known = stat(path.c_str(), &old) == 0;
  if (known && !S_ISREG(old.st_mode)) return "it is no plain file";
  std::string next = path;
  const Descriptor fd(open_beside(next, known ? old.st_mode & kRights : kNew));
  if (fd.get() < 0) return std::strerror(errno);
  const bool done = (!known || fchmod(fd.get(), old.st_mode & kRights) == 0) && write_all(fd.get(), text) &&
                    std::rename(next.c_str(), path.c_str()) == 0;
  if (done) return "";
  const int why = errno;
  unlink(next.c_str());
  return std::strerror(why);
}

}  // namespace ccgate
