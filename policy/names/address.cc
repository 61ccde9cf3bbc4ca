#include "policy/names/address.h"

#include <algorithm>

#include "policy/names/idna.h"
#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

bool is_atext(char c) {
  if (is_letter_or_digit(c)) return true;
  return c != '\0' && std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Characters that nobody sees, that pass for a blank or an `@`, that turn the direction of writing, or that
/// mean nothing to anybody else: two addresses with and without them look alike.
bool is_deceptive(char32_t code) {
  struct Range {
    char32_t first, last;
  };
  static constexpr Range kRanges[] = {
      {0x2800, 0x2800}, {0xe000, 0xf8ff}, {0xfdd0, 0xfdef},    {0xfe6b, 0xfe6b},
      {0xff20, 0xff20}, {0xfff0, 0xffff}, {0xe0000, 0x10ffff},
  };
  return is_control(code) || is_blank(code) || is_invisible(code) || (code & 0xfffe) == 0xfffe ||
         std::any_of(std::begin(kRanges), std::end(kRanges),
                     [&](const Range& r) { return code >= r.first && code <= r.last; });
}

/// What some programs take for a line end or a control: nothing of it in any place of an address field.
bool is_control_or_line_end(char32_t code) {
  return code >= 0x7f && (is_control(code) || is_line_end(code));
}

bool is_local_part(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.front() == '.' || text.back() == '.' || !is_utf8(text))
    return false;
  bool dot = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = next_code_point(text, at);
    if (code == '.' && dot) return false;
    dot = code == '.';
    if (dot) continue;
    if (code < 0x80 ? !is_atext(static_cast<char>(code)) : is_deceptive(code)) return false;
  }
  // `=?...?=` would be an encoded-word to some readers (RFC 2047 5 forbids it in an address).
  if (text.find("=?") != std::string_view::npos) return false;
  return is_ascii(text) || is_nfc(text);
}

/// But for the tab, which is a blank.
bool is_control_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t') || octet == 0x7f;
}

/// Walks over one field body.
class ListParser {
 public:
  ListParser(std::string_view body, std::size_t max) : body_(body), max_(max) {}

  MailboxList run() {
    if (!is_utf8(body_)) return fault("the field is not valid UTF-8");
    for (std::size_t at = 0; at < body_.size();) {
      const std::size_t begin = at;
      if (!is_control_or_line_end(next_code_point(body_, at))) continue;
      at_ = begin;
      return fault("a control character stands in the field");
    }
    std::vector<Address> addresses;
    while (true) {
      if (!skip_blanks()) return fault("its lines are not folded in the usual way");
      if (at_ == body_.size())
        return fault(addresses.empty() ? "the field is empty" : "an address is missing after a comma");
      auto address = mailbox();
      if (!address) return fault(why_);
      if (addresses.size() == max_) {
        AddressFault many{at_, "too many addresses", true};
        return many;
      }
      addresses.push_back(std::move(*address));
      if (!skip_blanks()) return fault("its lines are not folded in the usual way");
      if (at_ == body_.size()) return addresses;
      if (body_[at_] != ',') return fault("something other than a comma stands after an address");
      ++at_;
    }
  }

 private:
  AddressFault fault(std::string why) const { return {at_, std::move(why), false}; }
  std::nullopt_t no(const char* why) {
    why_ = why;
    return std::nullopt;
  }

  /// Blanks with at most one fold among them (RFC 5322 3.2.2); false at a line end that is none. A line of
  /// blanks only is the obsolete form, which some programs take for the end of the header section.
  bool skip_blanks() {
    bool folded = false;
    while (at_ < body_.size()) {
      const char c = body_[at_];
      if (c == ' ' || c == '\t') {
        ++at_;
        continue;
      }
      std::size_t end = at_;
      if (c == '\r') ++end;
      if (end >= body_.size() || body_[end] != '\n') return c != '\r' && c != '\n';
      // A final line end belongs to the field's own end in no interface of ours.
      if (end + 1 >= body_.size() || (body_[end + 1] != ' ' && body_[end + 1] != '\t') || folded)
        return false;
      folded = true;
      at_ = end + 1;
    }
    return !folded || at_ < body_.size();
  }

