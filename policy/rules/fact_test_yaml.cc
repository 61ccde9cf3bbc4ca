#include "policy/rules/fact_test_yaml.h"

#include <fmt/core.h>

#include <array>

#include "policy/yaml/schema.h"
#include "policy/yaml/yaml_reader.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

using Test = Condition::Test;
using Kind = Condition::Kind;

bool is_number(const FactInfo& fact) {
  return fact.type == FactType::count || fact.type == FactType::duration;
}

Condition base(const FactInfo& fact, Test test, Position at) {
  Condition condition;
  condition.fact = fact.fact;
  condition.test = test;
  condition.at = at;
  return condition;
}

std::string joined(const Condition& condition) {
  const std::string separator = ", ";
  std::string text;
  if (condition.kind == Kind::fact) {
    for (const std::string& word : condition.words) text += (text.empty() ? "" : separator) + word;
  } else {
    for (const Condition& child : condition.children) text += (text.empty() ? "" : separator) + child.text;
  }
  return text;
}

std::string text_of_fact(const Condition& condition) {
  const FactInfo& fact = info_of(condition.fact);
  const std::string name(fact.name);
  const std::string number =
      fact.type == FactType::duration ? format_duration(condition.number) : std::to_string(condition.number);
  switch (condition.test) {
    case Test::is_true:
      return name;
    case Test::is_false:
      return "not " + name;
    case Test::equals:
      return name + " " + (is_number(fact) ? number : joined(condition));
    case Test::one_of:
      return name + " in " + joined(condition);
    case Test::none_of:
      return name + " not " + joined(condition);
    case Test::more_than:
      return name + " more_than " + number;
    case Test::less_than:
      return name + " less_than " + number;
  }
  return name;
}

std::optional<std::int64_t> read_amount(const FactInfo& fact, const YamlNode& node, IssueSink& sink) {
  constexpr std::int64_t kMost = 1'000'000;
  if (fact.type == FactType::duration) return read_duration(node, fact.name, sink);
  return read_number(node, fact.name, 0, kMost, sink);
}

/// One value as the evaluation compares it.
std::optional<std::string> read_word_value(const FactInfo& fact, const YamlNode& node, IssueSink& sink) {
  switch (fact.type) {
    case FactType::word:
      return read_word(node, fact.name, listed_words(fact.words), sink);
    case FactType::cctld:
      if (const auto cctld = read_cctld(node, fact.name, sink)) return cctld->ascii();
      return std::nullopt;
    case FactType::address:
      if (const auto address = read_address(node, fact.name, sink)) return address->key();
      return std::nullopt;
    case FactType::domain:
      if (const auto domain = read_domain(node, fact.name, sink)) return domain->ascii();
      return std::nullopt;
    case FactType::truth:
    case FactType::count:
    case FactType::duration:
      break;
  }
  return std::nullopt;
}

/// `fact: 3`, `fact: [1, 2]`: equality with one of several.
std::optional<Condition> equal_numbers(const FactInfo& fact, const YamlNode& value, Position at,
                                       IssueSink& sink) {
  if (fact.type == FactType::duration) {
    sink.error(value.at, fmt::format("`{}` is never exactly one value", fact.name),
               fmt::format("write `{}`", example_of(fact)));
    return std::nullopt;
  }
  if (value.kind != YamlNode::Kind::sequence) {
    const auto number = read_amount(fact, value, sink);
    if (!number) return std::nullopt;
    Condition condition = base(fact, Test::equals, at);
    condition.number = *number;
    return with_text(std::move(condition));
  }
  Condition any;
  any.kind = Kind::any;
  any.at = at;
  for (const YamlNode& item : value.items) {
    auto child =
        item.kind == YamlNode::Kind::sequence ? std::nullopt : equal_numbers(fact, item, item.at, sink);
    if (!child) return std::nullopt;
    any.children.push_back(std::move(*child));
  }
  if (!any.children.empty()) return with_text(std::move(any));
  sink.error(value.at, "an empty list never holds");
  return std::nullopt;
}

/// `fact: full`, `fact: [full, partial]`.
std::optional<Condition> equal_words(const FactInfo& fact, const YamlNode& value, Position at,
                                     IssueSink& sink) {
  const bool list = value.kind == YamlNode::Kind::sequence;
  Condition condition = base(fact, list ? Test::one_of : Test::equals, at);
  bool good = true;
  const auto take = [&](const YamlNode& node) {
    if (auto word = read_word_value(fact, node, sink))
      condition.words.insert(std::move(*word));
    else
      good = false;
  };
  if (list)
    for (const YamlNode& item : value.items) take(item);
  else
    take(value);
  if (good && condition.words.empty()) {
    sink.error(value.at, "an empty list never holds");
    good = false;
  }
  return good ? std::optional<Condition>(with_text(std::move(condition))) : std::nullopt;
}

