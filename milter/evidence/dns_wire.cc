// milter/evidence/dns_wire.cc
#include "milter/evidence/dns_wire.h"

#include <algorithm>
#include <utility>

#include "milter/evidence/dns_name.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxWireName = 255;

unsigned octet(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// A whole name, uncompressed, that fills `wire`.
std::optional<std::string> decode_name(std::string_view wire) {
  if (wire.size() > kMaxWireName) return std::nullopt;
  std::string name;
  while (!wire.empty()) {
    const std::size_t length = octet(wire, 0);
    wire.remove_prefix(1);
    if (length == 0) return wire.empty() ? std::optional(std::move(name)) : std::nullopt;
    if (length > 63 || length > wire.size()) return std::nullopt;
    if (!name.empty()) name += '.';
    for (const char c : wire.substr(0, length)) append_name_octet(name, c);
    wire.remove_prefix(length);
  }
  return std::nullopt;  // the root label is missing
}

std::optional<std::string> decode_txt(std::string_view wire) {
  if (wire.empty()) return std::nullopt;
  std::string text;
  while (!wire.empty()) {
    const std::size_t length = octet(wire, 0);
    wire.remove_prefix(1);
    if (length > wire.size()) return std::nullopt;
    text += wire.substr(0, length);
    wire.remove_prefix(length);
  }
  return text;
}

std::optional<std::string> decode_fixed(std::string_view wire, std::size_t size) {
  return wire.size() == size ? std::optional(std::string(wire)) : std::nullopt;
}

std::optional<std::string> decode(RrType type, std::string_view wire) {
  switch (type) {
    case RrType::a:
      return decode_fixed(wire, 4);
    case RrType::aaaa:
      return decode_fixed(wire, 16);
    case RrType::txt:
      return decode_txt(wire);
    case RrType::cname:
    case RrType::ptr:
      return decode_name(wire);
    case RrType::mx:
      return wire.size() < 2 ? std::nullopt : decode_name(wire.substr(2));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<std::string>> decode_records(RrType type,
                                                       const std::vector<std::string_view>& rdata) {
  std::vector<std::pair<unsigned, std::string>> records;
  for (const std::string_view wire : rdata) {
    auto record = decode(type, wire);
    if (!record) return std::nullopt;
    if (record->empty() && type != RrType::txt) continue;  // the root is never a host
    const unsigned preference = type == RrType::mx ? octet(wire, 0) << 8 | octet(wire, 1) : 0;
    records.emplace_back(preference, std::move(*record));
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  out.reserve(records.size());
  for (auto& [preference, record] : records) out.push_back(std::move(record));
  return out;
}

}  // namespace ccgate
