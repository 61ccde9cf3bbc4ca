#include "policy/names/domain.h"

#include <algorithm>

#include "policy/names/idna.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

bool is_ldh_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_small_letter(c) || is_digit(c) || c == '-'; });
}

/// Hyphens in third and fourth place are reserved for A-labels (RFC 5890 2.3.1).
bool is_reserved(std::string_view label) {
  return label.size() >= 4 && label[2] == '-' && label[3] == '-';
}

/// The A-label of one label in any spelling.
std::optional<std::string> to_a_label(std::string_view label) {
  std::string text = ascii_lower(label);
  if (!is_ascii(text)) {
    auto encoded = idna_encode(text);
    if (!encoded || !encoded->starts_with("xn--")) return std::nullopt;
    text = std::move(*encoded);
  }
  if (!is_ldh_label(text)) return std::nullopt;
  if (is_reserved(text) && !idna_decode(text)) return std::nullopt;
  return text;
}

/// Every label of a lower-case name is LDH and means itself.
bool is_plain(std::string_view name) {
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t dot = std::min(name.find('.', at), name.size());
    const std::string_view label = name.substr(at, dot - at);
    if (!is_ldh_label(label) || is_reserved(label)) return false;
    at = dot + 1;
  }
  return true;
}

}  // namespace

std::optional<Domain> Domain::parse(std::string_view text) {
  if (text.empty() || text.size() > 1000) return std::nullopt;
  // Nearly every name: nothing to ask the library, one allocation.
  std::string ascii = ascii_lower(text);
  if (is_plain(ascii)) {
    if (ascii.size() > 253) return std::nullopt;
    return Domain(std::move(ascii));
  }
  ascii.clear();
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t dot = std::min(text.find('.', at), text.size());
    const auto label = to_a_label(text.substr(at, dot - at));
    if (!label) return std::nullopt;
    if (!ascii.empty()) ascii += '.';
    ascii += *label;
    at = dot + 1;
  }
  if (ascii.size() > 253) return std::nullopt;
  return Domain(std::move(ascii));
}

std::string Domain::unicode() const {
  std::string shown;
  for (std::size_t at = 0; at <= ascii_.size();) {
    const std::size_t dot = std::min(ascii_.find('.', at), ascii_.size());
    const std::string label = ascii_.substr(at, dot - at);
    if (at != 0) shown += '.';
    shown += label.starts_with("xn--") ? idna_decode(label).value_or(label) : label;
    at = dot + 1;
  }
  return shown;
}

bool Domain::is_within(const Domain& ancestor) const noexcept {
  if (ascii_.size() == ancestor.ascii_.size()) return ascii_ == ancestor.ascii_;
  return ascii_.size() > ancestor.ascii_.size() && ascii_.ends_with(ancestor.ascii_) &&
         ascii_[ascii_.size() - ancestor.ascii_.size() - 1] == '.';
}

}  // namespace ccgate
