#include "policy/request/request.h"

#include <ctime>

#include "tests/support/catch.h"
#include "tests/support/known_cctlds.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;
using enum RequestKind;
using enum Manager;

/// A mail by anne@nic.example.
struct Mail {
  Manager manager = mailman3;
  const char* recipient = "tld-ops-request@lists.example";
  const char* subject = "";
  const char* text = "";
  std::vector<HeaderField> fields = {};
  bool use_text = true;
  bool readable = true;
};

Request read(const Mail& mail) {
  ListAddresses list{address("tld-ops@lists.example"), mail.manager, {}, {}, '+'};
  list.form = {address("secretariat@lists.example")};
  if (mail.manager == mlmmj) list.also = {address("news+help@lists.example")};
  const auto command = command_address(list, address(mail.recipient));
  REQUIRE(command);
  const Message message{
      address("anne@nic.example"), {}, {}, {address(mail.recipient)}, {}, mail.subject, {}, "", {}};
  const Words words{mail.subject, mail.text, mail.readable, mail.readable ? "" : "an unknown charset",
                    true,         {}};
  return read_request(list, *command, message, mail.fields, words, mail.use_text, known_cctlds());
}

std::string told(const std::set<Domain>& cctlds) {
  std::string out;
  for (const Domain& cctld : cctlds) out += (out.empty() ? "" : " ") + cctld.ascii();
  return out;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  while (times-- > 0) out += piece;
  return out;
}

TEST_CASE("names of enumerators and back") {
  CHECK(to_string(subscribe) == "subscribe");
  CHECK(parse_word<RequestKind>("confirm") == confirm);
  CHECK_FALSE(parse_word<RequestKind>("Confirm"));
  CHECK(to_string(mailman2) == "mailman2");
  CHECK(parse_word<Manager>("plain") == plain);
  CHECK_FALSE(parse_word<Manager>(""));
  CHECK(to_string(Form::partial) == "partial");
}

TEST_CASE("what a mail asks") {
  struct Row {
    const char* story;
    Mail mail;
    RequestKind kind;
  };
  const auto* const form = "secretariat@lists.example";
  const auto row = GENERATE_COPY(values<Row>({
      {"a command in Subject", {mailman3, "tld-ops-request@lists.example", "subscribe xa"}, subscribe},
      {"a command in the text", {mailman3, "tld-ops-request@lists.example", "hi", "\n\n> join\n"}, subscribe},
      {"the most privileged counts",
       {mailman3, "tld-ops-request@lists.example", "leave", "help\njoin\nend"},
       subscribe},
      {"nothing known", {mailman3, "tld-ops-request@lists.example", "help", "end"}, other},
      {"a cookie", {mailman3, "tld-ops-request@lists.example", "confirm 0123"}, confirm},
      {"-join whatever it says", {mailman3, "tld-ops-join@lists.example", "leave"}, subscribe},
      {"-leave", {mailman3, "tld-ops-leave@lists.example", "bye"}, unsubscribe},
      {"-leave of Mailman 3 reads on",
       {mailman3, "tld-ops-leave@lists.example", "x", "join address=b@x.example"},
       subscribe},
      {"-leave of Mailman 2 does not", {mailman2, "tld-ops-leave@lists.example", "x", "join"}, unsubscribe},
      {"-confirm", {mailman3, "tld-ops-confirm+0123@lists.example", "Re: your confirmation"}, confirm},
      {"-confirm with a command", {mailman3, "tld-ops-confirm@lists.example", "Re: join"}, subscribe},
      {"sympa@", {sympa, "sympa@lists.example", "", "> QUIET SUBSCRIBE tld-ops Anne"}, subscribe},
      {"sympa@, another list", {sympa, "sympa@lists.example", "SUBSCRIBE other"}, subscribe},
      {"the owner of a Sympa list",
       {sympa, "tld-ops-request@lists.example", "a question", "subscribe"},
       owner},
      {"a command to the owner", {sympa, "tld-ops-request@lists.example", "Subscribe"}, subscribe},
      {"unreadable text",
       {mailman3, "tld-ops-request@lists.example", "help", "", {}, true, false},
       subscribe},
      {"unreadable where no text is read",
       {mailman2, "tld-ops-leave@lists.example", "", "", {}, true, false},
       unsubscribe},
      {"a command in a text that is not authentic",
       {mailman3, "tld-ops-request@lists.example", "", "join", {}, false},
       subscribe},
      {"free words to people", {plain, form, "Hello", "Could Bob come aboard?"}, subscribe},
      {"people asked to remove", {plain, form, "Unsubscribe", "Thank you, Anne"}, unsubscribe},
      {"a form under a leave", {plain, form, "unsubscribe", "Name: Bob"}, subscribe},
      {"ccTLDs under a leave", {plain, form, "unsubscribe", "ccTLD: xa"}, subscribe},
      {"people also under Mailman", {mailman3, form, "", "ccTLD: xa"}, subscribe},
      {"unreadable to people", {plain, form, "unsubscribe", "", {}, true, false}, subscribe},
  }));
  INFO(row.story);
  CHECK(read(row.mail).kind == row.kind);
}

