// milter/evidence/dns_unbound.cc: one DNS server asked by libunbound: a context with one worker thread of the
// library's. The only user of <unbound.h>.
#include "milter/evidence/dns_unbound.h"
#include <fmt/core.h>

#include <unbound.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "milter/evidence/dns_flight.h"
#include "milter/evidence/dns_wire.h"

namespace ccgate {
namespace {

std::string failure_text(int rcode) {
  constexpr std::array<std::string_view, 6> kRcodes{"NOERROR",  "FORMERR", "SERVFAIL",
                                                    "NXDOMAIN", "NOTIMP",  "REFUSED"};
  const auto known = static_cast<std::size_t>(rcode);
  if (known < kRcodes.size()) return "the DNS servers answered " + std::string(kRcodes[known]);
  return "the DNS servers answered with code " + std::to_string(rcode);
}

DnsAnswer read_result(RrType type, int error, const ub_result* result) {
  if (error != UB_NOERROR || result == nullptr) return dns_temperror(ub_strerror(error));
  // A bogus answer still carries the forged data: this check comes before every other.
  if (result->bogus) return dns_temperror("DNSSEC validation failed");
  DnsAnswer answer;
  answer.secure = result->secure != 0;
  answer.ttl = result->ttl > 0 ? static_cast<std::uint32_t>(result->ttl) : 0;
  if (result->rcode == 3) {
    answer.status = DnsAnswer::Status::nxdomain;
    return answer;
  }
  if (result->rcode != 0) return dns_temperror(failure_text(result->rcode));
  answer.status = DnsAnswer::Status::nodata;
  if (!result->havedata || result->data == nullptr) return answer;
  std::vector<std::string_view> rdata;
  for (std::size_t i = 0; result->data[i] != nullptr; ++i) {
    if (result->len[i] < 0) return dns_temperror("the answer cannot be read");
    rdata.emplace_back(result->data[i], static_cast<std::size_t>(result->len[i]));
  }
  auto records = decode_records(type, rdata);
  if (!records) return dns_temperror("the answer cannot be read");
  answer.records = std::move(*records);
  if (!answer.records.empty()) answer.status = DnsAnswer::Status::ok;
  return answer;
}

class UnboundUpstream;

/// One question that the library may still call back for.
struct Pending {
  UnboundUpstream* upstream;
  DnsUpstream::Ticket ticket;
  RrType type;
  DnsUpstream::Answered answered;
  int id = 0;  ///< the library's
};

extern "C" void ccgate_on_dns_answer(void* pending, int error, ub_result* result) noexcept;

class UnboundUpstream : public DnsUpstream {
 public:
  UnboundUpstream(const std::string& server, std::chrono::milliseconds timeout,
                  const std::string& trust_anchor)
      : context_(ub_ctx_create()) {
    if (!context_) throw std::runtime_error("libunbound: no context: out of memory");
    ub_ctx_debugout(context_.get(), nullptr);  // it would write to standard error
    // Servers decide about private and documentation zones, not the library.
    option("unblock-lan-zones:", "yes");
    option("cache-max-negative-ttl:", "60");
    // Many slow names do not use up all sockets, nor one connection that others wait in.
    option("outgoing-range:", "3072");
    option("outgoing-num-tcp:", "64");
    option("max-reuse-tcp-queries:", "1");
    option("num-queries-per-thread:", "3072");
    keep_waiting(timeout);
    check(ub_ctx_set_fwd(context_.get(), server.c_str()), fmt::format("dns server `{}`", server));
    if (!trust_anchor.empty()) {
      if (access(trust_anchor.c_str(), R_OK) != 0) {
        throw std::runtime_error(fmt::format("trust anchor `{}` cannot be read", trust_anchor));
      }
      check(ub_ctx_add_ta_file(context_.get(), trust_anchor.c_str()),
            fmt::format("trust anchor `{}`", trust_anchor));
    }
    check(ub_ctx_async(context_.get(), 1), "threads");
  }

  [[nodiscard]] int fd() const noexcept override { return ub_fd(context_.get()); }
  void process() noexcept override { (void)ub_process(context_.get()); }

  Ticket ask(const std::string& name, RrType type, Answered answered) override {
    const Ticket ticket = ++last_;
    auto& pending = pending_[ticket];
    pending = std::make_unique<Pending>(Pending{this, ticket, type, std::move(answered)});
    const int error = ub_resolve_async(context_.get(), name.c_str(), static_cast<int>(type), 1 /* IN */,
                                       pending.get(), ccgate_on_dns_answer, &pending->id);
    if (error == UB_NOERROR) return ticket;
    pending_.erase(ticket);
    throw std::runtime_error(std::string("libunbound: ") + ub_strerror(error));
  }

  void give_up(Ticket ticket) noexcept override {
    const auto found = pending_.find(ticket);
    if (found == pending_.end()) return;
    // Success means that the callback will never come.
    if (ub_cancel(context_.get(), found->second->id) == UB_NOERROR) {
      pending_.erase(found);
    } else {
      found->second->answered = nullptr;
    }
  }

  std::unique_ptr<Pending> land(Ticket ticket) {
    auto pending = std::move(pending_.at(ticket));
    pending_.erase(ticket);
    return pending;
  }

 private:
  /// The library sends a question anew, by timers that it doubles at each loss, and takes the answer to the
  /// last sending only; after some losses the server is "down", and every question fails at once. None of
  /// these timers is to fire while somebody waits.
  void keep_waiting(std::chrono::milliseconds timeout) {
    // Over 10 s besides: first waits between 5 and 10 s make some versions ask without EDNS.
    const auto patience = 2 * timeout.count() + 10001;
    option("infra-cache-min-rtt:", std::to_string(patience));
    option("infra-cache-max-rtt:", std::to_string(20 * patience));  // from this one on, a server is "down"
    option("tcp-auth-query-timeout:", std::to_string(patience));
  }

  void option(const char* name, const std::string& value) {
    check(ub_ctx_set_option(context_.get(), name, value.c_str()), std::string("option ") + name);
  }
  static void check(int error, const std::string& what) {
    if (error != UB_NOERROR) throw std::runtime_error("libunbound: " + what + ": " + ub_strerror(error));
  }

  struct Delete {
    void operator()(ub_ctx* context) const noexcept { ub_ctx_delete(context); }
  };
  std::unordered_map<Ticket, std::unique_ptr<Pending>> pending_;
  Ticket last_ = 0;
  std::unique_ptr<ub_ctx, Delete> context_;  // goes first
};

extern "C" void ccgate_on_dns_answer(void* pending, int error, ub_result* result) noexcept {
  const auto* raw = static_cast<Pending*>(pending);
  const auto landed = raw->upstream->land(raw->ticket);
  DnsAnswer answer;
  try {
    answer = read_result(landed->type, error, result);
  } catch (...) {
    answer = DnsAnswer{};  // out of memory: a temperror without a word
  }
  ub_resolve_free(result);
  try {
    if (landed->answered) landed->answered(landed->ticket, std::move(answer));
  } catch (...) {
    return;  // there is nobody to tell
  }
}

}  // namespace

std::unique_ptr<DnsUpstream> make_unbound_upstream(const std::string& server,
                                                   std::chrono::milliseconds timeout,
                                                   const std::string& trust_anchor) {
  return std::make_unique<UnboundUpstream>(server, timeout, trust_anchor);
}

}  // namespace ccgate
