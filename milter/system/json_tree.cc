#include "milter/system/json_tree.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

#include "policy/registry/position_index.h"
#include "policy/text/ascii.h"
#include "policy/text/issue_sink.h"
#include "policy/text/text_lines.h"

namespace ccgate {
namespace {

/// Counts what the library has read: its events come without places.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char* start, std::size_t* count)
      : at_(at), start_(start), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    *count_ = static_cast<std::size_t>(at_ - start_);
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  const char* start_;
  std::size_t* count_;
};

class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, const TextLines& lines, const std::size_t& consumed,
          const JsonLimits& limits, const JsonMembers& members, IssueSink& sink)
      : text_(text), lines_(lines), consumed_(consumed), limits_(limits), members_(members), sink_(sink) {}

  YamlNode take_root() { return std::move(root_); }

  bool null() override { return add({}); }
  bool boolean(bool value) override { return add(scalar(value ? "true" : "false", false)); }
  bool number_integer(number_integer_t value) override { return add(scalar(std::to_string(value), false)); }
  bool number_unsigned(number_unsigned_t value) override { return add(scalar(std::to_string(value), false)); }
  bool number_float(number_float_t, const string_t& text) override { return add(scalar(text, false)); }
  bool string(string_t& value) override { return add(scalar(std::move(value), true)); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(YamlNode::Kind::mapping); }
  bool key(string_t& name) override {
    Open& parent = open_.back();
    parent.key = std::move(name);
    const std::size_t start = string_start();
    parent.key_at = lines_.at(start);
    // Where a key stands is all that is kept of it: an object may have millions.
    const std::size_t hash = std::hash<std::string>()(parent.key);
    const auto first =
        parent.seen.find(hash, [&](std::uint32_t known) { return string_at(known) == parent.key; });
    if (!first) {
      parent.seen.add(hash, static_cast<std::uint32_t>(start));
      return true;
    }
    const Position known = lines_.at(*first);
    sink_.error(parent.key_at, fmt::format("duplicate key `{}`", parent.key),
                fmt::format("it is already at line {}, column {}: keep one", known.line, known.column));
    constexpr std::size_t kMostDuplicates = 100;
    if (++duplicates_ < kMostDuplicates) return true;
    sink_.error(parent.key_at, "too many duplicate keys", "the rest of the file was not looked at");
    return false;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(YamlNode::Kind::sequence); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    const std::size_t at = consumed_ == 0 ? 0 : consumed_ - 1;
    // The library's words for this differ from version to version.
    if (text_.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      sink_.error(lines_.at(at), "this is not JSON: unexpected end of input", "");
      return false;
    }
    std::string_view why = error.what();
    // The library's own place comes first and its last token in quotes behind: ours is shown instead.
    if (const std::size_t end = why.find(": syntax error "); end != std::string_view::npos)
      why.remove_prefix(end + std::string_view(": syntax error ").size());
    if (const std::size_t dash = why.find(" - "); dash != std::string_view::npos) why.remove_prefix(dash + 3);
    if (const std::size_t read = why.find("; last read"); read != std::string_view::npos)
      why = why.substr(0, read);
    sink_.error(lines_.at(at), "this is not JSON: " + std::string(why), "");
    return false;
  }

 private:
  struct Open {
    YamlNode node;
    std::string key;
    Position key_at;
    PositionIndex seen;     // of keys, in the text
    bool streamed = false;  // its members are handed out
    std::size_t kept = 0;   // how many values there were when it began
  };

  [[nodiscard]] Position here() const { return lines_.at(consumed_ == 0 ? 0 : consumed_ - 1); }
  /// Of the string that the library just read: it has consumed the closing quote and nothing more.
  [[nodiscard]] std::size_t string_start() const {
    std::size_t at = consumed_ < 2 ? 0 : consumed_ - 2;
    while (at > 0 && !is_quote(at)) --at;
    return at;
  }
  /// A `"` that begins or ends a string: no odd number of backslashes stands before it.
  [[nodiscard]] bool is_quote(std::size_t at) const {
    if (text_[at] != '"') return false;
    std::size_t slashes = 0;
    while (at > slashes && text_[at - slashes - 1] == '\\') ++slashes;
    return slashes % 2 == 0;
  }
  /// The string that starts at `start`, which the library has read once already.
  [[nodiscard]] std::string string_at(std::size_t start) const {
    std::size_t end = start + 1;
    while (end + 1 < text_.size() && !is_quote(end)) ++end;
    return nlohmann::json::parse(text_.substr(start, end + 1 - start)).get<std::string>();
  }

  /// Of the number, `true` or `false` just read: the library may have looked one octet ahead.
  [[nodiscard]] Position literal_start() const {
    const auto part = [&](std::size_t i) {
      return is_letter_or_digit(text_[i]) || text_[i] == '-' || text_[i] == '+' || text_[i] == '.';
    };
    std::size_t at = consumed_ == 0 ? 0 : consumed_ - 1;
    while (at > 0 && !part(at)) --at;
    while (at > 0 && part(at - 1)) --at;
    return lines_.at(at);
  }

  YamlNode scalar(std::string text, bool quoted) {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.at = quoted ? lines_.at(string_start()) : literal_start();
    node.scalar = std::move(text);
    node.quoted = quoted;
    return node;
  }

  bool budget() {
    if (++values_ <= limits_.values && ++kept_ <= limits_.kept) return true;
    const std::size_t limit = values_ > limits_.values ? limits_.values : limits_.kept;
    sink_.error(here(), fmt::format("more than {} values", limit), "");
    return false;
  }

  bool open(YamlNode::Kind kind) {
    if (!budget()) return false;
    if (open_.size() >= limits_.depth) {
      sink_.error(here(), fmt::format("nested deeper than {} levels", limits_.depth), "");
      return false;
    }
    Open opened;
    opened.node.kind = kind;
    opened.node.at = here();
    opened.streamed = members_.take && open_.size() == 1 && kind == YamlNode::Kind::mapping &&
                      open_.back().node.kind == kind && open_.back().key == members_.of;
    opened.kept = kept_;
    if (!opened.streamed) opened.node.entries.reserve(kind == YamlNode::Kind::mapping ? 8 : 0);
    open_.push_back(std::move(opened));
    return true;
  }

  bool close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    return add(std::move(node));
  }

  bool add(YamlNode node) {
    if (!budget()) return false;
    if (node.at.line == 0) node.at = here();
    if (open_.empty()) {
      root_ = std::move(node);
      return true;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::sequence) {
      parent.node.items.push_back(std::move(node));
      return true;
    }
    YamlNode::Entry entry{std::move(parent.key), parent.key_at, true, std::move(node)};
    if (parent.streamed) {
      members_.take(std::move(entry));
      kept_ = parent.kept;
    } else {
      parent.node.entries.push_back(std::move(entry));
    }
    return true;
  }

  std::string_view text_;
  const TextLines& lines_;
  const std::size_t& consumed_;
  JsonLimits limits_;
  const JsonMembers& members_;
  IssueSink& sink_;
  YamlNode root_;
  std::vector<Open> open_;
  std::size_t values_ = 0;
  std::size_t kept_ = 0;
  std::size_t duplicates_ = 0;
};

}  // namespace

std::optional<YamlNode> parse_json(std::string_view text, std::string_view file, Issues& issues,
                                   const JsonLimits& limits, const JsonMembers& members) {
  constexpr std::size_t kLargest = std::numeric_limits<std::uint32_t>::max();
  if (!check_text(text, file, std::min(limits.bytes, kLargest), issues)) return std::nullopt;
  const TextLines lines(text);
  IssueSink sink{std::string(file), text, issues};
  std::size_t consumed = 0;
  Builder builder(text, lines, consumed, limits, members, sink);
  const char* start = text.data();
  const char* end = start + text.size();
  const bool read = nlohmann::json::sax_parse(CountingIterator(start, start, &consumed),
                                              CountingIterator(end, start, &consumed), &builder);
  if (!read || sink.failed()) return std::nullopt;
  return builder.take_root();
}

const std::string* json_string(const YamlNode* node) noexcept {
  return node != nullptr && node->kind == YamlNode::Kind::scalar && node->quoted ? &node->scalar : nullptr;
}

}  // namespace ccgate
