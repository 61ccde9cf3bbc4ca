#include "milter/system/log_syslog.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>

#include "milter/system/socket_address.h"

namespace ccgate {

int syslog_priority(LogFacility facility, LogLevel level) noexcept {
  constexpr int kUser = 1, kMail = 2, kDaemon = 3, kLocal0 = 16;
  const auto code = [facility] {
    switch (facility) {
      case LogFacility::mail:
        return kMail;
      case LogFacility::daemon:
        return kDaemon;
      case LogFacility::user:
        return kUser;
      default:
        return kLocal0 + static_cast<int>(facility) - static_cast<int>(LogFacility::local0);
    }
  }();
  return code * 8 + severity_of(level);
}

std::string syslog_head(int priority, std::int64_t now, int process) {
  // Not strftime: the names of the months are those of the RFC, whatever the locale is.
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm local{};
  const std::time_t seconds{now};
  localtime_r(&seconds, &local);
  std::array<char, 96> head{};
  std::snprintf(head.data(), head.size(), "<%d>%s %2d %02d:%02d:%02d ccgate-milter[%d]: ", priority,
                kMonths.at(static_cast<std::size_t>(local.tm_mon)), local.tm_mday, local.tm_hour,
                local.tm_min, local.tm_sec, process);
  return head.data();
}

void SyslogOutput::use(const std::string& socket, LogFacility facility) {
  const std::lock_guard lock(mutex_);
  facility_ = facility;
  if (socket_ != socket) descriptor_.reset();
  socket_ = socket;
}

bool SyslogOutput::connect_anew() noexcept {
  descriptor_ = Descriptor(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const auto address = unix_address(socket_);
  const bool done = descriptor_ && address && connect(descriptor_.get(), address->get(), address->size) == 0;
  if (!done) descriptor_.reset();
  return done;
}

bool SyslogOutput::put(LogLevel level, std::string_view line) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    std::string datagram = syslog_head(syslog_priority(facility_, level), std::time(nullptr), getpid());
    datagram += line;
    const auto sent = [&] {
      return send(descriptor_.get(), datagram.data(), datagram.size(), MSG_NOSIGNAL) ==
             static_cast<ssize_t>(datagram.size());
    };
    if (descriptor_ && sent()) return true;
    // A daemon that does not read is none that is gone.
    const bool slow = descriptor_ && (errno == EAGAIN || errno == ENOBUFS);
    return !slow && connect_anew() && sent();
  } catch (...) {
    return false;
  }
}

}  // namespace ccgate
