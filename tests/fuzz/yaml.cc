// YAML and JSON as trees, and the files of an operator that are made of them.
#include <algorithm>

#include "milter/site/config_yaml.h"
#include "milter/system/json_tree.h"
#include "policy/registry/registries_yaml.h"
#include "policy/text/utf8.h"
#include "policy/yaml/yaml.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestYaml = std::size_t{1024} * 1024;

std::size_t depth_of(const YamlNode& node) {
  std::size_t deepest = 0;
  for (const YamlNode& each : node.items) deepest = std::max(deepest, depth_of(each));
  for (const YamlNode::Entry& each : node.entries) deepest = std::max(deepest, depth_of(each.value));
  return deepest + 1;
}

std::size_t longest_key(const YamlNode& node) {
  std::size_t longest = 0;
  for (const YamlNode& each : node.items) longest = std::max(longest, longest_key(each));
  for (const YamlNode::Entry& each : node.entries)
    longest = std::max({longest, each.key.size(), longest_key(each.value)});
  return longest;
}

void write_scalar(std::string_view text, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7f) {
      out += "\\u00";
      out += kDigits[octet >> 4U];
      out += kDigits[octet & 0xfU];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

/// As JSON, which is YAML too.
void write_tree(const YamlNode& node, std::string& out) {
  std::string_view comma;
  switch (node.kind) {
    case YamlNode::Kind::null:
      out += "null";
      break;
    case YamlNode::Kind::scalar:
      write_scalar(node.scalar, out);
      break;
    case YamlNode::Kind::sequence:
      out += "[";
      for (const YamlNode& each : node.items) {
        out += comma;
        comma = ", ";
        write_tree(each, out);
      }
      out += "]";
      break;
    case YamlNode::Kind::mapping:
      out += "{";
      for (const YamlNode::Entry& each : node.entries) {
        out += comma;
        comma = ", ";
        write_scalar(each.key, out);
        out += ": ";
        write_tree(each.value, out);
      }
      out += "}";
      break;
  }
}

bool same_tree(const YamlNode& a, const YamlNode& b) {
  return a.kind == b.kind && a.scalar == b.scalar &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_tree) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    [](const YamlNode::Entry& x, const YamlNode::Entry& y) {
                      return x.key == y.key && same_tree(x.value, y.value);
                    });
}

void check_issues(const Issues& issues, bool read) {
  expect(read || has_errors(issues), "what cannot be read has an error");
  for (const Issue& issue : issues) {
    const std::string text = render(issue);
    expect_utf8(text, "an issue is UTF-8");
    for (const char c : text)
      expect(c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != 0x7f),
             "an issue has no controls", text);
  }
}

void check_tree(const std::optional<YamlNode>& root, bool json) {
  if (!root) return;
  expect(depth_of(*root) <= 33, "levels are bounded");
  std::string text;
  write_tree(*root, text);
  // A key as it is written here ends within 1,024 characters (YAML 1.2, 7.4).
  constexpr std::size_t kLongestKey = 150;
  if (!json && longest_key(*root) > kLongestKey) return;
  if (!is_utf8(text) || text.size() > kLargestYaml) return;
  Issues issues;
  const auto again = json ? parse_json(text, "f", issues) : parse_yaml(text, "f", issues);
  expect(again && same_tree(*root, *again), "a tree reads itself", text);
}

void run_yaml(std::string_view input) {
  {
    Issues issues;
    const auto root = parse_yaml(input, "f", issues);
    check_issues(issues, root.has_value());
    check_tree(root, false);
  }
  {
    Issues issues;
    const auto root = parse_json(input, "f", issues);
    check_issues(issues, root.has_value());
    check_tree(root, true);
  }
  {
    Issues issues;
    const auto overrides = parse_registries(input, "f", issues);
    check_issues(issues, overrides.has_value());
    expect(overrides.has_value() != has_errors(issues), "registries with an error are none");
    if (overrides) {
      for (const auto& [label, each] : overrides->registries)
        for (const auto& [contact, aliases] : each.aliases) {
          expect_plain(contact);
          for (const Address& alias : aliases) expect_plain(alias);
        }
    }
  }
  Issues issues;
  const auto config = parse_config(input, "f", issues);
  check_issues(issues, config.has_value());
  expect(config.has_value() != has_errors(issues), "a configuration with an error is none");
  if (config) {
    for (const ListConfig& list : config->lists) {
      expect_plain(list.addresses.address);
      expect(list.owner.has_value(), "a list has an owner");
    }
  }
}

std::vector<std::string> yaml_seeds() {
  std::vector<std::string> seeds = repository_files("tests/config/good", ".yaml");
  for (const char* folder : {"tests/config/bad", "conf", "conf/site"})
    for (const std::string& text : repository_files(folder, ".yaml")) seeds.push_back(text);
  seeds.push_back(repository_file("tests/site/ccgate.yaml.in"));
  seeds.push_back(repository_file("tests/site/registries.yaml"));
  seeds.push_back(
      "a: &x [1, *x]\n<<: *x\n? b\n: !!str c\n'd''e': \"\\x41\\u263a\"\nf: |2-\n  g\nh: >+\n i\n\n--- j\n");
  seeds.push_back("%YAML 1.2\n---\n- [a, {b: c}, ~, 0x1F, 010, no, NO]\n...\n");
  seeds.push_back(R"({"a": [1, -2.5e3, true, null, "\ud83d\ude00\u0000"], "b": {"c": {}}})");
  return seeds;
}

std::vector<std::string> yaml_extremes() {
  std::vector<std::string> all;
  for (const char* piece :
       {"[",      "{",     "{a: ", "{\"a\":", "- ", "? ", "- - ", "a: ", "[[]",   "[]",         "!",
        "!!a ",   "&a ",   "*a ",  "\"",      "'",  "| ", "> \n", "#",   "---\n", "...\n",      "%a b\n",
        "a: b\n", "a:\n ", "\t",   "- a\n",   ", ", "\\", "{[",   "? [", ": ",    "a: [b, c]\n"})
    all.push_back(filled_up(piece, kLargestYaml - 10));
  all.push_back(repeated("[", 32) + repeated("]", 32));
  all.push_back(repeated("{\"a\": ", 31) + "1" + repeated("}", 31));
  std::string deep;
  for (int i = 0; i < 1400; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  all.push_back(deep);
  all.push_back("ccgate: 1\nlists: " + filled_up("{a: ", 100000));
  return all;
}

}  // namespace

Target yaml_target() {
  return {"yaml", kLargestYaml, run_yaml, yaml_seeds, yaml_extremes};
}

}  // namespace ccgate::fuzz
