// policy/yaml.h: YAML text -> a tree that knows its places. One document, no anchors, aliases, merges, tags
// or duplicate keys, at most 1 MiB and 32 levels: whatever two readers could take two ways is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/issue.h"
#include "policy/yaml_text.h"

namespace ccgate {

struct YamlNode {
  enum class Kind { null, scalar, sequence, mapping };
  struct Entry;  // a key with its place, and the value
  Kind kind = Kind::null;
  Position at;
  std::string scalar;
  bool quoted = false;          ///< scalar in quotes or a block: never read as a number or boolean
  std::vector<YamlNode> items;  ///< of a sequence
  std::vector<Entry> entries;   ///< of a mapping, in file order

  [[nodiscard]] const YamlNode* find(std::string_view key) const noexcept;
};

struct YamlNode::Entry {
  std::string key;
  Position at;
  bool quoted = false;
  YamlNode value;
};

/// nullopt when the text cannot be read; `issues` says why. `file` is for the messages only. An empty
/// document is an error. Several errors are told where the parser can go on (duplicate keys, anchors, tags).
[[nodiscard]] std::optional<YamlNode> parse_yaml(std::string_view text, std::string_view file,
                                                 Issues& issues);

/// Collects issues about one file, and fills in the line that an issue points at. Refers to `text`, and looks
/// at it only when there is something to tell: most files are good, and some are large.
class IssueSink {
 public:
  IssueSink(std::string file, std::string_view text, Issues& issues);
  void error(Position at, std::string what, std::string help = "");
  void warning(Position at, std::string what, std::string help = "");
  void note(Position at, std::string what, std::string help = "");
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

 private:
  void add(Severity severity, Position at, std::string what, std::string help);
  std::string file_;
  std::string_view text_;
  std::optional<TextLines> lines_;  // of `text_`, from the first issue on
  Issues* issues_;
  bool failed_ = false;
};

}  // namespace ccgate
