// milter/evidence/dns_unbound.cc: the resolver on libunbound. One context with one worker thread of the
// library's, and one thread of ours that collects the answers. The only user of <unbound.h>.
#include <poll.h>
#include <sys/eventfd.h>
#include <unbound.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>

#include "milter/evidence/dns.h"
#include "milter/evidence/dns_wire.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;

class Core;

/// One question. While the library may still call back, `Core::flying_` keeps it alive.
struct Flight {
  Flight(Core& owner, RrType asked) : core(&owner), type(asked) {}

  Core* const core;  ///< used by the callback only, which never runs after Core::stop
  const RrType type;
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  DnsAnswer answer;  ///< const once done

  void finish(DnsAnswer result) {
    {
      const std::lock_guard lock(mutex);
      if (done) return;
      answer = std::move(result);
      done = true;
    }
    changed.notify_all();
  }
};

DnsAnswer temperror(std::string why) {
  DnsAnswer answer;
  answer.why = std::move(why);
  return answer;
}

std::string failure_text(int rcode) {
  constexpr std::array<std::string_view, 6> kRcodes{"NOERROR",  "FORMERR", "SERVFAIL",
                                                    "NXDOMAIN", "NOTIMP",  "REFUSED"};
  const auto known = static_cast<std::size_t>(rcode);
  if (known < kRcodes.size()) return "the DNS servers answered " + std::string(kRcodes[known]);
  return "the DNS servers answered with code " + std::to_string(rcode);
}

DnsAnswer read_result(RrType type, int error, const ub_result* result) {
  if (error != UB_NOERROR || result == nullptr) return temperror(ub_strerror(error));
  // A bogus answer still carries the forged data: this check comes before every other.
  if (result->bogus) return temperror("DNSSEC validation failed");
  DnsAnswer answer;
  answer.secure = result->secure != 0;
  answer.ttl = result->ttl > 0 ? static_cast<std::uint32_t>(result->ttl) : 0;
  if (result->rcode == 3) {
    answer.status = DnsAnswer::Status::nxdomain;
    return answer;
  }
  if (result->rcode != 0) return temperror(failure_text(result->rcode));
  answer.status = DnsAnswer::Status::nodata;
  if (!result->havedata || result->data == nullptr) return answer;
  std::vector<std::string_view> rdata;
  for (std::size_t i = 0; result->data[i] != nullptr; ++i) {
    if (result->len[i] < 0) return temperror("the answer cannot be read");
    rdata.emplace_back(result->data[i], static_cast<std::size_t>(result->len[i]));
  }
  auto records = decode_records(type, rdata);
  if (!records) return temperror("the answer cannot be read");
  answer.records = std::move(*records);
  if (!answer.records.empty()) answer.status = DnsAnswer::Status::ok;
  return answer;
}

extern "C" void ccgate_on_dns_answer(void* flight, int error, ub_result* result) noexcept;

/// The library's context and the thread that collects answers. Questions share it and may outlive the
/// resolver; after `stop` they are all finished and the context is gone.
class Core {
 public:
  explicit Core(const ResolverOptions& options) {
    try {
      set_up(options);
      collector_ = std::thread([this] { collect(); });
    } catch (...) {
      release();
      throw;
    }
  }
  ~Core() { stop(); }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  /// The id that `cancel` wants.
  int launch(const std::shared_ptr<Flight>& flight, const std::string& name) {
    {
      const std::lock_guard lock(mutex_);
      flying_.emplace(flight.get(), flight);
    }
    int id = 0;
    const int error = ub_resolve_async(context_, escaped_name(name).c_str(), static_cast<int>(flight->type),
                                       1 /* IN */, flight.get(), ccgate_on_dns_answer, &id);
    if (error != UB_NOERROR) {
      (void)land(flight.get());
      flight->finish(temperror(ub_strerror(error)));
    }
    return id;
  }

  /// Ends the library's interest in `flight`, unless the callback has run or is about to.
  void cancel(const std::shared_ptr<Flight>& flight, int id) {
    const std::lock_guard lock(mutex_);
    const auto found = flying_.find(flight.get());
    if (found == flying_.end() || context_ == nullptr) return;
    // Success means that the callback will never come.
    if (ub_cancel(context_, id) == UB_NOERROR) flying_.erase(found);
  }

  /// Takes a flight out of the table; null when it is not there.
  std::shared_ptr<Flight> land(Flight* flight) {
    const std::lock_guard lock(mutex_);
    const auto found = flying_.find(flight);
    if (found == flying_.end()) return nullptr;
    auto landed = std::move(found->second);
    flying_.erase(found);
    return landed;
  }

  void stop() {
    if (!collector_.joinable()) return;
    stopping_ = true;
    const std::uint64_t one = 1;
    (void)!write(wakeup_, &one, sizeof one);
    collector_.join();
    release();
    std::unordered_map<Flight*, std::shared_ptr<Flight>> left;
    {
      const std::lock_guard lock(mutex_);
      left.swap(flying_);
    }
    for (const auto& [key, flight] : left) flight->finish(temperror("the resolver has stopped"));
  }

