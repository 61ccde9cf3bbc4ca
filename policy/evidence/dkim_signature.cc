#include "policy/evidence/dkim_signature.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "policy/evidence/tag_list.h"
#include "policy/text/ascii.h"
#include "policy/text/base64.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

using Tags = std::vector<Tag>;
using Kind = DkimTagFault::Kind;

constexpr std::string_view kBlanks = " \t\r\n";

/// Why a tag is no good; `why` is empty when it is.
struct Bad {
  std::string why = {};
  Kind kind = Kind::malformed;
};

bool has_blank(std::string_view value) {
  return value.find_first_of(kBlanks) != std::string_view::npos;
}

/// Text, and line ends only as folds, LF or CRLF before a blank.
std::string octets_fault(std::string_view text) {
  bool ascii = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if ((c == '\r' && next != '\n') || (c == '\n' && next != ' ' && next != '\t'))
      return "a line end that is no fold";
    const auto octet = static_cast<unsigned char>(c);
    if (octet == 0x7f || (octet < 0x20 && c != '\t' && c != '\r' && c != '\n')) return "a control character";
    ascii = ascii && octet < 0x80;
  }
  return ascii || is_utf8(text) ? "" : "an octet outside UTF-8 text";
}

/// A base64 value without its folding white space (RFC 6376 2.10), in one form only: the bits that nobody
/// reads would otherwise make many signatures of one. nullopt when it is none.
std::optional<std::string> base64_value(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  for (const char c : value)
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') text += c;
  const std::size_t end = std::min(text.find('='), text.size());
  const std::string_view digits(text.data(), end);
  if (digits.empty() || text.size() - end > 2 || text.find_first_not_of('=', end) != std::string::npos)
    return std::nullopt;
  if (!std::all_of(digits.begin(), digits.end(),
                   [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/'; }))
    return std::nullopt;
  // The last digits that leave no bits over, of a group of two and of three.
  const char last = digits.back();
  const std::size_t group = digits.size() % 4;
  const bool clean =
      group == 0 || (group == 2 && std::string_view("AQgw").find(last) != std::string_view::npos) ||
      (group == 3 && std::string_view("AEIMQUYcgkosw048").find(last) != std::string_view::npos);
  if (clean && text.size() % 4 == 0) return text;
  const std::string octets = base64_decoded(digits);
  return octets.empty() ? std::nullopt : std::optional(base64_encoded(octets));
}

bool read_number(const Tags& tags, std::string_view name, std::optional<std::int64_t>& into) {
  const auto text = tag_value(tags, name);
  if (!text) return true;
  std::int64_t value = 0;
  const char* end = text->data() + text->size();
  const bool digits =
      !text->empty() && text->size() <= 12 && std::all_of(text->begin(), text->end(), is_digit);
  if (!digits || std::from_chars(text->data(), end, value).ptr != end) return false;
  into = value;
  return true;
}

/// One label as DNS is asked for it. Many selectors have a `_`, which no host name has.
std::optional<std::string> selector_label(std::string_view label) {
  if (label.empty() || label.size() > 255) return std::nullopt;
  if (!is_ascii(label)) {
    const auto name = Domain::parse(label);
    return name ? std::optional(name->ascii()) : std::nullopt;
  }
  const bool usual = std::all_of(label.begin(), label.end(),
                                 [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
  if (!usual || label.size() > 63 || label.front() == '-' || label.back() == '-') return std::nullopt;
  return ascii_lower(label);
}

std::optional<std::string> selector_of(std::string_view text) {
  std::string selector;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t dot = std::min(text.find('.', at), text.size());
    const auto label = selector_label(text.substr(at, dot - at));
    if (!label) return std::nullopt;
    selector.append(selector.empty() ? "" : ".").append(*label);
    at = dot + 1;
  }
  return selector;
}

/// dkim-quoted-printable (RFC 6376 2.11, RFC 8616 5); nullopt when it is none.
std::optional<std::string> quoted_printable(std::string_view text) {
  const auto hex = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (kBlanks.find(text[at]) != std::string_view::npos) continue;
    if (text[at] != '=') {
      out += text[at];
      continue;
    }
    if (at + 2 >= text.size() || !hex(text[at + 1]) || !hex(text[at + 2])) return std::nullopt;
    out += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
    at += 2;
  }
  return out;
}

bool consists_of(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [marks](char c) {
    return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
  });
}

/// i=: at most a local part, and a domain within d=.
bool read_identity(std::string_view text, DkimTags& into) {
  const auto identity = quoted_printable(text);
  if (!identity) return false;
  const std::size_t at = identity->rfind('@');
  if (at == std::string::npos) return false;
  // Blanks are nothing there. But who reads them as something must not see another domain.
  if (const auto written = text.rfind('@');
      written == std::string_view::npos || has_blank(text.substr(written)))
    return false;
  const std::string name = identity->substr(at + 1);
  if (const auto named = Domain::parse(name)) {
    into.identity_below = *named != into.domain;
    return named->is_within(into.domain);
  }
  // Some sign for hosts with names that no domain here may have: mail_out.nic.xa, ml--7.nic.xa.
  const std::string parent = "." + into.domain.ascii();
  into.identity_below = true;
  return name.size() > parent.size() && ascii_lower(name).ends_with(parent) && consists_of(name, "-_.");
}

Bad read_header_names(std::string_view value, std::vector<std::string>& names) {
  // Blanks stand around the colons only (RFC 6376 3.5).
  for (const std::string_view part : parts_of(value, ':')) {
    if (part.empty()) return {"h= has an empty field name"};
    if (!std::all_of(part.begin(), part.end(), [](char c) { return is_visible_ascii(c); }))
      return {"h= has an odd field name"};
    if (names.size() == kSignedNames)
      return {"h= names more fields than the " + std::to_string(kSignedNames) + " that this server reads",
              Kind::over_limit};
    names.push_back(ascii_lower(part));
  }
  if (std::find(names.begin(), names.end(), "from") == names.end()) return {"h= leaves From out"};
  return {};
}

Bad read_canonicalization(const Tags& tags, DkimTags& into) {
  const std::string value = ascii_lower(tag_value(tags, "c").value_or("simple/simple"));
  const std::size_t slash = std::min(value.find('/'), value.size());
  const std::string header = value.substr(0, slash);
  const std::string body = slash == value.size() ? "simple" : value.substr(slash + 1);
  const auto known = [](const std::string& word) { return word == "simple" || word == "relaxed"; };
  if (!known(header) || !known(body)) return {"c= is no known canonicalization", Kind::unknown};
  into.relaxed_header = header == "relaxed";
  into.relaxed_body = body == "relaxed";
  return {};
}

Bad read_times(const Tags& tags, DkimTags& into) {
  std::optional<std::int64_t> length;
  if (!read_number(tags, "t", into.signed_at) || !read_number(tags, "x", into.expires) ||
      !read_number(tags, "l", length))
    return {"t=, x= or l= is no plain number"};
  if (into.signed_at && into.expires && *into.expires <= *into.signed_at) return {"x= is not after t="};
  return {};
}

/// q=: one of the ways must be known (RFC 6376 3.5). DomainKeys wrote it without the type.
bool has_known_query(const Tags& tags) {
  const auto ways = parts_of(tag_value(tags, "q").value_or("dns/txt"), ':');
  return std::any_of(ways.begin(), ways.end(), [](std::string_view way) {
    return ascii_iequal(way, "dns/txt") || ascii_iequal(way, "dns");
  });
}

Bad read_known_tags(const Tags& tags, DkimTags& into) {
  const auto at = [&tags](std::string_view name) { return *tag_value(tags, name); };
  const Tag& b = *find_tag(tags, "b");
  const auto signature = base64_value(b.value), body_hash = base64_value(at("bh"));
  if (!signature || !body_hash) return {"b= or bh= is no base64"};
  into.signature = *signature;
  into.body_hash = *body_hash;
  into.signature_begin = b.begin;
  into.signature_end = b.end;
  into.has_length = find_tag(tags, "l") != nullptr;
  into.algorithm = ascii_lower(at("a"));
  if (into.algorithm != "rsa-sha256" && into.algorithm != "ed25519-sha256" && into.algorithm != "rsa-sha1")
    return {"a= is no known algorithm", Kind::unknown};
  const auto selector = selector_of(at("s"));
  if (!selector) return {"s= is no selector"};
  into.selector = *selector;
  if (Bad bad = read_header_names(at("h"), into.header_names); !bad.why.empty()) return bad;
  if (Bad bad = read_canonicalization(tags, into); !bad.why.empty()) return bad;
  if (!has_known_query(tags)) return {"q= is not dns/txt", Kind::unknown};
  if (const auto i = tag_value(tags, "i"); i && !read_identity(*i, into))
    return {"i= is no identity within d="};
  return read_times(tags, into);
}

/// See DkimTags::plain.
bool is_plain(std::string_view field_body, const Tags& tags, const DkimTags& read) {
  constexpr std::size_t kPlainBytes = 4096;
  constexpr std::size_t kPlainNames = 64;
  if (field_body.size() > kPlainBytes || read.header_names.size() > kPlainNames || !is_ascii(field_body))
    return false;
  for (const Tag& tag : tags) {
    // Right before the equals sign, and not a `b` at the end of another name.
    if (field_body.substr(0, tag.begin - 1).back() != tag.name.back()) return false;
    if (tag.name.back() == 'b' && tag.name != "b") return false;
  }
  const auto value = [&tags](std::string_view name) { return tag_value(tags, name).value_or(""); };
  const std::string_view identity = value("i");
  constexpr std::size_t kPlainIdentity = 250;
  if (identity.size() > kPlainIdentity || std::count(identity.begin(), identity.end(), '@') > 1) return false;
  const auto exact = [&](std::string_view name, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), value(name)) != words.end();
  };
  return exact("a", {"rsa-sha256", "ed25519-sha256"}) && exact("q", {"", "dns/txt"}) &&
         exact("c", {"", "simple", "relaxed", "simple/simple", "simple/relaxed", "relaxed/simple",
                     "relaxed/relaxed"}) &&
         consists_of(value("d"), "-.") && consists_of(value("s"), "-_.") && consists_of(identity, "-_.+@") &&
         std::all_of(read.header_names.begin(), read.header_names.end(), [](const std::string& name) {
           return name != "dkim-signature" && consists_of(name, "-");
         });
}

}  // namespace

