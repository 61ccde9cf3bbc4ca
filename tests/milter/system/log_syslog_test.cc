#include "milter/system/log_syslog.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "milter/system/socket_address.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

/// A syslog daemon's socket, at a path of its own.
class SyslogSocket {
 public:
  SyslogSocket() {
    std::string pattern = std::filesystem::temp_directory_path() / "ccgate-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
  }
  ~SyslogSocket() { std::filesystem::remove_all(folder_); }
  SyslogSocket(const SyslogSocket&) = delete;
  SyslogSocket& operator=(const SyslogSocket&) = delete;

  [[nodiscard]] std::string path() const { return folder_ + "/log"; }
  void open() {
    unlink(path().c_str());
    socket_ = Descriptor(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto address = unix_address(path()).value();
    if (bind(socket_.get(), address.get(), address.size) != 0) throw std::runtime_error("cannot bind");
  }
  void close() { socket_.reset(); }
  /// The next datagram; empty: there is none.
  [[nodiscard]] std::string next() {
    std::array<char, 8192> buffer{};
    const ssize_t size = recv(socket_.get(), buffer.data(), buffer.size(), 0);
    return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : "";
  }

 private:
  std::string folder_;
  Descriptor socket_;
};

}  // namespace

TEST_CASE("a message of syslog begins with facility and severity") {
  CHECK(syslog_priority(LogFacility::mail, LogLevel::error) == 19);
  CHECK(syslog_priority(LogFacility::mail, LogLevel::warning) == 20);
  CHECK(syslog_priority(LogFacility::mail, LogLevel::info) == 22);
  CHECK(syslog_priority(LogFacility::mail, LogLevel::debug) == 23);
  CHECK(syslog_priority(LogFacility::user, LogLevel::info) == 14);
  CHECK(syslog_priority(LogFacility::daemon, LogLevel::info) == 30);
  CHECK(syslog_priority(LogFacility::local0, LogLevel::info) == 134);
  CHECK(syslog_priority(LogFacility::local7, LogLevel::error) == 187);
}

TEST_CASE("its time is one of the day, with a blank before a short one") {
  // At noon it is the same day nearly everywhere; the hour is that of the machine.
  const std::string head = syslog_head(22, 1'893'758'400, 4711);  // 2030-01-04
  CHECK(head.starts_with("<22>Jan  4 "));
  CHECK(head.ends_with(" ccgate-milter[4711]: "));
  CHECK(head.size() == std::string("<22>Jan  4 12:00:00 ccgate-milter[4711]: ").size());
}

TEST_CASE("lines reach the syslog daemon, and the next one after it") {
  SyslogSocket daemon;
  SyslogOutput output;
  output.use(daemon.path(), LogFacility::mail);
  CHECK_FALSE(output.put(LogLevel::info, "nobody is there yet"));
  daemon.open();
  CHECK(output.put(LogLevel::info, "event=ready"));
  const std::string first = daemon.next();
  CHECK(first.starts_with("<22>"));
  CHECK(first.ends_with("ccgate-milter[" + std::to_string(getpid()) + "]: event=ready"));
  daemon.close();
  CHECK_FALSE(output.put(LogLevel::info, "nobody is there any more"));
  daemon.open();
  CHECK(output.put(LogLevel::error, "event=back"));
  const std::string second = daemon.next();
  CHECK(second.starts_with("<19>"));
  CHECK(second.ends_with("event=back"));
  output.use(daemon.path(), LogFacility::local3);
  CHECK(output.put(LogLevel::warning, "x"));
  CHECK(daemon.next().starts_with("<156>"));
}

TEST_CASE("a syslog daemon that does not read is not waited for") {
  SyslogSocket daemon;
  daemon.open();
  SyslogOutput output;
  output.use(daemon.path(), LogFacility::mail);
  int taken = 0;
  while (output.put(LogLevel::info, std::string(4000, 'x'))) REQUIRE(++taken < 100'000);
  CHECK(taken > 0);
  CHECK_FALSE(output.put(LogLevel::info, "x"));
  while (!daemon.next().empty()) --taken;
  CHECK(taken == 0);
  CHECK(output.put(LogLevel::info, "x"));
}

}  // namespace ccgate
