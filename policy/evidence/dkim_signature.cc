#include "policy/evidence/dkim_signature.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kFieldBytes = 8 * 1024;
constexpr std::size_t kHeaderNames = 64;
constexpr std::size_t kIdentityBytes = 250;

using Tags = std::map<std::string, std::string, std::less<>>;

bool is_tag_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

/// A base64 value without its folding white space (RFC 6376 2.10). For nothing else: `c c` is not `cc`, and
/// another reader of the field would not think so.
std::string compact(std::string_view value) {
  std::string text;
  for (const char c : value)
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') text += c;
  return text;
}

bool has_blank(std::string_view value) {
  return value.find_first_of(" \t\r\n") != std::string_view::npos;
}

/// Line ends only as folds, LF or CRLF before a blank.
bool is_folded_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '\r' && next != '\n') return false;
    if (text[at] == '\n' && next != ' ' && next != '\t') return false;
  }
  return true;
}

/// tag-list (RFC 6376 3.2); the reason when it is none.
std::string read_tags(std::string_view text, Tags& tags) {
  while (!text.empty()) {
    const std::size_t semicolon = std::min(text.find(';'), text.size());
    const std::string_view spec = text.substr(0, semicolon);
    const bool last = semicolon == text.size();
    text.remove_prefix(last ? semicolon : semicolon + 1);
    if (trim(spec).empty()) {
      if (trim(text).empty()) break;
      return "an empty tag";
    }
    const std::size_t equals = spec.find('=');
    if (equals == std::string_view::npos) return "a tag without a value";
    const std::string name(trim(spec.substr(0, equals)));
    if (!is_tag_name(name)) return "a tag with an odd name";
    if (!tags.emplace(name, trim(spec.substr(equals + 1))).second) return "a tag stands twice";
  }
  return "";
}

bool is_base64(std::string_view value) {
  const std::string text = compact(value);
  if (text.empty()) return false;
  const std::size_t end = std::min(text.find('='), text.size());
  if (text.size() - end > 2 || text.find_first_not_of('=', end) != std::string::npos) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end),
                     [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/'; });
}

bool read_number(const Tags& tags, std::string_view name, std::optional<std::int64_t>& into) {
  const auto found = tags.find(name);
  if (found == tags.end()) return true;
  const std::string& text = found->second;
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const bool digits = !text.empty() && text.size() <= 12 && std::all_of(text.begin(), text.end(), is_digit);
  if (!digits || std::from_chars(text.data(), end, value).ptr != end) return false;
  into = value;
  return true;
}

bool is_selector(const std::string& text) {
  const auto domain = Domain::parse(text);
  return domain && domain->ascii() == text;
}

/// i=: at most a local part and a domain within d=; `=` only as a quoted-printable pair.
bool is_identity(std::string_view text, const Domain& domain) {
  if (text.size() > kIdentityBytes || has_blank(text)) return false;
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  const auto named = Domain::parse(text.substr(at + 1));
  if (!named || !named->is_within(domain)) return false;
  const auto hex = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); };
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '=' && (i + 2 >= text.size() || !hex(text[i + 1]) || !hex(text[i + 2]))) return false;
  return true;
}

std::string read_header_names(const std::string& value, std::vector<std::string>& names) {
  const std::string list = ascii_lower(value);
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t colon = std::min(list.find(':', at), list.size());
    // Blanks stand around the colons only (RFC 6376 3.5).
    std::string name(trim(std::string_view(list).substr(at, colon - at)));
    at = colon + 1;
    if (name.empty()) return "h= has an empty field name";
    if (name == "dkim-signature") return "h= names dkim-signature";
    if (!std::all_of(name.begin(), name.end(), [](char c) { return is_visible_ascii(c) && c != ';'; }))
      return "h= has an odd field name";
    names.push_back(std::move(name));
    if (names.size() > kHeaderNames) return "h= names too many fields";
  }
  if (std::find(names.begin(), names.end(), "from") == names.end()) return "h= leaves From out";
  return "";
}

}  // namespace

std::variant<DkimTags, DkimTagFault> parse_dkim_signature(std::string_view field_body) {
  std::optional<Domain> domain;
  const auto fault = [&](std::string why) { return DkimTagFault{std::move(why), domain}; };
  if (field_body.size() > kFieldBytes) return fault("the field is longer than 8 kB");
  for (const char c : field_body) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x7f || (octet < 0x20 && c != '\t' && c != '\r' && c != '\n'))
      return fault("an octet outside ASCII text");
  }
  if (!is_folded_text(field_body)) return fault("a line end that is no fold");
  Tags tags;
  const std::string bad = read_tags(field_body, tags);
  if (const auto d = tags.find("d"); d != tags.end()) domain = Domain::parse(d->second);
  if (!bad.empty()) return fault(bad);
  for (const char* required : {"v", "a", "b", "bh", "d", "h", "s"})
    if (tags.find(required) == tags.end()) return fault(std::string(required) + "= is missing");
  if (tags["v"] != "1") return fault("v= is not 1");
  if (!domain || domain->ascii().find('.') == std::string::npos) return fault("d= is no domain");
  if (!is_base64(tags["b"]) || !is_base64(tags["bh"])) return fault("b= or bh= is no base64");

  DkimTags result{ascii_lower(tags["a"]), *domain, ascii_lower(tags["s"]), {}, tags.contains("l"), {}, {}};
  result.signature = compact(tags["b"]);
  if (result.algorithm != "rsa-sha256" && result.algorithm != "ed25519-sha256" &&
      result.algorithm != "rsa-sha1")
    return fault("a= is no known algorithm");
  if (!is_selector(result.selector)) return fault("s= is no selector");
  if (std::string why = read_header_names(tags["h"], result.header_names); !why.empty())
    return fault(std::move(why));
  if (const auto c = tags.find("c"); c != tags.end()) {
    const std::string value = ascii_lower(c->second);
    static constexpr std::string_view kKnown[] = {"simple",         "relaxed",        "simple/simple",
                                                  "simple/relaxed", "relaxed/simple", "relaxed/relaxed"};
    if (std::find(std::begin(kKnown), std::end(kKnown), value) == std::end(kKnown))
      return fault("c= is no known canonicalization");
  }
  if (const auto q = tags.find("q"); q != tags.end() && ascii_lower(q->second) != "dns/txt")
    return fault("q= is not dns/txt");
  if (const auto i = tags.find("i"); i != tags.end() && !is_identity(i->second, *domain))
    return fault("i= is no identity within d=");
  std::optional<std::int64_t> length;
  if (!read_number(tags, "t", result.signed_at) || !read_number(tags, "x", result.expires) ||
      !read_number(tags, "l", length))
    return fault("t=, x= or l= is no plain number");
  if (result.signed_at && result.expires && *result.expires <= *result.signed_at)
    return fault("x= is not after t=");
  return result;
}

std::vector<std::size_t> selected_fields(const std::vector<std::string>& header_names,
                                         const std::vector<HeaderField>& fields) {
  std::map<std::string, std::vector<std::size_t>, std::less<>> instances;
  for (const std::string& name : header_names) instances.try_emplace(name);
  for (std::size_t index = 0; index < fields.size(); ++index)
    if (const auto found = instances.find(ascii_lower(fields[index].name)); found != instances.end())
      found->second.push_back(index);
  std::vector<std::size_t> selected;
  for (const std::string& name : header_names) {
    auto& left = instances.find(name)->second;
    if (left.empty()) continue;
    selected.push_back(left.back());
    left.pop_back();
  }
  std::sort(selected.begin(), selected.end());
  return selected;
}

}  // namespace ccgate
