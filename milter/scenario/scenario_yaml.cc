// Reads scenario files; the keys are in policy/yaml/schema.cc and ccgate-policy(5).
#include "milter/scenario/scenario_yaml.h"
#include <fmt/core.h>

#include <algorithm>

#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario_history.h"
#include "milter/scenario/scenario_message.h"
#include "milter/site/config_lists.h"
#include "milter/system/files.h"
#include "policy/registry/registries_yaml.h"
#include "policy/rules/policy_yaml.h"
#include "policy/text/issue_sink.h"
#include "policy/text/text.h"
#include "policy/yaml/yaml_reader.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1024} * 1024;
constexpr auto kFile = SchemaFile::scenario;

/// `dns`: name -> {TYPE: value or list of values} or {fail: servfail | timeout}.
void read_dns(const YamlNode& node, Position at, IssueSink& sink, std::vector<ScenarioRecord>& records,
              std::vector<ScenarioFailure>& failures) {
  const YamlMap names(node, at, kFile, "dns", sink);
  for (const YamlNode::Entry* name : names.named()) {
    const YamlMap types(name->value, name->at, kFile, "dns.*", sink);
    if (const auto fail = types.word("fail")) failures.push_back({name->key, *fail == "timeout"});
    for (const auto& [word, type] :
         {std::pair{"A", RrType::a}, std::pair{"AAAA", RrType::aaaa}, std::pair{"MX", RrType::mx},
          std::pair{"TXT", RrType::txt}, std::pair{"PTR", RrType::ptr}, std::pair{"CNAME", RrType::cname}}) {
      for (const std::string& data : types.texts(word, true)) {
        ZoneResolver probe;
        if (probe.add(name->key, type, data))
          records.push_back({name->key, type, data});
        else
          sink.error(types.key_at(word), fmt::format("`{}` is no {} record", data, word));
      }
    }
  }
}

/// A date of a contact. Stories that are not about it have contacts of long standing; `unknown` is none.
std::optional<std::int64_t> read_contact_date(const YamlMap& map, std::string_view key, std::int64_t now) {
  constexpr std::int64_t kLong = std::int64_t{10} * 365 * 24 * 3600;
  if (map.get(key) == nullptr) return now - kLong;
  return map.text(key) == "unknown" ? std::nullopt : read_scenario_time(map, key);
}

/// One item of `contacts`: the ccTLDs of one registry. `fetched`: when all the data was.
void read_registry(const YamlNode& node, IssueSink& sink, std::int64_t fetched, Scenario& scenario) {
  const YamlMap map(node, node.at, kFile, "contacts[]", sink);
  const std::set<Domain> labels = map.cctlds("cctlds");
  const auto changed = read_contact_date(map, "changed", scenario.now);
  const auto first_seen = read_contact_date(map, "first_seen", scenario.now);
  std::map<Role, Contact> contacts;
  for (const auto& [key, role] :
       {std::pair{"admin_contact", Role::admin}, std::pair{"tech_contact", Role::tech}})
    if (auto email = map.address(key))
      contacts.emplace(role, Contact{std::move(*email), "", changed, first_seen});
  if (auto previous = map.address("previous_contact")) {
    if (const auto admin = contacts.find(Role::admin); admin != contacts.end())
      admin->second.previous = PreviousContact{std::move(*previous), std::nullopt, first_seen};
    else
      sink.error(map.key_at("previous_contact"), "`previous_contact` without `admin_contact`", "write both");
  }
  const auto own_fetched = map.get("fetched") != nullptr ? read_scenario_time(map, "fetched") : fetched;
  for (const Domain& label : labels) {
    CcTld& cctld = scenario.cctlds.emplace_back(CcTld{label, contacts, "", own_fetched, {}, "", false});
    cctld.organisation = map.text("registry").value_or("");
    cctld.dnssec = map.boolean("dnssec");
    cctld.unusable = contacts.empty();
    if (cctld.unusable) cctld.anomaly = "no contact was ever read";
  }
  const std::set<Domain> domains = map.domains("mail_domains");
  if (domains.empty() || labels.empty()) return;
  RegistryOverride& declared = scenario.overrides.registries[*labels.begin()];
  declared.covers = labels;
  declared.domains = domains;
}

Expectation read_expectation(const YamlMap& map) {
  Expectation expect;
  expect.decision = map.word("decision");
  expect.ground = map.text("ground");
  expect.rule = map.text("rule");
  expect.request = map.word("request");
  if (map.get("tlds") != nullptr) expect.cctlds = map.cctlds("tlds");
  if (map.get("informed") != nullptr) {
    expect.informed = map.addresses("informed");
    std::sort(expect.informed->begin(), expect.informed->end());
  }
  if (const auto reply = map.map("reply")) {
    if (const auto code = reply->number("code", 200, 599)) expect.code = static_cast<int>(*code);
    expect.status = reply->text("status");
    expect.text = reply->text("text");
  }
  return expect;
}

