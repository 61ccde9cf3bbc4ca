// policy/names/domain.h: domain names as the policy compares them.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

/// A host or mail domain: LDH labels or A-labels, compared as lower-case
/// A-labels (RFC 5890 2.3.2), shown as U-labels.
class Domain {
 public:
  /// Accepts A-labels and valid U-labels (UTF-8), in any letter case. Refuses
  /// the empty name, a leading, doubled or trailing dot, labels over 63 and names
  /// over 253 octets, anything outside LDH (`_` too), labels that start or end
  /// with a hyphen, blanks, controls, A-labels that do not decode, other labels with
  /// hyphens in third and fourth place, and U-labels that are not in normal form C.
  /// A domain has at least one label; a single label is fine.
  [[nodiscard]] static std::optional<Domain> parse(std::string_view text);

  [[nodiscard]] const std::string& ascii() const noexcept { return ascii_; }
  /// U-labels for people, UTF-8; the A-label where it does not decode.
  [[nodiscard]] std::string unicode() const;
  /// True for `ancestor` itself and every name below it.
  [[nodiscard]] bool is_within(const Domain& ancestor) const noexcept;

  friend bool operator==(const Domain&, const Domain&) = default;
  friend std::strong_ordering operator<=>(const Domain& a, const Domain& b) noexcept {
    return a.ascii_.compare(b.ascii_) <=> 0;
  }

 private:
  explicit Domain(std::string ascii) : ascii_(std::move(ascii)) {}
  std::string ascii_;
};

}  // namespace ccgate

template <>
struct std::hash<ccgate::Domain> {
  std::size_t operator()(const ccgate::Domain& domain) const noexcept {
    return hash<string>()(domain.ascii());
  }
};
