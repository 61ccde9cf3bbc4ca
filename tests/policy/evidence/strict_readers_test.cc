// Every strict reader under mutated input: an answer for everything, the same answer twice, and whatever is
// accepted reads back to itself. The seed is fixed, so that a failure comes again.
#include <random>

#include "policy/evidence/dkim_signature.h"
#include "policy/evidence/spf_macro.h"
#include "policy/evidence/spf_record.h"
#include "policy/message/date_time.h"
#include "policy/message/message.h"
#include "policy/names/address.h"
#include "policy/names/cctld.h"
#include "policy/text/ascii.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr int kRounds = 4000;

class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string operator()(std::string text, const std::vector<std::string>& pieces) {
    for (std::size_t n = below(4) + 1; n > 0; --n) {
      // Drawn one by one: the order of evaluation of arguments is the compiler's.
      const std::size_t at = below(text.size() + 1);
      const std::size_t kind = below(5);
      const std::size_t from = below(text.size() + 1);
      const std::size_t octet = below(256);
      switch (kind) {
        case 0:
          text.insert(at, pieces[octet % pieces.size()]);
          break;
        case 1:
          text.erase(at, octet % 6);
          break;
        case 2:
          text.insert(at, 1, static_cast<char>(octet));
          break;
        case 3:
          text.insert(at, text.substr(from, octet % 12));
          break;
        default:
          if (at < text.size())
            text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1u << octet % 8));
          break;
      }
    }
    return text;
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("mutated address fields") {
  Mutator mutate(1);
  const std::vector<std::string> pieces = {"<",
                                           ">",
                                           "@",
                                           ",",
                                           "\"",
                                           "\\",
                                           "(",
                                           ")",
                                           ":",
                                           ";",
                                           "\n ",
                                           "\r\n\t",
                                           "=?utf-8?q?",
                                           "xn--",
                                           "\xe2\x80\xae",
                                           "\xc2\xa0",
                                           "\xef\xbc\xa0",
                                           "\xcc\x88",
                                           "ü",
                                           "."};
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    const std::string body =
        mutate(" \"A, \\\"B\\\"\" <anne@nic.xa>,\n Zoë X. <zoë@bücher.example>, c.d@nic.xa", pieces);
    const MailboxList list = parse_mailbox_list(body, 5);
    if (const auto* fault = std::get_if<AddressFault>(&list)) {
      REQUIRE(is_printable_ascii(fault->why));
      REQUIRE(fault->offset <= body.size());
      continue;
    }
    ++accepted;
    const auto& addresses = std::get<std::vector<Address>>(list);
    REQUIRE_FALSE(addresses.empty());
    std::string again;
    for (const Address& address : addresses) {
      REQUIRE(Address::parse(address.text()) == address);
      REQUIRE(Domain::parse(address.domain().unicode()) == address.domain());
      again += (again.empty() ? "" : ", ") + address.text();
    }
    const MailboxList reread = parse_mailbox_list(again, 5);
    REQUIRE(std::holds_alternative<std::vector<Address>>(reread));
    REQUIRE(std::get<std::vector<Address>>(reread) == addresses);
  }
  CHECK(accepted > kRounds / 20);
}

TEST_CASE("mutated names and ccTLDs") {
  Mutator mutate(2);
  const std::vector<std::string> pieces = {
      "xn--",         "--", ".", "\xe3\x80\x82", "\xc2\xad", "\xe2\x80\x8d", "Ü", "ς",
      "\xef\xac\x81", "م",  "ก", "\xcc\x81"};
  for (const char* seed :
       {"mail.nic.xa", "xn--bcher-kva.example", "пример.РФ", "بازار.example", ".рф", "xn--p1ai"})
    for (int i = 0; i < kRounds / 4; ++i) {
      const std::string text = mutate(seed, pieces);
      if (const auto domain = Domain::parse(text)) {
        REQUIRE(domain->ascii().size() <= 253);
        REQUIRE(Domain::parse(domain->ascii()) == domain);
        REQUIRE(Domain::parse(domain->unicode()) == domain);
        REQUIRE(is_utf8(domain->unicode()));
      }
      if (const auto label = parse_cctld(text)) REQUIRE(parse_cctld(label->unicode()) == label);
    }
}

TEST_CASE("mutated header sections") {
  Mutator mutate(3);
  const std::vector<std::string> names = {"From",       "To",      "Cc",   "Bcc",        "Reply-To",
                                          "Sender",     "Subject", "Date", "Message-ID", "Content-Type",
                                          "Precedence", "X-Other", "from", "To "};
  const std::vector<std::string> values = {" Anne <anne@nic.xa>",
                                           " b@nic.xa,\n c@nic.xa",
                                           " subscribe xa",
                                           "",
                                           " Tue, 15 Jan 2030 11:00:00 +0000",
                                           " <1@nic.xa>",
                                           " text/plain"};
  const std::vector<std::string> pieces = {"\n", "\r", "\n ", std::string(1, '\0'), "(", "@",
                                           ",",  "ü",  "\xff"};
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    std::vector<HeaderField> fields = {{"From", " anne@nic.xa"}};
    for (std::size_t n = mutate.below(5); n > 0; --n) {
      const std::string& value = values[mutate.below(values.size())];
      const std::string& name = names[mutate.below(names.size())];
      fields.push_back({name, mutate.below(3) == 0 ? mutate(value, pieces) : value});
    }
    const auto result = read_message(fields, Limits{});
    if (const auto* fault = std::get_if<Fault>(&result)) {
      REQUIRE(is_printable_ascii(fault->why));
      REQUIRE(fault->why.back() != '.');
      REQUIRE(fault->why.size() < 300);
      continue;
    }
    ++accepted;
    const auto& message = std::get<Message>(result);
    for (const std::string* text : {&message.subject, &message.message_id})
      REQUIRE(text->find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    for (const std::size_t index : message.content_fields) REQUIRE(index < fields.size());
  }
  CHECK(accepted > kRounds / 20);
}

