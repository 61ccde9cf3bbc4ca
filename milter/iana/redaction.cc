#include "milter/iana/redaction.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "milter/iana/foreign_text.h"
#include "milter/system/json_tree.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

using Kind = YamlNode::Kind;

/// How names of redactions begin, as registered for RDAP (`Tech Email`, `Registrant Phone`), and the role.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSubjects{
    {{"registrant ", "registrant"},
     {"tech ", "technical"},
     {"technical ", "technical"},
     {"billing ", "billing"}}};

/// `name` has a registered `type` or a free `description`, never both (RFC 9537 4.2).
const std::string* name_of(const YamlNode& redaction) {
  const YamlNode* name = redaction.kind == Kind::mapping ? redaction.find("name") : nullptr;
  if (name == nullptr || name->kind != Kind::mapping || name->entries.size() != 1) return nullptr;
  const YamlNode* type = name->find("type");
  return json_string(type != nullptr ? type : name->find("description"));
}

/// JSONPath of any shape: only what it names counts.
bool paths_name_only(const YamlNode& redaction, std::string_view role) {
  for (const char* key : {"prePath", "postPath", "replacementPath"}) {
    const YamlNode* path = redaction.find(key);
    if (path == nullptr) continue;
    const std::string* text = json_string(path);
    if (text == nullptr) return false;
    const std::string lower = ascii_lower(*text);
    if (lower.find(role) == std::string::npos || lower.find("admin") != std::string::npos) return false;
  }
  return true;
}

}  // namespace

Redactions read_redactions(const YamlNode& answer) {
  Redactions result;
  const YamlNode* redacted = answer.find("redacted");
  if (redacted == nullptr) return result;
  if (redacted->kind != Kind::sequence) {
    result.fault = "the record has a `redacted` member that is no list";
    return result;
  }
  for (const YamlNode& redaction : redacted->items) {
    const std::string* name = name_of(redaction);
    if (name == nullptr) {
      result.fault = "the record has a redaction without a readable name";
      return result;
    }
    const std::string lower = ascii_lower(*name);
    const auto* const subject = std::find_if(kSubjects.begin(), kSubjects.end(),
                                             [&](const auto& one) { return lower.starts_with(one.first); });
    if (lower.find("admin") != std::string::npos) {
      result.fault =
          fmt::format("something of the administrative contact is redacted: {}", quoted_ascii(*name));
      return result;
    }
    if (subject == kSubjects.end() || !paths_name_only(redaction, subject->second)) {
      result.fault =
          fmt::format("the record has a redaction that is not understood: {}", quoted_ascii(*name));
      return result;
    }
    result.roles.emplace(subject->second);
  }
  return result;
}

bool remarks_tell_redaction(const YamlNode& object) {
  for (const char* key : {"remarks", "notices"}) {
    const YamlNode* list = object.find(key);
    if (list == nullptr || list->kind != Kind::sequence) continue;
    for (const YamlNode& note : list->items) {
      const std::string* type = note.kind == Kind::mapping ? json_string(note.find("type")) : nullptr;
      if (type == nullptr) continue;
      const std::string lower = ascii_lower(*type);
      if (lower.find("redacted") != std::string::npos || lower.find("truncated") != std::string::npos)
        return true;
    }
  }
  return false;
}

}  // namespace ccgate
