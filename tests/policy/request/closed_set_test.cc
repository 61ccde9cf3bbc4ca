#include "policy/request/closed_set.h"

#include "policy/request/request.h"
#include "policy/verdict/not_understood.h"
#include "tests/support/catch.h"
#include "tests/support/known_cctlds.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;
using enum Manager;
using enum RequestKind;

/// A mail by anne@nic.example, addressed in To as in the envelope unless `to` says otherwise.
struct Mail {
  Manager manager;
  const char* recipient;
  const char* subject = "";
  const char* text = "";
  const char* decoded = nullptr;  ///< the Subject; as it stands when not told
  const char* to = nullptr;
  const char* raw = "";
};

Request read(const Mail& mail) {
  const ListAddresses list{address("ops@lists.example"), mail.manager, {}, {}, '+'};
  const auto command = command_address(list, address(mail.recipient));
  REQUIRE(command);
  const Message message{address("anne@nic.example"),
                        {},
                        {},
                        {address(mail.to != nullptr ? mail.to : mail.recipient)},
                        {},
                        mail.subject,
                        {},
                        "",
                        {}};
  const std::string decoded = mail.decoded != nullptr ? mail.decoded : mail.subject;
  const Words words{decoded, mail.text, true, "", true, mail.raw};
  const std::vector<HeaderField> fields{{"To", " " + message.to.front().text()}};
  return read_request(list, *command, message, fields, words, false, known_cctlds());
}

TEST_CASE("what is not exactly harmless counts as subscribe") {
  struct Row {
    const char* story;
    Mail mail;
    RequestKind kind;
    bool understood = true;
  };
  const auto* const request = "ops-request@lists.example";
  const auto* const leave = "ops-leave@lists.example";
  const auto* const cookie = "ops-confirm+0123456789abcdef@lists.example";
  const auto* const bare = "ops-confirm@lists.example";
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing at all", {mailman3, request}, other},
      {"help", {mailman3, request, "help"}, other},
      {"help in an encoded word", {mailman3, request, "=?utf-8?q?help?=", "", "help"}, other},
      {"help in two", {mailman3, request, "=?utf-8?q?he?= =?utf-8?q?lp?=", "", "help"}, subscribe, false},
      {"base64 without padding", {mailman3, request, "=?utf-8?b?am9pbg?=", "", "joi"}, subscribe, false},
      {"harmless without padding", {mailman3, request, "=?utf-8?b?aGVscA?=", "", "help"}, subscribe, false},
      {"a glued word", {mailman3, request, "x=?utf-8?q?join?=", "", "x=?utf-8?q?join?="}, subscribe, false},
      {"join, to the letter", {mailman3, request, "=?utf-8?q?join?=", "", "join"}, subscribe},
      {"Q with half a pair", {mailman3, request, "=?utf-8?q?help=6?=", "", "help=6"}, subscribe, false},
      {"another decoder", {mailman3, request, "=?utf-8?q?help?=", "", "hel"}, subscribe, false},
      {"not ASCII", {mailman3, request, "h\xc3\xa9lp"}, subscribe, false},
      {"not ASCII around", {mailman3, request, "help \xe2\x80\x8b"}, subscribe, false},
      {"help and more", {mailman3, request, "help me"}, subscribe, false},
      {"prose", {mailman3, request, "a question"}, subscribe, false},
      {"inert text", {mailman3, request, "", "Hello,\nwho are you?\n"}, other},
      {"a word in mid-line", {mailman3, request, "help", "we would like to join the list"}, subscribe, false},
      {"a word in a word", {mailman3, request, "", "they rejoin us"}, subscribe, false},
      {"8-bit text", {mailman3, request, "", "Gr\xc3\xbc\xc3\x9f"}, other},
      {"8-bit in mid-word", {mailman3, request, "", "we j\xc3\xa9oin"}, subscribe},
      {"in the raw body", {mailman3, request, "", "hello", nullptr, nullptr, "x rejoin"}, subscribe, false},
      {"confirm", {mailman3, request, "confirm 0123456789abcdef"}, confirm},
      {"confirm by reply", {mailman3, request, "Re: confirm 0123456789abcdef", "> confirm this"}, confirm},
      {"confirm in a quoted line", {mailman3, request, "", "> confirm 0123456789abcdef"}, confirm},
      {"confirm and prose", {mailman3, request, "confirm 0123456789abcdef please"}, subscribe, false},
      {"confirm a word", {mailman3, request, "confirm join"}, subscribe},
      {"confirm with its question quoted",
       {mailman3, request, "Re: confirm 0123456789abcdef",
        "Yes.\n> If you think you are being maliciously subscribed to the list, or\n"},
       confirm},
      {"confirm with a command in its text",
       {mailman3, request, "Re: confirm 0123456789abcdef", "and let Bob join"},
       subscribe,
       false},
      {"leave", {mailman3, request, "unsubscribe"}, unsubscribe},
      {"-leave with a signature",
       {mailman3, leave, "Please take me off", "Bye\n-- \nAnne Example\nNIC XA, +999 1234567\n"},
       unsubscribe},
      {"-leave with an encoded Subject",
       {mailman3, leave, "=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "",
        "Gr\xc3\xbc\xc3\x9f"
        "e"},
       unsubscribe},
      {"-leave with a word in its text", {mailman3, leave, "", "or rather rejoin"}, subscribe, false},
      {"-leave with an odd Subject", {mailman3, leave, "x=?utf-8?q?a?="}, subscribe, false},
      {"-leave of Mailman 2 reads nothing", {mailman2, leave, "x=?utf-8?q?a?=", "rejoin"}, unsubscribe},
      {"a cookie in envelope and To",
       {mailman3, cookie, "Re: Your confirmation is needed to join the ops list", "> to be subscribed"},
       confirm},
      {"a cookie and a command", {mailman3, cookie, "Re: confirm", "join"}, subscribe},
      {"a cookie and an odd Subject", {mailman3, cookie, "=?utf-8?b?am9pbg?="}, subscribe, false},
      {"a cookie that is not in To",
       {mailman3, cookie, "Re: your confirmation", "", nullptr, bare},
       subscribe,
       false},
      {"another cookie in To",
       {mailman3, cookie, "Re: yours", "", nullptr, "ops-confirm+fedcba9876543210@lists.example"},
       subscribe,
       false},
      {"a cookie that is a word", {mailman3, "ops-confirm+join@lists.example", ""}, subscribe, false},
      {"a confirm address alone", {mailman3, bare}, subscribe, false},
      {"a confirm address, the code in Subject", {mailman2, bare, "confirm 0123456789abcdef"}, confirm},
      {"a confirm address, the code in the text", {mailman2, bare, "", "confirm 0123456789abcdef"}, confirm},
      {"mailman 2, Re: glued", {mailman2, request, "x:join"}, subscribe, false},
      {"mailman 2, info", {mailman2, request, "info"}, other},
      {"sympa, help", {sympa, "sympa@lists.example", "help"}, other},
      {"sympa, prose", {sympa, "sympa@lists.example", "hello"}, subscribe, false},
      {"sympa, mid-line", {sympa, "sympa@lists.example", "", "please add me"}, subscribe, false},
      {"sympa, signoff", {sympa, "sympa@lists.example", "", "SIG ops\n-- \nAnne"}, unsubscribe},
      {"sympa's owner", {sympa, request, "a question about joining", "subscribe"}, owner},
      {"sympa's owner, a word in the Subject", {sympa, request, "how do I Subscribe?"}, subscribe, false},
      {"sympa's owner, encoded",
       {sympa, request, "=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "",
        "Gr\xc3\xbc\xc3\x9f"
        "e"},
       owner},
      {"sympa's owner, glued", {sympa, request, "=?utf-8?q?a?==?utf-8?q?b?=", "", "ab"}, subscribe, false},
      {"sympa's owner, leave", {sympa, request, "unsubscribe"}, unsubscribe},
      {"mlmmj, help", {mlmmj, "ops+help@lists.example"}, other},
      {"mlmmj, an unknown word", {mlmmj, "ops+helpme@lists.example"}, subscribe, false},
      {"mlmmj, unknown in To",
       {mlmmj, "ops@lists.example", "", "", nullptr, "ops+sub@lists.example"},
       subscribe,
       false},
      {"mlmmj, subscribe", {mlmmj, "ops+subscribe@lists.example"}, subscribe},
      {"mlmmj, a post", {mlmmj, "ops@lists.example", "subscribe", "join"}, post},
  }));
  INFO(row.story);
  const Request read_from = read(row.mail);
  CHECK(read_from.kind == row.kind);
  CHECK(read_from.understood == row.understood);
  // Whom it subscribes cannot be known either.
  if (!row.understood) CHECK_FALSE(read_from.subscribes_author);
}

