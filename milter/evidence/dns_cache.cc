// milter/evidence/dns_cache.cc: answers kept for their TTL, questions in flight shared. The lock covers the
// table only; it is never held while asking or waiting.
#include "milter/evidence/dns_cache.h"

#include <algorithm>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kMaxNegativeTtl{60};
constexpr std::size_t kMaxAnswerBytes = 8 * 1024;
/// How long a question that nobody waited for is taken to be in flight. Past every resolver's own timeout.
constexpr std::chrono::seconds kMaxFlight{90};

std::size_t octets_of(const DnsAnswer& answer) {
  std::size_t octets = 0;
  for (const std::string& record : answer.records) octets += record.size() + sizeof record;
  return octets;
}

/// The table. The questions handed out may outlive it.
class Table {
 public:
  Table(std::size_t max_entries, std::chrono::seconds max_ttl, SteadyClock clock)
      : max_entries_(max_entries), max_ttl_(max_ttl), clock_(std::move(clock)) {}

  [[nodiscard]] Clock::time_point now() const { return clock_(); }

  /// The question to share, or null.
  std::shared_ptr<DnsQuestion> find(const std::string& key) {
    const auto time = now();
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    if (time >= found->second->expires) {
      erase(found);
      return nullptr;
    }
    order_.splice(order_.begin(), order_, found->second);
    return found->second->question;
  }

  void put(const std::string& key, std::shared_ptr<DnsQuestion> question, Clock::time_point expires) {
    const std::lock_guard lock(mutex_);
    if (const auto found = entries_.find(key); found != entries_.end()) erase(found);
    if (max_entries_ == 0) return;
    order_.push_front(Entry{key, std::move(question), expires});
    entries_.emplace(key, order_.begin());
    if (entries_.size() > max_entries_) erase(entries_.find(order_.back().key));
  }

  /// `question` has ended in `answer`: replaces it by the answer, or forgets it. Does nothing when another
  /// question has taken its place meanwhile.
  void settle(const std::string& key, const DnsQuestion* question, Clock::time_point asked,
              const std::shared_ptr<const DnsAnswer>& answer) {
    const bool keep = answer->status != DnsAnswer::Status::temperror && octets_of(*answer) <= kMaxAnswerBytes;
    std::shared_ptr<DnsQuestion> finished = keep ? answered_question(*answer) : nullptr;
    auto life = std::min(max_ttl_, std::chrono::seconds(answer->ttl));
    if (answer->status != DnsAnswer::Status::ok) life = std::min(life, kMaxNegativeTtl);
    std::shared_ptr<DnsQuestion> old;  // destroyed after the lock
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second->question.get() != question) return;
    old = found->second->question;
    if (!keep) return erase(found);
    found->second->question = std::move(finished);
    found->second->expires = asked + life;
  }

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<DnsQuestion> question;
    Clock::time_point expires;
  };
  using Order = std::list<Entry>;
  using Entries = std::unordered_map<std::string, Order::iterator>;

  void erase(Entries::iterator entry) {
    order_.erase(entry->second);
    entries_.erase(entry);
  }

  const std::size_t max_entries_;
  const std::chrono::seconds max_ttl_;
  const SteadyClock clock_;
  std::mutex mutex_;
  Order order_;  ///< most recently used first
  Entries entries_;
};

class CachedQuestion : public DnsQuestion {
 public:
  CachedQuestion(const std::shared_ptr<Table>& table, std::string key, std::shared_ptr<DnsQuestion> inner,
                 Clock::time_point asked)
      : table_(table), key_(std::move(key)), inner_(std::move(inner)), asked_(asked) {}

  std::shared_ptr<const DnsAnswer> wait(Clock::time_point deadline) override {
    auto answer = inner_->wait(deadline);
    if (answer->pending) return answer;
    if (const auto table = table_.lock()) table->settle(key_, this, asked_, answer);
    return answer;
  }

 private:
  std::weak_ptr<Table> table_;  // which holds this question
  std::string key_;
  std::shared_ptr<DnsQuestion> inner_;
  Clock::time_point asked_;
};

class CachingResolver : public Resolver {
 public:
  CachingResolver(std::unique_ptr<Resolver> inner, std::shared_ptr<Table> table)
      : inner_(std::move(inner)), table_(std::move(table)) {}

  std::shared_ptr<DnsQuestion> ask(std::string_view name, RrType type) override {
    const auto owner = askable_name(name);
    if (!owner) return inner_->ask(name, type);
    const std::string key = std::string(to_string(type)) + " " + *owner;
    if (auto shared = table_->find(key)) {
      // One that failed while nobody waited must not fail the next message too.
      const auto answer = shared->wait(Clock::time_point::min());
      if (answer->status != DnsAnswer::Status::temperror || answer->pending) return shared;
    }
    const auto asked = table_->now();
    auto question = std::make_shared<CachedQuestion>(table_, key, inner_->ask(*owner, type), asked);
    table_->put(key, question, asked + kMaxFlight);
    return question;
  }

 private:
  std::unique_ptr<Resolver> inner_;
  std::shared_ptr<Table> table_;
};

}  // namespace

std::unique_ptr<Resolver> make_caching_resolver(std::unique_ptr<Resolver> inner, std::size_t max_entries,
                                                std::chrono::seconds max_ttl, SteadyClock clock) {
  return std::make_unique<CachingResolver>(std::move(inner),
                                           std::make_shared<Table>(max_entries, max_ttl, std::move(clock)));
}

}  // namespace ccgate
