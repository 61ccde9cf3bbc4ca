// milter/evidence/dns_zone.cc: a zone in memory: the resolver of scenarios, `ccgate explain --dns` and tests.
#include "milter/evidence/dns_zone.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::uint32_t kTtl = 300;
constexpr int kMaxAliases = 11;  // as many as Unbound follows

struct Record {
  unsigned preference = 0;  ///< of MX; keeps the others in the order they were added
  std::string data;
};

template <std::size_t Octets>
std::optional<std::string> address(int family, std::string_view text) {
  std::array<char, Octets> octets{};
  if (inet_pton(family, std::string(text).c_str(), octets.data()) != 1) return std::nullopt;
  return std::string(octets.data(), octets.size());
}

/// A name in record data. `.` is the root, which no question is ever about: an empty name.
std::optional<std::string> target_name(std::string_view text) {
  if (text == ".") return "";
  return askable_name(text);
}

std::optional<Record> parse_record(RrType type, std::string_view data) {
  Record record;
  std::optional<std::string> parsed;
  switch (type) {
    case RrType::a:
      parsed = address<4>(AF_INET, trim(data));
      break;
    case RrType::aaaa:
      parsed = address<16>(AF_INET6, trim(data));
      break;
    case RrType::txt:
      parsed = std::string(data);
      break;
    case RrType::cname:
    case RrType::ptr:
      parsed = target_name(trim(data));
      break;
    case RrType::mx: {
      std::string_view name = trim(data);
      if (const auto blank = name.find(' '); blank != std::string_view::npos) {
        const auto [end, error] = std::from_chars(name.data(), name.data() + blank, record.preference);
        if (error != std::errc() || end != name.data() + blank || record.preference > 65535) {
          return std::nullopt;
        }
        name = trim(name.substr(blank));
      }
      parsed = target_name(name);
      break;
    }
  }
  if (!parsed) return std::nullopt;
  record.data = std::move(*parsed);
  return record;
}

}  // namespace

struct ZoneResolver::Data {
  mutable std::mutex mutex;
  std::map<std::pair<std::string, RrType>, std::vector<Record>> records;
  std::set<std::string> names;  ///< every name with data, and every name above one
  std::set<std::string> failing;
  std::set<std::pair<std::string, RrType>> failing_types;
  std::vector<std::string> asked;

  [[nodiscard]] DnsAnswer answer(std::string name, RrType type) const;
};

/// Aliases are followed, as a resolver does (RFC 1034 3.6.2).
DnsAnswer ZoneResolver::Data::answer(std::string name, RrType type) const {
  DnsAnswer answer;
  answer.ttl = kTtl;
  for (int aliases = 0; aliases <= kMaxAliases; ++aliases) {
    if (failing.contains(name) || failing_types.contains({name, type})) {
      answer.why = "the zone file says that this question fails";
      return answer;
    }
    if (const auto found = records.find({name, type}); found != records.end()) {
      answer.status = DnsAnswer::Status::ok;
      for (const Record& record : found->second) answer.records.push_back(record.data);
      return answer;
    }
    const auto alias = records.find({name, RrType::cname});
    if (alias == records.end()) {
      answer.status = names.contains(name) ? DnsAnswer::Status::nodata : DnsAnswer::Status::nxdomain;
      return answer;
    }
    name = alias->second.front().data;
  }
  answer.why = "too many aliases, one behind another";
  return answer;
}

ZoneResolver::ZoneResolver() : data_(std::make_unique<Data>()) {}
ZoneResolver::~ZoneResolver() = default;

bool ZoneResolver::add(std::string_view name, RrType type, std::string_view data) {
  const auto owner = askable_name(name);
  auto record = parse_record(type, data);
  if (!owner || !record) return false;
  const std::lock_guard lock(data_->mutex);
  for (std::string_view above = *owner;;) {
    data_->names.emplace(above);
    const auto dot = above.find('.');
    if (dot == std::string_view::npos) break;
    above.remove_prefix(dot + 1);
  }
  if (record->data.empty() && type != RrType::txt) return true;  // the root: a null MX is no record
  if (type == RrType::cname && data_->records.contains({*owner, type})) return false;
  auto& set = data_->records[{*owner, type}];
  const auto after =
      std::upper_bound(set.begin(), set.end(), record->preference,
                       [](unsigned preference, const Record& r) { return preference < r.preference; });
  set.insert(after, std::move(*record));
  return true;
}

void ZoneResolver::fail(std::string_view name, const RrType* type) {
  const auto owner = askable_name(name);
  if (!owner) return;
  const std::lock_guard lock(data_->mutex);
  if (type) {
    data_->failing_types.emplace(*owner, *type);
  } else {
    data_->failing.insert(*owner);
  }
}

std::vector<std::string> ZoneResolver::asked() const {
  const std::lock_guard lock(data_->mutex);
  return data_->asked;
}

std::shared_ptr<DnsQuestion> ZoneResolver::ask(std::string_view name, RrType type) {
  const auto owner = askable_name(name);
  if (!owner) {
    DnsAnswer answer;
    answer.status = DnsAnswer::Status::nxdomain;
    answer.ttl = kTtl;
    return answered_question(std::move(answer));
  }
  const std::lock_guard lock(data_->mutex);
  data_->asked.push_back(std::string(to_string(type)) + " " + *owner);
  return answered_question(data_->answer(*owner, type));
}

}  // namespace ccgate