TEST_CASE("people whose mail is not understood hear where to write") {
  const auto reply = [](const char* list, Manager manager, char delimiter = '+') {
    return not_understood_reply({address(list), manager, {}, {}, delimiter}).text;
  };
  CHECK(reply("ops@lists.example", mailman3) ==
        "not understood; to leave send an empty mail to ops-leave@lists.example; for help write to "
        "ops-owner@lists.example; to join write to ops-join@lists.example");
  CHECK(reply("ops@lists.example", sympa) ==
        "not understood; to leave send an empty mail to ops-unsubscribe@lists.example; for help write to "
        "sympa@lists.example with the Subject help; to join write to ops-subscribe@lists.example");
  CHECK(reply("ops@lists.example", mlmmj, '-') ==
        "not understood; to leave send an empty mail to ops-unsubscribe@lists.example; for help write to "
        "ops-owner@lists.example; to join write to ops-subscribe@lists.example");
  const std::string domain = "@" + std::string(60, 'a') + "." + std::string(60, 'b') + ".example";
  const std::string longer = reply(("ops" + domain).c_str(), mailman3);
  CHECK(longer.size() <= 350);
  CHECK(longer.ends_with("for help write to ops-owner" + domain));
  CHECK(reply("\xc3\xa9@lists.example", mailman3) ==
        "not understood; write to the list's leave address to leave, to its owner for help");
}

TEST_CASE("only a refusal for want of evidence or names tells it") {
  const ListAddresses list{address("ops@lists.example"), mailman3, {}, {}, '+'};
  const auto told = [&](Decision decision, Ground ground) {
    Verdict verdict;
    verdict.decision = decision;
    verdict.ground = ground;
    verdict = tell_not_understood(list, verdict);
    return !verdict.reply.text.empty();
  };
  CHECK(told(Decision::reject, Ground::not_authenticated));
  CHECK(told(Decision::reject, Ground::outsider));
  CHECK(told(Decision::reject, Ground::no_cctld));
  CHECK_FALSE(told(Decision::reject, Ground::guard));
  CHECK_FALSE(told(Decision::reject, Ground::contact_not_in_copy));
  CHECK_FALSE(told(Decision::tempfail, Ground::dns_trouble));
  CHECK_FALSE(told(Decision::accept, Ground::author_is_contact));
}

}  // namespace
}  // namespace ccgate