TEST_CASE("mlmmj reads the header whatever the envelope says") {
  struct Row {
    const char* recipient;
    HeaderField field;
    RequestKind kind;
  };
  const auto row = GENERATE(values<Row>({
      {"tld-ops@lists.example", {"To", " tld-ops@lists.example"}, post},
      {"tld-ops@lists.example", {"To", " tld-ops+subscribe@lists.example"}, subscribe},
      {"tld-ops@lists.example", {"CC", " Anne <TLD-OPS+Subscribe-NoMail@lists.example>"}, subscribe},
      {"tld-ops+help@lists.example", {"Delivered-To", " tld-ops+subscribe@lists.example"}, subscribe},
      {"tld-ops+owner@lists.example", {"To", " tld-ops+owner@lists.example"}, owner},
      {"tld-ops+bounces-1@lists.example", {"To", " \"tld-ops\"+subscribe@lists.example"}, subscribe},
      {"tld-ops@lists.example", {"To", " tld-ops(x)\n +subscribe@lists.example"}, subscribe},
      {"tld-ops+unsubscribe@lists.example", {"To", " tld-ops+confsub-0123@lists.example"}, unsubscribe},
      {"tld-ops@lists.example", {"To", " tld-ops+confsub-0123@lists.example"}, confirm},
      {"tld-ops@lists.example", {"To", " \"(\" <tld-ops+subscribe@lists.example>"}, subscribe},
      {"tld-ops@lists.example", {"To", " \"(\" <tld-ops(x)+subscribe@lists.example>"}, subscribe},
      {"tld-ops@lists.example", {"To", " \\( <tld-ops+subscribe@lists.example>"}, subscribe},
      {"tld-ops@lists.example", {"To", " (a \\) b) <tld-ops+subscribe@lists.example>"}, subscribe},
      {"tld-ops@lists.example", {"To", " news+subscribe@lists.example"}, subscribe},
      {"tld-ops@lists.example", {"Subject", " tld-ops+subscribe@lists.example"}, post},
  }));
  INFO(row.recipient << " / " << row.field.value);
  CHECK(read({mlmmj, row.recipient, "", "subscribe", {row.field}}).kind == row.kind);
}

