// policy/yaml/yaml_values.h: the single values of a YAML tree: texts, numbers, durations, addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/names/address.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// Each of these tells an issue and gives nullopt when `node` is something else; `what` names it in
/// the message, without backticks.
[[nodiscard]] std::optional<std::string> read_text(const YamlNode& node, std::string_view what,
                                                   IssueSink& sink);
/// One of `words`.
[[nodiscard]] std::optional<std::string> read_word(const YamlNode& node, std::string_view what,
                                                   const std::vector<std::string>& words, IssueSink& sink);
/// `true` or `false`, unquoted, in no other spelling.
[[nodiscard]] std::optional<bool> read_boolean(const YamlNode& node, std::string_view what, IssueSink& sink);
/// Decimal digits without leading zero, from `least` to `most`.
[[nodiscard]] std::optional<std::int64_t> read_number(const YamlNode& node, std::string_view what,
                                                      std::int64_t least, std::int64_t most, IssueSink& sink);
/// `5s`, `90m`, `2h`, `7d`, `1w`: seconds, at most ten years.
[[nodiscard]] std::optional<std::int64_t> read_duration(const YamlNode& node, std::string_view what,
                                                        IssueSink& sink);
/// `512B`, `256KiB`, `10MiB`, `1GiB`: octets.
[[nodiscard]] std::optional<std::int64_t> read_size(const YamlNode& node, std::string_view what,
                                                    std::int64_t least, std::int64_t most, IssueSink& sink);
[[nodiscard]] std::optional<Address> read_address(const YamlNode& node, std::string_view what,
                                                  IssueSink& sink);
[[nodiscard]] std::optional<Domain> read_domain(const YamlNode& node, std::string_view what, IssueSink& sink);
/// A ccTLD in any spelling. An unquoted `no` is told as a warning: other YAML programs read it as false.
[[nodiscard]] std::optional<Domain> read_cctld(const YamlNode& node, std::string_view what, IssueSink& sink);
/// The same for a key.
[[nodiscard]] std::optional<Domain> read_cctld_key(const YamlNode::Entry& entry, IssueSink& sink);

/// The key as a scalar, for readers of values.
[[nodiscard]] YamlNode key_node(const YamlNode::Entry& entry);
/// `7d`: the largest unit that divides.
[[nodiscard]] std::string format_duration(std::int64_t seconds);

}  // namespace ccgate
