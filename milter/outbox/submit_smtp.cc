// milter/outbox/submit_smtp.cc: the SMTP client (RFC 5321), as much of it as one mail needs.
#include "milter/outbox/submit_smtp.h"

#include <algorithm>
#include <utility>

#include "milter/outbox/smtp_reply.h"
#include "milter/outbox/submission_fault.h"
#include "milter/system/socket_io.h"

namespace ccgate {
namespace {

using Clock = Connection::Clock;
using Outcome = SubmitResult::Outcome;
using Step = SubmissionStep;

/// Addresses are strict; this is what stands between them and the protocol.
bool is_plain(const Address& address, bool utf8) {
  for (const char c : address.text()) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet <= 0x20 || octet == 0x7f || (octet > 0x7f && !utf8)) return false;
  }
  return true;
}

/// One mail over one connection. What goes wrong ends it with a result.
class Conversation {
 public:
  Conversation(Connection connection, const SmtpTimes& times, const SmtpGreeting& greeting,
               Clock::time_point deadline, std::stop_token stop)
      : connection_(std::move(connection)),
        times_(times),
        own_name_(greeting_name(greeting.configured, greeting.host_name, connection_.own_end())),
        deadline_(deadline),
        stop_(std::move(stop)) {}

  SubmitResult run(const Mail& mail) {
    SubmitResult result = hand_over(mail);
    result.smtputf8 = offered_;
    return result;
  }

  Truth ask() {
    if (greet()) quit();
    return offered_;
  }

 private:
  bool greet() {
    if (!expect(Step::greeting, "", 2)) return false;
    if (expect(Step::ehlo, "EHLO " + own_name_, 2)) {
      offered_ = truth_of(offers(reader_.reply(), "SMTPUTF8"));
      return true;
    }
    if (!refused_ehlo() || !expect(Step::ehlo, "HELO " + own_name_, 2)) return false;
    offered_ = Truth::no;
    return true;
  }

  SubmitResult hand_over(const Mail& mail) {
    if (!greet()) return {result_.outcome, result_.why, true};
    if (mail.smtputf8 && offered_ != Truth::yes) {
      quit();
      return {Outcome::never, "an address is not ASCII, and the mail server does not offer SMTPUTF8", false};
    }
    const std::string extension = mail.smtputf8 ? " SMTPUTF8" : "";
    if (!expect(Step::mail, "MAIL FROM:<" + mail.from.text() + ">" + extension, 2)) return result_;
    if (!expect(Step::rcpt, "RCPT TO:<" + mail.to.text() + ">", 2)) return whose_fault(mail);
    if (!expect(Step::data, "DATA", 3)) return result_;
    std::string why = connection_.send_all(dot_stuffed(mail.message), within(times_.data), stop_);
    if (!why.empty()) return {Outcome::later, "sending the data: " + why, false};
    if (!answer(Step::message, "the data", 2, within(times_.data))) return result_;
    const std::string reply = to_string(reader_.reply());
    quit();
    return {Outcome::taken, reply, false};
  }

  [[nodiscard]] Clock::time_point within(std::chrono::milliseconds time) const {
    return std::min(deadline_, Clock::now() + time);
  }

  /// It is theirs by then, or ends without a mail, whatever becomes of the farewell.
  void quit() {
    (void)connection_.send_all("QUIT\r\n", Clock::now() + std::chrono::milliseconds(100), stop_);
  }

  /// Of a refused RCPT.
  SubmitResult whose_fault(const Mail& mail) {
    const SubmitResult refused = result_;
    const SubmissionFault first = fault_;
    if (first != SubmissionFault::of_recipient && first != SubmissionFault::unclear) return refused;
    std::optional<Truth> other_taken;
    if (mail.other && *mail.other != mail.to && is_plain(*mail.other, mail.smtputf8)) {
      const bool taken = expect(Step::rcpt, "RCPT TO:<" + mail.other->text() + ">", 2);
      other_taken = taken ? Truth::yes : fault_ == SubmissionFault::later ? Truth::unknown : Truth::no;
    }
    quit();
    return {outcome_of(fault_beside(first, other_taken)), refused.why, false};
  }

  static Outcome outcome_of(SubmissionFault fault) {
    switch (fault) {
      case SubmissionFault::of_recipient:
        return Outcome::never;
      case SubmissionFault::ours:
      case SubmissionFault::unclear:
        return Outcome::trouble;
      case SubmissionFault::later:
        break;
    }
    return Outcome::later;
  }

