#include "milter/confine/program_wire.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Both ends are one program on one machine: octets in its own order.
using Number = std::int64_t;

void put(std::string& out, Number number) {
  std::array<char, sizeof number> octets{};
  std::memcpy(octets.data(), &number, octets.size());
  out.append(octets.data(), octets.size());
}
void put(std::string& out, std::string_view text) {
  put(out, static_cast<Number>(text.size()));
  out.append(text);
}

/// Reads what is there; after the first thing that is not, nothing.
class WireReader {
 public:
  explicit WireReader(std::string_view text) : text_(text) {}

  Number number() {
    Number value = 0;
    if (text_.size() < sizeof value) {
      bad_ = true;
      return 0;
    }
    std::memcpy(&value, text_.data(), sizeof value);
    text_.remove_prefix(sizeof value);
    return value;
  }
  std::string text() {
    const Number size = number();
    if (size < 0 || static_cast<std::uint64_t>(size) > text_.size()) bad_ = true;
    if (bad_) return "";
    std::string out(text_.substr(0, static_cast<std::size_t>(size)));
    text_.remove_prefix(out.size());
    return out;
  }
  /// At most as many as there are octets left.
  Number count() {
    const Number value = number();
    if (value < 0 || static_cast<std::uint64_t>(value) > text_.size()) bad_ = true;
    return bad_ ? 0 : value;
  }
  [[nodiscard]] bool whole() const { return !bad_ && text_.empty(); }

 private:
  std::string_view text_;
  bool bad_ = false;
};

bool wait_for(int fd, short what, Clock::time_point end) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd wanted{fd, what, 0};
    const int found = poll(&wanted, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (found > 0) return true;
    if (found < 0 && errno != EINTR) return false;
  }
}

bool receive_whole(int fd, char* to, std::size_t size, Clock::time_point end) {
  while (size > 0) {
    if (!wait_for(fd, POLLIN, end)) return false;
    const ssize_t got = recv(fd, to, size, MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) return false;
    if (got < 0) continue;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

std::string write_order(const std::vector<std::string>& argv, std::string_view input,
                        const ProgramLimits& limits) {
  std::string out;
  put(out, static_cast<Number>(argv.size()));
  for (const std::string& each : argv) put(out, each);
  put(out, input);
  put(out, Number{limits.time.count()});
  put(out, Number{limits.grace.count()});
  put(out, static_cast<Number>(limits.output));
  return out;
}

std::optional<ProgramOrder> read_order(std::string_view text) {
  WireReader reader(text);
  ProgramOrder order;
  for (Number left = reader.count(); left > 0; --left) order.argv.push_back(reader.text());
  order.input = reader.text();
  order.limits.time = milliseconds(reader.number());
  order.limits.grace = milliseconds(reader.number());
  order.limits.output = static_cast<std::size_t>(reader.number());
  constexpr milliseconds kNone{0}, kLongest = std::chrono::hours(24);
  const auto is_time = [&](milliseconds time) { return time >= kNone && time <= kLongest; };
  const bool sane =
      is_time(order.limits.time) && is_time(order.limits.grace) && order.limits.output <= kLongestWireText;
  return reader.whole() && sane ? std::optional(std::move(order)) : std::nullopt;
}

std::string write_result(const ProgramResult& result) {
  std::string out;
  put(out, static_cast<Number>(result.end));
  put(out, Number{result.status});
  put(out, result.output);
  put(out, result.why);
  return out;
}

std::optional<ProgramResult> read_result(std::string_view text) {
  WireReader reader(text);
  const Number end = reader.number();
  ProgramResult result;
  result.status = static_cast<int>(reader.number());
  result.output = reader.text();
  result.why = reader.text();
  if (!reader.whole() || end < 0 || end > static_cast<Number>(ProgramResult::End::not_started))
    return std::nullopt;
  result.end = static_cast<ProgramResult::End>(end);
  return result;
}

bool send_text(int fd, std::string_view text, Clock::time_point end) {
  std::string all;
  put(all, text);
  for (std::string_view rest = all; !rest.empty();) {
    if (!wait_for(fd, POLLOUT, end)) return false;
    const ssize_t sent = send(fd, rest.data(), rest.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent > 0) rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::optional<std::string> receive_text(int fd, Clock::time_point end) {
  std::array<char, sizeof(Number)> octets{};
  Number size = 0;
  if (!receive_whole(fd, octets.data(), octets.size(), end)) return std::nullopt;
  std::memcpy(&size, octets.data(), octets.size());
  if (size < 0 || static_cast<std::uint64_t>(size) > kLongestWireText) return std::nullopt;
  std::string text(static_cast<std::size_t>(size), '\0');
  if (!receive_whole(fd, text.data(), text.size(), end)) return std::nullopt;
  return text;
}

}  // namespace ccgate
