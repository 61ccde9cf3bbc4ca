#include "milter/system/log_output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>

namespace ccgate {

LogOutput::LogOutput(int fd) noexcept : fd_(fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return;
  is_socket_ = S_ISSOCK(status.st_mode);
  if (!S_ISFIFO(status.st_mode)) return;
  // O_NONBLOCK belongs to the open file, which others use too: the pipe is opened once more, for us alone.
  // Where that is not allowed, asking before each write has to do.
  std::array<char, 40> name{};
  std::snprintf(name.data(), name.size(), "/proc/self/fd/%d", fd);
  own_ = Descriptor(open(name.data(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (own_) fd_ = own_.get();
}

bool LogOutput::put(std::string_view text) noexcept {
  // No other thread may take the room between the question for it and the write.
  const std::lock_guard lock(mutex_);
  ssize_t written = 0;
  if (is_socket_) {
    written = send(fd_, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  } else {
    pollfd descriptor{fd_, POLLOUT, 0};
    if (poll(&descriptor, 1, 0) <= 0 || (descriptor.revents & POLLOUT) == 0) return false;
    written = write(fd_, text.data(), text.size());
  }
  return written == static_cast<ssize_t>(text.size());
}

}  // namespace ccgate
