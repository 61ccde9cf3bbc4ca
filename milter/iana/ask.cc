#include "milter/iana/ask.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>
#include <thread>

#include "milter/iana/rdap.h"
#include "milter/iana/whois.h"
#include "policy/message/date_time.h"
#include "policy/text/durations.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kFirstBackOff = seconds{2};
// Whoever asks for a longer silence is asked again on the next run.
constexpr milliseconds kLongestWait = seconds{300};

/// RFC 9110 10.2.3: seconds, or a date. Zero where there is none, or none that can be read.
milliseconds retry_after(std::string_view value, std::int64_t now) {
  value = trim(value);
  if (value.empty()) return milliseconds{0};
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc{} && end == value.data() + value.size()) {
    return seconds{std::clamp<std::int64_t>(number, 0, kDaySeconds)};
  }
  const auto date = parse_date_time(value);
  return date && *date > now ? milliseconds{seconds{*date - now}} : milliseconds{0};
}

bool is_rdap(std::string_view content_type) {
  return ascii_iequal(trim(content_type.substr(0, content_type.find(';'))), "application/rdap+json");
}

IanaAnswer answer_of(Reading reading) {
  return std::visit([](auto& what) -> IanaAnswer { return std::move(what); }, reading);
}

std::string shown(const std::optional<Contact>& contact) {
  return contact ? contact->email.text() : "nobody";
}

std::optional<Address> address_of(const std::optional<Contact>& contact) {
  return contact ? std::optional<Address>(contact->email) : std::nullopt;
}

/// Both services show one database: where they differ, one of the answers is not IANA's.
std::string disagreement(const IanaRecord& rdap, const IanaRecord& whois) {
  if (rdap.admin.email != whois.admin.email)
    return fmt::format("RDAP and WHOIS differ: the admin contact is {} by RDAP, {} by WHOIS",
                       rdap.admin.email.text(), whois.admin.email.text());
  if (address_of(rdap.tech) != address_of(whois.tech))
    return fmt::format("RDAP and WHOIS differ: the technical contact is {} by RDAP, {} by WHOIS",
                       shown(rdap.tech), shown(whois.tech));
  return "";
}

}  // namespace

Pace real_pace() {
  return {
      [] {
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
      },
      [] { return static_cast<std::int64_t>(std::time(nullptr)); },
      [](milliseconds time) { std::this_thread::sleep_for(time); },
      {}};
}

Asker::Asker(Transport& transport, AskOptions options, Pace pace)
    : transport_(transport), options_(std::move(options)), pace_(std::move(pace)) {
  while (options_.base.ends_with('/')) options_.base.pop_back();
}

void Asker::keep_pace() {
  const milliseconds now = pace_.elapsed();
  if (now < next_) pace_.wait(next_ - now);
  next_ = std::max(next_, now) + milliseconds{static_cast<std::int64_t>(1000 / options_.rate)};
}

Asker::Try Asker::rdap_once(const Domain& cctld) {
  auto got = transport_.get(options_.base + "/domain/" + cctld.ascii());
  if (const auto* none = std::get_if<NoAnswer>(&got))
    return {Unanswered{none->why, none->asked}, none->again};
  const auto& http = std::get<HttpAnswer>(got);
  if (http.status == 404) return {Anomaly{"IANA knows no such ccTLD (HTTP 404)", true}};
  if (http.status == 429 || http.status >= 500)
    return {Unanswered{"HTTP status " + std::to_string(http.status), true}, true,
            retry_after(http.retry_after, pace_.now())};
  if (http.status != 200) return {Unanswered{"HTTP status " + std::to_string(http.status), true}};
  if (!is_rdap(http.content_type)) return {Anomaly{"the answer is not application/rdap+json"}};
  return {answer_of(read_rdap(cctld, http.body))};
}

Asker::Try Asker::whois_once(const Domain& cctld) {
  auto got = transport_.whois(cctld.ascii());
  if (const auto* none = std::get_if<NoAnswer>(&got))
    return {Unanswered{none->why, none->asked}, none->again};
  return {answer_of(read_whois(cctld, std::get<std::string>(got)))};
}

IanaAnswer Asker::with_retries(const Domain& cctld, Try (Asker::*once)(const Domain&)) {
  milliseconds back_off = kFirstBackOff;
  for (int left = options_.retries;; --left) {
    keep_pace();
    Try tried = (this->*once)(cctld);
    if (!tried.again || left <= 0) return std::move(tried.answer);
    auto& why = std::get<Unanswered>(tried.answer).why;
    const milliseconds wait = std::max(tried.wait, back_off);
    if (wait > kLongestWait) {
      why += fmt::format(", asked to wait for {} s", wait.count() / 1000);
      return std::move(tried.answer);
    }
    if (pace_.told)
      pace_.told(fmt::format("{}: {}; trying again in {} s", cctld.ascii(), why, wait.count() / 1000));
    next_ = std::max(next_, pace_.elapsed() + wait);
    back_off *= 2;
  }
}

IanaAnswer Asker::ask(const Domain& cctld) {
  if (options_.source == IanaSource::whois) return with_retries(cctld, &Asker::whois_once);
  IanaAnswer rdap = with_retries(cctld, &Asker::rdap_once);
  if (!options_.cross_check || !std::holds_alternative<IanaRecord>(rdap)) return rdap;
  IanaAnswer whois = with_retries(cctld, &Asker::whois_once);
  if (const auto* none = std::get_if<Unanswered>(&whois))
    return Unanswered{"not cross-checked, WHOIS: " + none->why, true};
  if (const auto* odd = std::get_if<Anomaly>(&whois)) return Anomaly{"WHOIS: " + odd->why};
  std::string why = disagreement(std::get<IanaRecord>(rdap), std::get<IanaRecord>(whois));
  if (!why.empty()) return Anomaly{std::move(why)};
  return rdap;
}

}  // namespace ccgate
