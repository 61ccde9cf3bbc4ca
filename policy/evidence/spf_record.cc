#include "policy/evidence/spf_record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

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
    // Nonzero (7.3).
    if (digits > 0 && inside.substr(0, digits).find_first_not_of('0') == std::string_view::npos)
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
    if (!is_letter_or_digit(c) && c != '-') return false;
    other = other || !is_digit(c);
  }
  return other;
}

/// domain-spec: a macro-string that ends in a top label or a macro.
bool is_domain_spec(std::string_view text) {
  if (text.empty()) return false;
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
bool cut_dual_cidr(std::string_view& text, SpfTerm& term) {
  const auto cut = [&text](std::string_view slashes, int& length) {
    const std::size_t last = text.find_last_not_of("0123456789");
    if (last == std::string_view::npos || !text.substr(0, last + 1).ends_with(slashes)) return true;
    const auto read = number(text.substr(last + 1), length);
    text = text.substr(0, last + 1 - slashes.size());
    if (read) length = *read;
    return read.has_value();
  };
  return cut("//", term.length6) && cut("/", term.length4);
}

bool read_ip4(std::string_view text, std::uint8_t* octets) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = part < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return false;
    const auto octet = number(text.substr(0, dot), 255);
    if (!octet) return false;
    octets[part] = static_cast<std::uint8_t>(*octet);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return text.empty();
}

/// Groups without a gap, and the octets that they are. False beyond 16, and for an IPv4 address that is not
/// the last group.
bool read_groups(std::string_view text, std::vector<std::uint8_t>& octets) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const std::string_view group = text.substr(0, end);
    text.remove_prefix(end);
    if (text == ":") return false;
    if (!text.empty()) text.remove_prefix(1);
    if (group.find('.') != std::string_view::npos) {
      std::array<std::uint8_t, 4> four{};
      if (!text.empty() || !read_ip4(group, four.data())) return false;
      octets.insert(octets.end(), four.begin(), four.end());
    } else {
      if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex_digit))
        return false;
      unsigned value = 0;
      for (const char c : group) value = value << 4 | static_cast<unsigned>(hex_value(c));
      octets.push_back(static_cast<std::uint8_t>(value >> 8));
      octets.push_back(static_cast<std::uint8_t>(value & 0xff));
    }
    if (octets.size() > 16) return false;
  }
  return true;
}

/// RFC 4291 2.2 text forms.
bool read_ip6(std::string_view text, std::array<std::uint8_t, 16>& octets) {
  const std::size_t gap = text.find("::");
  std::vector<std::uint8_t> head, tail;
  if (gap == std::string_view::npos) {
    if (!read_groups(text, head) || head.size() != 16) return false;
  } else {
    const std::string_view before = text.substr(0, gap);
    if (before.find('.') != std::string_view::npos) return false;
    if (!read_groups(before, head) || !read_groups(text.substr(gap + 2), tail)) return false;
    if (head.size() + tail.size() > 14) return false;
  }
  octets.fill(0);
  std::copy(head.begin(), head.end(), octets.begin());
  std::copy_backward(tail.begin(), tail.end(), octets.end());
  return true;
}

