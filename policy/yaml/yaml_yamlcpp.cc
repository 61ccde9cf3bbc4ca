// The only user of yaml-cpp. The library's nodes keep duplicate keys, expand aliases and drop further
// documents without a word, so only its events are used, and the tree is built here.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "policy/text/issue_sink.h"
#include "policy/text/text_lines.h"
#include "policy/yaml/yaml.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1024} * 1024;
constexpr std::size_t kDeepest = 32;
constexpr std::size_t kMostNodes = 100'000;
constexpr std::size_t kMostIssues = 50;  // a file with more is not a typing error

/// Thrown out of the library's parser when going on is pointless; the issue is already told.
struct Stop {};

class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view text, const TextLines& lines, IssueSink& sink)
      : text_(text), lines_(lines), sink_(sink) {}

  YamlNode take_root() { return std::move(root_); }
  [[nodiscard]] int documents() const noexcept { return documents_; }
  /// Where the innermost open list or mapping begins: an unclosed one is only noticed at the end of the text.
  [[nodiscard]] Position innermost() const { return open_.empty() ? Position{} : open_.back().node.at; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) {
      refuse_directives(mark);
      return;
    }
    const Position at = place(mark);
    const std::string_view line = lines_.line(at.line);
    if (line.starts_with("---"))
      sink_.error(at, "a second document", "one file holds one document: remove `---` and what follows");
    else
      sink_.error(at, "this does not belong to what stands above it", "check the indentation");
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, anchor, "");
    YamlNode node;
    node.at = null_place(mark);
    add(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse_alias(place(mark));
    YamlNode node;
    node.at = place(mark);
    add(std::move(node));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, anchor, tag);
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.at = place(mark);
    node.scalar = value;
    node.quoted = tag == "!";
    if (node.quoted) refuse_open_quote(mark);
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::mapping);
  }
  void OnMapEnd() override { close(); }

  void refuse_alias(Position at) {
    error(at, "`*` starts an alias, and aliases are not allowed",
          "write the value out; quote it when the text starts with `*`");
  }

 private:
  struct Open {
    YamlNode node;
    bool has_key = false;
    std::string key;
    Position key_at;
    bool key_quoted = false;
    std::unordered_map<std::string, Position> seen;
  };

  [[nodiscard]] Position place(const YAML::Mark& mark) const {
    return lines_.at_octet(static_cast<std::size_t>(std::max(mark.line, 0)),
                           static_cast<std::size_t>(std::max(mark.column, 0)));
  }
  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    return lines_.offset(static_cast<std::size_t>(std::max(mark.line, 0)),
                         static_cast<std::size_t>(std::max(mark.column, 0)));
  }
  [[nodiscard]] char octet(const YAML::Mark& mark) const {
    const std::size_t at = offset(mark);
    return at < text_.size() ? text_[at] : '\0';
  }

  void error(Position at, std::string what, std::string help) {
    sink_.error(at, std::move(what), std::move(help));
    if (++told_ >= kMostIssues) throw Stop{};
  }

  /// The mark of a value that is not there is the one of whatever comes next: the key before it says more.
  [[nodiscard]] Position null_place(const YAML::Mark& mark) const {
    const std::string_view rest = text_.substr(offset(mark));
    if (rest.starts_with('~') || rest.starts_with("null") || rest.starts_with("Null") ||
        rest.starts_with("NULL"))
      return place(mark);
    if (open_.empty()) return place(mark);
    if (open_.back().has_key) return open_.back().key_at;
    const std::size_t before = text_.find_last_not_of(" \t\r\n", offset(mark) == 0 ? 0 : offset(mark) - 1);
    if (before != std::string_view::npos && (text_[before] == '-' || text_[before] == ','))
      return lines_.at(before);
    return open_.back().node.at;
  }

  void refuse_directives(const YAML::Mark& mark) {
    for (std::size_t line = 1; line <= static_cast<std::size_t>(std::max(mark.line, 0)); ++line)
      if (lines_.line(line).starts_with('%'))
        error({line, 1}, "YAML directives are not allowed", "remove the line");
  }

  void check(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag) {
    if (++nodes_ > kMostNodes) {
      sink_.error(place(mark), fmt::format("the file has more than {} values", kMostNodes), "split it");
      throw Stop{};
    }
    if (anchor != 0)
      error(place(mark), "`&` starts an anchor, and anchors are not allowed",
            "remove it, and write the value out where it is used; quote it when the text starts with `&`");
    // A lone `!` looks like quotes to the library.
    const bool explicit_tag = !tag.empty() && tag != "?" && tag != "!";
    if (!explicit_tag && octet(mark) != '!') return;
    // A block mapping begins where its first key does, and would be told twice.
    if (std::exchange(tag_at_, place(mark)) == place(mark)) return;
    error(place(mark), "YAML tags are not allowed",
          "remove the tag; quote the value when the text starts with `!`");
  }

  /// The library takes the end of the text for a closing quote.
  void refuse_open_quote(const YAML::Mark& mark) {
    const std::size_t start = offset(mark);
    const char quote = octet(mark);
    if (quote != '"' && quote != '\'') return;
    for (std::size_t i = start + 1; i < text_.size(); ++i) {
      if (quote == '"' && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        if (quote == '"' || i + 1 >= text_.size() || text_[i + 1] != quote) return;
        ++i;
      }
    }
    error(place(mark), "this quote is never closed", "");
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
    check(mark, anchor, tag);
    if (open_.size() >= kDeepest) {
      sink_.error(place(mark), fmt::format("nested deeper than {} levels", kDeepest), "");
      throw Stop{};
    }
    Open opened;
    opened.node.kind = kind;
    opened.node.at = place(mark);
    open_.push_back(std::move(opened));
  }

  void close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  void add(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      add_key(parent, node);
    } else {
      parent.has_key = false;
      parent.node.entries.push_back(
          {std::move(parent.key), parent.key_at, parent.key_quoted, std::move(node)});
    }
  }

  void add_key(Open& parent, YamlNode& node) {
    parent.has_key = true;
    parent.key_at = node.at;
    parent.key_quoted = node.quoted;
    parent.key = std::move(node.scalar);
    if (node.kind != YamlNode::Kind::scalar) {
      error(node.at, "a key must be a word", "");
    } else if (parent.key == "<<" && !node.quoted) {
      error(node.at, "merge keys are not allowed", "write the keys out");
    } else {
      const auto [first, added] = parent.seen.emplace(parent.key, node.at);
      if (!added)
        error(node.at, fmt::format("duplicate key `{}`", parent.key),
              fmt::format("it is already at line {}, column {}: keep one", first->second.line,
                          first->second.column));
    }
  }

  std::string_view text_;
  const TextLines& lines_;
  IssueSink& sink_;
  YamlNode root_;
  std::vector<Open> open_;
  int documents_ = 0;
  std::size_t nodes_ = 0;
  std::size_t told_ = 0;
  Position tag_at_;
};

