// tests/fuzz/stage.h: the site of tests/site with what a daemon has, and what an MTA says to it, as text.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "milter/decision/services.h"
#include "milter/evidence/dns_zone.h"
#include "tests/support/notice_site.h"

namespace ccgate::fuzz {

/// Rules, keys and a zone in which 192.0.2.25 may send for nic.xa and nic.xb; with a store, a token of each
/// purpose (26 times the letter `a` to `d`). Made once for a process.
class Stage {
 public:
  explicit Stage(bool with_store);
  [[nodiscard]] const Services& services() const { return services_; }
  [[nodiscard]] Running running() const { return {rules_, zone_}; }

 private:
  test::TempFolder folder_;
  DkimVerifier dkim_;
  std::shared_ptr<const Ruleset> rules_;
  std::shared_ptr<ZoneResolver> zone_ = std::make_shared<ZoneResolver>();
  std::unique_ptr<Store> store_;
  Services services_;
};

/// What an MTA says, in any order: a letter of the milter protocol and what belongs to it, up to the next
/// kEndOfEvent. `C` client, `H` HELO, `M` MAIL, `R` RCPT and behind a NUL the macro {rcpt_addr}, `T` DATA,
/// `L` a field, name and value divided by a colon, `N` the end of the header, `B` a piece of the body, `E`
/// the end of the message, `A` forget it.
struct MtaEvent {
  char letter = 0;
  std::string_view text;
};
inline constexpr char kEndOfEvent = '\x1e';
[[nodiscard]] std::vector<MtaEvent> read_events(std::string_view input);
/// One mail, told as an MTA does.
[[nodiscard]] std::string events_of(std::string_view client, std::string_view mail_from,
                                    std::string_view recipient, std::string_view message);
/// Mails of scenarios and of answers, one and several over a connection, and steps in wrong orders.
[[nodiscard]] std::vector<std::string> event_seeds();
[[nodiscard]] std::vector<std::string> event_extremes();

}  // namespace ccgate::fuzz
