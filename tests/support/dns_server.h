// tests/support/dns_server.h: a small DNS server on 127.0.0.1 (UDP only), for the unbound adapter and for
// programs under test that are given it as their only server.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "milter/evidence/dns.h"

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

  void set(std::string_view name, Mode mode);
  void serve() noexcept;
  /// The octets to send back; nullopt for silence.
  std::optional<std::string> reply(std::string_view query);

  int socket_ = -1;
  int wakeup_ = -1;
  std::uint16_t port_ = 0;
  ZoneResolver zone_;
  mutable std::mutex mutex_;
  std::map<std::string, Mode> modes_;
  std::map<std::string, std::string> aliases_;
  std::vector<std::string> asked_;
  std::thread thread_;
};

}  // namespace ccgate
