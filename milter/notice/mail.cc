#include "milter/notice/mail.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "milter/notice/smtputf8.h"
#include "milter/system/sha256.h"
#include "policy/text/ascii.h"

namespace ccgate {
namespace {

constexpr std::size_t kWidth = 76;
constexpr std::size_t kLongestLine = 998;  // RFC 5322 2.1.1

bool is_atom_or_blank(char c) {
  return is_letter_or_digit(c) || std::string_view(" !#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// RFC 5322 3.2.5.
std::string phrase(std::string_view name) {
  if (std::all_of(name.begin(), name.end(), is_atom_or_blank)) return std::string(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    const auto octet = static_cast<unsigned char>(c);
    quoted += octet >= 0x20 && octet < 0x7f ? c : '?';
  }
  return quoted + "\"";
}

/// Folded at blanks (RFC 5322 2.2.3); whatever is no printable ASCII is `?`, so that nothing begins a field.
/// `utf8`: what is not ASCII stays (RFC 6532).
std::string field(std::string_view name, std::string_view value, bool utf8 = false) {
  std::string line = std::string(name) + ":";
  std::string out;
  while (!value.empty()) {
    const std::size_t start = std::min(value.find_first_not_of(' '), value.size());
    value.remove_prefix(start);
    std::string word(value.substr(0, value.find(' ')));
    value.remove_prefix(word.size());
    for (char& c : word) {
      const auto octet = static_cast<unsigned char>(c);
      if (octet <= 0x20 || octet == 0x7f || (octet > 0x7f && !utf8)) c = '?';
    }
    if (word.empty()) break;
    if (line.size() + 1 + word.size() > kWidth && line.back() != ':') {
      out += line + "\r\n";
      line.clear();
    }
    line += " " + word;
  }
  return out + line + "\r\n";
}

bool goes_as_it_is(std::string_view body) {
  std::size_t length = 0;
  for (const char c : body) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x7f || (octet < 0x20 && c != '\n' && c != '\t')) return false;
    length = c == '\n' ? 0 : length + 1;
    if (length > kLongestLine) return false;
  }
  return true;
}

std::string with_crlf(std::string_view body) {
  std::string out;
  for (const char c : body) {
    if (c == '\n') out += '\r';
    out += c;
  }
  if (!out.ends_with("\r\n")) out += "\r\n";
  return out;
}

std::string quoted_printable(std::string_view body) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  std::string line;
  const auto end_line = [&] {
    out += line + "\r\n";
    line.clear();
  };
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '\n') {
      end_line();
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    const bool last = i + 1 == body.size() || body[i + 1] == '\n';
    const bool plain = (octet > 0x20 && octet < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !last);
    const std::string shown =
        plain ? std::string(1, c) : std::string{'=', kHex[octet >> 4], kHex[octet & 15]};
    if (line.size() + shown.size() > kWidth - (last ? 0 : 1)) {
      line += '=';
      end_line();
    }
    line += shown;
  }
  if (!line.empty()) end_line();
  return out;
}

/// The fields of a part, an empty line, the part. `disposition`: empty for none.
std::string entity(std::string_view type, std::string_view disposition, std::string_view text) {
  const bool plain = goes_as_it_is(text);
  std::string out = field("Content-Type", type);
  if (!disposition.empty()) out += field("Content-Disposition", disposition);
  out += field("Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
  return out + "\r\n" + (plain ? with_crlf(text) : quoted_printable(text));
}

/// RFC 2046 5.1.3. No line of what others wrote is the boundary: in the text it is indented, or `=` is
/// encoded; in a vCard a property's name stands before it.
std::string mixed(const std::string& text, const AttachedFile& file, std::string_view id) {
  constexpr std::size_t kDigits = 32;
  const std::string boundary = "=_" + sha256_hex(id).substr(0, kDigits);
  std::string content = file.content;
  content.erase(std::remove(content.begin(), content.end(), '\r'), content.end());
  std::string out = field("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
  out += "\r\n--" + boundary + "\r\n" + text + "\r\n--" + boundary + "\r\n";
  out += entity(file.type, "attachment; filename=\"" + file.name + "\"", content);
  return out + "\r\n--" + boundary + "--\r\n";
}

std::string in_angles(const Address& address) {
  return "<" + address.text() + ">";
}

}  // namespace

Mail write_mail(const MailParts& parts) {
  const bool utf8 =
      needs_smtputf8(parts.envelope_from) || needs_smtputf8(parts.from) || needs_smtputf8(parts.to);
  std::string out = field("From", phrase(parts.from_name) + " " + in_angles(parts.from), utf8);
  if (parts.reply_to && (utf8 || !needs_smtputf8(*parts.reply_to)))
    out += field("Reply-To", parts.reply_to->text(), utf8);
  out += field("To", parts.to.text(), utf8);
  out += field("Subject", parts.subject);
  out += field("Date", mail_date(parts.date));
  out += field("Message-ID", "<" + parts.message_id + ">");
  out += field("Auto-Submitted", "auto-generated");
  // Not `All`, nor NDR: a report that the mail did not arrive is wanted.
  out += field("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply");
  if (parts.no_archive) out += field("X-No-Archive", "yes");
  out += field("MIME-Version", "1.0");
  const std::string text = entity(
      is_ascii(parts.body) ? "text/plain; charset=us-ascii" : "text/plain; charset=utf-8", "", parts.body);
  out += parts.attached ? mixed(text, *parts.attached, parts.message_id) : text;
  return Mail{parts.envelope_from, parts.to, std::move(out), utf8};
}

std::string new_message_id(std::string_view task_key, const Domain& domain) {
  constexpr std::size_t kDigits = 32;
  return "ccgate." + sha256_hex(task_key).substr(0, kDigits) + "@" + domain.ascii();
}

std::string mail_date(std::int64_t seconds) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

}  // namespace ccgate
