// tests/protocol/site.h: the site of tests/site as protocol tests use it: its DNS, its daemon, its mail.
#pragma once

#include <string>

#include "tests/protocol/daemon.h"
#include "tests/support/dns_server.h"
#include "tests/support/milter_client.h"

namespace ccgate {

inline constexpr const char* kJoin = "<tld-ops-join@lists.example>";
inline constexpr const char* kPost = "<tld-ops@lists.example>";

/// The DNS of the registries: SPF records that let 192.0.2.25 send.
class SiteDns : public DnsServer {
 public:
  SiteDns();
};

/// DNS and a running daemon.
class Site {
 public:
  Site() { daemon.start(); }
  SiteDns dns;
  Daemon daemon{dns.server()};
};

/// The same with `mixed_recipients`, and one text of its policy changed; its daemon is to be started.
class EditedSite {
 public:
  explicit EditedSite(const std::string& mixed, const std::string& from = "", const std::string& to = "") {
    daemon.edit("ccgate.yaml", "mixed_recipients: split", "mixed_recipients: " + mixed);
    if (!from.empty()) daemon.edit("tld-ops.policy.yaml", from, to);
  }
  SiteDns dns;
  Daemon daemon{dns.server()};
};

/// A header section and a body: From `author`, To the join address, Cc `copied` if any, today's Date.
[[nodiscard]] MilterMail write_mail(const std::string& author, const std::string& subject,
                                    const std::string& copied = "");
/// The admin contact of .xa subscribes; SPF passes: accepted.
[[nodiscard]] MilterMail good_request();
/// Somebody at the registry subscribes without a copy to the contact: refused with 550 5.7.2.
[[nodiscard]] MilterMail bad_request();
/// A post to the list: none of the gate's business.
[[nodiscard]] MilterMail other_mail();

/// One mail over a connection of its own, with the macros that Postfix sends.
[[nodiscard]] MilterOutcome send(const Daemon& daemon, const MilterMail& mail);
[[nodiscard]] MilterMacros postfix_macros();

}  // namespace ccgate
