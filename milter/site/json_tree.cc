#include "milter/site/json_tree.h"

#include <cctype>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "policy/yaml_text.h"

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
          const JsonLimits& limits, IssueSink& sink)
      : text_(text), lines_(lines), consumed_(consumed), limits_(limits), sink_(sink) {}

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
    parent.key_at = string_start();
    const auto [first, added] = parent.seen.emplace(parent.key, parent.key_at);
    if (added) return true;
    sink_.error(parent.key_at, "duplicate key `" + parent.key + "`",
                "it is already at line " + std::to_string(first->second.line) + ", column " +
                    std::to_string(first->second.column) + ": keep one");
    return true;
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
    std::unordered_map<std::string, Position> seen;
  };

  [[nodiscard]] Position here() const { return lines_.at(consumed_ == 0 ? 0 : consumed_ - 1); }
  /// Of the string that the library just read: it has consumed the closing quote and nothing more.
  [[nodiscard]] Position string_start() const {
    std::size_t at = consumed_ < 2 ? 0 : consumed_ - 2;
    const auto escaped = [&](std::size_t quote) {
      std::size_t slashes = 0;
      while (quote > slashes && text_[quote - slashes - 1] == '\\') ++slashes;
      return slashes % 2 == 1;
    };
    while (at > 0 && (text_[at] != '"' || escaped(at))) --at;
    return lines_.at(at);
  }

  /// Of the number, `true` or `false` just read: the library may have looked one octet ahead.
  [[nodiscard]] Position literal_start() const {
    const auto part = [&](std::size_t i) {
      return std::isalnum(static_cast<unsigned char>(text_[i])) != 0 || text_[i] == '-' || text_[i] == '+' ||
             text_[i] == '.';
    };
    std::size_t at = consumed_ == 0 ? 0 : consumed_ - 1;
    while (at > 0 && !part(at)) --at;
    while (at > 0 && part(at - 1)) --at;
    return lines_.at(at);
  }

  YamlNode scalar(std::string text, bool quoted) {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.at = quoted ? string_start() : literal_start();
    node.scalar = std::move(text);
    node.quoted = quoted;
    return node;
  }

  bool budget() {
    if (++values_ <= limits_.values) return true;
    sink_.error(here(), "more than " + std::to_string(limits_.values) + " values", "");
    return false;
  }

  bool open(YamlNode::Kind kind) {
    if (!budget()) return false;
    if (open_.size() >= limits_.depth) {
      sink_.error(here(), "nested deeper than " + std::to_string(limits_.depth) + " levels", "");
      return false;
    }
    Open opened;
    opened.node.kind = kind;
    opened.node.at = here();
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
    if (parent.node.kind == YamlNode::Kind::sequence)
      parent.node.items.push_back(std::move(node));
    else
      parent.node.entries.push_back({std::move(parent.key), parent.key_at, true, std::move(node)});
    return true;
  }

  std::string_view text_;
  const TextLines& lines_;
  const std::size_t& consumed_;
  JsonLimits limits_;
  IssueSink& sink_;
  YamlNode root_;
  std::vector<Open> open_;
  std::size_t values_ = 0;
};

}  // namespace

std::optional<YamlNode> parse_json(std::string_view text, std::string_view file, Issues& issues,
                                   const JsonLimits& limits) {
  if (!check_text(text, file, limits.bytes, issues)) return std::nullopt;
  const TextLines lines(text);
  IssueSink sink{std::string(file), text, issues};
  std::size_t consumed = 0;
  Builder builder(text, lines, consumed, limits, sink);
  const char* start = text.data();
  const char* end = start + text.size();
  const bool read = nlohmann::json::sax_parse(CountingIterator(start, start, &consumed),
                                              CountingIterator(end, start, &consumed), &builder);
  if (!read || sink.failed()) return std::nullopt;
  return builder.take_root();
}

}  // namespace ccgate
