// Mail that was made to hurt: bounded memory and time, the right reply, never an accept by accident.
#include <chrono>

#include "tests/protocol/site.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr std::chrono::seconds kEnough{20};  // for one mail, sanitizers and a busy machine included
constexpr long kMemoryKib = CCGATE_MEMORY_KIB;

/// Sends `mail` and checks what a hostile one may cost; a good one is still accepted after it.
MilterOutcome survive(const MilterMail& mail) {
  Site site;
  const auto start = std::chrono::steady_clock::now();
  MilterOutcome outcome = send(site.daemon, mail);
  CHECK(std::chrono::steady_clock::now() - start < kEnough);
  CHECK(site.daemon.peak_memory_kib() < kMemoryKib);
  CHECK(send(site.daemon, good_request()).delivered());
  CHECK(site.daemon.stop() == 0);
  UNSCOPED_INFO("step " << outcome.step << ", reply " << outcome.reply.text);
  return outcome;
}

void check_reply(const MilterOutcome& outcome, const std::string& start) {
  CHECK(outcome.reply.kind == MilterReply::Kind::reply);
  CHECK_THAT(outcome.reply.text, Catch::Matchers::StartsWith(start));
  CHECK(outcome.reply.text.size() <= 400);
  CHECK(outcome.edits.empty());
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// From now on contacts can answer.
void give_store(Site& site) {
  site.daemon.edit(
      "ccgate.yaml", "lists:\n",
      "store: sqlite:" + site.daemon.file("ledger.sqlite") + "\nsubmit: smtp://127.0.0.1:1\nlists:\n");
  site.daemon.stop();
  site.daemon.start();
}

TEST_CASE("a header field of 70 kB is read, in lines as mail has them") {
  MilterMail mail = good_request();
  const bool folded = GENERATE(true, false);
  mail.fields.push_back({"X-Long", repeated((folded ? "\n " : " ") + std::string(900, 'x'), 80)});
  const MilterOutcome outcome = survive(mail);
  if (folded)
    CHECK(outcome.delivered());
  else
    check_reply(outcome, "554 5.6.0 a line of this message is longer ");
}

TEST_CASE("a long line in the body is found wherever the MTA cuts the body") {
  Site site;
  for (const std::size_t before : {0U, 64000U, 64540U, 65535U}) {
    for (const std::size_t octets : {998U, 999U}) {
      MilterMail mail = good_request();
      mail.body =
          repeated("0123456789abc\r\n", before / 15) + std::string(octets, 'x') + "\r\nThank you.\r\n";
      const MilterOutcome outcome = send(site.daemon, mail);
      INFO(before << " " << octets << " " << outcome.reply.text);
      if (octets == 998)
        CHECK(outcome.delivered());
      else
        check_reply(outcome, "554 5.6.0 a line of this message is longer ");
    }
  }
}

TEST_CASE("a CR or LF alone in the body is found wherever the MTA cuts the body") {
  Site site;
  // The first piece of a body has at most 65,535 octets.
  for (const std::size_t before : {0U, 65520U, 65534U, 65535U}) {
    for (const std::string_view end : {"\r\n", "\n", "\r", "\r\r\n", "\n\r\n"}) {
      MilterMail mail = good_request();
      mail.body = repeated("0123456789abc\r\n", before / 15) + std::string(before % 15, 'x') +
                  std::string(end) + "Thank you.\r\n";
      const MilterOutcome outcome = send(site.daemon, mail);
      INFO(before << " " << end.size() << " " << outcome.reply.text);
      if (end == "\r\n")
        CHECK(outcome.delivered());
      else
        check_reply(outcome, "554 5.6.0 a line of this message ends with CR or LF alone");
    }
  }
  MilterMail mail = good_request();
  mail.body = "Thank you.\r";
  check_reply(send(site.daemon, mail), "554 5.6.0 a line of this message ends with CR or LF alone");
  mail = other_mail();
  mail.body = "a\rb\nc\n";
  CHECK(send(site.daemon, mail).delivered());
}

TEST_CASE("a header field of 70 kB is let go in other mail") {
  MilterMail mail = other_mail();
  mail.fields.push_back({"X-Long", " " + std::string(70 * 1024, 'x')});
  const MilterOutcome outcome = survive(mail);
  CHECK(outcome.delivered());
  CHECK(outcome.edits.empty());
}

TEST_CASE("a header over its limit is refused") {
  MilterMail mail = good_request();
  for (int i = 0; i < 5; ++i) mail.fields.push_back({"X-Long", " " + std::string(60000, 'x')});
  check_reply(survive(mail), "552 5.3.4 ");
}

TEST_CASE("100,000 header fields are refused") {
  MilterMail mail = good_request();
  for (int i = 0; i < 100000; ++i) mail.fields.push_back({"X-Many", " x"});
  check_reply(survive(mail), "552 5.3.4 ");
}

TEST_CASE("field names that are none are refused") {
  MilterMail mail = good_request();
  mail.fields.push_back({GENERATE(as<std::string>{}, "X Y", "From ", "X\tY", "Cc\r", "\x01", "Fröm"), " x"});
  check_reply(survive(mail), "554 5.6.0 ");
}

TEST_CASE("a field without a name ends the connection at most") {
  Site site;
  MilterMail mail = good_request();
  mail.fields.push_back({"", ""});
  bool refused = false;
  try {
    refused = send(site.daemon, mail).reply.refuses();
  } catch (const MilterError&) {  // the library takes it for a broken protocol
    refused = true;
  }
  CHECK(refused);
  CHECK(send(site.daemon, good_request()).delivered());
}

TEST_CASE("10,000 Cc addresses are refused") {
  std::string copied = "ben0@nic.xa";
  for (int i = 1; i < 10000; ++i) copied += ",\n ben" + std::to_string(i) + "@nic.xa";
  check_reply(survive(write_mail("hostmaster@nic.xa", "subscribe xa", copied)), "552 5.3.4 ");
}

TEST_CASE("1,000 signatures are bounded, and prove nothing") {
  MilterMail mail = good_request();
  mail.client = "198.51.100.9";
  for (int i = 0; i < 1000; ++i)
    mail.fields.insert(mail.fields.begin(),
                       {"DKIM-Signature", " v=1; a=rsa-sha256; d=nic.xa; s=s" + std::to_string(i) +
                                              "; h=from:to:subject:date; bh=AAAA; b=AAAA"});
  CHECK(survive(mail).reply.kind == MilterReply::Kind::reply);
}

TEST_CASE("MIME nested 1,000 deep is bounded, and whom it names is not known") {
  MilterMail mail = bad_request();
  mail.fields.push_back({"MIME-Version", " 1.0"});
  mail.fields.push_back({"Content-Type", " multipart/mixed; boundary=b0"});
  mail.body.clear();
  for (int i = 0; i < 1000; ++i)
    mail.body += "--b" + std::to_string(i) + "\r\nContent-Type: multipart/mixed; boundary=b" +
                 std::to_string(i + 1) + "\r\n\r\n";
  mail.body += "--b1000\r\nContent-Type: text/plain\r\n\r\nccTLD: xa\r\n--b1000--\r\n";
  const MilterOutcome outcome = survive(mail);
  CHECK_FALSE(outcome.of(MilterEdit::Kind::quarantine).empty());
}

TEST_CASE("attached messages whose addresses nest groups end no daemon, at any address") {
  Site site;
  give_store(site);
  for (const std::string recipient :
       {"tld-ops-join", "tld-ops-leave", "tld-ops-vouch+aaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    for (const std::string type : {"message/rfc822", "message/global", "message/news", "multipart/digest"}) {
      for (const std::string fold : {"", "\r\n ", "\r\n --"}) {
        for (const std::string field : {"To", "Cc", "Bcc", "From", "Sender", "Reply-To"}) {
          MilterMail mail = good_request();
          mail.recipients = {"<" + recipient + "@lists.example>"};
          mail.fields[1].value = " " + recipient + "@lists.example";
          mail.fields.push_back({"MIME-Version", " 1.0"});
          mail.fields.push_back({"Content-Type", " multipart/mixed; boundary=outer"});
          const bool digest = type.starts_with("multipart");
          mail.body = "--outer\r\n\r\nyes\r\n--outer\r\nContent-Type: " + type +
                      (digest ? "; boundary=inner\r\n\r\n--inner\r\n\r\n" : "\r\n\r\n") + field + ":" +
                      repeated(fold + "a:", 240000 / (fold.size() + 2)) + "\r\n\r\nHello.\r\n" +
                      (digest ? "--inner--\r\n" : "") + "--outer--\r\n";
          INFO(recipient << " " << type << " " << field);
          const MilterOutcome outcome = send(site.daemon, mail);
          CHECK((outcome.delivered() || outcome.reply.kind == MilterReply::Kind::reply));
        }
      }
    }
  }
  CHECK(site.daemon.running());
  CHECK(site.daemon.stop() == 0);
}

TEST_CASE("an answer with a line over 998 octets decides nothing") {
  Site site;
  give_store(site);
  for (const std::size_t octets : {998U, 999U}) {
    for (const bool in_header : {true, false}) {
      MilterMail answer = other_mail();
      answer.recipients = {"<tld-ops-vouch+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example>"};
      answer.body = "yes\r\n" + (in_header ? "" : std::string(octets, 'x') + "\r\n");
      if (in_header) answer.fields.push_back({"X-A", " " + std::string(octets - 5, 'x')});
      check_reply(send(site.daemon, answer), "550 5.7.1 no question was asked from this address");
    }
  }
}

TEST_CASE("a body of 50 MB is refused") {
  MilterMail mail = good_request();
  mail.body = repeated("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n", 50 * 1024 * 16);
  check_reply(survive(mail), "552 5.3.4 ");
}

TEST_CASE("a body of 50 MB is let go in other mail") {
  MilterMail mail = other_mail();
  mail.body = repeated("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n", 50 * 1024 * 16);
  CHECK(survive(mail).delivered());
}

TEST_CASE("a body of one endless line") {
  MilterMail mail = good_request();
  mail.body = std::string(5 * 1024 * 1024, 'x');
  check_reply(survive(mail), "554 5.6.0 ");
}

TEST_CASE("NUL octets in the header make no address") {
  MilterMail mail = bad_request();
  for (HeaderField& field : mail.fields)
    if (field.name == "From") field.value = std::string(" hostmaster@nic.xa\0.elsewhere.example", 37);
  mail.mail_from = "<anne@elsewhere.example>";
  CHECK(survive(mail).reply.kind == MilterReply::Kind::reply);
}

TEST_CASE("NUL octets in the body") {
  MilterMail mail = bad_request();
  mail.body = std::string("ccTLD: xa\0\r\n\0\0\0\r\n", 17);
  CHECK(survive(mail).reply.kind == MilterReply::Kind::reply);
}

TEST_CASE("no header and no body") {
  MilterMail mail = good_request();
  mail.fields.clear();
  mail.body.clear();
  check_reply(survive(mail), "554 5.6.0 ");
}

TEST_CASE("the null sender asks for nothing") {
  MilterMail mail = good_request();
  mail.mail_from = "<>";
  check_reply(survive(mail), "550 5.7.1 ");
}

TEST_CASE("envelope arguments that are no address") {
  MilterMail mail = bad_request();
  mail.mail_from = GENERATE(as<std::string>{}, "", "<", "<@>", "<@a.example:anne@nic.xa>",
                            "<\"anne\\\" ben\"@nic.xa>", "<anne@nic.xa> SIZE=10", "<anne@[192.0.2.1]>",
                            "<anné@nic.xa>", "<anne@nïc.example>", "<ann\xff@nic.xa>");
  const MilterOutcome outcome = survive(mail);
  CHECK(outcome.reply.kind == MilterReply::Kind::reply);
}

TEST_CASE("recipients that are no address are other mail") {
  MilterMail mail = bad_request();
  mail.recipients = {GENERATE(as<std::string>{}, "", "<>", "<@>", "<postmaster>",
                              "<\"tld-ops-join\"@other.example>", "<anné@lists.example>")};
  const MilterOutcome outcome = survive(mail);
  CHECK(outcome.delivered());
  CHECK(outcome.edits.empty());
}

TEST_CASE("spellings of a command address are all gated") {
  MilterMail mail = bad_request();
  mail.recipients = {GENERATE(as<std::string>{}, "<TLD-OPS-JOIN@LISTS.EXAMPLE>",
                              "<tld-ops-join+xa@lists.example>", "tld-ops-join@lists.example",
                              "<\"tld-ops-join\"@lists.example>",
                              "<@relay.example:tld-ops-join@lists.example>", "<tld-ops-join@lists.example.>",
                              "<secretariat@lists.example>")};
  CHECK(survive(mail).reply.kind == MilterReply::Kind::reply);
}

TEST_CASE("internationalised mail is judged like other mail") {
  MilterMail mail = write_mail("anné@nic.xa", "subscribe xa", "hostmaster@nic.xa");
  const MilterOutcome outcome = survive(mail);  // SPF passes, nobody signed: the copy is worth a question
  CHECK(outcome.delivered());
  CHECK(outcome.of(MilterEdit::Kind::quarantine).size() == 1);
}

TEST_CASE("a silent DNS server costs a deferral, not a decision") {
  Site site;
  site.dns.silence("nic.xa");
  const auto start = std::chrono::steady_clock::now();
  const MilterOutcome outcome = send(site.daemon, good_request());
  CHECK(std::chrono::steady_clock::now() - start < kEnough);
  CHECK(outcome.reply.kind == MilterReply::Kind::reply);
  CHECK_THAT(outcome.reply.text, Catch::Matchers::StartsWith("451 4."));
  CHECK(send(site.daemon, other_mail()).delivered());
}

TEST_CASE("a failing DNS server costs a deferral, not a decision") {
  Site site;
  site.dns.fail("nic.xa");
  CHECK_THAT(send(site.daemon, good_request()).reply.text, Catch::Matchers::StartsWith("451 4."));
  // Whatever DNS would say, nobody copied the contact.
  CHECK_THAT(send(site.daemon, bad_request()).reply.text, Catch::Matchers::StartsWith("550 5.7.2 "));
}

}  // namespace
}  // namespace ccgate