/// Reads the terms of one record.
class Reader {
 public:
  std::variant<SpfRecord, SpfRecordFault> run(std::string_view text) {
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
    }
    if (redirect_ && !closed_) record_.terms.push_back(std::move(*redirect_));
    return std::move(record_);
  }

 private:
  bool no(const char* why) {
    why_ = why;
    return false;
  }

  bool read_term(std::string_view text) {
    std::size_t name_end = 0;
    while (name_end < text.size() &&
           (is_letter_or_digit(text[name_end]) ||
            std::string_view("-_.").find(text[name_end]) != std::string_view::npos)) {
      if (name_end == 0 && !is_letter(text[0])) break;
      ++name_end;
    }
    if (name_end > 0 && name_end < text.size() && text[name_end] == '=')
      return modifier(ascii_lower(text.substr(0, name_end)), text.substr(name_end + 1));
    SpfTerm term;
    if (std::string_view("+-?~").find(text.front()) != std::string_view::npos) {
      term.qualifier = text.front();
      text.remove_prefix(1);
    }
    const std::size_t end = std::min(text.find_first_of(":/"), text.size());
    if (!mechanism(ascii_lower(text.substr(0, end)), text.substr(end), term)) return false;
    if (closed_) return true;
    closed_ = term.mechanism == SpfMechanism::all;
    record_.terms.push_back(std::move(term));
    return true;
  }

  bool modifier(const std::string& name, std::string_view value) {
    if (name == "exp") {
      if (exp_) return no("exp= stands twice");
      exp_ = true;
      return is_domain_spec(value) || no("exp= has no domain");
    }
    if (name == "redirect") {
      if (redirect_) return no("redirect= stands twice");
      redirect_ = SpfTerm{SpfMechanism::redirect, '+', std::string(value)};
      return is_domain_spec(value) || no("redirect= has no domain");
    }
    return read_macro_string(value, kAllLetters) || no("a modifier with an odd value");
  }

  bool mechanism(const std::string& name, std::string_view rest, SpfTerm& term) {
    if (name == "all") {
      term.mechanism = SpfMechanism::all;
      return rest.empty() || no("all takes no value");
    }
    if (name == "include" || name == "exists") {
      term.mechanism = name == "include" ? SpfMechanism::include : SpfMechanism::exists;
      return (!rest.empty() && domain(rest, term)) || no("include or exists without a domain");
    }
    if (name == "a" || name == "mx") {
      term.mechanism = name == "a" ? SpfMechanism::a : SpfMechanism::mx;
      if (!cut_dual_cidr(rest, term)) return no("a or mx with an odd prefix length");
      return domain(rest, term) || no("a or mx with an odd domain");
    }
    if (name == "ptr") {
      term.mechanism = SpfMechanism::ptr;
      return domain(rest, term) || no("ptr with an odd domain");
    }
    if (name == "ip4") {
      term.mechanism = SpfMechanism::ip4;
      if (!network(rest, term.length4)) return no("ip4 without a network, or with an odd prefix length");
      return read_ip4(rest, term.network.data()) || no("ip4 with an odd address");
    }
    if (name == "ip6") {
      term.mechanism = SpfMechanism::ip6;
      if (!network(rest, term.length6)) return no("ip6 without a network, or with an odd prefix length");
      return read_ip6(rest, term.network) || no("ip6 with an odd address");
    }
    return no("an unknown mechanism");
  }

  /// `:domain-spec`, or nothing.
  static bool domain(std::string_view rest, SpfTerm& term) {
    if (rest.empty()) return true;
    if (rest.front() != ':' || !is_domain_spec(rest.substr(1))) return false;
    term.domain = rest.substr(1);
    return true;
  }

  /// Cuts the colon and the prefix length off.
  static bool network(std::string_view& rest, int& length) {
    if (!rest.starts_with(':')) return false;
    rest.remove_prefix(1);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return true;
    const auto read = number(rest.substr(slash + 1), length);
    rest = rest.substr(0, slash);
    if (read) length = *read;
    return read.has_value();
  }

  SpfRecord record_;
  std::optional<SpfTerm> redirect_;
  const char* why_ = "";
  bool exp_ = false;
  bool closed_ = false;
};

std::string network_text(const SpfTerm& term) {
  std::string text;
  const auto& octets = term.network;
  if (term.mechanism == SpfMechanism::ip4) {
    for (std::size_t i = 0; i < 4; ++i) text += (i == 0 ? "" : ".") + std::to_string(octets[i]);
    return term.length4 == 32 ? text : text + "/" + std::to_string(term.length4);
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (i != 0 && i % 2 == 0) text += ':';
    text += kHex[octets[i] >> 4];
    text += kHex[octets[i] & 0xf];
  }
  return term.length6 == 128 ? text : text + "/" + std::to_string(term.length6);
}

}  // namespace

bool is_spf_record(std::string_view txt) noexcept {
  return txt.size() >= 6 && ascii_iequal(txt.substr(0, 6), "v=spf1") && (txt.size() == 6 || txt[6] == ' ');
}

std::variant<SpfRecord, SpfRecordFault> parse_spf_record(std::string_view txt) {
  if (txt.size() > kSpfRecordOctets)
    return SpfRecordFault{"the record is longer than this server reads", true};
  if (!is_spf_record(txt)) return SpfRecordFault{"the record does not start with v=spf1"};
  if (!is_printable_ascii(txt)) return SpfRecordFault{"the record has an octet outside printable ASCII"};
  return Reader().run(txt);
}

std::string to_text(const SpfRecord& record) {
  constexpr std::array<std::string_view, 9> kWords{"all", "include", "a",      "mx",      "ptr",
                                                   "ip4", "ip6",     "exists", "redirect"};
  std::string text = "v=spf1";
  for (const SpfTerm& term : record.terms) {
    text += ' ';
    if (term.qualifier != '+') text += term.qualifier;
    text += kWords[static_cast<std::size_t>(term.mechanism)];
    if (term.mechanism == SpfMechanism::ip4 || term.mechanism == SpfMechanism::ip6) {
      text += ":" + network_text(term);
      continue;
    }
    if (!term.domain.empty()) text += (term.mechanism == SpfMechanism::redirect ? "=" : ":") + term.domain;
    if (term.length4 != 32) text += "/" + std::to_string(term.length4);
    if (term.length6 != 128) text += "//" + std::to_string(term.length6);
  }
  return text;
}

}  // namespace ccgate
