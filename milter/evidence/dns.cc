// milter/evidence/dns.cc: what all resolvers share: names, finished questions, the batch of one message.
#include "milter/evidence/dns.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxName = 253;
constexpr std::size_t kMaxLabel = 63;

constexpr std::array<std::pair<RrType, std::string_view>, 6> kTypes{{
    {RrType::a, "A"},
    {RrType::cname, "CNAME"},
    {RrType::ptr, "PTR"},
    {RrType::mx, "MX"},
    {RrType::txt, "TXT"},
    {RrType::aaaa, "AAAA"},
}};

class AnsweredQuestion : public DnsQuestion {
 public:
  explicit AnsweredQuestion(DnsAnswer answer)
      : answer_(std::make_shared<const DnsAnswer>(std::move(answer))) {}
  std::shared_ptr<const DnsAnswer> wait(std::chrono::steady_clock::time_point) override { return answer_; }

 private:
  std::shared_ptr<const DnsAnswer> answer_;
};

}  // namespace

std::string_view to_string(RrType type) noexcept {
  for (const auto& [known, text] : kTypes) {
    if (known == type) return text;
  }
  return "?";
}

std::optional<RrType> parse_rr_type(std::string_view text) noexcept {
  for (const auto& [type, known] : kTypes) {
    if (ascii_iequal(known, text)) return type;
  }
  return std::nullopt;
}

std::optional<std::string> askable_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > kMaxName) return std::nullopt;
  std::size_t label = 0;
  for (const char c : name) {
    if (c == '.') {
      if (label == 0) return std::nullopt;
      label = 0;
    } else if (c <= ' ' || c > '~' || ++label > kMaxLabel) {
      return std::nullopt;
    }
  }
  if (label == 0) return std::nullopt;
  return ascii_lower(name);
}

std::shared_ptr<DnsQuestion> answered_question(DnsAnswer answer) {
  return std::make_shared<AnsweredQuestion>(std::move(answer));
}

void DnsBatch::prefetch(std::string_view name, RrType type) {
  (void)entry(name, type);
}

std::shared_ptr<const DnsAnswer> DnsBatch::get(std::string_view name, RrType type) {
  // The reference stays good: nothing is asked while waiting.
  return entry(name, type).question->wait(deadline_);
}

DnsBatch::Entry& DnsBatch::entry(std::string_view name, RrType type) {
  if (name.ends_with('.')) name.remove_suffix(1);
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) {
    return e.type == type && ascii_iequal(e.name, name);
  });
  if (found != entries_.end()) return *found;
  auto question = resolver_->ask(name, type);
  return entries_.emplace_back(Entry{std::string(name), type, std::move(question)});
}

}  // namespace ccgate
