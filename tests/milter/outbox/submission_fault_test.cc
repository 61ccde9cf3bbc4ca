#include "milter/outbox/submission_fault.h"

#include "tests/support/catch.h"

using namespace ccgate;
using Step = SubmissionStep;
using By = SubmissionFault;

TEST_CASE("submission: who is at fault, by step, code and words") {
  struct Row {
    Step step;
    int code;
    const char* text;
    By fault;
  };
  const auto row = GENERATE(values<Row>({
      // The mailbox.
      {Step::rcpt, 550, "5.1.1 <x@nic.xa>: Recipient address rejected: User unknown", By::of_recipient},
      {Step::rcpt, 550, "5.1.2 no such domain", By::of_recipient},
      {Step::rcpt, 501, "5.1.3 Bad recipient address syntax", By::of_recipient},
      {Step::rcpt, 553, "5.1.3 bad address", By::of_recipient},
      {Step::rcpt, 551, "5.1.6 moved", By::of_recipient},
      {Step::rcpt, 556, "5.1.10 null MX", By::of_recipient},
      {Step::rcpt, 552, "5.2.2 mailbox full", By::of_recipient},
      {Step::rcpt, 550, "5.2.1", By::of_recipient},
      {Step::rcpt, 553, "5.6.7 no such characters", By::of_recipient},
      {Step::data, 554, "5.1.1 no such user", By::of_recipient},
      {Step::message, 550, "5.2.1 disabled", By::of_recipient},
      // Us, though it is said at RCPT.
      {Step::rcpt, 550, "5.7.1 go away", By::ours},
      {Step::rcpt, 554, "5.7.1 <x@nic.xa>: Relay access denied", By::ours},
      {Step::rcpt, 554, "5.7.1 <mx>: Helo command rejected: Access denied", By::ours},
      {Step::rcpt, 504, "5.5.2 <mx>: Helo command rejected: need fully-qualified hostname", By::ours},
      {Step::rcpt, 550, "5.1.8 <b@lists.example>: Sender address rejected: Domain not found", By::ours},
      {Step::rcpt, 550, "5.1.0 <b@lists.example>: Sender address rejected: User unknown", By::ours},
      {Step::rcpt, 550, "5.1.1 <b@lists.example>: SENDER ADDRESS REJECTED: User unknown", By::ours},
      {Step::rcpt, 550, "5.1.7 bad sender", By::ours},
      {Step::rcpt, 550, "<mx>: Client host rejected: cannot find your hostname", By::ours},
      {Step::rcpt, 550, "Relaying denied", By::ours},
      {Step::rcpt, 550, "5.6.0 no", By::ours},
      {Step::rcpt, 503, "need MAIL", By::ours},
      {Step::rcpt, 530, "5.1.1 authentication required", By::ours},
      {Step::rcpt, 521, "no mail here", By::ours},
      {Step::data, 554, "5.5.1 no", By::ours},
      {Step::data, 554, "no", By::ours},
      {Step::message, 554, "5.7.1 spam", By::ours},
      {Step::message, 550, "no", By::ours},
      {Step::message, 554, "5.4.4 no", By::ours},
      {Step::mail, 550, "5.1.1 no such user", By::ours},
      {Step::ehlo, 550, "", By::ours},
      {Step::greeting, 554, "5.1.1", By::ours},
      // Whoever it is for, or not.
      {Step::rcpt, 550, "", By::unclear},
      {Step::rcpt, 550, "no", By::unclear},
      {Step::rcpt, 501, "syntax", By::unclear},
      {Step::rcpt, 554, "5.0.0 no", By::unclear},
      {Step::rcpt, 550, "5.1.0 address", By::unclear},
      {Step::rcpt, 550, "5.3.0 no", By::unclear},
      {Step::rcpt, 550, "5.4.4 no route", By::unclear},
      {Step::rcpt, 550, "4.1.1 no", By::unclear},
      {Step::rcpt, 550, "5.1.1.1 no", By::unclear},
      {Step::rcpt, 550, "5.1.1x", By::unclear},
      {Step::rcpt, 550, "5.1", By::unclear},
      {Step::rcpt, 550, "5.1.", By::unclear},
      {Step::rcpt, 550, "5..1", By::unclear},
      {Step::rcpt, 550, "5.1.0001", By::unclear},
      {Step::rcpt, 550, "5.1.-1", By::unclear},
      {Step::rcpt, 550, "5.99999999999.1", By::unclear},
      // Not now.
      {Step::greeting, 421, "4.3.2 busy", By::later},
      {Step::rcpt, 450, "5.1.1 no", By::later},
      {Step::rcpt, 354, "5.1.1 no", By::later},
      {Step::data, 250, "what?", By::later},
  }));
  INFO(row.code << " " << row.text);
  CHECK(fault_of(row.step, {row.code, row.text}) == row.fault);
}

TEST_CASE("submission: what another recipient tells") {
  CHECK(fault_beside(By::unclear, Truth::yes) == By::of_recipient);
  CHECK(fault_beside(By::unclear, Truth::no) == By::ours);
  CHECK(fault_beside(By::unclear, Truth::unknown) == By::later);
  CHECK(fault_beside(By::unclear, std::nullopt) == By::ours);
  CHECK(fault_beside(By::of_recipient, Truth::yes) == By::of_recipient);
  CHECK(fault_beside(By::of_recipient, Truth::no) == By::ours);
  CHECK(fault_beside(By::of_recipient, Truth::unknown) == By::of_recipient);
  CHECK(fault_beside(By::of_recipient, std::nullopt) == By::of_recipient);
  CHECK(fault_beside(By::ours, Truth::yes) == By::ours);
  CHECK(fault_beside(By::later, Truth::no) == By::later);
}
