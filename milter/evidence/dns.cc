// milter/evidence/dns.cc: what all resolvers share: names, finished questions, the batch of one message.
#include "milter/evidence/dns.h"

#include <algorithm>
#include <array>
#include <utility>

#include "milter/evidence/dns_name.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxName = 253;
constexpr std::size_t kMaxLabel = 63;

// No EnumWords: the numbers are those of the protocol, with gaps, and the words are read in any letter case.
constexpr std::array<std::pair<RrType, std::string_view>, 6> kTypes{{
    {RrType::a, "A"},
    {RrType::cname, "CNAME"},
    {RrType::ptr, "PTR"},
    {RrType::mx, "MX"},
    {RrType::txt, "TXT"},
    {RrType::aaaa, "AAAA"},
}};

/// `\DDD` at the begin of `text`.
std::optional<unsigned> escaped_octet(std::string_view text) {
  if (text.size() < 4 || text[0] != '\\' || !std::all_of(text.begin() + 1, text.begin() + 4, is_digit))
    return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(1, 3)) value = value * 10 + static_cast<unsigned>(c - '0');
  return value <= 0xff ? std::optional(value) : std::nullopt;
}

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
  std::string canonical;
  std::size_t octets = 0;
  std::size_t label = 0;
  for (std::size_t at = 0; at < name.size();) {
    const char c = name[at];
    ++octets;
    if (c == '.') {
      if (label == 0) return std::nullopt;
      label = 0;
      canonical += c;
      ++at;
      continue;
    }
    if (++label > kMaxLabel || octets > kMaxName) return std::nullopt;
    if (const auto escaped = escaped_octet(name.substr(at))) {
      append_name_octet(canonical, static_cast<char>(*escaped));
      at += 4;
    } else if (is_printable_ascii(c)) {
      append_name_octet(canonical, c);
      ++at;
    } else {
      return std::nullopt;
    }
  }
  if (label == 0 || octets > kMaxName) return std::nullopt;
  return ascii_lower(canonical);
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
