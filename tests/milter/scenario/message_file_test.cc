#include "milter/scenario/message_file.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("a message file is read as an MTA would hand it over") {
  const MessageText message = split_message(
      "From anne@nic.xa Mon Jan  1\nFrom: a@nic.xa\nTo:\n "
      "b@lists.example,\n\tc@lists.example\r\n\nline\r\n\nlast");
  REQUIRE(message.fields.size() == 2);
  CHECK(message.fields[0].name == "From");
  CHECK(message.fields[0].value == " a@nic.xa");
  CHECK(message.fields[1].value == "\n b@lists.example,\n\tc@lists.example");
  CHECK(message.body == "line\r\n\r\nlast\r\n");
}

TEST_CASE("a line that is no field ends the header section and is kept") {
  const MessageText message = split_message("From: a@nic.xa\nno field here\nTo: b@lists.example\n");
  CHECK(message.fields.size() == 1);
  CHECK(message.body == "no field here\r\nTo: b@lists.example\r\n");
}

}  // namespace ccgate
