// policy/yaml/yaml_reader.h: a YAML tree read against the schema: every unknown key, missing key and wrong
// type is told, with the schema's own words as help.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/names/address.h"
#include "policy/text/enum_words.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/schema.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// A mapping of the schema. Unknown, missing and empty keys are told when it is made; each getter tells a
/// wrong type and gives nullopt for it, as for an absent key.
class YamlMap {
 public:
  /// `path`: as in SchemaKey, empty for the root. `at`: where to tell what is missing (the key that holds the
  /// mapping). `node` and `sink` outlive the object.
  YamlMap(const YamlNode& node, Position at, SchemaFile file, std::string path, IssueSink& sink);

  [[nodiscard]] bool is_mapping() const noexcept { return node_->kind == YamlNode::Kind::mapping; }
  /// nullptr when absent or without value.
  [[nodiscard]] const YamlNode* get(std::string_view key) const;
  /// The place of the key; of the mapping when absent.
  [[nodiscard]] Position key_at(std::string_view key) const;
  /// The entries that no key of the schema names, for paths with `*`.
  [[nodiscard]] std::vector<const YamlNode::Entry*> named() const;

  /// The number of the file's format must be 1.
  void check_format(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  /// One of the words of the schema's type, `a | b | c`.
  [[nodiscard]] std::optional<std::string> word(std::string_view key) const;
  /// The same as an enumerator. Words of the schema that the enum has not are read as absent.
  template <WordedEnum Enum>
  [[nodiscard]] std::optional<Enum> word(std::string_view key) const {
    const auto written = word(key);
    return written ? parse_word<Enum>(*written) : std::nullopt;
  }
  [[nodiscard]] std::optional<bool> boolean(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view key, std::int64_t least,
                                                   std::int64_t most) const;
  [[nodiscard]] std::optional<std::int64_t> duration(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> size(std::string_view key, std::int64_t least,
                                                 std::int64_t most) const;
  [[nodiscard]] std::optional<Address> address(std::string_view key) const;
  /// A mapping at `key`.
  [[nodiscard]] std::optional<YamlMap> map(std::string_view key) const;

  /// The items of a list; empty when absent. A single value counts as a list of one when `or_one`.
  [[nodiscard]] std::vector<const YamlNode*> items(std::string_view key, bool or_one = false) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key, bool or_one = false) const;
  [[nodiscard]] std::vector<Address> addresses(std::string_view key, bool or_one = false) const;
  [[nodiscard]] std::set<Domain> domains(std::string_view key) const;
  [[nodiscard]] std::set<Domain> cctlds(std::string_view key) const;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] Position at() const noexcept { return at_; }
  [[nodiscard]] IssueSink& sink() const noexcept { return *sink_; }

 private:
  void check_keys() const;
  void tell_unknown(const YamlNode::Entry& entry) const;
  [[nodiscard]] const SchemaKey* schema(std::string_view key) const;

  const YamlNode* node_;
  Position at_;
  SchemaFile file_;
  std::string path_;
  IssueSink* sink_;
  std::vector<const SchemaKey*> keys_;
};

}  // namespace ccgate
