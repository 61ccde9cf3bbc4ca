// A header section: whose mail it is, to whom, what a machine wrote, what forges our marks.
#include <algorithm>

#include "milter/decision/authres.h"
#include "milter/mime/author_names.h"
#include "milter/mime/subject.h"
#include "policy/answer/automatic_mail.h"
#include "policy/message/encoded_words.h"
#include "policy/message/line_limit.h"
#include "policy/message/message.h"
#include "policy/text/text.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestHeader = std::size_t{256} * 1024;  // limits.header_bytes

std::size_t count_of(const std::vector<HeaderField>& fields, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(),
                    [name](const HeaderField& field) { return ascii_iequal(trim(field.name), name); }));
}

void check_read(const Message& message, const std::vector<HeaderField>& fields) {
  for (const char* once : {"from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id"})
    expect(count_of(fields, once) <= 1, "a field that stands once", once);
  expect(count_of(fields, "from") == 1, "there is one From");
  std::string all;
  for (const HeaderField& field : fields) {
    for (const char c : field.name)
      expect(c > ' ' && c <= '~' && c != ':', "a field name is plain", field.name);
    for (const char c : field.value)
      expect(c == '\t' || c == '\n' || static_cast<unsigned char>(c) >= ' ', "a field has no controls");
    all += field.value;
    all += '\n';
    const std::string name = ascii_lower(field.name);
    expect(!name.starts_with("resent-") && !name.starts_with("list-"), "no mail of a list", name);
  }
  std::size_t count = 1;
  const auto look_at = [&](const Address& address) {
    expect_plain(address);
    expect(all.find(address.local() + "@") != std::string::npos, "an address stands in the header");
    ++count;
  };
  look_at(message.author);
  if (message.sender) look_at(*message.sender);
  for (const auto* list : {&message.reply_to, &message.to, &message.cc})
    for (const Address& each : *list) look_at(each);
  for (const std::size_t each : message.content_fields) expect(each < fields.size(), "a field that is there");
  expect(message.subject.find('\n') == std::string::npos, "a Subject is unfolded");
  std::vector<HeaderField> more = fields;
  more.push_back({"From", " eve@evil.example"});
  expect(std::holds_alternative<Fault>(read_message(more, {})), "a second From is refused");
}

void check_words(const std::string& value) {
  const std::string line = unfold(value);
  if (const auto pieces = plain_field_pieces(line)) {
    std::string literal;
    for (const FieldPiece& piece : *pieces)
      if (!piece.encoded) literal += piece.octets;
    expect(literal.find("=?") == std::string::npos && literal.find("?=") == std::string::npos,
           "no piece of an encoded word is left", line);
  }
  std::size_t octets = 0;
  for (const FieldPiece& piece : lenient_field_pieces(line)) octets += piece.octets.size();
  expect(octets <= line.size(), "encoded words say no more than they are long");
  const Subject subject = read_subject(value);
  if (subject.why_unreadable.empty()) expect_utf8(subject.text, "a Subject that can be read is UTF-8");
  expect_printable(subject.why_unreadable, "why not is ASCII");
  expect_utf8(author_names(value), "a name is UTF-8");
}

void run_header(std::string_view input) {
  const FuzzMessage message = split_message(input);
  const auto read = read_message(message.fields, {});
  if (const auto* fault = std::get_if<Fault>(&read))
    expect_printable(fault->why, "a fault is told in ASCII");
  else
    check_read(std::get<Message>(read), message.fields);
  for (const HeaderField& field : message.fields) {
    check_words(field.value);
    (void)has_long_line(field.name, field.value);
  }
  const std::string subject = message.fields.empty() ? "" : message.fields.front().value;
  (void)automatic_because(message.fields, true, subject);
  expect_printable(automatic_because(message.fields, false, subject).why, "what marks a machine is ASCII");
  const auto forged = forged_fields(message.fields, "lists.example");
  expect(forged.size() <= count_marks(message.fields), "only marks are taken off");
}

std::vector<std::string> header_seeds() {
  std::vector<std::string> seeds;
  for (const std::string& message : scenario_messages(3))
    seeds.push_back(message.substr(0, message.find("\r\n\r\n") + 2));
  seeds.push_back(
      "From: anne@nic.xa\nSubject: =?utf-8?b?c3Vic2NyaWJl?=\n =?iso-8859-1?q?j=F6rg?=\n"
      "Auto-Submitted: auto-replied (x (y))\nPrecedence: bulk\nList-Id: <a.b>\nResent-From: a@b\n");
  return seeds;
}

std::vector<std::string> header_extremes() {
  const std::string begin = "From: anne@nic.xa\nTo: tld-ops-join@lists.example\n";
  return {begin + "Date: " + filled_up("(", kLargestHeader / 2) + "\n",
          begin + "Subject:" + filled_up(" =?utf-8?q?=41?=\n", kLargestHeader - 100),
          begin + "Subject:" + filled_up(" =?iso-2022-jp?b?GyRCO2FMPhsoQg==?=", kLargestHeader - 100) + "\n",
          begin + "Subject: " + filled_up("=?", kLargestHeader - 100) + "\n",
          begin + "Subject: " + filled_up("Re: [x] ", kLargestHeader - 100) + "\n",
          begin + filled_up("X: y\n", kLargestHeader - 100),
          begin + filled_up("Authentication-Results: ((((\n", kLargestHeader - 100),
          begin + "Auto-Submitted: " + filled_up("(", kLargestHeader - 100) + "\n",
          begin + "Cc: " + filled_up("a@b.example,\n ", kLargestHeader - 100) + "c@d\n",
          "From: " + filled_up("\"a\\\"", kLargestHeader - 100) + "\n",
          "From: " + filled_up("(a", kLargestHeader - 100) + "\n"};
}

}  // namespace

Target header_target() {
  return {"header", kLargestHeader, run_header, header_seeds, header_extremes};
}

}  // namespace ccgate::fuzz