struct Translation {
  std::string_view library;
  std::string_view what;
  std::string_view help;
};
constexpr std::array<Translation, 12> kTranslations{{
    {"illegal map value", "a `:` where no key can be", "check the indentation; quote a text that holds `: `"},
    {"illegal block entry", "a `-` where no list item can be", "check the indentation"},
    {"illegal map key", "a key where none can be", "check the indentation"},
    {"end of map not found", "this does not fit the mapping around it",
     "check the indentation; quote the whole of a text that holds quotes"},
    {"end of sequence not found", "this does not fit the list around it", "check the indentation"},
    {"end of map flow not found", "this `{` is never closed", "put `}` where it ends"},
    {"end of sequence flow not found", "this `[` is never closed", "put `]` where it ends"},
    {"illegal EOF in scalar", "this quote is never closed", ""},
    {"illegal document indicator in scalar", "this quote is never closed", ""},
    {"unknown escape character: ", "an escape that YAML does not know", "write `\\\\` for a backslash"},
    {"illegal flow end", "a closing bracket without an opening one", ""},
    {"illegal tab when looking for indentation", "a tab cannot indent", "use blanks"},
}};

/// The library's complaint in our words.
void tell(const YAML::Exception& error, std::string_view text, const TextLines& lines, Builder& builder,
          IssueSink& sink) {
  const auto line = static_cast<std::size_t>(std::max(error.mark.line, 0));
  const auto column = static_cast<std::size_t>(std::max(error.mark.column, 0));
  Position at = lines.at_octet(line, column);
  const std::size_t offset = lines.offset(line, column);
  const std::string_view rest = text.substr(offset);
  const std::string_view shown = lines.line(line + 1);
  // yaml-cpp 0.8 puts the name behind it.
  if (error.msg.starts_with("the referenced anchor is not defined")) return builder.refuse_alias(at);
  if (!rest.empty() && std::string_view("@`%").find(rest.front()) != std::string_view::npos)
    return sink.error(at, fmt::format("a value cannot start with `{}` unless quoted", rest.front()),
                      "quote it");
  if (!rest.empty() && (rest.front() == '*' || rest.front() == '&'))
    return sink.error(at, fmt::format("a value that starts with `{}` must be quoted", rest.front()),
                      "quote it");
  const std::size_t indent = shown.find_first_not_of(' ');
  if (indent != std::string_view::npos && shown[indent] == '\t')
    return sink.error({line + 1, indent + 1}, "a tab cannot indent", "use blanks");
  for (const Translation& known : kTranslations) {
    if (!std::string_view(error.msg).starts_with(known.library)) continue;
    // The library puts what it misses at the end of the text, or nowhere.
    if (known.what.find("never closed") != std::string_view::npos && builder.innermost().line != 0 &&
        known.what.find("quote") == std::string_view::npos)
      at = builder.innermost();
    return sink.error(at, std::string(known.what), std::string(known.help));
  }
  sink.error(at, "this cannot be read as YAML: " + error.msg, "");
}

}  // namespace

std::optional<YamlNode> parse_yaml(std::string_view text, std::string_view file, Issues& issues) {
  if (!check_text(text, file, kLargestFile, issues)) return std::nullopt;
  const TextLines lines(text);
  IssueSink sink{std::string(file), text, issues};
  Builder builder(text, lines, sink);
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    if (builder.documents() == 0) sink.error({}, "the file is empty", "");
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    try {
      tell(error, text, lines, builder, sink);
    } catch (const Stop&) {
      return std::nullopt;
    }
  }
  if (sink.failed()) return std::nullopt;
  YamlNode root = builder.take_root();
  if (root.kind == YamlNode::Kind::null) {
    sink.error({}, "the file is empty", "");
    return std::nullopt;
  }
  return root;
}

}  // namespace ccgate
