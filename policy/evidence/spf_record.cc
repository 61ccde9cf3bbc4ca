#include "policy/evidence/spf_record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kRecordBytes = 2048;

bool has_macro(std::string_view text) {
  return text.find('%') != std::string_view::npos;
}

/// Reads a macro-string (RFC 7208 7.1). nullopt when it is none; otherwise whether its last part is a
/// macro-expand: an end brace alone does not tell, for it is a literal as well.
std::optional<bool> read_macro_string(std::string_view text, std::string_view letters) {
  bool expands = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    expands = c == '%';
    if (!expands) {
      if (!is_visible_ascii(c)) return std::nullopt;
      continue;
    }
    if (++at == text.size()) return std::nullopt;
    if (text[at] == '%' || text[at] == '_' || text[at] == '-') continue;
    if (text[at] != '{') return std::nullopt;
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view inside = text.substr(at + 1, end - at - 1);
    at = end;
    if (inside.empty() || letters.find(ascii_lower(inside.substr(0, 1))) == std::string_view::npos)
      return std::nullopt;
    inside.remove_prefix(1);
    std::size_t digits = 0;
    while (digits < inside.size() && is_digit(inside[digits])) ++digits;
    // Nonzero (7.3). No name has a thousand labels: more digits only try how a library counts.
    if (digits > 0 &&
        (digits > 3 || inside.substr(0, digits).find_first_not_of('0') == std::string_view::npos))
      return std::nullopt;
    inside.remove_prefix(digits);
    if (!inside.empty() && (inside.front() == 'r' || inside.front() == 'R')) inside.remove_prefix(1);
    if (inside.find_first_not_of(".-+,/_=") != std::string_view::npos) return std::nullopt;
  }
  return expands;
}

// c, r and t stand in explanations only (RFC 7208 7.2); a modifier that nobody knows may be one.
constexpr std::string_view kDomainLetters = "slodiphv";
constexpr std::string_view kAllLetters = "slodiphvcrt";

/// toplabel: LDH, not all digits, no hyphen at either end.
bool is_top_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  bool other = false;
  for (const char c : label) {
    if (!is_letter(c) && !is_digit(c) && c != '-') return false;
    other = other || !is_digit(c);
  }
  return other;
}

/// domain-spec: a macro-string that ends in a top label or a macro.
bool is_domain_spec(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  const auto expands = read_macro_string(text, kDomainLetters);
  if (!expands) return false;
  if (*expands) return true;
  if (text.ends_with('.')) text.remove_suffix(1);
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos) return false;
  if (!is_top_label(text.substr(dot + 1))) return false;
  if (has_macro(text)) return true;
  // Without macros it is a name to be asked: no empty or over-long label.
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    if (end == at || end - at > 63) return false;
    at = end + 1;
  }
  return true;
}

/// A decimal without leading zero, at most `most`.
std::optional<int> number(std::string_view text, int most) {
  if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), is_digit))
    return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value <= most ? std::optional<int>(value) : std::nullopt;
}

/// Cuts `/n`, `//n` or `/n//m` off the end of an a or mx term. Only the end is looked at, since a domain-spec
/// may have a slash too. False when a prefix length there is malformed.
bool cut_dual_cidr(std::string_view& text) {
  const auto cut = [&text](std::string_view slashes, int most) {
    const std::size_t last = text.find_last_not_of("0123456789");
    if (last == std::string_view::npos || !text.substr(0, last + 1).ends_with(slashes)) return true;
    const bool good = number(text.substr(last + 1), most).has_value();
    text = text.substr(0, last + 1 - slashes.size());
    return good;
  };
  return cut("//", 128) && cut("/", 32);
}

std::optional<std::uint32_t> ip4(std::string_view text) {
  std::uint32_t value = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = part < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const auto octet = number(text.substr(0, dot), 255);
    if (!octet) return std::nullopt;
    value = value << 8 | static_cast<std::uint32_t>(*octet);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return text.empty() ? std::optional<std::uint32_t>(value) : std::nullopt;
}

