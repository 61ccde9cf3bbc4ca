#include "milter/decision/basis_json.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "policy/text/text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_between(char octet) {
  return static_cast<unsigned char>(octet) <= ' ' || octet == '%' || octet == ',' || octet == '\x7f';
}

void append_word(std::string& text, std::string_view word) {
  for (const char octet : word) {
    if (!is_between(octet)) {
      text += octet;
      continue;
    }
    text += '%';
    text += kHex[static_cast<unsigned char>(octet) >> 4U];
    text += kHex[static_cast<unsigned char>(octet) & 15U];
  }
}

std::optional<std::string> parse_escaped(std::string_view text) {
  std::string word;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      word += text[i];
      continue;
    }
    const std::size_t high = i + 2 < text.size() ? kHex.find(text[i + 1]) : kHex.npos;
    const std::size_t low = i + 2 < text.size() ? kHex.find(text[i + 2]) : kHex.npos;
    if (high == kHex.npos || low == kHex.npos) return std::nullopt;
    word += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return word;
}

void append_value(std::string& text, const FactSource::Value& value) {
  if (const auto* truth = std::get_if<TruthValue>(&value)) {
    text += to_string(truth->truth);
    if (truth->truth == Truth::unknown) (text += ':') += to_string(truth->trouble);
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    text += std::to_string(*number);
  } else {
    bool first = true;
    for (const std::string& word : std::get<std::set<std::string>>(value)) {
      if (!std::exchange(first, false)) text += ',';
      append_word(text, word);
    }
  }
}

std::string facts_text(const FactList& facts) {
  std::string text;
  text.reserve(facts.size() * 28);
  for (const auto& [fact, value] : facts) {
    if (!text.empty()) text += ' ';
    (text += info_of(fact).name) += '=';
    append_value(text, value);
  }
  return text;
}

std::optional<FactSource::Value> parse_truth(std::string_view text) {
  constexpr std::string_view kUnknown = "unknown:";
  if (text.starts_with(kUnknown)) {
    const auto trouble = parse_word<Ground>(text.substr(kUnknown.size()));
    return trouble ? std::optional<FactSource::Value>(TruthValue{Truth::unknown, *trouble}) : std::nullopt;
  }
  const auto truth = parse_word<Truth>(text);
  if (!truth || *truth == Truth::unknown) return std::nullopt;
  return TruthValue{*truth, Ground::dns_trouble};
}

std::optional<FactSource::Value> parse_value(FactType type, std::string_view text) {
  if (type == FactType::truth || text.starts_with("unknown:")) return parse_truth(text);
  if (type == FactType::count || type == FactType::duration) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
  }
  std::set<std::string> words;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    auto word = parse_escaped(text.substr(0, comma));
    if (!word) return std::nullopt;
    words.insert(std::move(*word));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return words;
}

FactList parse_facts(std::string_view text) {
  FactList facts;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view each = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    const std::size_t equals = each.find('=');
    if (equals == each.npos) continue;
    const FactInfo* info = find_fact(each.substr(0, equals));
    if (info == nullptr) continue;
    if (auto value = parse_value(info->type, each.substr(equals + 1)))
      facts.emplace_back(info->fact, std::move(*value));
  }
  return facts;
}

std::string roles_text(const std::set<Role>& roles) {
  std::string text;
  for (const Role role : roles) (text += text.empty() ? "" : " ") += to_string(role);
  return text;
}

std::optional<std::set<Role>> parse_roles(std::string_view text) {
  std::set<Role> roles;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const auto role = parse_word<Role>(text.substr(0, blank));
    if (!role) return std::nullopt;
    roles.insert(*role);
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return roles;
}

Json case_json(const Basis& basis) {
  Json json;
  json["request"] = to_string(basis.kind);
  json["authority"] = roles_text(basis.authority);
  if (basis.named) json["named"] = true;
  if (basis.unknown) json["unknown"] = true;
  if (basis.contradiction) json["contradiction"] = true;
  if (basis.asks_to_leave) json["asks_to_leave"] = true;
  json["facts"] = facts_text(basis.facts);
  if (!basis.without_cctld.empty()) json["without_cctld"] = facts_text(basis.without_cctld);
  if (basis.cctlds.empty()) return json;
  Json cctlds;
  for (const auto& [cctld, facts] : basis.cctlds)
    cctlds[cctld.ascii()] = facts ? Json(facts_text(*facts)) : Json(nullptr);
  json["cctlds"] = std::move(cctlds);
  return json;
}

std::string text_at(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

bool flag_at(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::optional<Basis> parse_case(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  const auto kind = parse_word<RequestKind>(text_at(json, "request"));
  auto roles = parse_roles(text_at(json, "authority"));
  if (!kind || !roles) return std::nullopt;
  Basis basis;
  basis.kind = *kind;
  basis.authority = std::move(*roles);
  basis.named = flag_at(json, "named");
  basis.unknown = flag_at(json, "unknown");
  basis.contradiction = flag_at(json, "contradiction");
  basis.asks_to_leave = flag_at(json, "asks_to_leave");
  basis.facts = parse_facts(text_at(json, "facts"));
  basis.without_cctld = parse_facts(text_at(json, "without_cctld"));
  const auto cctlds = json.find("cctlds");
  if (cctlds == json.end()) return basis;
  if (!cctlds->is_object()) return std::nullopt;
  for (const auto& [name, facts] : cctlds->items()) {
    const auto label = Domain::parse(name);
    if (!label) return std::nullopt;
    auto& list = basis.cctlds[*label];
    if (facts.is_string()) list = parse_facts(facts.get<std::string>());
  }
  return basis;
}

}  // namespace

Json basis_json(const JudgementBasis& basis) {
  Json json;
  if (basis.fault) json["fault"] = to_string(*basis.fault);
  if (basis.odd_sender) json["odd_sender"] = true;
  Json cases = Json::array();
  for (const Basis& each : basis.cases) cases.push_back(case_json(each));
  json["cases"] = std::move(cases);
  return json;
}

std::optional<JudgementBasis> parse_basis(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  JudgementBasis basis;
  if (json.contains("fault")) {
    basis.fault = parse_word<Ground>(text_at(json, "fault"));
    if (!basis.fault) return std::nullopt;
  }
  basis.odd_sender = flag_at(json, "odd_sender");
  const auto cases = json.find("cases");
  if (cases == json.end() || !cases->is_array() || cases->empty() || cases->size() > 2) return std::nullopt;
  for (const Json& each : *cases) {
    auto parsed = parse_case(each);
    if (!parsed) return std::nullopt;
    basis.cases.push_back(std::move(*parsed));
  }
  return basis;
}

}  // namespace ccgate
