#include "policy/yaml/yaml_reader.h"

#include <fmt/core.h>

#include <algorithm>

#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

std::string child_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

/// What the key is for, and what it takes.
std::string describe(const SchemaKey& key) {
  return fmt::format("`{}`: {} ({})", last_part(key.path), key.help, key.type);
}

}  // namespace

YamlMap::YamlMap(const YamlNode& node, Position at, SchemaFile file, std::string path, IssueSink& sink)
    : node_(&node),
      at_(at),
      file_(file),
      path_(std::move(path)),
      sink_(&sink),
      keys_(schema_children(file, path_)) {
  if (is_mapping()) {
    check_keys();
    return;
  }
  std::string name(last_part(path_));
  const bool item = name.ends_with("[]");
  if (item) name.resize(name.size() - 2);
  if (path_.empty())
    sink_->error(node.at, "the file must be a mapping of keys", "");
  else if (item)
    sink_->error(node.at, fmt::format("each item of `{}` must be a mapping", name), "");
  else
    sink_->error(node.at,
                 name == "*" ? "this must be a mapping" : fmt::format("`{}` must be a mapping", name), "");
}

void YamlMap::check_keys() const {
  for (const YamlNode::Entry& entry : node_->entries) {
    if (schema(entry.key) == nullptr)
      tell_unknown(entry);
    else if (entry.value.kind == YamlNode::Kind::null)
      sink_->error(entry.at, fmt::format("`{}` has no value", entry.key), describe(*schema(entry.key)));
  }
  for (const SchemaKey* key : keys_)
    if (key->default_value == "required" && node_->find(last_part(key->path)) == nullptr)
      sink_->error(at_, fmt::format("`{}` is missing", last_part(key->path)), describe(*key));
}

void YamlMap::tell_unknown(const YamlNode::Entry& entry) const {
  std::vector<std::string> known;
  for (const SchemaKey* key : keys_) known.emplace_back(last_part(key->path));
  std::string help = did_you_mean(entry.key, known);
  if (help.empty()) {
    help = known.empty() ? "no key can be here" : "keys here: ";
    for (const std::string& key : known) help += (&key == &known.front() ? "" : ", ") + key;
  }
  sink_->error(entry.at, fmt::format("unknown key `{}`", entry.key), std::move(help));
}

const SchemaKey* YamlMap::schema(std::string_view key) const {
  const SchemaKey* any = nullptr;
  for (const SchemaKey* candidate : keys_) {
    const std::string_view name = last_part(candidate->path);
    if (name == key) return candidate;
    if (name == "*") any = candidate;
  }
  return any;
}

const YamlNode* YamlMap::get(std::string_view key) const {
  const YamlNode* value = node_->find(key);
  return value == nullptr || value->kind == YamlNode::Kind::null ? nullptr : value;
}

Position YamlMap::key_at(std::string_view key) const {
  const auto found = std::find_if(node_->entries.begin(), node_->entries.end(),
                                  [key](const YamlNode::Entry& entry) { return entry.key == key; });
  return found == node_->entries.end() ? at_ : found->at;
}

std::vector<const YamlNode::Entry*> YamlMap::named() const {
  std::vector<const YamlNode::Entry*> entries;
  for (const YamlNode::Entry& entry : node_->entries) {
    const SchemaKey* key = schema(entry.key);
    if (key != nullptr && last_part(key->path) == "*" && entry.value.kind != YamlNode::Kind::null)
      entries.push_back(&entry);
  }
  return entries;
}

void YamlMap::check_format(std::string_view key) const {
  const YamlNode* value = get(key);
  if (value == nullptr || (value->kind == YamlNode::Kind::scalar && !value->quoted && value->scalar == "1"))
    return;
  sink_->error(value->at, fmt::format("`{}` must be 1", key), "this program reads format 1 only");
}

std::optional<std::string> YamlMap::text(std::string_view key) const {
  const YamlNode* value = get(key);
  return value == nullptr ? std::nullopt : read_text(*value, key, *sink_);
}

std::optional<std::string> YamlMap::word(std::string_view key) const {
  const YamlNode* value = get(key);
  return value == nullptr ? std::nullopt : read_word(*value, key, listed_words(schema(key)->type), *sink_);
}

std::optional<bool> YamlMap::boolean(std::string_view key) const {
  const YamlNode* value = get(key);
  return value == nullptr ? std::nullopt : read_boolean(*value, key, *sink_);
}

std::optional<std::int64_t> YamlMap::number(std::string_view key, std::int64_t least,
                                            std::int64_t most) const {
  const YamlNode* value = get(key);
  return value == nullptr ? std::nullopt : read_number(*value, key, least, most, *sink_);
}

std::optional<std::int64_t> YamlMap::duration(std::string_view key) const {
  const YamlNode* value = get(key);
  return value == nullptr ? std::nullopt : read_duration(*value, key, *sink_);
}

std::optional<std::int64_t> YamlMap::size(std::string_view key, std::int64_t least, std::int64_t most) const {
  const YamlNode* value = get(key);
  return value == nullptr ? std::nullopt : read_size(*value, key, least, most, *sink_);
}

std::optional<Address> YamlMap::address(std::string_view key) const {
  const YamlNode* value = get(key);
  return value == nullptr ? std::nullopt : read_address(*value, key, *sink_);
}

std::optional<YamlMap> YamlMap::map(std::string_view key) const {
  const YamlNode* value = get(key);
  if (value == nullptr) return std::nullopt;
  YamlMap map(*value, key_at(key), file_, child_path(path_, key), *sink_);
  return map.is_mapping() ? std::optional<YamlMap>(std::move(map)) : std::nullopt;
}

std::vector<const YamlNode*> YamlMap::items(std::string_view key, bool or_one) const {
  const YamlNode* value = get(key);
  std::vector<const YamlNode*> list;
  if (value == nullptr) return list;
  if (value->kind == YamlNode::Kind::sequence) {
    for (const YamlNode& item : value->items) list.push_back(&item);
  } else if (or_one && value->kind == YamlNode::Kind::scalar) {
    list.push_back(value);
  } else {
    sink_->error(value->at, fmt::format("`{}` must be a list", key),
                 value->kind == YamlNode::Kind::scalar && value->scalar.size() < 60
                     ? fmt::format("write `[{}]`", value->scalar)
                     : "");
  }
  return list;
}

std::vector<std::string> YamlMap::texts(std::string_view key, bool or_one) const {
  std::vector<std::string> list;
  for (const YamlNode* item : items(key, or_one))
    if (auto text = read_text(*item, key, *sink_)) list.push_back(std::move(*text));
  return list;
}

std::vector<Address> YamlMap::addresses(std::string_view key, bool or_one) const {
  std::vector<Address> list;
  for (const YamlNode* item : items(key, or_one))
    if (auto address = read_address(*item, key, *sink_)) list.push_back(std::move(*address));
  return list;
}

std::set<Domain> YamlMap::domains(std::string_view key) const {
  std::set<Domain> set;
  for (const YamlNode* item : items(key))
    if (auto domain = read_domain(*item, key, *sink_)) set.insert(std::move(*domain));
  return set;
}

std::set<Domain> YamlMap::cctlds(std::string_view key) const {
  std::set<Domain> set;
  for (const YamlNode* item : items(key))
    if (auto cctld = read_cctld(*item, key, *sink_)) set.insert(std::move(*cctld));
  return set;
}

}  // namespace ccgate
