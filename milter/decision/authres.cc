#include "milter/decision/authres.h"

#include <algorithm>
#include <map>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// Skips blanks and comments (RFC 5322 3.2.2, nested, with quoted pairs); false when a comment does not end.
bool skip_cfws(std::string_view text, std::size_t& at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (depth > 0 && c == '\\') {
      ++at;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && depth > 0) {
      --depth;
    } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
      return true;
    }
  }
  return depth == 0;
}

std::string without_final_dot(std::string text) {
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

/// A value of a property or a pvalue: a token as it is, all else quoted (RFC 8601 2.2).
std::string token_or_quoted(std::string_view text) {
  const bool token = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
  });
  if (token) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) continue;
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string cctld_words(const Verdict& verdict) {
  // A line of a message holds 998 octets (RFC 5322 2.1.1).
  constexpr std::size_t kLongest = 800;
  std::string text;
  for (const CcTldVerdict& each : verdict.per_cctld) {
    if (!each.cctld) continue;
    if (text.size() > kLongest) return text + ",...";
    if (!text.empty()) text += ',';
    text += each.cctld->ascii();
  }
  return text;
}

}  // namespace

bool claims_authserv_id(std::string_view value, std::string_view authserv_id) {
  const std::string ours = without_final_dot(ascii_lower(authserv_id));
  // What no parser gets to the authserv-id of could be read as ours by somebody.
  const auto could_be_ours = [&] { return ascii_lower(value).find(ours) != std::string::npos; };
  std::size_t at = 0;
  if (!skip_cfws(value, at) || at == value.size()) return could_be_ours();
  std::string id;
  if (value[at] == '"') {
    for (++at; at < value.size() && value[at] != '"'; ++at) {
      if (value[at] == '\\' && at + 1 < value.size()) ++at;
      id += value[at];
    }
    if (at == value.size()) return could_be_ours();
    ++at;
  } else {
    while (at < value.size() && std::string_view(" \t\r\n;(\"").find(value[at]) == std::string_view::npos)
      id += value[at++];
  }
  if (at < value.size() && value[at] == '"') return could_be_ours();
  std::string plain;
  for (const char c : ascii_lower(id))
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') plain += c;
  return without_final_dot(plain) == ours;
}

std::string authentication_results(std::string_view authserv_id, const Evidence& evidence,
                                   const Verdict& verdict) {
  std::string text = " " + token_or_quoted(authserv_id);
  if (evidence.signatures.empty()) text += ";\n\tdkim=none";
  // Ten are plenty for a reader; a message may carry many more.
  for (std::size_t i = 0; i < evidence.signatures.size() && i < 10; ++i) {
    const Signature& signature = evidence.signatures[i];
    text += ";\n\tdkim=" + std::string(to_string(signature.result));
    if (!signature.why.empty()) text += " reason=" + token_or_quoted(signature.why);
    if (signature.domain) text += " header.d=" + signature.domain->ascii();
    if (!signature.selector.empty()) text += " header.s=" + token_or_quoted(signature.selector);
    if (!signature.algorithm.empty()) text += " header.a=" + token_or_quoted(signature.algorithm);
  }
  text += ";\n\tspf=" + std::string(to_string(evidence.spf.result));
  if (!evidence.spf.why.empty()) text += " reason=" + token_or_quoted(evidence.spf.why);
  if (evidence.spf.domain) text += " smtp.mailfrom=" + evidence.spf.domain->ascii();
  text += ";\n\tx-ccgate=";
  text += verdict.decision == Decision::accept ? "pass" : "fail";
  if (!verdict.rule.empty()) text += " policy.rule=" + token_or_quoted(verdict.rule);
  return text;
}

std::string ccgate_mark(const Verdict& verdict, std::string_view decision_word, std::string_view list,
                        std::string_view policy_hash, std::string_view decision_id) {
  std::string text = " verdict=" + std::string(decision_word);
  text += " rule=" +
          token_or_quoted(verdict.rule.empty() ? to_string(verdict.ground) : std::string_view(verdict.rule));
  text += " list=" + token_or_quoted(list);
  const std::string cctlds = cctld_words(verdict);
  if (!cctlds.empty()) text += "\n tlds=" + cctlds;
  text += "\n policy=" + std::string(policy_hash.substr(0, 16));
  text += " id=" + std::string(decision_id);
  return text;
}

bool is_mark(std::string_view field_name) {
  while (field_name.ends_with(' ') || field_name.ends_with('\t')) field_name.remove_suffix(1);
  const std::string name = ascii_lower(field_name);
  return name == "authentication-results" || name == "x-ccgate" || name.starts_with("x-ccgate-");
}

std::size_t count_marks(const std::vector<HeaderField>& fields) {
  return static_cast<std::size_t>(std::count_if(
      fields.begin(), fields.end(), [](const HeaderField& field) { return is_mark(field.name); }));
}

std::vector<Edits::Deletion> forged_fields(const std::vector<HeaderField>& fields,
                                           std::string_view authserv_id) {
  std::map<std::string, unsigned> seen;
  std::vector<Edits::Deletion> deletions;
  for (const HeaderField& field : fields) {
    if (!is_mark(field.name)) continue;
    const std::string name = ascii_lower(field.name);
    const bool mark = name != "authentication-results";
    const unsigned index = ++seen[name];
    if (mark || claims_authserv_id(field.value, authserv_id)) deletions.push_back({field.name, index});
  }
  std::reverse(deletions.begin(), deletions.end());
  return deletions;
}

}  // namespace ccgate