TEST_CASE("which ccTLDs, from where") {
  struct Row {
    const char* story;
    Mail mail;
    const char* cctlds;
    bool contradiction = false;
    std::size_t unknown = 0;
  };
  const auto* const join = "tld-ops-join@lists.example";
  const auto row = GENERATE_COPY(values<Row>({
      {"none", {mailman3, join, "hello", "join the list"}, ""},
      {"Subject", {mailman3, join, "subscribe xa xb"}, "xa xb"},
      {"text", {mailman3, join, "", "Hello,\r\n> ccTLD: xa, xb\r\n"}, "xa xb"},
      {"a subscribe line in the text", {mailman3, join, "", "subscribe xa"}, "xa"},
      {"detail", {mailman3, "tld-ops-join+xa+xb@lists.example", ""}, "xa xb"},
      {"all agree", {mailman3, "tld-ops-join+xa@lists.example", "join .XA", "TLD: xa"}, "xa"},
      {"Subject and text differ", {mailman3, join, "join xa", "TLD: xb"}, "xa xb", true},
      {"one names more", {mailman3, join, "join xa", "TLD: xa, xb"}, "xa xb", true},
      {"detail and Subject differ", {mailman3, "tld-ops-join+xa@lists.example", "join xb"}, "xa xb", true},
      {"detail and text differ", {mailman3, "tld-ops-join+xa@lists.example", "", "join xb"}, "xa xb", true},
      {"two lines of the text add up", {mailman3, join, "", "ccTLD: xa\nccTLD: xb"}, "xa xb"},
      {"the text is not authentic", {mailman3, join, "join xa", "TLD: xb, nic", {}, false}, "xa"},
      {"unknown everywhere", {mailman3, "tld-ops-join+x@lists.example", "join x1", "TLD: nic"}, "", false, 3},
      {"a cookie is no ccTLD", {mailman3, "tld-ops-confirm+xa@lists.example", ""}, ""},
      {"unreadable", {mailman3, join, "join xa", "", {}, true, false}, "xa", false, 1},
      {"unreadable and not authentic", {mailman3, join, "join xa", "", {}, false, false}, "xa"},
  }));
  INFO(row.story);
  const Request request = read(row.mail);
  CHECK(told(request.cctlds) == row.cctlds);
  CHECK(request.contradiction == row.contradiction);
  CHECK(request.unknown.size() == row.unknown);
}

TEST_CASE("unknown words are told without an echo") {
  const Request request = read({mailman3, "tld-ops-join+bad@lists.example", "", "TLD: nope, nay"});
  CHECK(request.unknown == std::vector<std::string>{"1 word in the address that is no ccTLD",
                                                    "2 words in the text that are no ccTLDs"});
}

TEST_CASE("a Subject that cannot be read may be a command, where one is read") {
  const auto kind = [](const char* recipient, Manager manager) {
    const ListAddresses list{address("tld-ops@lists.example"), manager, {}, {}, '+'};
    const Message message{address("anne@nic.example"), {}, {}, {}, {}, "=?x?q?join?=", {}, "", {}};
    const Words words{"=?x?q?join?=", "", false, "a charset", false, {}};
    return read_request(list, *command_address(list, address(recipient)), message, {}, words, false,
                        known_cctlds())
        .kind;
  };
  CHECK(kind("tld-ops-request@lists.example", sympa) == subscribe);
  CHECK(kind("tld-ops-leave@lists.example", mailman2) == unsubscribe);
}

TEST_CASE("raw lines of a body count where the manager reads it") {
  const ListAddresses list{address("tld-ops@lists.example"), mailman3, {}, {}, '+'};
  const Message message{address("anne@nic.example"), {}, {}, {}, {}, "", {}, "", {}};
  const Words words{"", "hello", true, "", true, "--b\r\nX: y\r\njoin\r\n\r\nhello\r\n"};
  const auto command = *command_address(list, address("tld-ops-request@lists.example"));
  CHECK(read_request(list, command, message, {}, words, false, known_cctlds()).kind == subscribe);
}

