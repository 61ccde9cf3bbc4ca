#include "policy/answer/delivery_report.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("a report tells whether the mail came back for good") {
  const std::vector<HeaderField> report{{"From", " MAILER-DAEMON@mx.example"},
                                        {"Content-Type", " multipart/report;\n report-type=delivery-status"}};
  const std::vector<HeaderField> person{{"From", " a@nic.xa"}};
  const auto failed = [](const std::vector<HeaderField>& fields, const std::string& part,
                         bool null_sender = true) {
    return read_delivery_report(fields, null_sender, {part}, "", "").failed;
  };
  const auto first = read_delivery_report(report, true,
                                          {"Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; "
                                           "a@nic.xa\r\nAction: failed\r\nStatus: 5.1.1\r\n"},
                                          "", "");
  CHECK(first.failed);
  CHECK(first.status == "5.1.1");
  CHECK_FALSE(failed(report, "Action: delayed\r\nStatus: 4.4.1\r\n"));
  CHECK_FALSE(failed(report, "Action: relayed\r\nStatus: 2.0.0\r\n"));
  CHECK(failed(report, "Action: delivered\nStatus: 2.0.0\n\nAction: Failed (bad mailbox)\nStatus: 5.1.1\n"));
  CHECK(failed(report, "Final-Recipient: rfc822; a@nic.xa\nStatus: 5.1.10\n"));
  CHECK_FALSE(failed(report, "nothing"));
  CHECK_FALSE(failed(person, "Action: failed\r\n", false));
}

TEST_CASE("a report in words is a failure, unless it tells of a delay or is no report") {
  struct Row {
    std::string subject, text;
    bool failed;
  };
  const auto row = GENERATE(values<Row>({
      {"failure notice", "I could not deliver it", true},
      {"Mail delivery failed", "It has been delayed, and was given up: a permanent error", true},
      {"Warning: message 1 delayed 24 hours", "It has not yet\r\nbeen delivered.", false},
      {"Delivery Status Notification (Delay)", "", false},
      {"Warning: could not send message for past 4 hours", "", false},
      {"Re: notice", "**  THIS IS A WARNING MESSAGE ONLY  **", false},
      {"Automatic reply: notice", "I am away", false},
  }));
  INFO(row.subject);
  CHECK(
      read_delivery_report({{"From", " Mailer-Daemon@mx.example"}}, true, {}, row.subject, row.text).failed ==
      row.failed);
  CHECK_FALSE(read_delivery_report({{"From", " a@nic.xa"}}, true, {}, row.subject, row.text).failed);
  CHECK_FALSE(
      read_delivery_report({{"From", " Mailer-Daemon@mx.example"}}, false, {}, row.subject, row.text).failed);
}

}  // namespace
}  // namespace ccgate
