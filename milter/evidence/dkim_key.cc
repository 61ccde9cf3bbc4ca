// milter/evidence/dkim_key.cc
#include "milter/evidence/dkim_key.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "policy/evidence/tag_list.h"
#include "policy/text/ascii.h"
#include "policy/text/base64.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxRecord = 4096;
constexpr std::size_t kMaxKeyRecord = 1024;  // that libraries have room for

bool is_value_octet(char c) {
  return is_printable_ascii(c) || c == '\t' || c == '\r' || c == '\n';
}

/// nullopt when it is no tag list.
std::optional<std::vector<Tag>> parse_tags(std::string_view record) {
  TagList list = read_tag_list(record);
  const auto is_text = [](const Tag& tag) {
    return std::all_of(tag.value.begin(), tag.value.end(), is_value_octet);
  };
  if (!list.fault.empty() || !std::all_of(list.tags.begin(), list.tags.end(), is_text)) return std::nullopt;
  return std::move(list.tags);
}

bool lists(std::string_view list, std::initializer_list<std::string_view> wanted) {
  const auto parts = parts_of(list, ':');
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
  const auto parts = parts_of(text, ';');
  const auto tag_is = [](std::string_view part, std::string_view name) {
    return trim(part.substr(0, part.find('='))) == name && part.find('=') != std::string_view::npos;
  };
  return text.starts_with("v=DKIM1") ||
         std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return tag_is(part, "p"); });
}

std::string der(char tag, const std::string& content) {
  std::string length;
  for (std::size_t left = content.size(); left > 0; left >>= 8)
    length.insert(length.begin(), static_cast<char>(left));
  if (content.size() > 127) length.insert(length.begin(), static_cast<char>(0x80 | length.size()));
  return tag + length + content;
}

/// Whether octets that begin so are an RSAPublicKey (RFC 8017 A.1.1): in a sequence the first thing is a
/// number.
bool is_pkcs1(std::string_view octets) {
  constexpr char kSequence = 0x30, kInteger = 0x02;
  if (octets.size() < 2 || octets[0] != kSequence) return false;
  const auto length = static_cast<unsigned char>(octets[1]);
  const std::size_t header = 2 + (length < 0x80 ? 0U : length & 0x7fU);
  return header < octets.size() && octets[header] == kInteger;
}

/// A SubjectPublicKeyInfo (RFC 5280 4.1.2.7) around an RSAPublicKey, in base64; what is none as it is.
std::string as_key_info(const std::string& key) {
  constexpr std::string_view kRsaEncryption("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00",
                                            15);
  constexpr char kSequence = 0x30, kBitString = 0x03;
  constexpr std::size_t kFirstDigits = 16;
  if (!is_pkcs1(base64_decoded(std::string_view(key).substr(0, kFirstDigits)))) return key;
  const std::string bits = der(kBitString, std::string(1, '\0') + base64_decoded(key));
  return base64_encoded(der(kSequence, std::string(kRsaEncryption) + bits));
}

DkimKeyFault too_long(std::string_view what, std::size_t most) {
  return {AuthResult::policy, "the public key " + std::string(what) + " is longer than the " +
                                  std::to_string(most) + " octets that this server reads"};
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
  if (found->size() > kMaxRecord) return too_long("record", kMaxRecord);
  const auto tags = parse_tags(*found);
  if (!tags) return permanent("the public key record is malformed");
  if (const auto v = tag_value(*tags, "v"); v && (*v != "DKIM1" || tags->front().name != "v")) {
    return permanent("the public key record has an unknown version");
  }
  const auto p = tag_value(*tags, "p");
  const auto key = p ? base64_of(*p) : std::nullopt;
  if (!key) return permanent("the public key record is malformed");
  if (key->empty()) return permanent("the public key is revoked");
  const std::string kind = ascii_lower(tag_value(*tags, "k").value_or("rsa"));
  if (kind != "rsa" && kind != "ed25519") return permanent("the public key is of an unknown type");
  if (!algorithm.starts_with(kind + "-")) return permanent("the public key is not for this algorithm");
  if (const auto h = tag_value(*tags, "h"); h && !lists(*h, {"sha256"})) {
    return permanent("the public key is not for sha256");
  }
  if (const auto s = tag_value(*tags, "s"); s && !lists(*s, {"*", "email"})) {
    return permanent("the public key is not for mail");
  }
  const std::string_view flags = tag_value(*tags, "t").value_or("");
  if (lists(flags, {"y"})) return DkimKeyFault{AuthResult::policy, "the public key is for testing (t=y)"};
  DkimKey chosen{"", kind == "ed25519", lists(flags, {"s"}), *key};
  if (!chosen.ed25519) chosen.key = as_key_info(chosen.key);
  chosen.record = "v=DKIM1; k=" + kind + (chosen.strict ? "; t=s" : "") + "; p=" + chosen.key;
  if (chosen.record.size() > kMaxKeyRecord) return too_long("itself", kMaxKeyRecord);
  return chosen;
}

}  // namespace ccgate
