#include "milter/notice/compose.h"

#include <algorithm>

#include "milter/notice/shown_value.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

const std::string kToken(26, 'a');
const AskTokens kTokens{kToken, std::string(26, 'r')};
const std::string kBounceToken(26, 'b');
const std::map<Domain, std::string> kNoLanguages;

struct Frame {
  ListConfig list = tld_ops();
  NoticeTemplates texts = {};
  NoticeFrame frame{list, texts, kNoLanguages, "inform:7k2m9qx40c1d:hostmaster@nic.xa", kBounceToken, kNoon};
};

/// For the eye: without the CR of each line end, soft breaks and octets of quoted-printable undone.
std::string plain(const Composed& composed) {
  REQUIRE(composed.mail);
  const std::string& text = composed.mail->message;
  const bool quoted = text.find("Content-Transfer-Encoding: quoted-printable") != std::string::npos;
  const std::size_t body = text.find("\r\n\r\n");
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && i > body && text[i] == '=') {
      if (text[i + 1] != '\r') out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else if (text[i] != '\r') {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

TEST_CASE("compose: the question to a contact, whole") {
  const Frame f;
  const Composed composed = compose_ask(f.frame, notice_entry(), notice_question(), kTokens, 14 * 86400);
  CHECK(plain(composed) ==
        "From: tld-ops gate\n"
        " <tld-ops-vouch+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example.org>\n"
        "Reply-To: tld-ops-vouch+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example.org\n"
        "To: hostmaster@nic.xa\n"
        "Subject: tld-ops: do you confirm a request for .xa, .xn--p1ai?\n"
        " (7k2m9qx40c1d)\n"
        "Date: Tue, 15 Jan 2030 12:00:00 +0000\n"
        "Message-ID: <ccgate.c00a6786a81e6655fbce0963e2483330@lists.example.org>\n"
        "Auto-Submitted: auto-generated\n"
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        "\n"
        "This mail is for the admin contact of .xa, .рф (xn--p1ai), as IANA lists\n"
        "it. It comes from the gate of the mailing list\n"
        "tld-ops@lists.example.org, which is a program.\n"
        "\n"
        "Somebody sent the following request to the list. It waits for your word.\n"
        "\n"
        "  What:            subscribe\n"
        "  For:             .xa, .рф (xn--p1ai)\n"
        "  Whom:\n"
        "    Anne <anne[@]nic[.]xa>, +999 1\n"
        "    Ben <ben[@]nic[.]xa>\n"
        "  Written by:      anne[@]nic[.]xa\n"
        "  On:              15 January 2030, 12:00 UTC\n"
        "  Envelope from:   anne[@]nic[.]xa\n"
        "  Sent by host:    192.0.2.1\n"
        "  Authenticated:   DKIM signature of nic[.]xa, SPF of nic[.]xa\n"
        "\n"
        "In what others wrote, [@] and [.] stand for @ and a dot, so that nothing\n"
        "of it can be clicked.\n"
        "\n"
        "TO CONFIRM this request in the name of .xa, .рф (xn--p1ai), reply to\n"
        "this mail, from any address, with the one word \"yes\" as the first line,\n"
        "in plain text. The request is then let in when its author's mail server\n"
        "tries again, or its author sends it anew, within 14 days, if it still\n"
        "names the same ccTLDs and the same people. Where it is held at the list,\n"
        "the owner lets it go.\n"
        "\n"
        "TO REFUSE, reply with the one word \"no\" as the first line, or send any\n"
        "mail to\n"
        "\n"
        "  tld-ops-reject+rrrrrrrrrrrrrrrrrrrrrrrrrr@lists.example.org\n"
        "\n"
        "A no counts after a yes too, until the request is let in; a yes after a\n"
        "no does not.\n"
        "\n"
        "A short sentence that says nothing else does, too (\"Yes, we confirm.\",\n"
        "\"No, we do not know them.\"), also in other languages. A reply that says\n"
        "more than a yes or a no in its first sentence, or asks back, decides\n"
        "nothing: it comes back to you, and the owner of the list is told. So\n"
        "does one that your mail system marks as automatic. Questions are for the\n"
        "owner of the list, owner@lists.example.org.\n"
        "\n"
        "If you do nothing, the request is not let in. After 22 January 2030,\n"
        "12:00 UTC an answer does not count any more.\n"
        "\n"
        "Nothing in this mail is to be clicked or opened, and nobody asks you for\n"
        "a password. If you doubt that it is genuine, ask the owner of the list\n"
        "by a way that you knew before, and name 7k2m9qx40c1d. Whoever has the\n"
        "address that a reply goes to can answer in your place; do not pass this\n"
        "mail on to others than your own people. The address above only refuses.\n");
  CHECK(composed.mail->from.text() == "tld-ops-notice+" + kBounceToken + "@lists.example.org");
  CHECK(composed.mail->to.text() == "hostmaster@nic.xa");
}

TEST_CASE("compose: the question to one of several, who learns of no other's address") {
  const Frame f;
  Question question = notice_question();
  question.contact = "ben@nic.xa";
  question.asked_as = Voucher::members;
  AskPayload payload{{{"xa", 2}, {"xn--p1ai", 2}}, {Voucher::admin_contact, Voucher::members}};
  const auto text = [&] {
    return plain(compose_vouch(f.frame, notice_entry(), question, payload, kTokens, 14 * 86400));
  };
  const std::string head =
      "This mail is for you as member of .xa, .рф (xn--p1ai). It comes from the\n"
      "gate of the mailing list tld-ops@lists.example.org, which is a program.\n"
      "\n"
      "Somebody sent the following request to the list. Several people are\n"
      "asked about it; beside you: the admin contact, members of the list. It\n"
      "is let in when enough of them say yes: 2.\n";
  CHECK(text().find(head) != std::string::npos);
  CHECK(text().find("To: ben@nic.xa\n") != std::string::npos);
  CHECK(text().find("tld-ops-vouch+" + kToken) != std::string::npos);
  CHECK(text().find("  tld-ops-reject+" + kTokens.refuse) != std::string::npos);
  CHECK(text().find("hostmaster@nic.xa") == std::string::npos);
  CHECK(text().find('{') == std::string::npos);
  payload.needed["xa"] = 1;
  payload.beside.clear();
  question.asked_as = Voucher::tech_contact;
  CHECK(text().find("as technical contact of .xa") != std::string::npos);
  CHECK(text().find("beside you: nobody.") != std::string::npos);
  CHECK(text().find("1 for .xa") != std::string::npos);
}

TEST_CASE("compose: what tells a contact of an acceptance, whole") {
  const Frame f;
  const Composed composed = compose_inform(f.frame, notice_entry(), "hostmaster@nic.xa", {{"xa"}, false},
                                           kToken, kNoon + 72 * 3600);
  CHECK(plain(composed) ==
        "From: tld-ops gate\n"
        " <tld-ops-object+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example.org>\n"
        "Reply-To: tld-ops-object+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example.org\n"
        "To: hostmaster@nic.xa\n"
        "Subject: tld-ops: a request for .xa was accepted (7k2m9qx40c1d)\n"
        "Date: Tue, 15 Jan 2030 12:00:00 +0000\n"
        "Message-ID: <ccgate.c00a6786a81e6655fbce0963e2483330@lists.example.org>\n"
        "Auto-Submitted: auto-generated\n"
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=us-ascii\n"
        "Content-Transfer-Encoding: 7bit\n"
        "\n"
        "This mail is for the admin contact of .xa, as IANA lists it. It comes\n"
        "from the gate of the mailing list tld-ops@lists.example.org, which is a\n"
        "program.\n"
        "\n"
        "The gate let the following request in. You need not do anything if it is\n"
        "in order.\n"
        "\n"
        "  What:            subscribe\n"
        "  For:             .xa\n"
        "  Whom:\n"
        "    Anne <anne[@]nic[.]xa>, +999 1\n"
        "    Ben <ben[@]nic[.]xa>\n"
        "  Written by:      anne[@]nic[.]xa\n"
        "  On:              15 January 2030, 12:00 UTC\n"
        "  Envelope from:   anne[@]nic[.]xa\n"
        "  Sent by host:    192.0.2.1\n"
        "  Authenticated:   DKIM signature of nic[.]xa, SPF of nic[.]xa\n"
        "\n"
        "In what others wrote, [@] and [.] stand for @ and a dot, so that nothing\n"
        "of it can be clicked.\n"
        "\n"
        "TO OBJECT, reply to this mail, from any address, until 18 January 2030,\n"
        "12:00 UTC, with \"I object\" as the first line, in plain text. A plain\n"
        "\"no\" objects, too, and so do short sentences like \"Remove them.\" or \"We\n"
        "do not know this person.\", also in other languages. The objection is\n"
        "recorded, the owner of the list is told, and what the gate did for this\n"
        "request by itself is undone where it can be.\n"
        "\n"
        "A reply that says anything else changes nothing: it comes back to you,\n"
        "and the owner of the list is told. Questions are for the owner of the\n"
        "list, owner@lists.example.org.\n"
        "\n"
        "Nothing in this mail is to be clicked or opened, and nobody asks you for\n"
        "a password. If you doubt that it is genuine, ask the owner of the list\n"
        "by a way that you knew before, and name 7k2m9qx40c1d. Whoever has the\n"
        "address that a reply goes to can object in your place; do not pass this\n"
        "mail on to others than your own people.\n");
}

TEST_CASE("compose: a digest, whole") {
  const Frame f;
  const Composed composed =
      compose_digest(f.frame, "hostmaster@nic.xa",
                     {{notice_entry(), kToken}, {notice_entry("b"), kBounceToken}}, kNoon + 72 * 3600);
  CHECK(plain(composed) ==
        "From: tld-ops gate\n"
        " <tld-ops-notice+bbbbbbbbbbbbbbbbbbbbbbbbbb@lists.example.org>\n"
        "Reply-To: owner@lists.example.org\n"
        "To: hostmaster@nic.xa\n"
        "Subject: tld-ops: 2 more accepted for your ccTLDs\n"
        "Date: Tue, 15 Jan 2030 12:00:00 +0000\n"
        "Message-ID: <ccgate.c00a6786a81e6655fbce0963e2483330@lists.example.org>\n"
        "Auto-Submitted: auto-generated\n"
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        "\n"
        "This mail is for hostmaster@nic.xa, an admin contact of ccTLDs as IANA\n"
        "lists it. It comes from the gate of the mailing list\n"
        "tld-ops@lists.example.org, which is a program.\n"
        "\n"
        "The gate let more requests in for your ccTLDs than it sends mails a day.\n"
        "You need not do anything about those that are in order.\n"
        "\n"
        "  15 January 2030, 12:00 UTC: subscribe for .xa, .рф (xn--p1ai), by\n"
        "  anne[@]nic[.]xa (7k2m9qx40c1d)\n"
        "    Anne <anne[@]nic[.]xa>, +999 1\n"
        "    Ben <ben[@]nic[.]xa>\n"
        "  to object: tld-ops-object+aaaaaaaaaaaaaaaaaaaaaaaaaa@lists.example.org\n"
        "\n"
        "  15 January 2030, 12:00 UTC: subscribe for .xa, .рф (xn--p1ai), by\n"
        "  anne[@]nic[.]xa (b)\n"
        "    Anne <anne[@]nic[.]xa>, +999 1\n"
        "    Ben <ben[@]nic[.]xa>\n"
        "  to object: tld-ops-object+bbbbbbbbbbbbbbbbbbbbbbbbbb@lists.example.org\n"
        "\n"
        "In what others wrote, [@] and [.] stand for @ and a dot, so that nothing\n"
        "of it can be clicked.\n"
        "\n"
        "TO OBJECT to one of them, send a mail with \"I object\" as its first line,\n"
        "from any address, to the address that stands below it, until 18 January\n"
        "2030, 12:00 UTC. The objection is recorded, the owner of the list is\n"
        "told, and what the gate did for that request by itself is undone where\n"
        "it can be.\n"
        "\n"
        "Nothing in this mail is to be clicked or opened. Whoever has those\n"
        "addresses can object in your place; do not pass this mail on to others\n"
        "than your own people.\n"
        "\n"
        "A reply to this mail goes to the owner of the list,\n"
        "owner@lists.example.org.\n");
}

TEST_CASE("compose: what the owner is told, whole") {
  const Frame f;
  const OwnerPayload payload{NoticeKind::bounced, "hostmaster@nic.xa",
                             "RCPT: 550 5.1.1 no such user, see https://a.example/x"};
  CHECK(plain(compose_for_owner(f.frame, notice_entry(), "owner@lists.example.org", payload)) ==
        "From: tld-ops gate\n"
        " <tld-ops-notice+bbbbbbbbbbbbbbbbbbbbbbbbbb@lists.example.org>\n"
        "Reply-To: owner@lists.example.org\n"
        "To: owner@lists.example.org\n"
        "Subject: tld-ops: mail to the admin contact of .xa, .xn--p1ai came back\n"
        " (7k2m9qx40c1d)\n"
        "Date: Tue, 15 Jan 2030 12:00:00 +0000\n"
        "Message-ID: <ccgate.c00a6786a81e6655fbce0963e2483330@lists.example.org>\n"
        "Auto-Submitted: auto-generated\n"
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        "\n"
        "This mail is for the owner of the mailing list\n"
        "tld-ops@lists.example.org. It comes from its gate, which is a program.\n"
        "\n"
        "Mail to hostmaster@nic.xa about the following request came back, or was\n"
        "not taken: RCPT: 550 5.1.1 no such user, see\n"
        "https[:][/][/]a[.]example[/]x\n"
        "\n"
        "  What:            subscribe\n"
        "  For:             .xa, .рф (xn--p1ai)\n"
        "  Whom:\n"
        "    Anne <anne[@]nic[.]xa>, +999 1\n"
        "    Ben <ben[@]nic[.]xa>\n"
        "  Written by:      anne[@]nic[.]xa\n"
        "  On:              15 January 2030, 12:00 UTC\n"
        "  Authenticated:   DKIM signature of nic[.]xa, SPF of nic[.]xa\n"
        "\n"
        "In what others wrote, [@] and [.] stand for @ and a dot, so that nothing\n"
        "of it can be clicked.\n"
        "\n"
        "So the admin contact may not know of the request. Look whether the\n"
        "address is still right at IANA, and reach the registry in another way.\n"
        "\n"
        "What is known about it is shown by: ccgate show 7k2m9qx40c1d\n");
}

TEST_CASE("compose: every kind of mail to the owner") {
  const Frame f;
  for (const NoticeKind kind :
       {NoticeKind::objected, NoticeKind::confirmed, NoticeKind::refused, NoticeKind::vouched,
        NoticeKind::bounced, NoticeKind::expired, NoticeKind::delayed}) {
    const std::string text = plain(compose_for_owner(f.frame, notice_entry(), "owner@lists.example.org",
                                                     {kind, "hostmaster@nic.xa", "ben@nic.xa at 192.0.2.9"}));
    CHECK(text.find("hostmaster@nic.xa") != std::string::npos);
    CHECK(text.find("192.0.2.9") != std::string::npos);
    CHECK(text.find('{') == std::string::npos);
  }
}

TEST_CASE("compose: the contact before") {
  const Frame f;
  const std::string text = plain(
      compose_inform(f.frame, notice_entry(), "hostmaster@nic.xa", {{"xa"}, true}, kToken, kNoon + 3600));
  CHECK(text.find("the previous admin contact of .xa") != std::string::npos);
}

TEST_CASE("compose: nothing of a request begins a line, a field or a link") {
  const Frame f;
  LedgerEntry entry = notice_entry();
  entry.request = "subscribe\r\nBcc: x@evil.example\r\n\r\nTO CONFIRM";
  entry.author = "anne@nic.xa\r\n\r\n.\r\n";
  entry.mail_from = "\"https://evil.example/\"@nic.xa";
  entry.client = "192.0.2.1\nTO OBJECT";
  entry.people =
      R"([{"name": "https://evil.example/confirm?a=b \u202eknil\u202c\u0000 www.evil.example <a@b.example>",)"
      R"("email": "x y", "phone": "+1\n\nTO CONFIRM click evil.example"}, 5, {"name": 7}])";
  Question question = notice_question();
  question.cctlds = {"xa\r\nX: y"};
  const Composed composed = compose_ask(f.frame, entry, question, kTokens, 90);
  REQUIRE(composed.mail);
  const std::string& raw = composed.mail->message;
  CHECK(raw.find("\r\nBcc:") == std::string::npos);
  CHECK(raw.find("\r\nX:") == std::string::npos);
  CHECK(raw.find("\r\n.\r\n") == std::string::npos);
  const std::string text = plain(composed);
  CHECK(text.find("://") == std::string::npos);
  CHECK(text.find("evil.example") == std::string::npos);
  CHECK(text.find("\u202e") == std::string::npos);
  CHECK(text.find("\nTO CONFIRM", text.find("\nTO CONFIRM") + 1) == std::string::npos);
  CHECK(text.find("    https[:][/][/]evil[.]example[/]confirm?a=b knil www[.]evil[.]example\n"
                  "    a[@]b[.]example <x y>, +1 TO CONFIRM click evil[.]example\n") != std::string::npos);
  CHECK(text.find("192[.]0[.]2[.]1 TO OBJECT\n") != std::string::npos);
  entry.client = "2001:db8::1";
  CHECK(plain(compose_ask(f.frame, entry, question, kTokens, 90)).find(" 2001:db8::1\n") !=
        std::string::npos);
}

TEST_CASE("compose: why there can be no mail") {
  const Frame f;
  CHECK(compose_inform(f.frame, notice_entry(), "a b", {{"xa"}, false}, kToken, kNoon).why ==
        "the recipient is no plain address");
  Frame longer;
  longer.list.addresses.address = *Address::parse(std::string(40, 'x') + "@lists.example.org");
  CHECK(compose_ask(longer.frame, notice_entry(), notice_question(), kTokens, 1).why ==
        "the address of the list is too long to carry a token");
}

TEST_CASE("compose: a contact whose address is not ASCII") {
  const Frame f;
  const auto mail =
      compose_inform(f.frame, notice_entry(), "j\u00f6rg@xn--p1ai", {{"xa"}, false}, kToken, kNoon).mail;
  REQUIRE(mail);
  CHECK(mail->smtputf8);
  CHECK(mail->to.text() == "j\u00f6rg@xn--p1ai");
  CHECK(mail->from.text() == "tld-ops-notice+" + kBounceToken + "@lists.example.org");
  CHECK(mail->message.find("\r\nTo: j\u00f6rg@xn--p1ai\r\n") != std::string::npos);
  const std::string rest = mail->message.substr(mail->message.find("\r\nSubject:"));
  CHECK(std::all_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST_CASE("compose: others whose address is not ASCII need no SMTPUTF8") {
  Frame f;
  LedgerEntry entry = notice_entry();
  entry.author = "j\u00f6rg@nic.xa";
  f.list.owner = *Address::parse("\u00f6wner@lists.example.org");
  const Composed digest = compose_digest(f.frame, "hostmaster@nic.xa", {{entry, kToken}}, kNoon);
  REQUIRE(digest.mail);
  CHECK_FALSE(digest.mail->smtputf8);
  const std::string& raw = digest.mail->message;
  CHECK(std::all_of(raw.begin(), raw.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  CHECK(raw.find("Reply-To:") == std::string::npos);
  const std::string text = plain(digest);
  CHECK(text.find("j\u00f6rg[@]nic[.]xa") != std::string::npos);
  CHECK(text.find("\u00f6wner@lists.example.org") != std::string::npos);
  // The owner's own mail does.
  const OwnerPayload payload{NoticeKind::expired, "hostmaster@nic.xa", "x"};
  const Composed owner = compose_for_owner(f.frame, entry, f.list.owner->text(), payload);
  REQUIRE(owner.mail);
  CHECK(owner.mail->smtputf8);
  CHECK(owner.mail->message.find("Reply-To: \u00f6wner@lists.example.org\r\n") != std::string::npos);
}

TEST_CASE("compose: a list whose address is not ASCII") {
  Frame f;
  f.list.addresses.address = *Address::parse("\u00f6ps@lists.example.org");
  const Composed composed =
      compose_inform(f.frame, notice_entry(), "hostmaster@nic.xa", {{"xa"}, false}, kToken, kNoon);
  REQUIRE(composed.mail);
  CHECK(composed.mail->smtputf8);
  CHECK(composed.mail->message.starts_with("From: tld-ops gate\r\n <\u00f6ps-object+"));
}

TEST_CASE("compose: IDN domains of people are shown both ways") {
  CHECK(shown_address("hostmaster@xn--p1ai") == "hostmaster@\u0440\u0444 (hostmaster@xn--p1ai)");
  CHECK(shown_address("<hostmaster@nic.xa>") == "hostmaster@nic.xa");
  CHECK(shown_foreign_address("<anne@nic.xa>") == "anne[@]nic[.]xa");
  CHECK(shown_foreign_address("anne@xn--p1ai") == "anne[@]\u0440\u0444 (anne[@]xn--p1ai)");
  CHECK(shown_person("Anne", "anne@xn--p1ai", "") == "Anne <anne[@]\u0440\u0444 (anne[@]xn--p1ai)>");
  CHECK(shown_person("", "anne@nic.xa", "1") == "anne[@]nic[.]xa, 1");
  CHECK(shown_person("Anne", "", "") == "Anne");
  CHECK(shown_cctlds({"xa", "xn--p1ai"}, false) == ".xa, .\u0440\u0444 (xn--p1ai)");
  CHECK(shown_cctlds({"xa", "xn--p1ai"}, true) == ".xa, .xn--p1ai");
}

TEST_CASE("compose: values are cleaned") {
  CHECK(clean_value("  a\t\r\n b\u2028c \x01", 100) == "a b c");
  CHECK(clean_value("a\u202eb\u2066c\u200bd\ufeff", 100) == "abcd");
  CHECK(clean_value("a\u200cb", 100) == "a\u200cb");
  CHECK(clean_value("a\xff"
                    "b\xe2\x80",
                    100) == "a?b??");
  CHECK(clean_value("abcdefgh", 8) == "abcdefgh");
  CHECK(clean_value("abcdefghi", 8) == "abcde...");
  CHECK(shown_time(0) == "1 January 1970, 00:00 UTC");
  CHECK(shown_duration(0) == "0 seconds");
  CHECK(shown_duration(86400) == "1 day");
  CHECK(shown_duration(36 * 3600) == "36 hours");
  CHECK(shown_duration(90 * 60) == "90 minutes");
  CHECK(shown_duration(61) == "61 seconds");
}

TEST_CASE("compose: no mail program makes a link of what others wrote") {
  struct Row {
    const char* text;
    const char* shown;
  };
  const auto row = GENERATE(values<Row>({
      {"J. R. D'Anne-Ben Jr.", "J. R. D'Anne-Ben Jr."},
      {"Note: a", "Note: a"},
      {"<b@www.evil.example>", "b[@]www[.]evil[.]example"},
      {"https://evil.example/a?b=c#d", "https[:][/][/]evil[.]example[/]a?b=c#d"},
      {"mailto:a@b", "mailto[:]a[@]b"},
      {"a:b", "a[:]b"},
      {"1.5", "1[.]5"},
      {"192.0.2.1/a", "192[.]0[.]2[.]1[/]a"},
      {"evil..example..", "evil[.][.]example[.]."},
      {"evil.\u200cexample", "evil[.]\u200cexample"},
      {"evil.\u202e\u200b example", "evil. example"},
      {"evil\uff0eexample \uff41\uff20b \u3002c a\u2024b", "evil example \uff41 b c a b"},
      {"evil\uff61example\ufe52a\u2488b\u2026c\uff0f\uff1ad", "evil example a b c d"},
      {"\\\\evil\\a [b](c) {d} |e| `f`", "evil a b (c) d e f"},
      {"\u00c5ngstr\u00f6m O\u2019Brien \u0410\u043d\u043d\u0430 \u738b\u30fb\u00b7",
       "\u00c5ngstr\u00f6m O\u2019Brien \u0410\u043d\u043d\u0430 \u738b\u30fb\u00b7"},
      {"a \U0001f600 b", "a b"},
      {".", "."},
      {"", ""},
  }));
  INFO(row.text);
  CHECK(plain_words(row.text, 100) == row.shown);
}

TEST_CASE("compose: what is cut off ends no dot") {
  CHECK(plain_words("www.evil.example", 7) == "www[.]...");
  CHECK(plain_words("evil.example", 8) == "evil[.]...");
  CHECK(plain_words("evil.example", 12) == "evil[.]example");
}

TEST_CASE("compose: numbers in what servers say stay") {
  CHECK(plain_sentence("RCPT: 550 5.1.1 <b@nic.xa>: see http://a.example, 5.1.1.", 200) ==
        "RCPT: 550 5.1.1 b[@]nic[.]xa : see http[:][/][/]a[.]example, 5.1.1.");
  CHECK(plain_sentence("by ben@nic.xa, at 192.0.2.1 (mx.nic.xa).", 100) ==
        "by ben[@]nic[.]xa, at 192.0.2.1 (mx[.]nic[.]xa).");
  CHECK(plain_sentence("at 2001:db8::1, 192.0.2.1.example 5.1.1.example 5..1 15.1.1", 100) ==
        "at 2001:db8::1, 192[.]0[.]2[.]1[.]example 5[.]1[.]1[.]example 5[.][.]1 15[.]1[.]1");
}

TEST_CASE("compose: what passed is told, whatever the explanation holds") {
  CHECK(passed_evidence("") == "not known");
  CHECK(passed_evidence("[]") == "not known");
  CHECK(passed_evidence(R"({"evidence": {}})") == "nothing");
  CHECK(passed_evidence(R"({"evidence": {"dkim": [{"result": "fail", "d": "nic.xa"}, {"result": "pass"}, 5],)"
                        R"( "spf": {"result": "pass", "domain": null}}})") == "nothing");
}

TEST_CASE("payloads are written and read") {
  const auto inform = read_inform_payload(write_payload(InformPayload{{"xa", "xb"}, true}));
  REQUIRE(inform);
  CHECK(inform->cctlds == std::vector<std::string>{"xa", "xb"});
  CHECK(inform->previous);
  CHECK_FALSE(read_inform_payload("{}"));
  CHECK_FALSE(read_inform_payload(R"({"cctlds": [5]})"));
  CHECK_FALSE(read_inform_payload("nothing"));
  const auto owner = read_owner_payload(write_payload(OwnerPayload{NoticeKind::refused, "a@b.example", "x"}));
  REQUIRE(owner);
  CHECK(owner->what == NoticeKind::refused);
  CHECK(owner->who == "a@b.example");
  CHECK(owner->detail == "x");
  CHECK_FALSE(read_owner_payload(R"({"what": "inform"})"));
  CHECK_FALSE(read_owner_payload(R"({"what": 5})"));
  CHECK(read_people("{}").empty());
  const AskPayload asked{{{"xa", 2}}, {Voucher::tech_contact, Voucher::members}};
  const auto ask = read_ask_payload(write_payload(asked));
  REQUIRE(ask);
  CHECK(ask->needed == asked.needed);
  CHECK(ask->beside == asked.beside);
  CHECK_FALSE(read_ask_payload(""));
  CHECK_FALSE(read_ask_payload(R"({"needed": {"xa": "2"}, "beside": []})"));
  CHECK_FALSE(read_ask_payload(R"({"needed": {"xa": 2}, "beside": ["boss"]})"));
  CHECK_FALSE(read_owner_payload(R"({"what": "vouch"})"));
}

TEST_CASE("payloads of invitations and helpers") {
  const auto invite =
      read_invite_payload(write_payload(InvitePayload{21, 309, kNoon, TriedRequest{"id", "outsider", true}}));
  REQUIRE(invite);
  CHECK(invite->on == 21);
  CHECK(invite->of == 309);
  CHECK(invite->invited == kNoon);
  REQUIRE(invite->tried);
  CHECK(invite->tried->ground == "outsider");
  CHECK(invite->tried->unproven);
  CHECK_FALSE(read_invite_payload(write_payload(InvitePayload{}))->tried);
  CHECK_FALSE(read_invite_payload("{}"));
  CHECK_FALSE(read_invite_payload(R"({"on": -1, "of": 2, "invited": 0})"));
  const auto helper = read_follow_up_payload(write_payload(FollowUpPayload{"AF", {"a", "b"}}));
  REQUIRE(helper);
  CHECK(helper->region == "AF");
  CHECK(helper->lines == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(read_follow_up_payload(R"({"lines": [5]})"));
  CHECK_FALSE(read_follow_up_payload(""));
  for (const char* what : {"invite", "remind", "follow_up"})
    CHECK_FALSE(read_owner_payload(R"({"what": ")" + std::string(what) + "\"}"));
}

TEST_CASE("compose: an invitation, whole") {
  Frame f;
  f.list.addresses.form = {*Address::parse("join@lists.example.org")};
  LedgerEntry entry = notice_entry();
  entry.request = "invite";
  CHECK(plain(compose_invite(f.frame, entry, "hostmaster@nic.xa", {"xa", "xb"}, {21, 309, 0, {}}, {})) ==
        "From: tld-ops gate\n"
        " <tld-ops-notice+bbbbbbbbbbbbbbbbbbbbbbbbbb@lists.example.org>\n"
        "Reply-To: join@lists.example.org\n"
        "To: hostmaster@nic.xa\n"
        "Subject: tld-ops: invitation for .xa, .xb\n"
        "Date: Tue, 15 Jan 2030 12:00:00 +0000\n"
        "Message-ID: <ccgate.c00a6786a81e6655fbce0963e2483330@lists.example.org>\n"
        "Auto-Submitted: auto-generated\n"
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=us-ascii\n"
        "Content-Transfer-Encoding: 7bit\n"
        "\n"
        "This mail is for hostmaster@nic.xa, the admin contact of .xa, .xb, as\n"
        "IANA lists it. It comes from the gate of the mailing list\n"
        "tld-ops@lists.example.org, which is a program.\n"
        "\n"
        "On tld-ops the security people of ccTLD registries reach each other. It\n"
        "is free, and open to every ccTLD. 21 of 309 ccTLDs are on the list;\n"
        "yours is not among them.\n"
        "\n"
        "TO JOIN, reply to this mail and name up to three people, each with these\n"
        "lines:\n"
        "\n"
        "  ccTLDs: .xa, .xb\n"
        "  Name:\n"
        "  E-mail:\n"
        "  Phone:\n"
        "  Other e-mail:\n"
        "\n"
        "\"Other e-mail\" is an address that is not under your own ccTLD, for the\n"
        "day when it is down. You may leave it out.\n"
        "\n"
        "Reply from hostmaster@nic.xa if it can send mail. If it only passes mail\n"
        "on, reply from your own address at the registry, and keep\n"
        "hostmaster@nic.xa in Cc. Let your mail server sign with DKIM. The\n"
        "request is decided by the list's gate, at join@lists.example.org.\n"
        "\n"
        "If you do not want to join, or have a question, write to the owner of\n"
        "the list, owner@lists.example.org. You are then not invited again.\n"
        "\n"
        "Nothing in this mail is to be clicked or opened, and nobody asks you for\n"
        "a password. If you doubt that it is genuine, ask the owner of the list\n"
        "by a way that you knew before, and name 7k2m9qx40c1d.\n");
}

TEST_CASE("compose: an invitation once more, whole") {
  Frame f;
  f.list.addresses.form = {*Address::parse("join@lists.example.org")};
  LedgerEntry entry = notice_entry();
  entry.request = "invite";
  CHECK(plain(compose_invite(f.frame, entry, "hostmaster@nic.xa", {"xa"}, {21, 309, kNoon, {}},
                             {"A request was not let in.", "Send it again."})) ==
        "From: tld-ops gate\n"
        " <tld-ops-notice+bbbbbbbbbbbbbbbbbbbbbbbbbb@lists.example.org>\n"
        "Reply-To: join@lists.example.org\n"
        "To: hostmaster@nic.xa\n"
        "Subject: tld-ops: reminder: invitation for .xa\n"
        "Date: Tue, 15 Jan 2030 12:00:00 +0000\n"
        "Message-ID: <ccgate.c00a6786a81e6655fbce0963e2483330@lists.example.org>\n"
        "Auto-Submitted: auto-generated\n"
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=us-ascii\n"
        "Content-Transfer-Encoding: 7bit\n"
        "\n"
        "This mail is for hostmaster@nic.xa, the admin contact of .xa, as IANA\n"
        "lists it. It comes from the gate of the mailing list\n"
        "tld-ops@lists.example.org, which is a program.\n"
        "\n"
        "You were invited to tld-ops on 15 January 2030, 12:00 UTC, and .xa is\n"
        "not on the list yet. There the security people of ccTLD registries reach\n"
        "each other. It is free, and open to every ccTLD. 21 of 309 ccTLDs are on\n"
        "the list.\n"
        "\n"
        "  A request was not let in.\n"
        "  Send it again.\n"
        "\n"
        "TO JOIN, reply to this mail and name up to three people, each with these\n"
        "lines:\n"
        "\n"
        "  ccTLDs: .xa\n"
        "  Name:\n"
        "  E-mail:\n"
        "  Phone:\n"
        "  Other e-mail:\n"
        "\n"
        "\"Other e-mail\" is an address that is not under your own ccTLD, for the\n"
        "day when it is down. You may leave it out.\n"
        "\n"
        "Reply from hostmaster@nic.xa if it can send mail. If it only passes mail\n"
        "on, reply from your own address at the registry, and keep\n"
        "hostmaster@nic.xa in Cc. Let your mail server sign with DKIM. The\n"
        "request is decided by the list's gate, at join@lists.example.org.\n"
        "\n"
        "If you do not want to join, or have a question, write to the owner of\n"
        "the list, owner@lists.example.org. You are then not reminded again.\n"
        "\n"
        "In what others wrote, [@] and [.] stand for @ and a dot, so that nothing\n"
        "of it can be clicked. Nothing in this mail is to be clicked or opened,\n"
        "and nobody asks you for a password. If you doubt that it is genuine, ask\n"
        "the owner of the list by a way that you knew before, and name\n"
        "7k2m9qx40c1d.\n");
}

TEST_CASE("compose: who helps is told, whole") {
  const Frame f;
  CHECK(
      plain(compose_follow_up(f.frame, "ben@lists.example.org", {"AF", {".xa  refused", "     why   x"}})) ==
      "From: tld-ops gate\n"
      " <tld-ops-notice+bbbbbbbbbbbbbbbbbbbbbbbbbb@lists.example.org>\n"
      "Reply-To: owner@lists.example.org\n"
      "To: ben@lists.example.org\n"
      "Subject: tld-ops: whom to follow up in AF\n"
      "Date: Tue, 15 Jan 2030 12:00:00 +0000\n"
      "Message-ID: <ccgate.c00a6786a81e6655fbce0963e2483330@lists.example.org>\n"
      "Auto-Submitted: auto-generated\n"
      "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"
      "MIME-Version: 1.0\n"
      "Content-Type: text/plain; charset=us-ascii\n"
      "Content-Transfer-Encoding: 7bit\n"
      "\n"
      "This mail is for those who help registries of region AF to get on the\n"
      "mailing list tld-ops@lists.example.org. It comes from the list's gate,\n"
      "which is a program, once a week when there is anybody.\n"
      "\n"
      "These are on their way, or did not get through, with what to tell them:\n"
      "\n"
      "  .xa  refused\n"
      "       why   x\n"
      "\n"
      "In what others wrote, [@] and [.] stand for @ and a dot, so that nothing\n"
      "of it can be clicked.\n"
      "\n"
      "When you have talked to one of them, tell the owner of the list,\n"
      "owner@lists.example.org, who notes it. Do not pass this mail on.\n");
}

TEST_CASE("mail: lines, encodings and names") {
  const auto address = *Address::parse("a@lists.example.org");
  MailParts parts{address, "tld-ops gate",         address, std::nullopt, address,
                  "x",     "id@lists.example.org", 0,       "x\n"};
  const auto body = [&](const std::string& text) {
    parts.body = text;
    const std::string all = write_mail(parts).message;
    return all.substr(all.find("\r\n\r\n") + 4);
  };
  CHECK(body("a\nb") == "a\r\nb\r\n");
  CHECK(body("a\r\n.\r\n") == "a=0D\r\n.=0D\r\n");
  CHECK(body("\u00e9= \n") == "=C3=A9=3D=20\r\n");
  CHECK(body("\u00e9" + std::string(76, 'x')) == "=C3=A9" + std::string(69, 'x') + "=\r\n" + "xxxxxxx\r\n");
  CHECK(body("\u00e9" + std::string(70, 'x')) == "=C3=A9" + std::string(70, 'x') + "\r\n");
  const std::string long_line = body(std::string(2000, 'x'));
  for (std::size_t at = 0; at < long_line.size(); at = long_line.find("\r\n", at) + 2)
    CHECK(long_line.find("\r\n", at) - at <= 76);

  parts.from_name = "a \"b\" <c>\r\nBcc: d";
  parts.subject = "a\r\nBcc: \xc3\xa9 b";
  const std::string header = write_mail(parts).message;
  CHECK(header.starts_with("From: \"a \\\"b\\\" <c>??Bcc: d\" <a@lists.example.org>\r\n"));
  CHECK(header.find("Subject: a??Bcc: ?? b\r\n") != std::string::npos);
  CHECK(mail_date(951782400) == "Tue, 29 Feb 2000 00:00:00 +0000");
  CHECK(new_message_id("a", address.domain()) == new_message_id("a", address.domain()));
  CHECK(new_message_id("a", address.domain()) != new_message_id("b", address.domain()));
}

TEST_CASE("what is held is told with the commands for it") {
  const Frame f;
  HeldMail mail{notice_entry(), kNoon, "ccgate 7k2m9qx40c1d: hold rule too-many .xa"};
  mail.entry.queue_id = "4XyZ12";
  HeldMail odd{notice_entry("odd"), kNoon, "click http://evil.example now"};
  odd.entry.queue_id = "4XyZ12; rm -rf /";
  const std::string text = plain(compose_held(f.frame, "owner@lists.example.org", {mail, odd}));
  CHECK_THAT(text, contains("Subject: tld-ops: 2 held in the queue of the mail server"));
  CHECK_THAT(text, contains("queue id: 4XyZ12\n"));
  CHECK_THAT(text, contains("to let it go: postsuper -H 4XyZ12\n"));
  CHECK_THAT(text, contains("to record either: ccgate held release 7k2m9qx40c1d\n"));
  CHECK_THAT(text, contains("queue id: not known"));
  CHECK(text.find("rm -rf") == std::string::npos);
  CHECK(text.find("http://") == std::string::npos);
}

TEST_CASE("of many that are held the newest are told, and how many there are") {
  const Frame f;
  std::vector<HeldMail> held;
  for (int i = 0; i < 30; ++i) held.push_back({notice_entry("id" + std::to_string(i)), kNoon, "why"});
  const std::string text = plain(compose_held(f.frame, "owner@lists.example.org", held));
  CHECK_THAT(text, contains("30 held"));
  CHECK_THAT(text, contains("ccgate held release id29\n"));
  CHECK(text.find("release id9\n") == std::string::npos);
  CHECK_THAT(text, contains("and 10 before these\n"));
}
