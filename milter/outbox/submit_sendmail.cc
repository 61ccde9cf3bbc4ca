// milter/outbox/submit_sendmail.cc: mail handed over by sendmail(1), or what goes by its name.
#include "milter/outbox/submit_sendmail.h"
#include <fmt/core.h>

#include <sysexits.h>

#include <utility>

#include "policy/text/ascii.h"

namespace ccgate {
namespace {

using Outcome = SubmitResult::Outcome;
using End = ProgramResult::End;

constexpr const char* kNoSmtputf8 =
    "an address is not ASCII, and sendmail(1) does not say whether such mail can leave (SMTPUTF8)";

/// sendmail(1) takes lines as the system writes them.
std::string with_lf(std::string_view message) {
  std::string out;
  for (std::size_t i = 0; i < message.size(); ++i)
    if (message[i] != '\r' || !message.substr(i).starts_with("\r\n")) out += message[i];
  return out;
}

std::string one_line_of(std::string_view output) {
  std::string out;
  for (const char c : output.substr(0, 400)) out += is_printable_ascii(c) ? c : c == '\n' ? ' ' : '?';
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

std::vector<std::string> argv_of(const std::string& program, const std::string& from, const std::string& to) {
  return {program, "-i", "-f", from, "--", to};
}

class SendmailSubmitter : public Submitter {
 public:
  SendmailSubmitter(std::string program, std::stop_token stop, RunProgram run)
      : program_(std::move(program)), stop_(std::move(stop)), run_(std::move(run)) {}

  Truth offers_smtputf8() override { return Truth::no; }

  SubmitResult submit(const Mail& mail) override {
    if (mail.smtputf8) return {Outcome::never, kNoSmtputf8, false, Truth::no};
    const ProgramResult done =
        run_(argv_of(program_, mail.from.text(), mail.to.text()), with_lf(mail.message), {}, stop_);
    const std::string said = done.output.empty() ? "" : ": " + one_line_of(done.output);
    const std::string name = fmt::format("`{}`", program_);
    switch (done.end) {
      case End::not_started:
        return {Outcome::later, "cannot run " + name + ": " + done.why, true};
      case End::timed_out:
        return {Outcome::later, name + " timed out" + said, true};
      case End::stopped:
        return {Outcome::later, "stopped", true};
      case End::killed:
        return {Outcome::later, name + " was ended by signal " + std::to_string(done.status) + said, false};
      case End::exited:
        break;
    }
    if (done.status == EX_OK) return {Outcome::taken, name + " took it" + said, false};
    return {outcome_of(done.status), name + " ended with status " + std::to_string(done.status) + said,
            false};
  }

 private:
  static Outcome outcome_of(int status) {
    switch (status) {
      case EX_NOUSER:
      case EX_NOHOST:
        return Outcome::never;
      case EX_USAGE:
      case EX_DATAERR:
      case EX_NOPERM:
        return Outcome::trouble;
      default:
        return Outcome::later;
    }
  }

  std::string program_;
  std::stop_token stop_;
  RunProgram run_;
};

}  // namespace

std::unique_ptr<Submitter> make_sendmail_submitter(const std::string& program, std::stop_token stop,
                                                   const RunProgram& run) {
  return std::make_unique<SendmailSubmitter>(program, std::move(stop), run);
}

bool is_sendmail_call(const std::string& program, const std::vector<std::string>& argv) {
  constexpr std::size_t kFrom = 3, kTo = 5;
  return !program.empty() && argv.size() == kTo + 1 && argv == argv_of(program, argv[kFrom], argv[kTo]) &&
         !argv[kFrom].starts_with('-');
}

}  // namespace ccgate
