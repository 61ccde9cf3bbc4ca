#include "policy/evidence/spf_visit.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>
#include <utility>

#include "policy/evidence/spf_macro.h"

namespace ccgate {
namespace {

constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

/// Addresses of one family, each as its first 64 bits: disjoint ranges in order, both ends within.
class AddressSet {
 public:
  struct Range {
    std::uint64_t first, last;
  };

  /// The network of `length` bits, 64 at most count, around `address`.
  static AddressSet network(std::uint64_t address, int length) {
    const std::uint64_t host = length <= 0 ? kLast : length >= 64 ? 0 : kLast >> length;
    AddressSet set;
    set.ranges_.push_back({address & ~host, address | host});
    return set;
  }
  static AddressSet everybody() { return network(0, 0); }

  void add(const AddressSet& other) {
    std::vector<Range> all;
    all.reserve(ranges_.size() + other.ranges_.size());
    std::merge(ranges_.begin(), ranges_.end(), other.ranges_.begin(), other.ranges_.end(),
               std::back_inserter(all), [](const Range& a, const Range& b) { return a.first < b.first; });
    ranges_.clear();
    for (const Range& range : all) {
      if (!ranges_.empty() && range.first <= ranges_.back().last) {
        ranges_.back().last = std::max(ranges_.back().last, range.last);
      } else {
        ranges_.push_back(range);
      }
    }
  }

  void remove(const AddressSet& other) {
    std::vector<Range> left;
    auto cut = other.ranges_.begin();
    for (const Range& range : ranges_) {
      std::uint64_t first = range.first;
      bool whole = false;
      while (cut != other.ranges_.end() && cut->last < first) ++cut;
      for (auto next = cut; next != other.ranges_.end() && next->first <= range.last; ++next) {
        if (next->first > first) left.push_back({first, next->first - 1});
        whole = next->last >= range.last;
        if (whole) break;
        first = std::max(first, next->last + 1);
      }
      if (!whole) left.push_back({first, range.last});
    }
    ranges_ = std::move(left);
  }

  /// How much of `first` to `last` is in it, halved so that it fits, and rounded up.
  [[nodiscard]] std::uint64_t half_of_size(std::uint64_t first, std::uint64_t last) const {
    std::uint64_t halves = 0;
    for (const Range& range : ranges_) {
      const std::uint64_t from = std::max(first, range.first), to = std::min(last, range.last);
      if (from <= to) halves += (to - from) / 2 + 1;
    }
    return halves;
  }

 private:
  std::vector<Range> ranges_;
};

struct Addresses {
  AddressSet v4, v6;

  void add(const Addresses& other) {
    v4.add(other.v4);
    v6.add(other.v6);
  }
  void remove(const Addresses& other) {
    v4.remove(other.v4);
    v6.remove(other.v6);
  }
};

/// The first `count` octets, eight at most, at the upper end.
template <typename Octets>
std::uint64_t leading_bits(const Octets& octets, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i)
    value = value << 8 | (i < count ? static_cast<std::uint8_t>(octets[i]) : 0U);
  return value;
}

// From so few bits on, a network around any host is half of what is in use, or more.
constexpr int kHalf4 = 1, kHalf6 = 4;

/// Whom a term or a record is met by, whatever the client says of itself, and whom if it says the right
/// thing.
struct Bounds {
  Addresses surely, perhaps;

  void add(const Bounds& other) {
    surely.add(other.surely);
    perhaps.add(other.perhaps);
  }
};

Addresses all_addresses() {
  return {AddressSet::everybody(), AddressSet::everybody()};
}

/// True when the end of the name, and so whose name it is, is up to the client: its greeting, the local part
/// of its MAIL FROM, or what it calls itself in the reverse tree.
bool is_clients_choice(const SpfTerm& term) {
  const std::string_view spec = term.domain;
  const auto last = spec.ends_with('}') ? spec.rfind('%') : std::string_view::npos;
  return last != std::string_view::npos && uses_macro(spec.substr(last), "hlsp");
}

Bounds passing(const SpfVisit& visit);

Bounds matching(const SpfTerm& term, const SpfVisit::Found& found) {
  if (is_clients_choice(term)) return {{}, all_addresses()};
  Addresses match;
  switch (term.mechanism) {
    case SpfMechanism::all:
      match = all_addresses();
      break;
    case SpfMechanism::ip4:
      match.v4 = AddressSet::network(leading_bits(term.network, 4), term.length4);
      break;
    case SpfMechanism::ip6:
      match.v6 = AddressSet::network(leading_bits(term.network, 8), term.length6);
      break;
    case SpfMechanism::a:
    case SpfMechanism::mx:
      if (term.length4 <= kHalf4) match.v4 = AddressSet::everybody();
      if (term.length6 <= kHalf6) match.v6 = AddressSet::everybody();
      for (const std::string& address : found.addresses) {
        if (address.size() == 4)
          match.v4.add(AddressSet::network(leading_bits(address, 4), term.length4));
        else
          match.v6.add(AddressSet::network(leading_bits(address, address.size()), term.length6));
      }
      break;
    case SpfMechanism::include:
    case SpfMechanism::redirect:
      if (found.record) return passing(*found.record);
      break;
    case SpfMechanism::exists:
      if (!found.answered || uses_macro(term.domain, "ip")) break;
      if (uses_macro(term.domain, "hlsv")) return {{}, all_addresses()};
      match = all_addresses();
      break;
    case SpfMechanism::ptr:
      break;
  }
  return {match, match};
}

/// The first term that matches decides.
Bounds passing(const SpfVisit& visit) {
  Bounds decided, pass;
  for (std::size_t i = 0; i < visit.record.terms.size(); ++i) {
    const SpfTerm& term = visit.record.terms[i];
    const Bounds match = matching(term, visit.found[i]);
    if (term.qualifier == '+') {
      Bounds fresh = match;
      fresh.surely.remove(decided.perhaps);
      fresh.perhaps.remove(decided.surely);
      pass.add(fresh);
    }
    decided.add(match);
  }
  return pass;
}

/// True when a half of them pass, halved so many times again.
bool passes_share(const SpfVisit& root, int halvings) {
  const Addresses pass = passing(root).perhaps;
  constexpr std::uint64_t kQuarter = std::uint64_t{1} << 62;  // a half of all, halved
  constexpr std::uint64_t kInUse = std::uint64_t{1} << 61;    // 2000::/3 begins here, and is as long
  return pass.v4.half_of_size(0, kLast) >= kQuarter >> halvings ||
         pass.v6.half_of_size(0, kLast) >= kQuarter >> halvings ||
         pass.v6.half_of_size(kInUse, 2 * kInUse - 1) >= kInUse / 4 >> halvings;
}

}  // namespace

bool passes_everybody(const SpfVisit& root) {
  return passes_share(root, 0);
}

bool passes_many(const SpfVisit& root) {
  return passes_share(root, 6);
}

}  // namespace ccgate
