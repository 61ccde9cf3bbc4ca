// What a mail server replies.
#include "milter/outbox/smtp_reply.h"

#include "milter/outbox/submission_fault.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestReplies = std::size_t{200} * 1024;  // three of the largest

struct Heard {
  std::string text;
  bool bad = false;
};

/// All replies in `octets`, taken in pieces.
Heard hear(std::string_view octets, std::size_t piece) {
  using State = SmtpReplyReader::State;
  SmtpReplyReader reader;
  Heard heard;
  for (std::size_t at = 0; at < octets.size(); at += piece) {
    State state = reader.take(octets.substr(at, piece));
    for (; state == State::whole; state = reader.next()) {
      const SmtpReply& reply = reader.reply();
      expect(reply.code >= 200 && reply.code < 600, "a code is of SMTP");
      expect_printable(reply.text, "a reply is printable");
      expect(reply.text.size() <= 400, "and short");
      for (const std::string& line : reply.lines) expect_printable(line, "a line is printable");
      for (const auto step : {SubmissionStep::greeting, SubmissionStep::ehlo, SubmissionStep::mail,
                              SubmissionStep::rcpt, SubmissionStep::data, SubmissionStep::message}) {
        const SubmissionFault fault = fault_of(step, reply);
        if (reply.code < 500) expect(fault == SubmissionFault::later, "what is no refusal may come again");
        if (fault == SubmissionFault::of_recipient)
          expect(reply.code >= 500, "a recipient is refused for good");
        for (const auto other :
             {std::optional<Truth>(Truth::yes), std::optional<Truth>(Truth::unknown), std::optional<Truth>()})
          (void)fault_beside(fault, other);
      }
      heard.text += to_string(reply) + (offers(reply, "SMTPUTF8") ? " 8\n" : "\n");
    }
    if (state == State::bad) {
      heard.bad = true;
      return heard;
    }
  }
  return heard;
}

void run_smtp_reply(std::string_view input) {
  const Heard whole = hear(input, input.size() + 1);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    if (piece == 1 && input.size() > 20000) continue;
    const Heard pieces = hear(input, piece);
    expect(pieces.text == whole.text && pieces.bad == whole.bad, "pieces are heard as the whole",
           pieces.text);
  }
  const std::string message = crlf(input) + "\r\n";
  const std::string stuffed = dot_stuffed(message);
  expect(stuffed.ends_with("\r\n.\r\n") && stuffed.find("\r\n.\r\n") == stuffed.size() - 5 &&
             !stuffed.starts_with(".\r\n"),
         "a message ends where it ends");
}

std::vector<std::string> smtp_reply_seeds() {
  return {
      "220 mx.nic.xa ESMTP\r\n250-mx.nic.xa\r\n250-SIZE 100\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n250 2.1.0 "
      "Ok\r\n",
      "550 5.1.1 <a@nic.xa>: no such user\r\n",
      "451 4.3.0 later\r\n",
      "250\r\n",
      "250-a\r\n250-\r\n250\r\n",
      "554-5.7.1 x\n554 5.7.1 y\n",
      "199 x\r\n600 y\r\n2500\r\n",
      "250-a\r\n550 b\r\n",
      ".\r\n..\r\n.a\r\n"};
}

std::vector<std::string> smtp_reply_extremes() {
  std::vector<std::string> all;
  for (const char* piece :
       {"250-a\r\n", "250 a\r\n", "2", "250-", "\r\n", "\n", "550 5.1.1 x\r\n", ".\r\n", "\x80"})
    all.push_back(filled_up(piece, kLargestReplies - 10));
  all.push_back("250 " + std::string(8187, 'a') + "\r\n");
  all.push_back("250 " + std::string(8200, 'a') + "\r\n");
  return all;
}

}  // namespace

Target smtp_reply_target() {
  return {"smtp_reply", kLargestReplies, run_smtp_reply, smtp_reply_seeds, smtp_reply_extremes};
}

}  // namespace ccgate::fuzz
