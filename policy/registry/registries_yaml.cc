#include "policy/registry/registries_yaml.h"

#include <fmt/core.h>
#include <map>
#include "policy/names/public_suffix.h"
#include "policy/yaml/yaml_reader.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

constexpr auto kFile = SchemaFile::registries;

/// A domain of the registry's own that the same file calls shared, or that others register names under.
void check_own_domain(const Domain& domain, const std::set<Domain>& shared, const YamlNode& node,
                      IssueSink& sink) {
  for (const Domain& other : shared)
    if (domain.is_within(other))
      sink.error(node.at, fmt::format("`{}` is in `shared_domains`", domain.ascii()),
                 "remove it there or here");
  if (is_public_suffix(domain))
    sink.warning(node.at, fmt::format("others register names under `{}`", domain.ascii()),
                 "check that only the registry has mail addresses directly at it");
}

std::set<Domain> read_own_domains(const YamlMap& map, std::string_view key, const std::set<Domain>& shared) {
  std::set<Domain> domains;
  for (const YamlNode* item : map.items(key)) {
    auto domain = read_domain(*item, key, map.sink());
    if (!domain) continue;
    check_own_domain(*domain, shared, *item, map.sink());
    domains.insert(std::move(*domain));
  }
  return domains;
}

void read_aliases(const YamlMap& map, RegistryOverride& registry) {
  for (const YamlNode::Entry* entry : map.named()) {
    const auto contact = read_address(key_node(*entry), entry->key, map.sink());
    if (entry->value.kind != YamlNode::Kind::sequence) {
      map.sink().error(entry->value.at, fmt::format("the aliases of `{}` must be a list", entry->key));
      continue;
    }
    for (const YamlNode& item : entry->value.items) {
      auto alias = read_address(item, "aliases", map.sink());
      if (contact && alias) registry.aliases[*contact].insert(std::move(*alias));
    }
  }
}

RegistryOverride read_registry(const YamlMap& map, const std::set<Domain>& shared) {
  RegistryOverride registry;
  registry.covers = map.cctlds("covers");
  registry.domains = read_own_domains(map, "domains", shared);
  registry.operators = read_own_domains(map, "operators", shared);
  if (const auto aliases = map.map("aliases")) read_aliases(*aliases, registry);
  registry.region = map.word<Region>("region");
  if (map.word("same_registry")) {
    registry.never_same_registry = true;
    if (!registry.domains.empty() || !registry.operators.empty())
      map.sink().error(map.key_at("same_registry"),
                       "`same_registry: never` contradicts `domains` and `operators`", "keep one");
  }
  return registry;
}

}  // namespace

std::optional<RegistryOverrides> read_registries(const YamlNode& root, IssueSink& sink) {
  const YamlMap map(root, root.at, kFile, "", sink);
  if (!map.is_mapping()) return std::nullopt;
  RegistryOverrides overrides;
  overrides.shared_domains = map.domains("shared_domains");
  std::map<Domain, Position> covered;
  for (const YamlNode::Entry* entry : map.named()) {
    if (const std::string meant = did_you_mean(entry->key, {"shared_domains"}); !meant.empty()) {
      sink.error(entry->at, fmt::format("unknown key `{}`", entry->key), meant);
      continue;
    }
    const auto cctld = read_cctld_key(*entry, sink);
    if (!cctld) continue;
    const YamlMap one(entry->value, entry->at, kFile, "*", sink);
    if (!one.is_mapping()) continue;
    RegistryOverride registry = read_registry(one, overrides.shared_domains);
    std::set<Domain> all = registry.covers;
    all.insert(*cctld);
    for (const Domain& each : all) {
      const auto [first, added] = covered.emplace(each, entry->at);
      if (!added)
        sink.error(entry->at, fmt::format("`{}` belongs to two registries", each.ascii()),
                   fmt::format("it is already covered at line {}: keep one", first->second.line));
    }
    overrides.registries.insert_or_assign(*cctld, std::move(registry));
  }
  return sink.failed() ? std::nullopt : std::optional<RegistryOverrides>(std::move(overrides));
}

std::optional<RegistryOverrides> parse_registries(std::string_view text, std::string_view file,
                                                  Issues& issues) {
  const std::size_t first = issues.size();
  const auto root = parse_yaml(text, file, issues);
  if (!root) return std::nullopt;
  IssueSink sink{std::string(file), text, issues};
  auto result = read_registries(*root, sink);
  sort_by_place(issues, first);
  return result;
}

}  // namespace ccgate