/// RFC 4291 2.2 text forms.
bool is_ip6(std::string_view text) {
  if (text.find(":::") != std::string_view::npos) return false;
  const std::size_t gap = text.find("::");
  if (gap != std::string_view::npos && text.find("::", gap + 1) != std::string_view::npos) return false;
  if ((text.starts_with(':') && gap != 0) || (text.ends_with(':') && gap != text.size() - 2)) return false;
  int groups = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ':') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find(':', at), text.size());
    const std::string_view group = text.substr(at, end - at);
    if (group.find('.') != std::string_view::npos) {
      if (end != text.size() || !ip4(group)) return false;
      groups += 2;
    } else {
      const bool hex = group.size() <= 4 && std::all_of(group.begin(), group.end(), [](char c) {
                         return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                       });
      if (!hex) return false;
      ++groups;
    }
    at = end;
  }
  return gap == std::string_view::npos ? groups == 8 : groups <= 7;
}

/// Reads the terms of one record.
class Reader {
 public:
  std::variant<SpfRecord, SpfRecordFault> run(std::string_view text) {
    record_.text = "v=spf1";
    text.remove_prefix(6);
    while (!text.empty()) {
      if (text.front() == ' ') {
        text.remove_prefix(1);
        continue;
      }
      const std::size_t end = std::min(text.find(' '), text.size());
      const std::string_view term = text.substr(0, end);
      text.remove_prefix(end);
      if (!read_term(term)) return SpfRecordFault{why_};
      if (!dropped_) record_.text.append(" ").append(term);
    }
    constexpr std::uint64_t kHalf = std::uint64_t{1} << 31;
    record_.passes_everybody = passes_all_ || covered4() >= kHalf || wide6_;
    return record_;
  }

 private:
  bool no(const char* why) {
    why_ = why;
    return false;
  }

  bool read_term(std::string_view term) {
    dropped_ = false;
    std::size_t name_end = 0;
    while (name_end < term.size() &&
           (is_letter(term[name_end]) || is_digit(term[name_end]) ||
            std::string_view("-_.").find(term[name_end]) != std::string_view::npos)) {
      if (name_end == 0 && !is_letter(term[0])) break;
      ++name_end;
    }
    if (name_end > 0 && name_end < term.size() && term[name_end] == '=')
      return modifier(ascii_lower(term.substr(0, name_end)), term.substr(name_end + 1));
    char qualifier = '+';
    if (std::string_view("+-?~").find(term.front()) != std::string_view::npos) {
      qualifier = term.front();
      term.remove_prefix(1);
    }
    const std::size_t end = std::min(term.find_first_of(":/"), term.size());
    return mechanism(ascii_lower(term.substr(0, end)), term.substr(end), qualifier == '+');
  }

  bool modifier(const std::string& name, std::string_view value) {
    if (name == "exp") {
      if (exp_) return no("exp= stands twice");
      exp_ = dropped_ = true;
      return is_domain_spec(value) || no("exp= has no domain");
    }
    if (name == "redirect") {
      if (redirect_) return no("redirect= stands twice");
      redirect_ = true;
      if (!is_domain_spec(value)) return no("redirect= has no domain");
      if (!has_macro(value)) record_.lookups_txt.emplace_back(value);
      return true;
    }
    return read_macro_string(value, kAllLetters) || no("a modifier with an odd value");
  }

  bool mechanism(const std::string& name, std::string_view rest, bool passes) {
    const bool reached = !closed_;
    if (name == "all") {
      if (!rest.empty()) return no("all takes no value");
      passes_all_ = passes_all_ || (passes && reached);
      closed_ = true;
      return true;
    }
    if (name == "include" || name == "exists") {
      if (!rest.starts_with(':') || !is_domain_spec(rest.substr(1)))
        return no("include or exists without a domain");
      if (!has_macro(rest))
        (name == "include" ? record_.lookups_txt : record_.lookups_addr).emplace_back(rest.substr(1));
      return true;
    }
    if (name == "a" || name == "mx")
      return address_term(name == "a" ? record_.lookups_addr : record_.lookups_mx, rest, passes && reached);
    if (name == "ptr")
      return rest.empty() || (rest.starts_with(':') && is_domain_spec(rest.substr(1))) ||
             no("ptr with an odd domain");
    if (name == "ip4") return network4(rest, passes && reached);
    if (name == "ip6") return network6(rest, passes && reached);
    return no("an unknown mechanism");
  }