std::variant<DkimTags, DkimTagFault> parse_dkim_signature(std::string_view field_body) {
  std::optional<Domain> domain;
  const auto fault = [&](Bad bad) { return DkimTagFault{bad.kind, std::move(bad.why), domain}; };
  const TagList list = read_tag_list(field_body);
  const Tags& tags = list.tags;
  if (const auto d = tag_value(tags, "d")) domain = Domain::parse(*d);
  if (std::string why = octets_fault(field_body); !why.empty()) return fault({std::move(why)});
  if (!list.fault.empty()) return fault({list.fault});
  for (const char* required : {"v", "a", "b", "bh", "d", "h", "s"})
    if (find_tag(tags, required) == nullptr) return fault({std::string(required) + "= is missing"});
  if (tag_value(tags, "v") != "1") return fault({"v= is not 1", Kind::unknown});
  if (!domain || domain->ascii().find('.') == std::string::npos) {
    // Names like mail_out.example sign too; no author that is read here can be of one.
    const bool odd = !domain && consists_of(*tag_value(tags, "d"), "-_.");
    return fault({"d= is no domain", odd ? Kind::unknown : Kind::malformed});
  }
  DkimTags result{"", *domain, "", {}, false, {}, {}};
  if (Bad bad = read_known_tags(tags, result); !bad.why.empty()) return fault(std::move(bad));
  result.plain = is_plain(field_body, tags, result);
  return result;
}

std::string without_signature(std::string_view field_body, const DkimTags& tags) {
  std::string text(field_body.substr(0, tags.signature_begin));
  return text.append(field_body.substr(tags.signature_end));
}

std::vector<std::size_t> signed_fields(const std::vector<std::string>& header_names,
                                       const std::vector<HeaderField>& fields, std::size_t itself) {
  std::map<std::string, std::vector<std::size_t>, std::less<>> instances;
  for (const std::string& name : header_names) instances.try_emplace(name);
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (const auto found = instances.find(ascii_lower(fields[index].name));
        index != itself && found != instances.end())
      found->second.push_back(index);
  std::vector<std::size_t> selected;
  for (const std::string& name : header_names) {
    auto& left = instances.find(name)->second;
    if (left.empty()) continue;
    selected.push_back(left.back());
    left.pop_back();
  }
  return selected;
}

std::vector<std::size_t> selected_fields(const std::vector<std::string>& header_names,
                                         const std::vector<HeaderField>& fields, std::size_t itself) {
  std::vector<std::size_t> selected = signed_fields(header_names, fields, itself);
  std::sort(selected.begin(), selected.end());
  return selected;
}

}  // namespace ccgate
