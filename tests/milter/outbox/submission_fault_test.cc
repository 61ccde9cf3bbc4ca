#include "milter/outbox/submission_fault.h"

#include "tests/support/catch.h"

using namespace ccgate;
using Step = SubmissionStep;
using Fault = SubmissionFault;

TEST_CASE("submission: who is at fault, by step, code and words") {
  struct Row {
    Step step;
    int code;
    const char* text;
    Fault fault;
  };
  const auto row = GENERATE(values<Row>({
      // The mailbox.
      {Step::rcpt, 550, "5.1.1 <x@nic.xa>: Recipient address rejected: User unknown", Fault::of_recipient},
      {Step::rcpt, 550, "5.1.2 no such domain", Fault::of_recipient},
      {Step::rcpt, 501, "5.1.3 Bad recipient address syntax", Fault::of_recipient},
      {Step::rcpt, 553, "5.1.3 bad address", Fault::of_recipient},
      {Step::rcpt, 551, "5.1.6 moved", Fault::of_recipient},
      {Step::rcpt, 556, "5.1.10 null MX", Fault::of_recipient},
      {Step::rcpt, 552, "5.2.2 mailbox full", Fault::of_recipient},
      {Step::rcpt, 550, "5.2.1", Fault::of_recipient},
      {Step::rcpt, 553, "5.6.7 no such characters", Fault::of_recipient},
      {Step::data, 554, "5.1.1 no such user", Fault::of_recipient},
      {Step::message, 550, "5.2.1 disabled", Fault::of_recipient},
      // Us, though it is said at RCPT.
      {Step::rcpt, 550, "5.7.1 go away", Fault::ours},
      {Step::rcpt, 554, "5.7.1 <x@nic.xa>: Relay access denied", Fault::ours},
      {Step::rcpt, 554, "5.7.1 <mx>: Helo command rejected: Access denied", Fault::ours},
      {Step::rcpt, 504, "5.5.2 <mx>: Helo command rejected: need fully-qualified hostname", Fault::ours},
      {Step::rcpt, 550, "5.1.8 <b@lists.example>: Sender address rejected: Domain not found", Fault::ours},
      {Step::rcpt, 550, "5.1.0 <b@lists.example>: Sender address rejected: User unknown", Fault::ours},
      {Step::rcpt, 550, "5.1.1 <b@lists.example>: SENDER ADDRESS REJECTED: User unknown", Fault::ours},
      {Step::rcpt, 550, "5.1.7 bad sender", Fault::ours},
      {Step::rcpt, 550, "<mx>: Client host rejected: cannot find your hostname", Fault::ours},
      {Step::rcpt, 550, "Relaying denied", Fault::ours},
      {Step::rcpt, 550, "5.6.0 no", Fault::ours},
      {Step::rcpt, 503, "need MAIL", Fault::ours},
      {Step::rcpt, 530, "5.1.1 authentication required", Fault::ours},
      {Step::rcpt, 521, "no mail here", Fault::ours},
      {Step::data, 554, "5.5.1 no", Fault::ours},
      {Step::data, 554, "no", Fault::ours},
      {Step::message, 554, "5.7.1 spam", Fault::ours},
      {Step::message, 550, "no", Fault::ours},
      {Step::message, 554, "5.4.4 no", Fault::ours},
      {Step::mail, 550, "5.1.1 no such user", Fault::ours},
      {Step::ehlo, 550, "", Fault::ours},
      {Step::greeting, 554, "5.1.1", Fault::ours},
      // Whoever it is for, or not.
      {Step::rcpt, 550, "", Fault::unclear},
      {Step::rcpt, 550, "no", Fault::unclear},
      {Step::rcpt, 501, "syntax", Fault::unclear},
      {Step::rcpt, 554, "5.0.0 no", Fault::unclear},
      {Step::rcpt, 550, "5.1.0 address", Fault::unclear},
      {Step::rcpt, 550, "5.3.0 no", Fault::unclear},
      {Step::rcpt, 550, "5.4.4 no route", Fault::unclear},
      {Step::rcpt, 550, "4.1.1 no", Fault::unclear},
      {Step::rcpt, 550, "5.1.1.1 no", Fault::unclear},
      {Step::rcpt, 550, "5.1.1x", Fault::unclear},
      {Step::rcpt, 550, "5.1", Fault::unclear},
      {Step::rcpt, 550, "5.1.", Fault::unclear},
      {Step::rcpt, 550, "5..1", Fault::unclear},
      {Step::rcpt, 550, "5.1.0001", Fault::unclear},
      {Step::rcpt, 550, "5.1.-1", Fault::unclear},
      {Step::rcpt, 550, "5.99999999999.1", Fault::unclear},
      // Not now.
      {Step::greeting, 421, "4.3.2 busy", Fault::later},
      {Step::rcpt, 450, "5.1.1 no", Fault::later},
      {Step::rcpt, 354, "5.1.1 no", Fault::later},
      {Step::data, 250, "what?", Fault::later},
  }));
  INFO(row.code << " " << row.text);
  CHECK(fault_of(row.step, {row.code, row.text}) == row.fault);
}

TEST_CASE("submission: what another recipient tells") {
  CHECK(fault_beside(Fault::unclear, Truth::yes) == Fault::of_recipient);
  CHECK(fault_beside(Fault::unclear, Truth::no) == Fault::ours);
  CHECK(fault_beside(Fault::unclear, Truth::unknown) == Fault::later);
  CHECK(fault_beside(Fault::unclear, std::nullopt) == Fault::ours);
  CHECK(fault_beside(Fault::of_recipient, Truth::yes) == Fault::of_recipient);
  CHECK(fault_beside(Fault::of_recipient, Truth::no) == Fault::ours);
  CHECK(fault_beside(Fault::of_recipient, Truth::unknown) == Fault::of_recipient);
  CHECK(fault_beside(Fault::of_recipient, std::nullopt) == Fault::of_recipient);
  CHECK(fault_beside(Fault::ours, Truth::yes) == Fault::ours);
  CHECK(fault_beside(Fault::later, Truth::no) == Fault::later);
}
