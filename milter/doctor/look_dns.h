// milter/doctor/look_dns.h: whether each DNS server answers, in time, and with what DNSSEC needs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/evidence/dns.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// One question to one server.
struct DnsAsked {
  std::string server, name;
  DnsAnswer answer;
  std::int64_t milliseconds = 0;
  bool is_signed = false;  ///< the name is known to be, and the configuration validates
};
/// What is asked: the domains of the lists, and some signed ccTLDs where answers are validated.
struct DnsWanted {
  std::string name;
  bool is_signed = false;
};
[[nodiscard]] std::vector<DnsWanted> dns_questions(const Config& config, const Directory& directory);

/// Asks each server by itself, as the daemon does; each question waits for dns.timeout at most. `why`: the
/// servers are not known.
[[nodiscard]] std::vector<DnsAsked> ask_dns_servers(const ResolverOptions& options,
                                                    const std::vector<DnsWanted>& wanted, std::string& why);

/// Pure. `why`: of ask_dns_servers.
[[nodiscard]] LookResult look_at_dns(const std::vector<DnsAsked>& asked, const std::string& why);

}  // namespace ccgate