  /// name-addr or addr-spec (RFC 5322 3.4).
  std::optional<Address> mailbox() {
    bool phrase = false;
    while (true) {
      const std::size_t begin = at_;
      if (at_ == body_.size()) return no("an address is missing");
      const char c = body_[at_];
      if (c == '"') {
        if (!quoted_string()) return std::nullopt;
        phrase = true;
      } else if (c == '<') {
        return angle_addr();
      } else {
        if (!word()) return std::nullopt;
        if (at_ < body_.size() && body_[at_] == '@') {
          if (phrase) return no("an @ stands in a display name; put the name in quotes");
          return addr_spec(begin);
        }
        phrase = true;
      }
      if (!skip_blanks()) return no("its lines are not folded in the usual way");
      if (at_ == body_.size() || body_[at_] == ',') return no("a name without an address");
    }
  }

  /// Atoms and dots of a display name, or a local part.
  bool word() {
    const std::size_t begin = at_;
    while (at_ < body_.size()) {
      const char c = body_[at_];
      if (is_ascii(c) && c != '.' && !is_atext(c)) break;
      ++at_;
    }
    if (at_ > begin) return true;
    switch (body_[at_]) {
      case '(':
        why_ = "a comment stands among the addresses; leave it out";
        break;
      case ':':
      case ';':
        why_ = "a group stands among the addresses; list them one by one";
        break;
      default:
        why_ = "a character that has no place among addresses";
        break;
    }
    return false;
  }

  /// On one line: RFC 5322 3.2.4 lets it be folded, and there are programs for which it ends there.
  bool quoted_string() {
    for (++at_; at_ < body_.size(); ++at_) {
      char c = body_[at_];
      if (c == '"') {
        if (body_[at_ - 1] == '\\') {  // an escaped one: for mlmmj, it escapes the quote
          why_ = "a quoted name ends with a backslash; leave that out";
          return false;
        }
        ++at_;
        if (at_ < body_.size() && (body_[at_] == '@' || body_[at_] == '.')) {
          why_ = "a quoted local part; write the address without quotes";
          return false;
        }
        return true;
      }
      if (c == '\n' || c == '\r') {
        why_ = "a quoted name goes over two lines; write it on one";
        return false;
      }
      if (c == '\\') {
        if (++at_ == body_.size()) break;
        c = body_[at_];
      }
      if (is_control_octet(c)) break;
    }
    why_ = "a quoted name does not end";
    return false;
  }

  std::optional<Address> angle_addr() {
    const std::size_t begin = ++at_;
    const std::size_t end = body_.find('>', begin);
    if (end == std::string_view::npos) return no("an angle bracket does not close");
    auto address = Address::parse(body_.substr(begin, end - begin));
    if (!address) return no("what stands between angle brackets is not one plain address");
    at_ = end + 1;
    return address;
  }

  std::optional<Address> addr_spec(std::size_t begin) {
    ++at_;
    while (at_ < body_.size() && std::string_view(" \t\r\n,").find(body_[at_]) == std::string_view::npos)
      ++at_;
    auto address = Address::parse(body_.substr(begin, at_ - begin));
    if (!address) return no("not one plain address");
    // For mlmmj, a tab is a part of it.
    const std::string_view blanks = body_.substr(at_, body_.find_first_not_of(" \t\r\n", at_) - at_);
    if (blanks.find('\t') != std::string_view::npos) return no("a tab stands behind an address");
    return address;
  }

  std::string_view body_;
  std::size_t max_;
  std::size_t at_ = 0;
  const char* why_ = "";
};

std::string_view without_brackets(std::string_view path) {
  const bool has = path.starts_with('<') && path.ends_with('>') && path.size() > 2;
  return has ? path.substr(1, path.size() - 2) : path;
}

}  // namespace

Address::Address(std::string local, Domain domain)
    : local_(std::move(local)), folded_(ascii_lower(local_)), domain_(std::move(domain)) {}

std::optional<Address> Address::parse(std::string_view addr_spec) {
  const std::size_t at = addr_spec.find('@');
  if (at == std::string_view::npos || !is_local_part(addr_spec.substr(0, at))) return std::nullopt;
  auto domain = Domain::parse(addr_spec.substr(at + 1));
  if (!domain) return std::nullopt;
  return Address(std::string(addr_spec.substr(0, at)), std::move(*domain));
}

MailboxList parse_mailbox_list(std::string_view field_body, std::size_t max_addresses) {
  return ListParser(field_body, max_addresses).run();
}

std::optional<Domain> domain_of_path(std::string_view path) {
  path = without_brackets(path);
  const std::size_t at = path.find('@');
  const bool has_brackets = path.find_first_of("<>") != std::string_view::npos;
  if (at == std::string_view::npos || at == 0 || has_brackets) return std::nullopt;
  return Domain::parse(path.substr(at + 1));
}

std::optional<Address> parse_path(std::string_view path) {
  return Address::parse(without_brackets(path));
}

}  // namespace ccgate
