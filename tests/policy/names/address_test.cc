#include "policy/names/address.h"

#include <random>

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

/// The addresses of a field body, or `refused`.
std::string read(std::string_view body) {
  const MailboxList list = parse_mailbox_list(body, 1000);
  if (std::holds_alternative<AddressFault>(list)) return "refused";
  std::string text;
  for (const Address& address : std::get<std::vector<Address>>(list))
    text += (text.empty() ? "" : " ") + address.text();
  return text;
}

}  // namespace

TEST_CASE("an address field is read in one way or refused") {
  struct Row {
    std::string body;
    std::string want;
  };
  const std::vector<Row> rows = {
      {" anne@nic.xa", "anne@nic.xa"},
      {"anne@nic.xa", "anne@nic.xa"},
      {" <anne@nic.xa>", "anne@nic.xa"},
      {" Anne <anne@nic.xa>", "anne@nic.xa"},
      {" Anne B. Example <anne@nic.xa>", "anne@nic.xa"},
      {" \"Example, Anne\" <anne@nic.xa>, bob@nic.xa", "anne@nic.xa bob@nic.xa"},
      {" \"a \\\" quote\" <anne@nic.xa>", "anne@nic.xa"},
      {" \"eve@evil.example\" <anne@nic.xa>", "anne@nic.xa"},
      {" =?utf-8?q?=C3=84nne?= <anne@nic.xa>", "anne@nic.xa"},
      {" Änne <änne@nic.xa>", "änne@nic.xa"},
      {" a@nic.xa,\n\tb@nic.xa,\r\n c@nic.xa", "a@nic.xa b@nic.xa c@nic.xa"},
      {" Anne\n <anne@nic.xa> ", "anne@nic.xa"},
      {" anne@пример.рф", "anne@xn--e1afmkfd.xn--p1ai"},
      {" a+b.c!#$%&'*/=^_`{|}~-@nic.xa", "a+b.c!#$%&'*/=^_`{|}~-@nic.xa"},
      // What two programs read in two ways.
      {" admin@nic.xa <eve@evil.example>", "refused"},
      {" <admin@nic.xa> <eve@evil.example>", "refused"},
      {" (admin@nic.xa) eve@evil.example", "refused"},
      {" eve@evil.example (admin@nic.xa)", "refused"},
      {" eve(admin@nic.xa)@evil.example", "refused"},
      {" a@b@c.example", "refused"},
      {" a@nic.xa; b@nic.xa", "refused"},
      {" \"a b\"@nic.xa", "refused"},
      {" \"a\".b@nic.xa", "refused"},
      {" mailto:a@nic.xa", "refused"},
      {" =?utf-8?q?=0d=0aBcc:?= <a@nic.xa>", "refused"},
      {" =?utf-8?q?=0d=0aBcc=3A?= <a@nic.xa>", "a@nic.xa"},
      {" =?utf-8?q?a?=@nic.xa", "refused"},
      {" undisclosed-recipients:;", "refused"},
      {" list: a@nic.xa, b@nic.xa;", "refused"},
      {" <@relay.example:a@nic.xa>", "refused"},
      {" <a@nic.xa", "refused"},
      {" a@nic.xa>", "refused"},
      {" <<a@nic.xa>>", "refused"},
      {" <a @nic.xa>", "refused"},
      {" a @nic.xa", "refused"},
      {" a@ nic.xa", "refused"},
      {" a@nic.xa b@nic.xa", "refused"},
      {" a@nic.xa,", "refused"},
      {" ,a@nic.xa", "refused"},
      {" a@nic.xa,,b@nic.xa", "refused"},
      {"", "refused"},
      {" ", "refused"},
      {" Anne", "refused"},
      {" anne@", "refused"},
      {" @nic.xa", "refused"},
      {" .a@nic.xa", "refused"},
      {" a.@nic.xa", "refused"},
      {" a..b@nic.xa", "refused"},
      {" a@-nic.xa", "refused"},
      {" a@n_c.xa", "refused"},
      {" a@[192.0.2.1]", "refused"},
      {" a@nic.xa.", "refused"},
      {" a\xef\xbc\xa0nic.xa", "refused"},   // fullwidth @
      {" a\xe2\x80\xae@nic.xa", "refused"},  // right-to-left override
      {" a\xe2\x80\x8b@nic.xa", "refused"},  // zero width space
      {" a\xc2\xa0@nic.xa", "refused"},      // no-break space
      {" a\xff@nic.xa", "refused"},
      {" \"no end <a@nic.xa>", "refused"},
      {" Anne\nBcc: x <a@nic.xa>", "refused"},
      {" Anne\r<a@nic.xa>", "refused"},
      {std::string(" a\0@nic.xa", 10), "refused"},
      {" " + std::string(65, 'a') + "@nic.xa", "refused"},
      {" [a] <a@nic.xa>", "refused"},
      {" a\\b <a@nic.xa>", "refused"},
  };
  for (const Row& row : rows) {
    INFO(row.body);
    CHECK(read(row.body) == row.want);
  }
}