  bool address_term(std::vector<std::string>& lookups, std::string_view rest, bool passes) {
    const std::string_view whole = rest;
    if (!cut_dual_cidr(rest)) return no("a or mx with an odd prefix length");
    if (rest.empty()) {
      lookups.emplace_back();
    } else {
      if (!rest.starts_with(':') || !is_domain_spec(rest.substr(1))) return no("a or mx with an odd domain");
      if (!has_macro(rest)) lookups.emplace_back(rest.substr(1));
    }
    // A network of half of all addresses or more around any host lets everybody pass.
    if (passes && (whole.ends_with("/0") || whole.find("/0//") != std::string_view::npos ||
                   whole.ends_with("/1") || whole.find("/1//") != std::string_view::npos))
      passes_all_ = true;
    return true;
  }

  bool network4(std::string_view rest, bool passes) {
    if (!rest.starts_with(':')) return no("ip4 without a network");
    rest.remove_prefix(1);
    int length = 32;
    if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
      const auto read = number(rest.substr(slash + 1), 32);
      if (!read) return no("ip4 with an odd prefix length");
      length = *read;
      rest = rest.substr(0, slash);
    }
    const auto address = ip4(rest);
    if (!address) return no("ip4 with an odd address");
    if (passes) {
      const std::uint64_t size = std::uint64_t{1} << (32 - length);
      const std::uint64_t begin = *address & ~(size - 1);
      networks_.emplace_back(begin, begin + size);
    }
    return true;
  }

  bool network6(std::string_view rest, bool passes) {
    if (!rest.starts_with(':')) return no("ip6 without a network");
    rest.remove_prefix(1);
    int length = 128;
    if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
      const auto read = number(rest.substr(slash + 1), 128);
      if (!read) return no("ip6 with an odd prefix length");
      length = *read;
      rest = rest.substr(0, slash);
    }
    if (!is_ip6(rest)) return no("ip6 with an odd address");
    // 2000::/3 is all that is in use: whoever passes that much passes everybody.
    wide6_ = wide6_ || (passes && length <= 4);
    return true;
  }

  /// How many IPv4 addresses the networks cover together.
  std::uint64_t covered4() {
    std::sort(networks_.begin(), networks_.end());
    std::uint64_t covered = 0, reached = 0;
    for (const auto& [begin, end] : networks_) {
      const std::uint64_t from = std::max(begin, reached);
      if (end > from) covered += end - from;
      reached = std::max(reached, end);
    }
    return covered;
  }

  SpfRecord record_;
  const char* why_ = "";
  bool dropped_ = false;
  bool exp_ = false;
  bool redirect_ = false;
  bool closed_ = false;
  bool passes_all_ = false;
  bool wide6_ = false;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> networks_;
};

}  // namespace

bool is_spf_record(std::string_view txt) noexcept {
  return txt.size() >= 6 && ascii_iequal(txt.substr(0, 6), "v=spf1") && (txt.size() == 6 || txt[6] == ' ');
}

std::variant<SpfRecord, SpfRecordFault> parse_spf_record(std::string_view txt) {
  if (txt.size() > kRecordBytes) return SpfRecordFault{"the record is longer than 2 kB"};
  if (!is_spf_record(txt)) return SpfRecordFault{"the record does not start with v=spf1"};
  for (const char c : txt)
    if (!is_printable_ascii(c)) return SpfRecordFault{"the record has an octet outside printable ASCII"};
  return Reader().run(txt);
}

}  // namespace ccgate
