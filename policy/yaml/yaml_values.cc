#include "policy/yaml/yaml_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "policy/names/cctld.h"
#include "policy/text/ascii.h"
#include "policy/text/durations.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::int64_t kTenYears = 3653 * kDaySeconds;

std::string_view kind_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return "nothing";
    case YamlNode::Kind::scalar:
      return "a single value";
    case YamlNode::Kind::sequence:
      return "a list";
    case YamlNode::Kind::mapping:
      return "a mapping";
  }
  return "nothing";
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 100;
  if (text.size() <= kShown) return fmt::format("`{}`", text);
  return fmt::format("`{}...`", text.substr(0, kShown));
}

/// The scalar, or the complaint that there is none.
const std::string* scalar(const YamlNode& node, std::string_view what, std::string_view want,
                          IssueSink& sink) {
  if (node.kind == YamlNode::Kind::scalar) return &node.scalar;
  sink.error(node.at, fmt::format("{} must be {}, not {}", quoted(what), want, kind_of(node)));
  return nullptr;
}

/// Decimal digits; nullopt when there is anything else, a leading zero, or too many of them.
std::optional<std::int64_t> digits(std::string_view text) {
  constexpr std::size_t kMostDigits = 15;
  if (text.empty() || text.size() > kMostDigits || (text.size() > 1 && text.front() == '0'))
    return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

struct Unit {
  std::string_view name;
  std::int64_t factor;
};
constexpr std::array<Unit, 5> kTimes{
    {{"w", 7 * kDaySeconds}, {"d", kDaySeconds}, {"h", 3600}, {"m", 60}, {"s", 1}}};
constexpr std::array<Unit, 4> kSizes{
    {{"B", 1}, {"KiB", 1024}, {"MiB", 1024 * 1024}, {"GiB", 1024 * 1024 * 1024}}};

/// Digits and one unit.
template <std::size_t N>
std::optional<std::int64_t> measured(std::string_view text, const std::array<Unit, N>& units) {
  const std::size_t end = text.find_first_not_of("0123456789");
  if (end == std::string_view::npos) return std::nullopt;
  const auto count = digits(text.substr(0, end));
  const auto* unit =
      std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == text.substr(end); });
  constexpr std::int64_t kMost = 1'000'000'000;
  if (!count || unit == units.end() || *count > kMost) return std::nullopt;
  return *count * unit->factor;
}

std::string bytes(std::int64_t count) {
  for (const Unit& unit : {kSizes[3], kSizes[2], kSizes[1]})
    if (count >= unit.factor && count % unit.factor == 0)
      return fmt::format("{}{}", count / unit.factor, unit.name);
  return fmt::format("{}B", count);
}

}  // namespace

std::optional<std::string> read_text(const YamlNode& node, std::string_view what, IssueSink& sink) {
  const std::string* text = scalar(node, what, "a text", sink);
  if (text == nullptr) return std::nullopt;
  if (!text->empty()) return *text;
  sink.error(node.at, fmt::format("{} is empty", quoted(what)));
  return std::nullopt;
}

std::optional<std::string> read_word(const YamlNode& node, std::string_view what,
                                     const std::vector<std::string>& words, IssueSink& sink) {
  const std::string* text = scalar(node, what, "one word", sink);
  if (text == nullptr) return std::nullopt;
  if (std::find(words.begin(), words.end(), *text) != words.end()) return *text;
  std::string help = did_you_mean(*text, words);
  if (help.empty()) {
    help = words.size() > 1 ? "one of: " : "only: ";
    for (const std::string& word : words) help += (&word == &words.front() ? "" : ", ") + word;
  }
  sink.error(node.at, fmt::format("{} cannot be {}", quoted(what), quoted(*text)), std::move(help));
  return std::nullopt;
}

std::optional<bool> read_boolean(const YamlNode& node, std::string_view what, IssueSink& sink) {
  const std::string* text = scalar(node, what, "true or false", sink);
  if (text == nullptr) return std::nullopt;
  if (!node.quoted && (*text == "true" || *text == "false")) return *text == "true";
  sink.error(node.at, fmt::format("{} must be true or false", quoted(what)),
             "write `true` or `false`, without quotes");
  return std::nullopt;
}

