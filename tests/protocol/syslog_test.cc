// The log of the daemon in syslog, and what becomes of it there.
#include <sys/socket.h>

#include <algorithm>
#include <csignal>

#include "milter/system/descriptor.h"
#include "milter/system/socket_address.h"
#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

/// The site; its daemon is to be started.
class SyslogSite {
 public:
  SiteDns dns;
  Daemon daemon{dns.server()};
};

TEST_CASE("the log goes to the syslog daemon, and back at a reload") {
  SyslogSite site;
  const Descriptor syslog(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto address = unix_address(site.daemon.file("syslog")).value();
  REQUIRE(bind(syslog.get(), address.get(), address.size) == 0);
  const auto next = [&] {
    std::string buffer(8192, '\0');
    const ssize_t size = recv(syslog.get(), buffer.data(), buffer.size(), 0);
    return buffer.substr(0, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  };
  site.daemon.start();
  const std::string keys = "log: {output: syslog, socket: " + site.daemon.file("syslog") + "}\n";
  site.daemon.edit("ccgate.yaml", "lists:\n", keys + "lists:\n");
  site.daemon.send_signal(SIGHUP);
  CHECK_THAT(next(), contains("]: time=") && contains(" level=info event=reloaded "));
  CHECK(send(site.daemon, good_request()).delivered());
  const std::string line = next();
  CHECK(line.starts_with("<22>"));
  CHECK_THAT(line, contains(" ccgate-milter[") && contains(" event=decision ") && !contains("\n"));
  site.daemon.edit("ccgate.yaml", "output: syslog, ", "output: syslog, format: json, facility: local2, ");
  site.daemon.send_signal(SIGHUP);
  CHECK_THAT(next(), contains("]: {\"time\": ") && contains("\"event\": \"reloaded\""));
  CHECK_FALSE(send(site.daemon, bad_request()).delivered());
  CHECK(next().starts_with("<150>"));
  site.daemon.edit("ccgate.yaml", "output: syslog", "output: stderr");
  site.daemon.send_signal(SIGHUP);
  site.daemon.wait_for_log("\"event\": \"reloaded\"");
  CHECK(site.daemon.log().find("decision") == std::string::npos);
}

TEST_CASE("without a syslog daemon the log is on standard error, and mail goes on") {
  SyslogSite site;
  site.daemon.edit("ccgate.yaml", "lists:\n",
                   "log: {output: syslog, socket: " + site.daemon.file("syslog") + "}\nlists:\n");
  site.daemon.start();
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK_THAT(site.daemon.log(), contains(" event=decision "));
  CHECK(site.daemon.stop() == 0);
}

}  // namespace
}  // namespace ccgate
