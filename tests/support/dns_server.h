// tests/support/dns_server.h: a small DNS server on 127.0.0.1, UDP and TCP, for the unbound adapter and for
// programs under test that are given it as their only server.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "milter/evidence/dns_zone.h"
#include "milter/system/descriptor.h"

namespace ccgate {

/// Answers from a zone in memory (ZoneResolver: nxdomain and nodata as there), for as long as it lives. All
/// members may be called at any time, from any thread.
class DnsServer {
 public:
  DnsServer();  ///< on a port that the kernel gives; throws std::runtime_error
  ~DnsServer();
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;

  /// See ZoneResolver::add. False when `data` cannot be read.
  bool add(std::string_view name, RrType type, std::string_view data);
  /// `name` is an alias (CNAME) of `target`, in the same zone.
  void alias(std::string_view name, std::string_view target);
  void fail(std::string_view name);     ///< SERVFAIL
  void refuse(std::string_view name);   ///< REFUSED
  void silence(std::string_view name);  ///< no answer at all
  void garble(std::string_view name);   ///< answers that are no DNS message
  /// Each answer about `name` goes out as late. Other names do not wait.
  void delay(std::string_view name, std::chrono::milliseconds by);
  /// The first `count` questions about `name` are not answered.
  void lose(std::string_view name, int count);
  /// UDP answers about `name` are empty and say that TCP has the whole.
  void truncate(std::string_view name);

  /// One line of a zone file: `NAME TYPE DATA`, `NAME CNAME TARGET`, `NAME SERVFAIL`, `NAME REFUSED`,
  /// `NAME SILENT`, `NAME GARBAGE`; empty lines and those that start with `#` say nothing. False when it
  /// cannot be read.
  bool add_line(std::string_view line);

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// `127.0.0.1@PORT`, for ResolverOptions::servers.
  [[nodiscard]] std::string server() const { return "127.0.0.1@" + std::to_string(port_); }
  /// `TYPE name` of every question that arrived, in order; repeated ones too.
  [[nodiscard]] std::vector<std::string> asked() const;

 private:
  enum class Mode { servfail, refused, silent, garbage };
  using Clock = std::chrono::steady_clock;
  /// How one answer leaves.
  using Send = std::function<void(const std::string& answer)>;
  /// A connection, and what of a question has arrived.
  struct Stream {
    Descriptor socket;
    std::string got;
  };

  void set(std::string_view name, Mode mode);
  void serve() noexcept;
  void read_datagram();
  void accept_stream();
  /// False: it has ended.
  bool read_stream(Stream& stream);
  /// Now, later or not at all.
  void answer(std::string_view query, bool tcp, Send send);
  void send_due();
  /// The octets to send back; nullopt for silence.
  std::optional<std::string> reply(std::string_view query, bool tcp, std::chrono::milliseconds& delay);

  Descriptor socket_, listener_;
  std::vector<Stream> streams_;
  std::multimap<Clock::time_point, std::function<void()>> late_;
  Descriptor wakeup_;
  std::uint16_t port_ = 0;
  ZoneResolver zone_;
  mutable std::mutex mutex_;
  std::map<std::string, Mode> modes_;
  std::map<std::string, std::chrono::milliseconds> delays_;
  std::map<std::string, int> losses_;
  std::set<std::string> truncated_;
  std::map<std::string, std::string> aliases_;
  std::vector<std::string> asked_;
  std::thread thread_;
};

}  // namespace ccgate