TEST_CASE("mutated dates") {
  Mutator mutate(4);
  const std::vector<std::string> pieces = {"(", ")", "\\", ":", " ", ",", "-", "+", "9999", "Feb", "EST"};
  for (int i = 0; i < kRounds; ++i) {
    const auto date = parse_date_time(mutate("Thu, 29 Feb 2024 23:59:60 -0330 (NST)", pieces));
    // 1899-12-31 to 10000-01-01: one zone around the years 1900 to 9999.
    if (date) REQUIRE((*date > -2'209'075'200 && *date < 253'402'387'200));
  }
}

TEST_CASE("mutated signature fields") {
  Mutator mutate(5);
  const std::vector<std::string> pieces = {";",        "=",   ":",   "\n ", "\r\n\t", "l=1;", "h=from",
                                           "d=nic.xa", "=4C", "=4c", "@",   "\x7f",   " "};
  const std::vector<HeaderField> fields = {{"Cc", "1"}, {"From", "2"}, {"CC", "3"}, {"To", "4"}};
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    const auto result =
        parse_dkim_signature(mutate(" v=1; a=rsa-sha256; c=relaxed/simple; d=nic.xa; "
                                    "i=@mail.nic.xa;\n\ts=s1; t=1; x=2; h=From:To:Cc; bh=YWJj; b=YW\n Jj",
                                    pieces));
    if (const auto* fault = std::get_if<DkimTagFault>(&result)) {
      REQUIRE(is_printable_ascii(fault->why));
      continue;
    }
    ++accepted;
    const auto& tags = std::get<DkimTags>(result);
    REQUIRE(Domain::parse(tags.domain.ascii()) == tags.domain);
    REQUIRE_FALSE(tags.header_names.empty());
    for (const std::string& name : tags.header_names)
      REQUIRE(name.find_first_of(" \t\r\n:;") == std::string::npos);
    const auto selected = selected_fields(tags.header_names, fields);
    REQUIRE(selected.size() <= fields.size());
    for (std::size_t at = 1; at < selected.size(); ++at) REQUIRE(selected[at - 1] < selected[at]);
  }
  CHECK(accepted > kRounds / 20);
}

TEST_CASE("mutated SPF records") {
  Mutator mutate(6);
  const std::vector<std::string> pieces = {
      "%{", "}", "%{d2r}", "%%", "/", "//", "/24", ":", "=", " ", ".", "exp=", "redirect=nic.xa", "all", "+"};
  int accepted = 0;
  for (int i = 0; i < kRounds; ++i) {
    const auto result =
        parse_spf_record(mutate("v=spf1 a/24//64 mx:mail.nic.xa ip4:192.0.2.0/24 ip6:2001:db8::/32 "
                                "exists:%{i}.x.nic.xa exp=e.nic.xa ?all",
                                pieces));
    if (const auto* fault = std::get_if<SpfRecordFault>(&result)) {
      REQUIRE(is_printable_ascii(fault->why));
      continue;
    }
    ++accepted;
    const auto& record = std::get<SpfRecord>(result);
    const auto again = parse_spf_record(to_text(record));
    REQUIRE(std::holds_alternative<SpfRecord>(again));
    REQUIRE(std::get<SpfRecord>(again).terms == record.terms);
    for (const SpfTerm& term : record.terms) {
      const std::string name =
          expand_macros(term.domain, {"anne", "nic.xa", "nic.xb", "\1\2\3\4", "mx.nic.xa"});
      REQUIRE(name.size() < 1000);
    }
  }
  CHECK(accepted > kRounds / 20);
}

TEST_CASE("long hostile fields take time in proportion to their length") {
  // Nothing here recurses and nothing is scanned twice: were it otherwise, the test would not end in its
  // time.
  const std::size_t n = 200'000;
  std::string groups, brackets, quotes, blanks(n, ' '), comments(n, '(');
  for (std::size_t i = 0; i < n; ++i) groups += "x: ", brackets += "<", quotes += "\"\" ";
  for (const std::string& body :
       {groups, brackets, quotes, blanks, comments, std::string(n, 'a'), std::string(n, '@'),
        std::string(n, '.'), std::string(n, '\\'), "\"" + std::string(n, '\\')})
    CHECK(std::holds_alternative<AddressFault>(parse_mailbox_list(" " + body, 1000)));
}

}  // namespace ccgate