/// The policy that the scenario puts in the place of every list's own.
std::optional<Policy> scenario_policy(const YamlNode& node, IssueSink& sink, const std::string& file,
                                      Issues& issues) {
  std::optional<Policy> policy;
  if (node.kind == YamlNode::Kind::mapping) {
    policy = read_policy(node, sink);
    if (policy) policy->file = file;
    return policy;
  }
  const std::string named = path_beside(file, node.scalar);
  std::string why;
  const auto text = read_file(named, kLargestFile, why);
  if (!text) {
    sink.error(node.at, fmt::format("cannot read `{}`: {}", named, why));
    return std::nullopt;
  }
  policy = parse_policy(*text, named, issues);
  if (policy) policy->file = named;
  return policy;
}

/// The rules of the configuration, with what the scenario says in their place.
std::shared_ptr<const Ruleset> scenario_rules(const YamlMap& root, IssueSink& sink,
                                              std::shared_ptr<const Ruleset> base, Scenario& scenario,
                                              Issues& issues) {
  if (const auto config = root.text("config"))
    base = load_ruleset(path_beside(scenario.file, *config), issues);
  else if (!base)
    sink.error({1, 1}, "no configuration", "name one with `config`, or with -c");
  if (!base) return nullptr;
  auto rules = std::make_shared<Ruleset>(*base);
  if (const YamlNode* node = root.get("policy")) {
    const auto policy = scenario_policy(*node, sink, scenario.file, issues);
    if (!policy) return nullptr;
    for (List& list : rules->lists) list.policy = *policy;
  }
  if (const auto mode = root.word<Mode>("mode"))
    for (List& list : rules->lists) list.policy.mode = *mode;
  const std::int64_t fetched = scenario.now - root.duration("contacts_age").value_or(0);
  scenario.cctlds = base->directory->all();
  // `contacts_age` is the age of all of it, whenever the records of the configuration were fetched.
  for (CcTld& cctld : scenario.cctlds) cctld.fetched = fetched;
  scenario.overrides = base->overrides;
  if (root.get("contacts") != nullptr) {
    scenario.cctlds.clear();
    scenario.overrides.registries.clear();
    for (const YamlNode* each : root.items("contacts")) read_registry(*each, sink, fetched, scenario);
  }
  if (const YamlNode* registries = root.get("registries"))
    if (auto own = read_registries(*registries, sink)) {
      own->registries.merge(scenario.overrides.registries);
      scenario.overrides = std::move(*own);
    }
  rules->directory =
      std::make_shared<const Directory>(scenario.cctlds, scenario.overrides, rules->alias_sets, fetched);
  rules->index();
  return rules;
}

std::optional<YamlNode> read_tree(const std::string& file, std::string& text, Issues& issues) {
  std::string why;
  auto read = read_file(file, kLargestFile, why);
  if (!read) {
    issues.push_back({Severity::error, file, {}, "cannot read the file: " + why, "", ""});
    return std::nullopt;
  }
  text = std::move(*read);
  return parse_yaml(text, file, issues);
}

}  // namespace

std::optional<Scenario> load_scenario(const std::string& file, std::shared_ptr<const Ruleset> base,
                                      Issues& issues) {
  const std::size_t first = issues.size();
  std::string text;
  const auto tree = read_tree(file, text, issues);
  if (!tree) return std::nullopt;
  IssueSink sink(file, text, issues);
  const YamlMap root(*tree, {1, 1}, kFile, "", sink);
  Scenario scenario;
  scenario.file = file;
  scenario.story = root.text("story").value_or("");
  (void)root.texts("spec");
  scenario.now = read_scenario_time(root, "now").value_or(0);
  scenario.rules = scenario_rules(root, sink, std::move(base), scenario, issues);
  if (const YamlNode* dns = root.get("dns"))
    read_dns(*dns, root.key_at("dns"), sink, scenario.dns, scenario.failures);
  if (const auto history = root.map("history")) scenario.history = read_scenario_history(*history);
  if (const auto session = root.map("session")) {
    if (const auto client = session->text("client")) {
      scenario.client = ClientAddress::parse(*client);
      if (!scenario.client) sink.error(session->key_at("client"), "`client` must be an IP address");
    }
    scenario.helo = session->text("helo").value_or("");
    scenario.mail_from = session->text("mail_from").value_or("<>");
    scenario.rcpt_to = session->texts("rcpt_to", true);
  }
  read_scenario_message(root, sink, scenario);
  if (const auto expect = root.map("expect")) scenario.expect = read_expectation(*expect);
  const bool failed = std::any_of(issues.begin() + static_cast<std::ptrdiff_t>(first), issues.end(),
                                  [](const Issue& issue) { return issue.severity == Severity::error; });
  if (failed || !scenario.rules) return std::nullopt;
  return scenario;
}

std::optional<std::shared_ptr<ZoneResolver>> load_zone(const std::string& file, Issues& issues) {
  std::string text;
  const auto tree = read_tree(file, text, issues);
  if (!tree) return std::nullopt;
  IssueSink sink(file, text, issues);
  // A scenario file serves too: its records stand below `dns`.
  const YamlNode* dns = tree->find("dns");
  std::vector<ScenarioRecord> records;
  std::vector<ScenarioFailure> failures;
  read_dns(dns != nullptr ? *dns : *tree, {1, 1}, sink, records, failures);
  if (sink.failed()) return std::nullopt;
  auto zone = std::make_shared<ZoneResolver>();
  for (const ScenarioRecord& record : records) zone->add(record.name, record.type, record.data);
  for (const ScenarioFailure& failure : failures) zone->fail(failure.name);
  return zone;
}

}  // namespace ccgate