TEST_CASE("a part that is not read may name anybody, where the text is read") {
  struct Row {
    Manager manager;
    const char* recipient;
    RequestKind kind;
    bool unknown;
    bool understood;
  };
  const auto row = GENERATE(values<Row>({
      {plain, "secretariat@lists.example", subscribe, true, true},
      {mailman3, "tld-ops-leave@lists.example", subscribe, true, false},
      {mailman3, "tld-ops-request@lists.example", subscribe, true, false},
      {mailman3, "tld-ops-join@lists.example", subscribe, true, true},
      {mailman2, "tld-ops-leave@lists.example", unsubscribe, false, true},
      {sympa, "tld-ops-unsubscribe@lists.example", unsubscribe, false, true},
  }));
  INFO(row.recipient);
  ListAddresses list{address("tld-ops@lists.example"), row.manager, {}, {}, '+'};
  list.form = {address("secretariat@lists.example")};
  const auto command = *command_address(list, address(row.recipient));
  const Message message{address("anne@nic.example"), {}, {}, {}, {}, "unsubscribe", {}, "", {}};
  Words words{"unsubscribe", "unsubscribe", true, "", true, {}};
  words.unread = "a part is of a kind that is not read here";
  const Request request = read_request(list, command, message, {}, words, true, known_cctlds());
  CHECK(request.kind == row.kind);
  CHECK(request.people_unknown == row.unknown);
  CHECK(request.others_unnamed == row.unknown);
  CHECK(request.subscribes_author != row.unknown);
  CHECK(request.understood == row.understood);
}

TEST_CASE("people count in a text that is not authentic") {
  const Request request = read({mailman3,
                                "tld-ops-join@lists.example",
                                "",
                                "Name: Anne\nE-mail: anne@nic.example\nTel: 1\nccTLD: xa",
                                {},
                                false});
  CHECK(request.people.size() == 1);
  CHECK(request.form == Form::none);
  CHECK(request.cctlds.empty());
}

TEST_CASE("who is to be subscribed") {
  static const std::string kManyAddresses = "E-mail: " + repeated("anne@nic.example ", 201);
  struct Row {
    const char* story;
    Mail mail;
    bool author;
    Form form;
  };
  const auto* const join = "tld-ops-join@lists.example";
  const auto row = GENERATE_COPY(values<Row>({
      {"nobody named", {mailman3, join, "", "hello"}, true, Form::none},
      {"the author", {mailman3, join, "", "Name: Anne\nE-mail: Anne@nic.example\nTel: 1"}, true, Form::full},
      {"a colleague", {mailman3, join, "", "Name: Bob\nE-mail: bob@nic.example\nTel: 1"}, false, Form::full},
      {"both",
       {mailman3, join, "", "Name: Anne\nE-mail: anne@nic.example\nName: Bob\nE-mail: bob@nic.example"},
       false,
       Form::partial},
      {"an address nobody can read", {mailman3, join, "", "E-mail: anne@@nic.example"}, false, Form::none},
      {"address=", {mailman3, join, "", "join address=bob@nic.example"}, false, Form::none},
      {"address= of the author", {mailman3, join, "", "join address=anne@nic.example"}, true, Form::none},
      {"ADD", {sympa, "sympa@lists.example", "ADD tld-ops bob@nic.example"}, false, Form::none},
      {"a text that is not authentic",
       {mailman3, join, "", "E-mail: bob@nic.example", {}, false},
       false,
       Form::none},
      {"more addresses than anybody has", {mailman3, join, "", kManyAddresses.c_str()}, false, Form::partial},
      {"an unreadable text", {mailman3, join, "", "", {}, true, false}, false, Form::none},
  }));
  INFO(row.story);
  const Request request = read(row.mail);
  CHECK(request.subscribes_author == row.author);
  // Nobody is subscribed who is neither named nor said to be missing.
  const bool named = std::string(row.story) == "a colleague" || std::string(row.story) == "both" ||
                     std::string(row.story) == "a text that is not authentic";
  CHECK(request.others_unnamed == (!row.author && !named));
  if (row.mail.use_text)
    CHECK(request.form ==
          (std::string(row.story) == "an address nobody can read" ? Form::partial : row.form));
}

