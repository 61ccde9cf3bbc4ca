#include "milter/iana/rdap.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "milter/iana/foreign_text.h"
#include "milter/iana/redaction.h"
#include "milter/system/json_tree.h"
#include "milter/system/timestamp.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using Kind = YamlNode::Kind;

// A record has some 8 KB, 500 values and 8 levels.
constexpr JsonLimits kLimits{std::size_t{1} << 20, 20'000, 16};

/// Thrown where the answer stops to be a record; an Anomaly at the end.
struct Odd {
  std::string why;
  bool not_delegated = false;
};

const YamlNode* member(const YamlNode& object, std::string_view key, Kind kind) {
  const YamlNode* found = object.find(key);
  return found != nullptr && found->kind == kind ? found : nullptr;
}

YamlNode parse_answer(std::string_view body) {
  if (trim(body).empty()) throw Odd{"the answer is empty"};
  if (body.size() > kLimits.bytes)
    throw Odd{fmt::format("the answer is larger than {} bytes", kLimits.bytes)};
  if (trim(body).front() == '<') throw Odd{"the answer is a page for browsers in place of JSON"};
  Issues issues;
  if (auto root = parse_json(body, "", issues, kLimits)) return std::move(*root);
  std::string what = issues.empty() ? "this is not JSON" : issues.front().what;
  // What the JSON library says of a syntax error differs between its versions.
  constexpr std::string_view kSyntax = "this is not JSON";
  if (what.starts_with(kSyntax)) what = "syntax error or cut short";
  if (what.starts_with("the file ")) what.replace(0, std::string_view("the file").size(), "it");
  // The key of a duplicate is the answer's; everything else is ours.
  if (const std::size_t key = what.find('`'); key != std::string::npos && what.ends_with('`'))
    what.replace(key, std::string::npos, quoted_ascii(what.substr(key + 1, what.size() - key - 2)));
  const Position at = issues.empty() ? Position{} : issues.front().at;
  const std::string place = at.line == 0 ? "" : fmt::format(" (line {}, column {})", at.line, at.column);
  throw Odd{fmt::format("the answer cannot be read as JSON: {}{}", what, place)};
}

/// RFC 9083 section 6.
void check_error(const YamlNode& root) {
  const YamlNode* code = root.find("errorCode");
  if (code == nullptr) return;
  if (code->kind != Kind::scalar || code->quoted)
    throw Odd{"the answer has an `errorCode` that is no number"};
  if (code->scalar == "404" && root.find("objectClassName") == nullptr)
    throw Odd{"IANA has no such ccTLD (RDAP error 404)", true};
  throw Odd{fmt::format("the answer is RDAP error {}", quoted_ascii(code->scalar))};
}

void check_object(const YamlNode& root, const Domain& asked) {
  const std::string* kind = json_string(root.find("objectClassName"));
  if (kind == nullptr) throw Odd{"the answer has no `objectClassName`"};
  if (*kind != "domain")
    throw Odd{fmt::format("the answer is about {}, not about a domain", quoted_ascii(*kind))};
  const std::string* name = json_string(root.find("ldhName"));
  if (name == nullptr) throw Odd{"the answer has no `ldhName`"};
  if (!ascii_iequal(*name, asked.ascii()))
    throw Odd{fmt::format("the answer is about the domain {}", quoted_ascii(*name))};
}

bool has_role(const YamlNode& entity, std::string_view role) {
  const auto& roles = entity.find("roles")->items;
  return std::any_of(roles.begin(), roles.end(),
                     [&](const YamlNode& one) { return ascii_iequal(one.scalar, role); });
}

/// The domain's own entities; those of an entity within one are another relation (RFC 9083 5.1).
const std::vector<YamlNode>& check_entities(const YamlNode& root) {
  const YamlNode* entities = member(root, "entities", Kind::sequence);
  if (entities == nullptr) throw Odd{"the record has no list of `entities`"};
  for (const YamlNode& entity : entities->items) {
    const std::string* kind =
        entity.kind == Kind::mapping ? json_string(entity.find("objectClassName")) : nullptr;
    if (kind == nullptr || *kind != "entity") throw Odd{"one of the `entities` is no entity"};
    // An entity whose roles cannot be told could be another administrative contact.
    const YamlNode* roles = member(entity, "roles", Kind::sequence);
    if (roles == nullptr || roles->items.empty() ||
        !std::all_of(roles->items.begin(), roles->items.end(),
                     [](const YamlNode& role) { return json_string(&role) != nullptr; }))
      throw Odd{"one of the `entities` has no readable `roles`"};
  }
  return entities->items;
}

/// Throws unless exactly one has the role; nullptr when none has it.
const YamlNode* entity_with(const std::vector<YamlNode>& entities, std::string_view role) {
  const YamlNode* found = nullptr;
  for (const YamlNode& entity : entities) {
    if (!has_role(entity, role)) continue;
    if (found != nullptr) throw Odd{fmt::format("more than one entity has the role `{}`", role)};
    found = &entity;
  }
  return found;
}

/// The properties called `name` of a jCard (RFC 7095), each one [name, parameters, type, value...].
std::vector<const YamlNode*> properties(const YamlNode& entity, std::string_view name,
                                        const std::string& who) {
  const YamlNode* card = member(entity, "vcardArray", Kind::sequence);
  if (card == nullptr || card->items.size() != 2 || json_string(card->items.data()) == nullptr ||
      card->items[0].scalar != "vcard" || card->items[1].kind != Kind::sequence)
    throw Odd{fmt::format("{} has no readable `vcardArray`", who)};
  std::vector<const YamlNode*> found;
  for (const YamlNode& property : card->items[1].items) {
    if (property.kind != Kind::sequence || property.items.size() < 4 ||
        json_string(property.items.data()) == nullptr || property.items[1].kind != Kind::mapping ||
        json_string(&property.items[2]) == nullptr)
      throw Odd{who + " has a jCard property that cannot be read"};
    if (ascii_iequal(property.items[0].scalar, name)) found.push_back(&property);
  }
  return found;
}

/// "" when there is not exactly one.
std::string full_name(const YamlNode& entity, const std::string& who) {
  const auto names = properties(entity, "fn", who);
  if (names.size() != 1 || names[0]->items.size() != 4) return "";
  const std::string* name = json_string(&names[0]->items[3]);
  return name == nullptr ? "" : one_line(*name);
}

Address read_email(const YamlNode& entity, const std::string& who) {
  const auto emails = properties(entity, "email", who);
  if (emails.empty()) throw Odd{who + " has no e-mail address"};
  if (emails.size() > 1) throw Odd{who + " has more than one e-mail address"};
  const YamlNode& email = *emails[0];
  if (email.items[2].scalar != "text")
    throw Odd{fmt::format("{} has an e-mail property of type {}", who, quoted_ascii(email.items[2].scalar))};
  if (email.items.size() > 4) throw Odd{who + " has an e-mail property with several values"};
  const std::string* text = json_string(&email.items[3]);
  if (text == nullptr) throw Odd{who + " has an e-mail property that is no string"};
  auto address = Address::parse(*text);
  if (!address)
    throw Odd{fmt::format("{} has an e-mail property that is not one address: {}", who, quoted_ascii(*text))};
  return std::move(*address);
}

/// nullopt when there is no such event, several, or one with a date that cannot be read.
std::optional<std::int64_t> last_changed(const YamlNode& object) {
  const YamlNode* events = member(object, "events", Kind::sequence);
  if (events == nullptr) return std::nullopt;
  const std::string* date = nullptr;
  for (const YamlNode& event : events->items) {
    const std::string* action =
        event.kind == Kind::mapping ? json_string(event.find("eventAction")) : nullptr;
    if (action == nullptr || *action != "last changed") continue;
    if (date != nullptr) return std::nullopt;
    date = json_string(event.find("eventDate"));
    if (date == nullptr) return std::nullopt;
  }
  return date == nullptr ? std::nullopt : parse_timestamp(*date);
}

Contact read_contact(const YamlNode& entity, const std::string& who) {
  if (entity.find("redacted") != nullptr || remarks_tell_redaction(entity))
    throw Odd{who + " is marked as redacted or truncated"};
  return {read_email(entity, who), full_name(entity, who), last_changed(entity), std::nullopt};
}

std::optional<Contact> read_tech(const std::vector<YamlNode>& entities, const Redactions& redactions) {
  if (redactions.touches("technical")) return std::nullopt;
  try {
    const YamlNode* entity = entity_with(entities, "technical");
    if (entity == nullptr) return std::nullopt;
    return read_contact(*entity, "the technical contact");
  } catch (const Odd&) {
    return std::nullopt;
  }
}

std::string read_organisation(const std::vector<YamlNode>& entities) {
  try {
    const YamlNode* entity = entity_with(entities, "registrant");
    return entity == nullptr ? "" : full_name(*entity, "the registrant");
  } catch (const Odd&) {
    return "";
  }
}

std::optional<bool> delegation_signed(const YamlNode& root) {
  const YamlNode* secure = member(root, "secureDNS", Kind::mapping);
  const YamlNode* is_signed = secure == nullptr ? nullptr : member(*secure, "delegationSigned", Kind::scalar);
  if (is_signed == nullptr || is_signed->quoted) return std::nullopt;
  if (is_signed->scalar == "true") return true;
  return is_signed->scalar == "false" ? std::optional(false) : std::nullopt;
}

IanaRecord read_record(const Domain& asked, std::string_view body) {
  const YamlNode root = parse_answer(body);
  if (root.kind != Kind::mapping) throw Odd{"the answer is no JSON object"};
  check_error(root);
  check_object(root, asked);
  const Redactions redactions = read_redactions(root);
  if (!redactions.fault.empty()) throw Odd{redactions.fault};
  if (remarks_tell_redaction(root)) throw Odd{"the record is marked as redacted or truncated"};
  const auto& entities = check_entities(root);
  const YamlNode* admin = entity_with(entities, "administrative");
  if (admin == nullptr) throw Odd{"no entity has the role `administrative`"};
  for (const std::string& role : redactions.roles)
    if (has_role(*admin, role)) throw Odd{"something of the administrative contact is redacted"};
  return {read_contact(*admin, "the administrative contact"), read_tech(entities, redactions),
          read_organisation(entities), delegation_signed(root), last_changed(root)};
}

}  // namespace

Reading read_rdap(const Domain& asked, std::string_view body) {
  try {
    return read_record(asked, body);
  } catch (const Odd& odd) {
    return Anomaly{odd.why, odd.not_delegated};
  }
}

}  // namespace ccgate
