#include "milter/outbox/submission_fault.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// RFC 3463: class, subject, detail.
struct Status {
  int level = 0, subject = 0, detail = 0;
};

/// Of the start of a reply's text (RFC 2034 4).
std::optional<Status> status_of(std::string_view text) {
  text = text.substr(0, text.find(' '));
  const char* at = text.data();
  const char* const end = at + text.size();
  std::array<int, 3> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    if (at == end || !is_digit(*at)) return std::nullopt;
    const char* const begin = at;
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc() || next - begin > 3) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  return Status{numbers[0], numbers[1], numbers[2]};
}

bool is_about_recipient(const Status& status) {
  switch (status.subject) {
    case 1:  // addresses; 5.1.7 and 5.1.8 are the sender's, 5.1.0 can be
      return (status.detail >= 1 && status.detail <= 4) || status.detail == 6 || status.detail == 10;
    case 2:  // the mailbox
      return true;
    case 6:  // an address or header that is not ASCII, and cannot go further
      return status.detail == 7 || status.detail == 9;
    default:
      return false;
  }
}

/// Sender, protocol, content, policy.
bool is_about_us(const Status& status) {
  return (status.subject == 1 && status.detail >= 7 && status.detail <= 9) || status.subject == 5 ||
         status.subject == 6 || status.subject == 7;
}

/// As servers say it when the code does not, whatever the code is.
bool names_us(const std::string& text) {
  static constexpr auto kWords = std::to_array<std::string_view>({
      "helo command",
      "ehlo command",
      "helo name",
      "invalid helo",
      "sender address rejected",
      "sender rejected",
      "sender verif",
      "sender domain",
      "return path",
      "client host",
      "client rejected",
      "your host",
      "your ip",
      "relay access denied",
      "relaying denied",
      "relay not permitted",
      "relaying not",
      "unable to relay",
      "not permitted to relay",
      "access denied",
      "authentication required",
      "must authenticate",
      "must issue a starttls",
  });
  const std::string lower = ascii_lower(text);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view words) { return lower.find(words) != std::string::npos; });
}

/// RFC 5321 4.2.3, RFC 7504: its address, not taken. All others are about commands, authentication, the
/// server.
bool can_be_recipient(int code) {
  return code == 501 || (code >= 550 && code <= 554) || code == 556;
}

}  // namespace

SubmissionFault fault_of(SubmissionStep step, const SmtpReply& reply) {
  if (reply.code / 100 != 5) return SubmissionFault::later;
  if (step < SubmissionStep::rcpt || !can_be_recipient(reply.code) || names_us(reply.text))
    return SubmissionFault::ours;
  const auto status = status_of(reply.text);
  if (status && status->level == 5) {
    if (is_about_recipient(*status)) return SubmissionFault::of_recipient;
    if (is_about_us(*status)) return SubmissionFault::ours;
  }
  return step == SubmissionStep::rcpt ? SubmissionFault::unclear : SubmissionFault::ours;
}

SubmissionFault fault_beside(SubmissionFault fault, std::optional<Truth> other_taken) {
  if (fault != SubmissionFault::of_recipient && fault != SubmissionFault::unclear) return fault;
  if (other_taken == Truth::no) return SubmissionFault::ours;
  if (other_taken == Truth::yes || fault == SubmissionFault::of_recipient)
    return SubmissionFault::of_recipient;
  return other_taken ? SubmissionFault::later : SubmissionFault::ours;
}

}  // namespace ccgate