void check_linear_time(std::string_view piece) {
#if CCGATE_SANITIZED
  const std::size_t times = 150'000 / piece.size();  // twice the longest text that is read
#else
  const std::size_t times = 100'000;
#endif
  const std::string text = repeated(piece, times);
  const std::clock_t start = std::clock();  // what others have of the processor does not count
  static_cast<void>(read({plain, "secretariat@lists.example", text.c_str(), text.c_str()}));
  static_cast<void>(read({sympa, "sympa@lists.example", text.c_str(), text.c_str()}));
  const HeaderField field{"To", repeated("tld-ops+((", times)};
  static_cast<void>(read({mlmmj, "tld-ops@lists.example", "", "", {field}}));
  INFO(piece);
  CHECK((std::clock() - start) / CLOCKS_PER_SEC < 10);
}

TEST_CASE("hostile texts take linear time") {
  check_linear_time(GENERATE("join address=a@x.example\n", "> ", "TLD: xa (", "subscribe xa ((((",
                             "Re: ", "[x] ", "((((((", "subscribe рф\n", "auth ", "xsub\n", "\xe2\x80",
                             "subscribe .xa ."));
}

TEST_CASE("hostile forms take linear time") {
  check_linear_time(GENERATE("Name: a\nE-mail: a@x.example\nTel: 1\n", "Name: ", "ccTLD: éÈЖ éÈЖ\n",
                             "E-mail: a@éÈЖ.x\n", "E-mail: <<<@@@", "subscribe xa,\n",
                             "please subscribe .xa\n", "(a", "ccTLD:\n- xa\n", "a+", "From: a\nTo: b\n",
                             "please remove "));
}

TEST_CASE("at a form's address people see more than labels") {
  struct Row {
    const char* text;
    const char* cctlds;
    bool others;
  };
  const auto row = GENERATE(values<Row>({
      {"ccTLD: xa\n", "xa", false},
      {"ccTLD: .xa\n       .xb\n", "xa xb", false},
      {"ccTLD: xa\nand xb\n", "xa xb", false},
      {"ccTLD: .xa plus XB\n", "xa xb", false},
      {"ccTLD: Xanadu .xa, Xbania xb\n", "xa xb", false},
      {"ccTLD: xa\nOur ccTLD: xb\n", "xa xb", false},
      {"ccTLD: xa\nccTLD - xb\n", "xa xb", false},
      {"ccTLD: xa\n-- \nccTLD: xb\n", "xa xb", false},
      {"ccTLD: xa\n____________________\nccTLD: xb\n", "xa xb", false},
      {"ccTLD: xa\n> ccTLD: xb\n", "xa xb", false},
      {"ccTLD: xa\n\nWe are the registry of .xb\n", "xa xb", false},
      {"ccTLD: xa\nBob (bob@evil.example)\n", "xa", true},
      {"ccTLD: xa\nName: Anne and Bob (bob@evil.example)\n", "xa", true},
      {"ccTLD: xa\nbob\xef\xbc\xa0"
       "evil.example\n",
       "xa", true},
      {"ccTLD: xa\n\n> E-mail:\nbob@evil.example\n", "xa", true},
      {"ccTLD: xa\nanne@nic.example, mailto:tld-ops@lists.example\n-- \ninfo@nic.example\n", "xa", false},
  }));
  INFO(row.text);
  const Request request = read({plain, "secretariat@lists.example", "", row.text});
  CHECK(told(request.cctlds) == row.cctlds);
  CHECK(request.people_unknown == row.others);
}

TEST_CASE("a form that is not authentic adds ccTLDs and takes none away") {
  Mail mail{plain, "secretariat@lists.example", "", "ccTLD: xb\n"};
  mail.use_text = false;
  CHECK(read(mail).cctlds.empty());
  CHECK(told(read(mail).cctlds_besides) == "xb");
  mail.subject = "ccTLD: xa";
  CHECK(told(read(mail).cctlds) == "xa xb");
  CHECK(read(mail).cctlds_besides.empty());
}

}  // namespace
}  // namespace ccgate
