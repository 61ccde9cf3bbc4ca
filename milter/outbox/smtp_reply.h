// milter/outbox/smtp_reply.h: replies of an SMTP server, read as they come. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

struct SmtpReply {
  int code = 0;      ///< 200 to 599
  std::string text;  ///< of all lines, joined by blanks: printable ASCII, at most 400 octets
  std::vector<std::string> lines = {};  ///< the text of each: printable ASCII, at most 400 octets
};

/// Takes octets until one reply is whole (RFC 5321 4.2): `250-text` lines and a last `250 text`.
class SmtpReplyReader {
 public:
  enum class State {
    more,   ///< not whole yet
    whole,  ///< `reply` has it
    bad,    ///< no such reply, or larger than 64 KiB, or a line larger than 8 KiB
  };
  /// Octets behind a whole reply are kept for the next.
  State take(std::string_view octets);
  [[nodiscard]] const SmtpReply& reply() const noexcept { return reply_; }
  /// Begins the next one, with what was kept.
  State next();

 private:
  State read();
  std::string pending_;
  SmtpReply reply_;
  std::size_t size_ = 0;  // of the reply so far
};

/// True when the reply to EHLO has a line of this keyword, behind the first, which is a greeting (RFC 5321
/// 4.1.1.1). Parameters are not looked at.
[[nodiscard]] bool offers(const SmtpReply& reply, std::string_view keyword) noexcept;

/// `code text`, for the log.
[[nodiscard]] std::string to_string(const SmtpReply& reply);

/// The message as it stands between DATA and the end mark, which is added: a dot at the start of a line is
/// doubled (RFC 5321 4.5.2). `message` has CRLF line ends.
[[nodiscard]] std::string dot_stuffed(std::string_view message);

}  // namespace ccgate