TEST_CASE("addresses compare without letter case, and with everything else") {
  CHECK(address("Anne@NIC.xa") == address("anne@nic.XA"));
  CHECK(address("Anne@nic.xa").text() == "Anne@nic.xa");
  CHECK(address("a.b@nic.xa") != address("ab@nic.xa"));
  CHECK(address("a+x@nic.xa") != address("a@nic.xa"));
}

TEST_CASE("equal addresses have one key and one hash") {
  CHECK(address("Anne+X@NIC.xa").key() == "anne+x@nic.xa");
  CHECK(address("\xc3\x84nne@\xd0\xa0\xd1\x84").key() == "\xc3\x84nne@xn--p1ai");  // folded in ASCII only
  CHECK(std::hash<Address>()(address("Anne@NIC.xa")) == std::hash<Address>()(address("anne@nic.XA")));
  CHECK(std::hash<Domain>()(address("a@NIC.xa").domain()) == std::hash<Domain>()(*Domain::parse("nic.xa")));
}

TEST_CASE("paths of the envelope") {
  const auto path = [](const char* text) {
    const auto address = parse_path(text);
    return address ? address->text() : "none";
  };
  CHECK(path("<a@nic.xa>") == "a@nic.xa");
  CHECK(path("a@nic.xa") == "a@nic.xa");
  CHECK(path("<>") == "none");
  CHECK(path("") == "none");
  CHECK(path("<@relay.example:a@nic.xa>") == "none");
  CHECK(path("<\"a b\"@nic.xa>") == "none");
}

TEST_CASE("the domain of a path whose local part is not plain") {
  const auto domain_of = [](const std::string& text) {
    const auto domain = domain_of_path(text);
    return domain ? domain->ascii() : "none";
  };
  CHECK(domain_of("<" + std::string(78, 'a') + "@NIC.xa>") == "nic.xa");
  CHECK(domain_of("\"a b\"@nic.xa") == "nic.xa");
  CHECK(domain_of("a..b@nic.xa") == "nic.xa");
  for (const char* text : {"", "<>", "a", "@nic.xa", "a@", "a@b@nic.xa", "\"a@b\"@nic.xa",
                           "<@relay.example:a@nic.xa>", "a@mail_out.nic.xa", "a@ml--7.example",
                           "a@[192.0.2.1]", "a@nic.xa.", "<a@nic.xa", "a@nic.xa (comment)"}) {
    INFO(text);
    CHECK(domain_of(text) == "none");
  }
}

TEST_CASE("too many addresses are a limit, not a fault of syntax") {
  std::string body = " a@nic.xa";
  for (int i = 0; i < 10000; ++i) body += ", a" + std::to_string(i) + "@nic.xa";
  const MailboxList list = parse_mailbox_list(body, 1000);
  REQUIRE(std::holds_alternative<AddressFault>(list));
  CHECK(std::get<AddressFault>(list).too_many);
}

TEST_CASE("mutated fields never crash, and what is accepted reads back to itself") {
  std::mt19937 random(7);
  const std::string seed = " \"A, B\" <anne@nic.xa>,\n =?utf-8?q?x?= <b@bücher.example>, c.d@nic.xa";
  constexpr std::string_view kOctets = "@<>(),;:\\\"[] \t\r\n.\xc3\xa4\xe2\x80\x8f=?ax";
  for (int i = 0; i < 20000; ++i) {
    std::string body = seed;
    for (unsigned n = random() % 4 + 1; n > 0; --n) {
      const std::size_t at = random() % body.size();
      const char octet = kOctets[random() % kOctets.size()];
      if (random() % 2 != 0)
        body[at] = octet;
      else
        body.insert(at, 1, octet);
    }
    const MailboxList list = parse_mailbox_list(body, 100);
    if (const auto* addresses = std::get_if<std::vector<Address>>(&list))
      for (const Address& address : *addresses) REQUIRE(Address::parse(address.text()) == address);
  }
}

TEST_CASE("local parts beyond ASCII are in normal form and show what they are") {
  struct Row {
    const char* story;
    std::string local;
    bool want;
  };
  const std::vector<Row> rows = {
      {"composed", "zo\xc3\xab", true},
      {"decomposed", "zoe\xcc\x88", false},
      {"decomposed kana", "\xe3\x81\x8b\xe3\x82\x99", false},
      {"composed as far as it goes", "\xe1\xbb\x8d\xcc\x81", true},  // o with dot below, then an acute
      {"a sign that stands for another", "\xe2\x84\xab", false},     // angstrom sign
      {"Devanagari", "\xe0\xa4\xa1\xe0\xa4\xbe\xe0\xa4\x95", true},
      {"soft hyphen", "a\xc2\xad", false},
      {"C1 control", "a\xc2\x85", false},
      {"combining grapheme joiner", "a\xcd\x8f", false},
      {"word joiner", "a\xe2\x81\xa0", false},
      {"isolate",
       "\xe2\x81\xa6"
       "a",
       false},
      {"byte order mark",
       "\xef\xbb\xbf"
       "a",
       false},
      {"line separator", "a\xe2\x80\xa8", false},
      {"ideographic space", "a\xe3\x80\x80", false},
      {"Hangul filler", "\xe3\x85\xa4", false},
      {"braille blank", "\xe2\xa0\x80", false},
      {"variation selector", "a\xef\xb8\x8f", false},
      {"tag character", "a\xf3\xa0\x81\x81", false},
      {"private use", "a\xee\x80\x80", false},
      {"no character", "a\xef\xbf\xbe", false},
      {"small at sign", "a\xef\xb9\xab", false},
      {"64 octets", std::string(62, 'a') + "\xc3\xab", true},
      {"65 octets", std::string(63, 'a') + "\xc3\xab", false},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    CHECK(Address::parse(row.local + "@nic.xa").has_value() == row.want);
  }
}

