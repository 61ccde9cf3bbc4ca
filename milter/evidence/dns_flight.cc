#include "milter/evidence/dns_flight.h"

#include <algorithm>
#include <utility>

#include "milter/metrics/metrics.h"

namespace ccgate {
namespace {

void count_answer(DnsAnswer::Status status, std::chrono::nanoseconds took) noexcept {
  const auto result = [status] {
    switch (status) {
      case DnsAnswer::Status::ok:
        return DnsResult::ok;
      case DnsAnswer::Status::nodata:
        return DnsResult::nodata;
      case DnsAnswer::Status::nxdomain:
        return DnsResult::nxdomain;
      case DnsAnswer::Status::temperror:
        break;
    }
    return DnsResult::temperror;
  }();
  metrics().dns_answers[result].add();
  metrics().dns_time.observe(took);
}

}  // namespace

DnsAnswer dns_temperror(std::string why) {
  DnsAnswer answer;
  answer.why = std::move(why);
  return answer;
}

void DnsFlight::finish(DnsAnswer result) {
  {
    const std::lock_guard lock(mutex_);
    if (done_) return;
    count_answer(result.status, Clock::now() - asked);
    answer_ = std::move(result);
    done_ = true;
  }
  changed_.notify_all();
}

bool DnsFlight::finished() {
  const std::lock_guard lock(mutex_);
  return done_;
}

std::shared_ptr<const DnsAnswer> DnsFlight::wait(const std::shared_ptr<DnsFlight>& flight,
                                                 Clock::time_point deadline) {
  std::shared_ptr<const DnsAnswer> answer(flight, &flight->answer_);
  {
    std::unique_lock lock(flight->mutex_);
    const auto until = std::min(deadline, flight->expires);
    if (flight->changed_.wait_until(lock, until, [&flight] { return flight->done_; })) return answer;
  }
  if (Clock::now() < flight->expires) {
    DnsAnswer unfinished = dns_temperror("no answer in time");
    unfinished.pending = true;
    return std::make_shared<const DnsAnswer>(std::move(unfinished));
  }
  flight->finish(dns_temperror("no answer in time"));
  return answer;
}

}  // namespace ccgate
