// policy/rules/condition_yaml.h: the conditions of `when`, `require` and `define`.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "policy/rules/condition.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml.h"

namespace ccgate {

/// Reads conditions and the definitions that they refer to. One per policy.
///
/// A definition is copied to where its name stands, so that whoever evaluates a condition needs nothing else;
/// a budget on the sum keeps names that refer to names from growing it beyond measure.
class ConditionReader {
 public:
  explicit ConditionReader(IssueSink& sink) : sink_(&sink) {}

  /// The mapping `define`. Call first.
  void define(const YamlNode& mapping);
  /// A list of conditions; `what` is its key, for messages.
  [[nodiscard]] std::vector<Condition> list(const YamlNode& node, std::string_view what);
  [[nodiscard]] std::vector<std::pair<std::string, Condition>> take_definitions() {
    return std::move(definitions_);
  }

 private:
  struct Measured {
    std::size_t index;  ///< into definitions_
    std::size_t size;   ///< conditions in it
    std::size_t depth;
  };
  [[nodiscard]] std::optional<Condition> condition(const YamlNode& node);
  [[nodiscard]] std::optional<Condition> named(const YamlNode& node);
  [[nodiscard]] std::optional<Condition> group(const YamlNode::Entry& entry);
  [[nodiscard]] std::optional<Condition> negated(const YamlNode::Entry& entry);
  [[nodiscard]] std::optional<Condition> reference(const std::string& name, Position at);
  void define_one(const YamlNode::Entry& entry);
  void tell_unknown(const std::string& name, Position at);
  [[nodiscard]] bool spend(std::size_t size, Position at);

  IssueSink* sink_;
  std::vector<std::pair<std::string, Condition>> definitions_;
  std::unordered_map<std::string, Measured> by_name_;
  std::unordered_map<std::string, Position> all_names_;  // also of those still to come
  std::string defining_;
  std::size_t spent_ = 0;
  bool overspent_ = false;
};

}  // namespace ccgate
