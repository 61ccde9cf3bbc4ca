// milter/evidence/dns.h: the one resolver seam. Questions are asked without waiting, so that all of a message
// are in flight at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

enum class RrType : std::uint16_t { a = 1, cname = 5, ptr = 12, mx = 15, txt = 16, aaaa = 28 };
/// `A`, `CNAME`, `PTR`, `MX`, `TXT`, `AAAA`.
[[nodiscard]] std::string_view to_string(RrType type) noexcept;
/// The inverse, in any letter case.
[[nodiscard]] std::optional<RrType> parse_rr_type(std::string_view text) noexcept;

/// A name as every resolver here compares and asks it: lower case, without a final dot, every octet of a
/// label but letters, digits, `-` and `_` written `\DDD`, once, whether or not it was before. nullopt when it
/// cannot be asked: an empty label, a label over 63 or a name over 253 octets, octets outside printable ASCII
/// that are not written so.
[[nodiscard]] std::optional<std::string> askable_name(std::string_view name);

struct DnsAnswer {
  /// `temperror`: SERVFAIL, REFUSED, bogus, a timeout, no resolver: ask again later. Never "no such name".
  enum class Status { ok, nodata, nxdomain, temperror };
  Status status = Status::temperror;
  /// A: 4 octets; AAAA: 16 octets; TXT: the strings of one record joined; PTR, CNAME: the name without final
  /// dot; MX: exchange name without final dot, most preferred first, the number dropped; a null MX (RFC 7505)
  /// is no record. Octets of a name other than letters, digits, `-` and `_` are written `\DDD`.
  std::vector<std::string> records;
  bool secure = false;    ///< DNSSEC validated
  bool pending = false;   ///< of a temperror: only this wait has ended, the question is still in flight
  std::string why;        ///< of a temperror, for the log
  std::uint32_t ttl = 0;  ///< seconds
};

/// A question in flight or answered. Shared: the asker may give up waiting, the resolver still completes it.
class DnsQuestion {
 public:
  virtual ~DnsQuestion() = default;
  /// Blocks until the answer is there or `deadline` has passed (then a temperror). May be called from any
  /// thread, and again.
  [[nodiscard]] virtual std::shared_ptr<const DnsAnswer> wait(
      std::chrono::steady_clock::time_point deadline) = 0;
};

class Resolver {
 public:
  virtual ~Resolver() = default;
  /// Never blocks on I/O, throws nothing but bad_alloc. A name that cannot be asked (empty label, label over
  /// 63, over 253 octets, octets outside printable ASCII) is answered nxdomain at once. Thread-safe. Names as
  /// for askable_name.
  [[nodiscard]] virtual std::shared_ptr<DnsQuestion> ask(std::string_view name, RrType type) = 0;
};

struct ResolverOptions {
  std::vector<std::string> servers;              ///< `ADDRESS@PORT`; empty: those of resolv.conf
  std::chrono::milliseconds timeout{5000};       ///< of one question: every answer within counts
  std::string trust_anchor;                      ///< file; empty: no DNSSEC validation
  std::string resolv_conf = "/etc/resolv.conf";  ///< read when the resolver is made
  friend bool operator==(const ResolverOptions&, const ResolverOptions&) = default;
};

/// A question that already has its answer.
[[nodiscard]] std::shared_ptr<DnsQuestion> answered_question(DnsAnswer answer);

/// The questions of one message: the same question is asked once, all share one deadline. Not thread-safe:
/// one transaction, one at a time.
class DnsBatch {
 public:
  DnsBatch(Resolver& resolver, std::chrono::steady_clock::time_point deadline)
      : resolver_(&resolver), deadline_(deadline) {}
  /// Puts the question in flight; does not wait.
  void prefetch(std::string_view name, RrType type);
  /// The answer, asked now if it was not yet. Never null.
  [[nodiscard]] std::shared_ptr<const DnsAnswer> get(std::string_view name, RrType type);
  void set_deadline(std::chrono::steady_clock::time_point deadline) { deadline_ = deadline; }

 private:
  struct Entry {
    std::string name;
    RrType type;
    std::shared_ptr<DnsQuestion> question;
  };
  Entry& entry(std::string_view name, RrType type);
  Resolver* resolver_;
  std::chrono::steady_clock::time_point deadline_;
  std::vector<Entry> entries_;
};

}  // namespace ccgate
