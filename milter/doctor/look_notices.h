// milter/doctor/look_notices.h: whether mail of our own gets out, and is believed where it comes in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/evidence/dns.h"
#include "milter/evidence/spf.h"
#include "milter/outbox/submit.h"
#include "milter/site/config.h"

namespace ccgate {

/// The addresses of this machine that others may see mail come from: public ones.
[[nodiscard]] std::vector<std::string> public_addresses();
/// Whether an address is of the internet, and not of a private network or of one machine (RFC 6890).
[[nodiscard]] bool is_public_address(const ClientAddress& address);

struct NoticeSpf {
  std::string address, domain;
  SpfEvidence result;
};
/// SPF of each of `addresses` for each list's domain, as contacts' mail servers will see it.
[[nodiscard]] std::vector<NoticeSpf> check_notice_spf(const Config& config,
                                                      const std::vector<std::string>& addresses,
                                                      Resolver& resolver);

/// A mail like a notice of `list`, to `to`. nullopt: the list's name is too long for one.
[[nodiscard]] std::optional<Mail> probe_mail(const ListConfig& list, const Address& to, std::int64_t now);

/// What was tried.
struct NoticesSeen {
  Truth answers = Truth::unknown;  ///< whether the mail server of `submit` does
  std::string server;              ///< its name for people
  std::vector<NoticeSpf> spf;
  std::string spf_untold;         ///< why it was not checked
  std::optional<Address> probed;  ///< who got a mail
  std::optional<SubmitResult> sent;
};
/// Pure.
[[nodiscard]] LookResult look_at_notices(const Config& config, const NoticesSeen& seen);

}  // namespace ccgate