TEST_CASE("controls, folds and escapes among addresses") {
  struct Row {
    std::string body;
    std::string want;
  };
  const std::vector<Row> rows = {
      {" \"A \\\\ B\" <a@nic.xa>", "a@nic.xa"},
      {" \"A \\\" <b@nic.xb>, \\\"\" <a@nic.xa>", "a@nic.xa"},
      {" \"A B\"\n <a@nic.xa>", "a@nic.xa"},
      {" \"\" <a@nic.xa>", "a@nic.xa"},
      {" A\xe3\x80\x80"
       "B <a@nic.xa>",
       "a@nic.xa"},  // a blank in a name, as people write it
      {" a@nic.xa \r\n , \n b@nic.xa", "a@nic.xa b@nic.xa"},
      // A quoted string that for some does not end, with the backslash that is escaped.
      {" \"A\\\\\" <a@nic.xa>", "refused"},
      {" \"A\\\\\" <b@nic.xb>, \"\" <a@nic.xa>", "refused"},
      {" \"\\\\\\\\\" <a@nic.xa>", "refused"},
      {" \"\\\\\\\"\" <a@nic.xa>", "a@nic.xa"},
      // A tab that for some is a part of the address.
      {" a@nic.xa\t", "refused"},
      {" a@nic.xa \t , b@nic.xa", "refused"},
      {" a@nic.xa\n\t, b@nic.xa", "refused"},
      {" <a@nic.xa>\t,\n\tb@nic.xa", "a@nic.xa b@nic.xa"},
      // A quoted string that ends for some where its line does.
      {" \"A\n B\" <a@nic.xa>", "refused"},
      {" \"A\r\n B\" <a@nic.xa>", "refused"},
      {" \"A\n <b@nic.xb>\n \" <a@nic.xa>", "refused"},
      {" b@nic.xb, \"A\n\t\" <a@nic.xa>", "refused"},
      {" \"A\\\n B\" <a@nic.xa>", "refused"},   // an escaped line end
      {" \"A\\\" <a@nic.xa>", "refused"},       // the end is escaped
      {" \"A\n \n B\" <a@nic.xa>", "refused"},  // a line of blanks
      {" a@nic.xa,\n \n b@nic.xa", "refused"},  // the same between addresses
      {" a@nic.xa\n ", "refused"},              // and at the end
      {" a@nic.xa\n", "refused"},
      {" A\xc2\x85 <a@nic.xa>", "refused"},  // next line, a control
      {" \"A\xe2\x80\xa8\" <a@nic.xa>", "refused"},
      {" \"A\x7f\" <a@nic.xa>", "refused"},
      {" \"A\x01\" <a@nic.xa>", "refused"},
      {" \"a\" @nic.xa", "refused"},
      {" Anne: a@nic.xa;", "refused"},
      {" <a@nic.xa> Anne", "refused"},
      {" a@nic.xa (Anne)", "refused"},
      {" <a@nic.xa (Anne)>", "refused"},
      {" < a@nic.xa>", "refused"},
      {" <>", "refused"},
      {" <a@nic.xa,b@nic.xa>", "refused"},
      {" <@a,@b:c@nic.xa>", "refused"},
      {" a%b@nic.xa@nic.xb", "refused"},
  };
  for (const Row& row : rows) {
    INFO(row.body);
    CHECK(read(row.body) == row.want);
  }
}

TEST_CASE("a fault says where it is") {
  const MailboxList list = parse_mailbox_list(" a@nic.xa, (x)", 10);
  REQUIRE(std::holds_alternative<AddressFault>(list));
  CHECK(std::get<AddressFault>(list).offset == 11);
  CHECK_FALSE(std::get<AddressFault>(list).too_many);
  // Never behind the end, where a name ends in the middle of an escape.
  const MailboxList cut = parse_mailbox_list(" \"A\\", 10);
  REQUIRE(std::holds_alternative<AddressFault>(cut));
  CHECK(std::get<AddressFault>(cut).offset == 4);
}

}  // namespace ccgate
