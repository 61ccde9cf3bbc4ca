// milter/tool/show_parts.h: what the parts of `ccgate contacts show` have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "milter/contacts/history.h"
#include "policy/registry/registry.h"

namespace ccgate {

/// With blanks behind, to so many columns.
[[nodiscard]] std::string padded(std::string text, std::size_t width);
[[nodiscard]] std::string with_commas(const std::vector<std::string>& words);
[[nodiscard]] std::string with_commas(const std::set<Address>& addresses);
/// `2020-01-01 to now`.
[[nodiscard]] std::string period(const std::optional<std::int64_t>& first,
                                 const std::optional<std::int64_t>& last);

/// `  label          text`; further lines of the same label without it.
class Lines {
 public:
  void head(std::string_view text);
  void add(std::string_view label, std::string_view text);
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::string last_;
};

/// Timestamp or null.
[[nodiscard]] nlohmann::ordered_json json_time(const std::optional<std::int64_t>& time);
[[nodiscard]] nlohmann::ordered_json json_addresses(const std::set<Address>& addresses);
/// Days or null.
[[nodiscard]] nlohmann::ordered_json json_age(const Contact& contact, std::int64_t now);
[[nodiscard]] nlohmann::ordered_json json_history(const std::vector<HistoryEntry>& history);

}  // namespace ccgate
