// milter/evidence/dkim_key.cc
#include "milter/evidence/dkim_key.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxRecord = 1024;

struct Tag {
  std::string_view name;
  std::string_view value;
};

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(mark);
    parts.push_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_tag_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

bool is_value_octet(char c) {
  return (c >= ' ' && c <= '~') || c == '\t' || c == '\r' || c == '\n';
}

/// RFC 6376 3.2; nullopt when it is no tag list or has a tag twice.
std::optional<std::vector<Tag>> parse_tags(std::string_view record) {
  std::vector<Tag> tags;
  const auto parts = split(record, ';');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty() && i + 1 == parts.size()) break;  // one final semicolon
    const auto equals = parts[i].find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const Tag tag{trim(parts[i].substr(0, equals)), trim(parts[i].substr(equals + 1))};
    const auto same = [&tag](const Tag& other) { return other.name == tag.name; };
    if (!is_tag_name(tag.name) || std::any_of(tags.begin(), tags.end(), same) ||
        !std::all_of(tag.value.begin(), tag.value.end(), is_value_octet)) {
      return std::nullopt;
    }
    tags.push_back(tag);
  }
  return tags;
}

std::optional<std::string_view> value_of(const std::vector<Tag>& tags, std::string_view name) {
  const auto found = std::find_if(tags.begin(), tags.end(), [name](const Tag& t) { return t.name == name; });
  return found == tags.end() ? std::nullopt : std::optional(found->value);
}

bool lists(std::string_view list, std::initializer_list<std::string_view> wanted) {
  const auto parts = split(list, ':');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return std::any_of(wanted.begin(), wanted.end(), [part](auto word) { return ascii_iequal(word, part); });
  });
}

/// Without folds; nullopt when it is not base64.
std::optional<std::string> base64_of(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (!is_letter_or_digit(c) && c != '+' && c != '/' && c != '=') return std::nullopt;
    out += c;
  }
  return out;
}

/// Whether a TXT record means to be a key: others may stand at the same name.
bool is_key_record(std::string_view text) {
  const auto parts = split(text, ';');
  const auto tag_is = [](std::string_view part, std::string_view name) {
    return trim(part.substr(0, part.find('='))) == name && part.find('=') != std::string_view::npos;
  };
  return text.starts_with("v=DKIM1") ||
         std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return tag_is(part, "p"); });
}

DkimKeyFault permanent(std::string why) {
  return {AuthResult::permerror, std::move(why)};
}

}  // namespace

std::variant<DkimKey, DkimKeyFault> choose_dkim_key(const DnsAnswer& answer, std::string_view algorithm) {
  if (answer.status == DnsAnswer::Status::temperror) return DkimKeyFault{AuthResult::temperror, answer.why};
  const auto& records = answer.records;
  const auto found = std::find_if(records.begin(), records.end(), is_key_record);
  if (found == records.end()) return permanent("there is no public key in DNS");
  if (std::find_if(found + 1, records.end(), is_key_record) != records.end()) {
    return permanent("there are several public keys at the selector");
  }
  if (found->size() > kMaxRecord) return permanent("the public key record is longer than 1024 octets");
  const auto tags = parse_tags(*found);
  if (!tags) return permanent("the public key record is malformed");
  if (const auto v = value_of(*tags, "v"); v && (*v != "DKIM1" || tags->front().name != "v")) {
    return permanent("the public key record has an unknown version");
  }
  const auto p = value_of(*tags, "p");
  const auto key = p ? base64_of(*p) : std::nullopt;
  if (!key) return permanent("the public key record is malformed");
  if (key->empty()) return permanent("the public key is revoked");
  const std::string kind(value_of(*tags, "k").value_or("rsa"));
  if (kind != "rsa" && kind != "ed25519") return permanent("the public key is of an unknown type");
  if (!algorithm.starts_with(kind + "-")) return permanent("the public key is not for this algorithm");
  if (const auto h = value_of(*tags, "h"); h && !lists(*h, {"sha256"})) {
    return permanent("the public key is not for sha256");
  }
  if (const auto s = value_of(*tags, "s"); s && !lists(*s, {"*", "email"})) {
    return permanent("the public key is not for mail");
  }
  const std::string_view flags = value_of(*tags, "t").value_or("");
  if (lists(flags, {"y"})) return DkimKeyFault{AuthResult::policy, "the public key is for testing (t=y)"};
  std::string record = "v=DKIM1; k=" + kind;
  if (lists(flags, {"s"})) record += "; t=s";
  record += "; p=" + *key;
  return DkimKey{std::move(record), kind == "ed25519"};
}

}  // namespace ccgate
