#include "policy/message/message.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

std::vector<HeaderField> with(std::vector<HeaderField> more) {
  std::vector<HeaderField> fields = {{"From", " anne@nic.xa"}, {"To", " list-join@lists.example"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

/// `ok`, or the kind of the fault.
std::string read(const std::vector<HeaderField>& fields, const Limits& limits = {}) {
  const auto result = read_message(fields, limits);
  if (std::holds_alternative<Message>(result)) return "ok";
  const Fault& fault = std::get<Fault>(result);
  for (const char c : fault.why) CHECK((c >= 0x20 && c < 0x7f));
  switch (fault.kind) {
    case Fault::Kind::malformed:
      return "malformed";
    case Fault::Kind::over_limit:
      return "over limit";
    case Fault::Kind::automatic:
      return "automatic";
  }
  return "";
}

}  // namespace

TEST_CASE("the guards that need nothing but the header section") {
  struct Row {
    const char* story;
    std::vector<HeaderField> fields;
    std::string want;
  };
  const std::vector<Row> rows = {
      {"plain", with({}), "ok"},
      {"no From", {{"To", " a@lists.example"}}, "malformed"},
      {"From twice", with({{"from", " eve@evil.example"}}), "malformed"},
      {"two authors", {{"From", " a@nic.xa, b@nic.xa"}}, "malformed"},
      {"Cc twice", with({{"Cc", " a@nic.xa"}, {"CC", " b@nic.xa"}}), "malformed"},
      {"Subject twice", with({{"Subject", " a"}, {"Subject", " b"}}), "malformed"},
      {"Content-Type twice", with({{"Content-Type", " text/plain"}, {"Content-Type", " text/html"}}),
       "malformed"},
      {"Received twice", with({{"Received", " a"}, {"Received", " b"}}), "ok"},
      {"a blank before the colon", with({{"Subject ", " a"}}), "malformed"},
      {"an empty name", with({{"", " a"}}), "malformed"},
      {"an odd name", with({{"S\xc3\xbc", " a"}}), "malformed"},
      {"a bare CR", with({{"Subject", " a\rBcc: x"}}), "malformed"},
      {"a CR before a fold", with({{"X-A", " a\r\n b"}}), "malformed"},
      {"a CR at the end", with({{"To", " a@nic.xa\r"}}), "malformed"},
      {"a line end without fold", with({{"X-A", " a\nBcc: x"}}), "malformed"},
      {"a fold", with({{"Subject", " a\n b"}}), "ok"},
      {"NUL", with({{"X-A", std::string(" a\0b", 4)}}), "malformed"},
      {"8-bit junk where it does not matter", with({{"X-A", " \xff"}}), "ok"},
      {"8-bit junk in Subject", with({{"Subject", " \xff"}}), "malformed"},
      {"a line of 998 octets", with({{"X-A", " " + std::string(993, 'x')}}), "ok"},
      {"a line of 999 octets", with({{"X-A", " " + std::string(994, 'x')}}), "malformed"},
      {"a fold of 998 octets", with({{"Cc", " a@nic.xa,\n b@nic.xa" + std::string(989, ' ')}}), "ok"},
      {"a fold of 999 octets", with({{"Cc", " a@nic.xa,\n b@nic.xa" + std::string(990, ' ')}}), "malformed"},
      {"a long field of short lines",
       with({{"X-A", " " + std::string(990, 'x') + "\n " + std::string(990, 'x')}}), "ok"},
      {"Reply-To at home", with({{"Reply-To", " b@nic.xa, c@mail.nic.xa"}}), "ok"},
      {"Reply-To elsewhere", with({{"Reply-To", " b@nic.xa, eve@evil.example"}}), "malformed"},
      {"Sender elsewhere", with({{"Sender", " eve@evil.example"}}), "malformed"},
      {"an empty Bcc", with({{"Bcc", ""}}), "ok"},
      {"an empty Cc", with({{"Cc", " "}}), "malformed"},
      {"automatic", with({{"Auto-Submitted", " auto-generated (by a robot)"}}), "automatic"},
      {"not automatic", with({{"Auto-Submitted", " No ; really"}}), "ok"},
      {"bulk", with({{"precedence", " BULK"}}), "automatic"},
      {"first class", with({{"Precedence", " first-class"}}), "ok"},
      {"over a list", with({{"List-Id", " <x.lists.example>"}}), "automatic"},
      {"resent", with({{"Resent-To", " a@nic.xa"}}), "automatic"},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    CHECK(read(row.fields) == row.want);
  }
}

TEST_CASE("a field that is no UTF-8 is named where it is read, and is nobody's business elsewhere") {
  const auto result = read_message(with({{"Message-ID", " <caf\xe9-23b@nic.xa>"}}), {});
  REQUIRE(std::holds_alternative<Fault>(result));
  CHECK(std::get<Fault>(result).why == "the Message-Id field is not valid UTF-8; write it in plain ASCII");
  CHECK(read(with({{"References", " <caf\xe9-23b@nic.xa>"}, {"X-Mailer", " caf\xe9"}})) == "ok");
  CHECK(read(with({{"Subject", " caf\xc3\xa9"}, {"Message-ID", " <caf\xc3\xa9@nic.xa>"}})) == "ok");
}

TEST_CASE("limits") {
  Limits limits;
  limits.header_bytes = 100;
  CHECK(read(with({{"X-A", std::string(100, 'x')}}), limits) == "over limit");
  limits = {};
  limits.addresses = 3;
  CHECK(read(with({{"Cc", " a@nic.xa"}}), limits) == "ok");
  CHECK(read(with({{"Cc", " a@nic.xa, b@nic.xa"}}), limits) == "over limit");
}

TEST_CASE("every field that may stand once stands once") {
  for (const char* name :
       {"Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References",
        "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}) {
    INFO(name);
    const std::string value = " a@nic.xa";
    std::vector<HeaderField> fields = {{name, value}};
    if (std::string(name) != "From") fields.push_back({"From", value});
    CHECK(read(fields) == "ok");
    std::string other = name;
    for (char& c : other) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    fields.push_back({other, value});
    CHECK(read(fields) == "malformed");
  }
}

TEST_CASE("Reply-To and Sender stay at home") {
  struct Row {
    const char* from;
    const char* other;
    std::string want;
  };
  const std::vector<Row> rows = {
      {" a@nic.xa", " b@nic.xa", "ok"},
      {" a@nic.xa", " b@mail.nic.xa", "ok"},
      {" a@mail.nic.xa", " b@nic.xa", "ok"},
      {" a@mail.nic.xa", " b@web.nic.xa", "ok"},
      {" a@nic.xa", " b@evilnic.xa", "malformed"},
      {" a@nic.xa", " b@xa", "malformed"},
      {" a@one.co.uk", " b@two.co.uk", "malformed"},
      // An author domain that is a public suffix is nobody's parent.
      {" a@co.uk", " b@co.uk", "ok"},
      {" a@co.uk", " b@one.co.uk", "malformed"},
  };
  for (const Row& row : rows) {
    INFO(row.from << row.other);
    CHECK(read({{"From", row.from}, {"Reply-To", row.other}}) == row.want);
    CHECK(read({{"From", row.from}, {"Sender", row.other}}) == row.want);
  }
}

TEST_CASE("what a header section says") {
  const auto result = read_message({{"Received", " by mx.nic.xa"},
                                    {"From", " Anne <Anne@mail.nic.xa>"},
                                    {"Sender", " bob@nic.xa"},
                                    {"Reply-To", " c@nic.xa, d@nic.xa"},
                                    {"To", " list-join@lists.example"},
                                    {"Cc", " hostmaster@nic.xa,\n\thostmaster@nic.xb"},
                                    {"Bcc", " nobody (reads this)"},
                                    {"Subject", " subscribe\n xa"},
                                    {"Date", " Tue, 15 Jan 2030\n 11:00:00 +0000"},
                                    {"Message-ID", " <1@nic.xa> "},
                                    {"Content-Type", " text/plain"}},
                                   Limits{});
  REQUIRE(std::holds_alternative<Message>(result));
  const Message& message = std::get<Message>(result);
  CHECK(message.author.text() == "Anne@mail.nic.xa");
  REQUIRE(message.sender);
  CHECK(message.sender->text() == "bob@nic.xa");
  CHECK(message.reply_to.size() == 2);
  CHECK(message.to.size() == 1);
  REQUIRE(message.cc.size() == 2);
  CHECK(message.cc[1].text() == "hostmaster@nic.xb");
  CHECK(message.subject == "subscribe xa");
  CHECK(message.date == 1894705200);
  CHECK(message.message_id == "<1@nic.xa>");
  CHECK(message.content_fields == std::vector<std::size_t>{10});
}

TEST_CASE("a refusal tells the author what to do") {
  const auto why = [](const std::vector<HeaderField>& fields) {
    return std::get<Fault>(read_message(fields, Limits{})).why;
  };
  CHECK(why({}) == "there is no From field; send the message with your address in From");
  CHECK(why({{"From", " a@nic.xa"}, {"Cc", " (x) b@nic.xa"}}) ==
        "the Cc field cannot be read (a comment stands among the addresses; leave it out); write plain "
        "addresses, with commas "
        "between them");
  CHECK(why({{"From", " a@nic.xa"}, {"reply-to", " b@nic.xa"}, {"Reply-To", " b@nic.xa"}}) ==
        "the Reply-To field stands twice; send it once");
}

}  // namespace ccgate
