#include "milter/session/mta_count.h"

#include <atomic>

#include "milter/metrics/metrics.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;

std::atomic<int> sessions{0};
std::atomic<int> messages{0};
std::atomic<Clock::rep> last_heard{0};

}  // namespace

CountedSession::CountedSession() noexcept {
  ++sessions;
  metrics().sessions.add();
  own_process().sessions.add(1);
  heard();
}

CountedSession::~CountedSession() {
  message_ends();
  heard();
  --sessions;
  own_process().sessions.add(-1);
}

void CountedSession::heard() noexcept {
  last_heard = Clock::now().time_since_epoch().count();
}

void CountedSession::message_begins() noexcept {
  if (!in_message_) ++messages;
  in_message_ = true;
}

void CountedSession::message_ends() noexcept {
  if (!in_message_) return;
  heard();  // before nothing is under way any more: the answer is still to be written
  in_message_ = false;
  --messages;
}

MtaLoad count_now() noexcept {
  const Clock::time_point last{Clock::duration{last_heard.load()}};
  return {sessions, messages, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - last)};
}

}  // namespace ccgate