 private:
  void set_up(const ResolverOptions& options) {
    context_ = ub_ctx_create();
    if (context_ == nullptr) throw std::runtime_error("libunbound: no context: out of memory");
    ub_ctx_debugout(context_, nullptr);  // it would write to standard error
    // Servers decide about private and documentation zones, not the library; a name server that was down is
    // asked again as soon as it is back; many slow names do not use up all sockets.
    option("unblock-lan-zones:", "yes");
    option("outgoing-range:", "1024");
    option("num-queries-per-thread:", "1024");
    option("cache-max-negative-ttl:", "60");
    (void)ub_ctx_set_option(context_, "infra-keep-probing:", "yes");
    (void)ub_ctx_set_option(context_, "infra-host-ttl:", "30");
    if (options.servers.empty()) {
      check(ub_ctx_resolvconf(context_, nullptr), "/etc/resolv.conf");
    }
    for (const std::string& server : options.servers) {
      check(ub_ctx_set_fwd(context_, server.c_str()), "dns server `" + server + "`");
    }
    if (!options.trust_anchor.empty()) {
      if (access(options.trust_anchor.c_str(), R_OK) != 0) {
        throw std::runtime_error("trust anchor `" + options.trust_anchor + "` cannot be read");
      }
      check(ub_ctx_add_ta_file(context_, options.trust_anchor.c_str()),
            "trust anchor `" + options.trust_anchor + "`");
    }
    check(ub_ctx_async(context_, 1), "threads");
    // The library sets the context up with the first thing that it has to do, and uses 200 kB of stack for
    // that: here, and not in the thread of the first message.
    check(ub_ctx_zone_remove(context_, "nothing.invalid"), "set up");
    wakeup_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wakeup_ < 0) throw std::runtime_error("no event descriptor for the resolver");
  }

  void option(const char* name, const char* value) {
    check(ub_ctx_set_option(context_, name, value), std::string("option ") + name);
  }
  static void check(int error, const std::string& what) {
    if (error != UB_NOERROR) throw std::runtime_error("libunbound: " + what + ": " + ub_strerror(error));
  }

  void collect() noexcept {
    std::array<pollfd, 2> watched{{{ub_fd(context_), POLLIN, 0}, {wakeup_, POLLIN, 0}}};
    while (!stopping_) {
      if (poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) return;
      if (watched[0].revents != 0) (void)ub_process(context_);
    }
  }

  void release() noexcept {
    ub_ctx* context = nullptr;
    {
      const std::lock_guard lock(mutex_);
      std::swap(context, context_);
    }
    if (context != nullptr) ub_ctx_delete(context);
    if (wakeup_ >= 0) close(std::exchange(wakeup_, -1));
  }

  ub_ctx* context_ = nullptr;
  int wakeup_ = -1;
  std::atomic<bool> stopping_{false};
  std::thread collector_;
  std::mutex mutex_;  ///< of flying_, and of context_ against `stop`
  std::unordered_map<Flight*, std::shared_ptr<Flight>> flying_;
};

extern "C" void ccgate_on_dns_answer(void* flight, int error, ub_result* result) noexcept {
  auto* raw = static_cast<Flight*>(flight);
  // The table keeps `raw` alive until here: a cancel that succeeds means that this call never comes.
  if (const auto landed = raw->core->land(raw)) {
    DnsAnswer answer;
    try {
      answer = read_result(landed->type, error, result);
    } catch (...) {
      answer = DnsAnswer{};  // out of memory: a temperror without a word
    }
    landed->finish(std::move(answer));
  }
  ub_resolve_free(result);
}

class UnboundQuestion : public DnsQuestion {
 public:
  UnboundQuestion(std::shared_ptr<Core> core, std::shared_ptr<Flight> flight, int id,
                  Clock::time_point expires)
      : core_(std::move(core)), flight_(std::move(flight)), id_(id), expires_(expires) {}
  ~UnboundQuestion() override { core_->cancel(flight_, id_); }
  UnboundQuestion(const UnboundQuestion&) = delete;
  UnboundQuestion& operator=(const UnboundQuestion&) = delete;

  std::shared_ptr<const DnsAnswer> wait(Clock::time_point deadline) override {
    const std::shared_ptr<const DnsAnswer> answer(flight_, &flight_->answer);
    {
      std::unique_lock lock(flight_->mutex);
      const auto until = std::min(deadline, expires_);
      if (flight_->changed.wait_until(lock, until, [this] { return flight_->done; })) return answer;
    }
    if (Clock::now() < expires_) {
      DnsAnswer unfinished = temperror("no answer in time");
      unfinished.pending = true;
      return std::make_shared<const DnsAnswer>(std::move(unfinished));
    }
    // The library would go on for three times as long with dead servers.
    core_->cancel(flight_, id_);
    flight_->finish(temperror("no answer in time"));
    return answer;
  }

 private:
  std::shared_ptr<Core> core_;
  std::shared_ptr<Flight> flight_;
  int id_;
  Clock::time_point expires_;
};

class UnboundResolver : public Resolver {
 public:
  explicit UnboundResolver(const ResolverOptions& options)
      : core_(std::make_shared<Core>(options)), timeout_(options.timeout) {}
  ~UnboundResolver() override { core_->stop(); }

  std::shared_ptr<DnsQuestion> ask(std::string_view name, RrType type) override {
    const auto owner = askable_name(name);
    if (!owner) {
      DnsAnswer none;
      none.status = DnsAnswer::Status::nxdomain;
      return answered_question(std::move(none));
    }
    auto flight = std::make_shared<Flight>(*core_, type);
    const auto expires = Clock::now() + timeout_;
    const int id = core_->launch(flight, *owner);
    return std::make_shared<UnboundQuestion>(core_, std::move(flight), id, expires);
  }

 private:
  std::shared_ptr<Core> core_;
  std::chrono::milliseconds timeout_;
};

}  // namespace

std::unique_ptr<Resolver> make_unbound_resolver(const ResolverOptions& options) {
  return std::make_unique<UnboundResolver>(options);
}

}  // namespace ccgate