  /// Sends a command (empty: none) and reads its reply; false: `result_` says why it ends.
  bool expect(Step step, const std::string& command, int kind) {
    const std::string name =
        command.empty() ? "the greeting" : command.substr(0, command.find_first_of(" :"));
    const auto deadline = within(times_.reply);
    if (!command.empty()) {
      const std::string why = connection_.send_all(command + "\r\n", deadline, stop_);
      if (!why.empty()) return fail(SubmissionFault::later, name + ": " + why);
    }
    return answer(step, name, kind, deadline);
  }

  [[nodiscard]] bool refused_ehlo() const {
    return result_.outcome == Outcome::trouble && result_.why.starts_with("EHLO");
  }

  bool answer(Step step, const std::string& to, int kind, Clock::time_point deadline) {
    auto state = started_ ? reader_.next() : SmtpReplyReader::State::more;
    started_ = true;
    std::stop_token stop = stop_;
    while (state == SmtpReplyReader::State::more) {
      std::string why;
      auto octets = connection_.receive(deadline, stop, why);
      if (!octets && step == Step::message && stop.stop_requested()) {
        // Leaving now would send the mail twice.
        deadline = std::min(deadline, Clock::now() + times_.grace);
        stop = {};
        continue;
      }
      if (!octets) return fail(SubmissionFault::later, to + ": " + why);
      state = reader_.take(*octets);
    }
    if (state == SmtpReplyReader::State::bad)
      return fail(SubmissionFault::later, to + ": the reply is not SMTP");
    const int code = reader_.reply().code;
    if (code / 100 == kind) return true;
    constexpr int kClosing = 421;
    fail(fault_of(step, reader_.reply()), to + ": " + to_string(reader_.reply()));
    result_.unreachable = code == kClosing;
    return false;
  }

  bool fail(SubmissionFault fault, std::string why) {
    fault_ = fault;
    result_ = {outcome_of(fault), std::move(why), false};
    return false;
  }

  Connection connection_;
  const SmtpTimes& times_;
  std::string own_name_;
  Clock::time_point deadline_;
  std::stop_token stop_;
  SmtpReplyReader reader_;
  bool started_ = false;
  Truth offered_ = Truth::unknown;                  // SMTPUTF8
  SubmissionFault fault_ = SubmissionFault::later;  // with `result_`
  SubmitResult result_;
};

class SmtpSubmitter : public Submitter {
 public:
  SmtpSubmitter(std::string host, std::uint16_t port, const SmtpTimes& times, std::stop_token stop,
                SmtpGreeting greeting)
      : host_(std::move(host)),
        port_(port),
        times_(times),
        stop_(std::move(stop)),
        greeting_(std::move(greeting)) {}

  SubmitResult submit(const Mail& mail) override {
    if (!is_plain(mail.from, mail.smtputf8) || !is_plain(mail.to, mail.smtputf8))
      return {Outcome::never, "an address is not ASCII", false};
    const auto deadline = Clock::now() + times_.whole;
    auto opened = Connection::open(host_, port_, times_.connect, deadline, stop_);
    if (const auto* why = std::get_if<std::string>(&opened)) return {Outcome::later, *why, true};
    return Conversation(std::move(std::get<Connection>(opened)), times_, greeting_, deadline, stop_)
        .run(mail);
  }

  Truth offers_smtputf8() override {
    const auto deadline = Clock::now() + times_.question;
    auto opened = Connection::open(host_, port_, times_.connect, deadline, stop_);
    if (std::holds_alternative<std::string>(opened)) return Truth::unknown;
    return Conversation(std::move(std::get<Connection>(opened)), times_, greeting_, deadline, stop_).ask();
  }

 private:
  std::string host_;
  std::uint16_t port_;
  SmtpTimes times_;
  std::stop_token stop_;
  SmtpGreeting greeting_;
};

}  // namespace

std::unique_ptr<Submitter> make_smtp_submitter(const std::string& host, std::uint16_t port,
                                               const SmtpTimes& times, std::stop_token stop,
                                               SmtpGreeting greeting) {
  return std::make_unique<SmtpSubmitter>(host, port, times, std::move(stop), std::move(greeting));
}

}  // namespace ccgate