std::optional<Condition> equal(const FactInfo& fact, const YamlNode& value, Position at, IssueSink& sink) {
  if (fact.type == FactType::truth) {
    const auto truth = read_boolean(value, fact.name, sink);
    if (!truth) return std::nullopt;
    return with_text(base(fact, *truth ? Test::is_true : Test::is_false, at));
  }
  return is_number(fact) ? equal_numbers(fact, value, at, sink) : equal_words(fact, value, at, sink);
}

Condition not_equal(Condition condition, Position at) {
  // Words and truths have a test of their own for it, which reads better in a trace.
  if (condition.kind == Kind::fact && !condition.words.empty()) {
    condition.test = Test::none_of;
    return with_text(std::move(condition));
  }
  if (condition.kind == Kind::fact && info_of(condition.fact).type == FactType::truth) {
    condition.test = condition.test == Test::is_true ? Test::is_false : Test::is_true;
    return with_text(std::move(condition));
  }
  Condition negation;
  negation.kind = Kind::negation;
  negation.at = at;
  negation.children.push_back(std::move(condition));
  return with_text(std::move(negation));
}

/// `more_than: 3` and the like.
std::optional<Condition> compared(const FactInfo& fact, const YamlNode::Entry& entry, IssueSink& sink) {
  if (entry.key == "more_than" || entry.key == "less_than") {
    if (!is_number(fact)) {
      sink.error(entry.at, fmt::format("`{}` cannot be more or less", fact.name),
                 fmt::format("write `{}`", example_of(fact)));
      return std::nullopt;
    }
    const auto number = read_amount(fact, entry.value, sink);
    if (!number) return std::nullopt;
    Condition condition = base(fact, entry.key == "more_than" ? Test::more_than : Test::less_than, entry.at);
    condition.number = *number;
    if (condition.test == Test::less_than && *number == 0) {
      sink.error(entry.value.at, "nothing is less than 0");
      return std::nullopt;
    }
    return with_text(std::move(condition));
  }
  if (entry.key == "in") {
    if (entry.value.kind == YamlNode::Kind::sequence && fact.type != FactType::truth)
      return equal(fact, entry.value, entry.at, sink);
    sink.error(entry.value.at, "`in` needs a list of values", fmt::format("write `{}`", example_of(fact)));
    return std::nullopt;
  }
  if (entry.key == "not") {
    auto condition = equal(fact, entry.value, entry.at, sink);
    if (!condition) return std::nullopt;
    return not_equal(std::move(*condition), entry.at);
  }
  const std::vector<std::string> known{"more_than", "less_than", "in", "not"};
  std::string help = did_you_mean(entry.key, known);
  sink.error(entry.at, fmt::format("unknown comparison `{}`", entry.key),
             help.empty() ? "one of: more_than, less_than, in, not" : std::move(help));
  return std::nullopt;
}

}  // namespace

std::string example_of(const FactInfo& fact) {
  const std::string name(fact.name);
  switch (fact.type) {
    case FactType::truth:
      return "{" + name + ": false}";
    case FactType::count:
      return "{" + name + ": {more_than: 3}}";
    case FactType::duration:
      return "{" + name + ": {less_than: 7d}}";
    case FactType::word:
      return "{" + name + ": " + listed_words(fact.words).front() + "}";
    case FactType::cctld:
      return "{" + name + ": {in: [xa, xb]}}";
    case FactType::address:
      return "{" + name + ": hostmaster@nic.example}";
    case FactType::domain:
      return "{" + name + ": {in: [nic.example]}}";
  }
  return name;
}

Condition with_text(Condition condition) {
  switch (condition.kind) {
    case Kind::fact:
      condition.text = text_of_fact(condition);
      break;
    case Kind::defined:
      condition.text = condition.name;
      break;
    case Kind::any:
      condition.text = "any of (" + joined(condition) + ")";
      break;
    case Kind::all:
      condition.text = "all of (" + joined(condition) + ")";
      break;
    case Kind::negation:
      condition.text = "not (" + joined(condition) + ")";
      break;
  }
  return condition;
}

std::optional<Condition> read_fact_test(const FactInfo& fact, const YamlNode::Entry& entry, IssueSink& sink) {
  const YamlNode& value = entry.value;
  if (value.kind == YamlNode::Kind::null) {
    sink.error(entry.at, fmt::format("`{}` has no value", entry.key),
               fmt::format("write `{}`", example_of(fact)));
    return std::nullopt;
  }
  if (value.kind != YamlNode::Kind::mapping) return equal(fact, value, entry.at, sink);
  Condition all;
  all.kind = Kind::all;
  all.at = entry.at;
  bool good = !value.entries.empty();
  if (!good) sink.error(value.at, "an empty comparison", fmt::format("write `{}`", example_of(fact)));
  for (const YamlNode::Entry& comparison : value.entries) {
    auto child = compared(fact, comparison, sink);
    if (child)
      all.children.push_back(std::move(*child));
    else
      good = false;
  }
  if (!good) return std::nullopt;
  if (all.children.size() == 1) {
    all.children.front().at = entry.at;
    return std::move(all.children.front());
  }
  return with_text(std::move(all));
}

}  // namespace ccgate