std::optional<std::int64_t> read_number(const YamlNode& node, std::string_view what, std::int64_t least,
                                        std::int64_t most, IssueSink& sink) {
  const std::string* text = scalar(node, what, "a number", sink);
  if (text == nullptr) return std::nullopt;
  const auto value = node.quoted ? std::nullopt : digits(*text);
  if (value && *value >= least && *value <= most) return value;
  sink.error(
      node.at, fmt::format("{} {}", quoted(what), value ? "is out of range" : "must be a number"),
      fmt::format("a number from {} to {}{}", least, most, value ? "" : ", without quotes or leading zero"));
  return std::nullopt;
}

std::optional<std::int64_t> read_duration(const YamlNode& node, std::string_view what, IssueSink& sink) {
  const std::string* text = scalar(node, what, "a duration", sink);
  if (text == nullptr) return std::nullopt;
  const auto value = measured(*text, kTimes);
  if (value && *value <= kTenYears) return value;
  sink.error(node.at,
             fmt::format("{} {}", quoted(what), value ? "is longer than ten years" : "must be a duration"),
             "a number with a unit: 5s, 90m, 2h, 7d, 1w");
  return std::nullopt;
}

std::optional<std::int64_t> read_size(const YamlNode& node, std::string_view what, std::int64_t least,
                                      std::int64_t most, IssueSink& sink) {
  const std::string* text = scalar(node, what, "a size", sink);
  if (text == nullptr) return std::nullopt;
  const auto value = measured(*text, kSizes);
  if (value && *value >= least && *value <= most) return value;
  if (value)
    sink.error(node.at, fmt::format("{} is out of range", quoted(what)),
               fmt::format("from {} to {}", bytes(least), bytes(most)));
  else
    sink.error(node.at, fmt::format("{} must be a size", quoted(what)),
               "a number with a unit: 512B, 256KiB, 10MiB");
  return std::nullopt;
}

std::optional<Address> read_address(const YamlNode& node, std::string_view what, IssueSink& sink) {
  const std::string* text = scalar(node, what, "an address", sink);
  if (text == nullptr) return std::nullopt;
  if (auto address = Address::parse(*text)) return address;
  sink.error(node.at, fmt::format("{} is not one mail address", quoted(*text)),
             "write it as name@domain, without name, quotes, comment or angle brackets");
  return std::nullopt;
}

std::optional<Domain> read_domain(const YamlNode& node, std::string_view what, IssueSink& sink) {
  const std::string* text = scalar(node, what, "a domain", sink);
  if (text == nullptr) return std::nullopt;
  if (auto domain = Domain::parse(*text)) return domain;
  sink.error(node.at, fmt::format("{} is not a domain name", quoted(*text)),
             "write it as nic.example, without dots at the ends, wildcards or blanks");
  return std::nullopt;
}

std::optional<Domain> read_cctld(const YamlNode& node, std::string_view what, IssueSink& sink) {
  const std::string* text = scalar(node, what, "a ccTLD", sink);
  if (text == nullptr) return std::nullopt;
  if (!node.quoted && ascii_iequal(*text, "no"))
    sink.warning(node.at, fmt::format("unquoted `{}` is false for other YAML programs", *text),
                 "quote it: \"no\"");
  if (auto cctld = parse_cctld(*text)) return cctld;
  sink.error(node.at, fmt::format("{} is not a ccTLD", quoted(*text)),
             "two letters, or the label of an IDN ccTLD");
  return std::nullopt;
}

YamlNode key_node(const YamlNode::Entry& entry) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.at = entry.at;
  node.scalar = entry.key;
  node.quoted = entry.quoted;
  return node;
}

std::optional<Domain> read_cctld_key(const YamlNode::Entry& entry, IssueSink& sink) {
  return read_cctld(key_node(entry), entry.key, sink);
}

std::string format_duration(std::int64_t seconds) {
  for (const Unit& unit : kTimes)
    if (seconds >= unit.factor && seconds % unit.factor == 0 && unit.name != "w")
      return fmt::format("{}{}", seconds / unit.factor, unit.name);
  return fmt::format("{}s", seconds);
}

}  // namespace ccgate
