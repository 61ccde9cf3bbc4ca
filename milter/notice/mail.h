// milter/notice/mail.h: words -> one complete message (RFC 5322) with its envelope. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policy/names/address.h"

namespace ccgate {

/// What is handed to the mail server.
struct Mail {
  Address from;           ///< RFC5321.MailFrom
  Address to;             ///< RFC5321.RcptTo, the only one
  std::string message;    ///< header and body, lines end with CRLF, at most 998 octets each
  bool smtputf8 = false;  ///< envelope and header have addresses that are not ASCII, else all is ASCII
  /// An address that the mail server has to take, if anybody's: when it refuses `to`, it is asked about this
  /// one, which gets no mail.
  std::optional<Address> other = {};
};

/// A file beside the text.
struct AttachedFile {
  std::string name;     ///< ASCII, as a file name
  std::string type;     ///< of its content (RFC 2045): `text/vcard; charset=utf-8`
  std::string content;  ///< text
};

struct MailParts {
  Address envelope_from;
  std::string from_name;  ///< display name
  Address from;
  std::optional<Address> reply_to;
  Address to;
  std::string subject;     ///< ASCII, one line
  std::string message_id;  ///< without angle brackets
  std::int64_t date = 0;   ///< seconds since 1970
  std::string body;        ///< UTF-8, lines end with LF
  std::optional<AttachedFile> attached = {};
  bool no_archive = false;  ///< no archive of the list is to have it (X-No-Archive)
};
/// Needs SMTPUTF8 (RFC 6531) when an address is not ASCII, but not for the sake of Reply-To, which is left
/// out instead. Says that it is automatic (RFC 3834 5), and asks programs that go by another field
/// (MS-OXCMAIL 2.1.3.2.20) for no reply. The body goes as it is when it is ASCII
/// with short lines, else as quoted-printable (RFC 2045 6.7), so that 8BITMIME is not needed.
[[nodiscard]] Mail write_mail(const MailParts& parts);

/// The same for the same task, so that a mail sent twice is known by it: `ccgate.<hash>@domain`.
[[nodiscard]] std::string new_message_id(std::string_view task_key, const Domain& domain);

/// RFC 5322 3.3, in UTC.
[[nodiscard]] std::string mail_date(std::int64_t seconds);

}  // namespace ccgate
