// A message to a command address: what it asks, for which ccTLDs, and whom it names.
#include <algorithm>

#include "milter/mime/mime.h"
#include "policy/request/closed_set.h"
#include "policy/request/command_address.h"
#include "policy/request/odd_recipient.h"
#include "policy/request/own_address.h"
#include "policy/request/request.h"
#include "policy/request/seen_by_people.h"
#include "policy/text/text.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"
#include "tests/support/values.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestRequest = std::size_t{512} * 1024;  // header, and what is kept of a body

constexpr std::size_t kMuchForAll = std::size_t{4} * 1024;

using test::address;

ListAddresses list_of(Manager manager) {
  return {address("tld-ops@lists.example"), manager, {address("secretariat@lists.example")}, {}, '+'};
}

/// One that reads commands in the text, for each manager.
const char* reader_of(Manager manager) {
  switch (manager) {
    case Manager::mailman3:
    case Manager::mailman2:
      return "tld-ops-request@lists.example";
    case Manager::sympa:
      return "sympa@lists.example";
    case Manager::mlmmj:
      return "tld-ops+subscribe@lists.example";
    case Manager::plain:
      return "secretariat@lists.example";
  }
  return "";
}

struct Mail {
  const std::vector<HeaderField>& fields;
  const Message& message;
  const Words& words;
};

Request request_of(const ListAddresses& list, const CommandAddress& command, const Mail& mail,
                   bool use_text) {
  const KnownCcTlds known{[](const Domain& label) { return label.ascii().front() == 'x'; },
                          [](const Domain& label) { return label.ascii() == "xa"; },
                          [](const Address& who) { return who.domain().ascii() == "nic.xa"; }};
  return read_request(list, command, mail.message, mail.fields, mail.words, use_text, known);
}

void check_request(const ListAddresses& list, const CommandAddress& command, const Mail& mail) {
  for (const bool use_text : {true, false}) {
    const Request request = request_of(list, command, mail, use_text);
    if (!use_text) expect(request.form != Form::full, "no form of a text that is not authentic is full");
    for (const Domain& label : request.cctlds)
      expect(label.ascii().find('.') == std::string::npos, "a ccTLD is one label");
    for (const Person& person : request.people)
      if (person.email) expect_plain(*person.email);
    for (const std::string& why : request.unknown) expect_printable(why, "why is told in ASCII");
    expect_printable(request.unknown_word, "a label of ASCII");
    // Milder is a closed set: whoever reads commands subscribes by everything that is not in it.
    if (command.reads_body && !is_harmless(list, command, mail.message, mail.fields, mail.words))
      expect(request.kind == RequestKind::subscribe, "what is not harmless is a subscription");
    // What nobody can read might be anything.
    if (!mail.words.readable && (command.reads_body || command.form))
      expect(request.kind == RequestKind::subscribe, "what cannot be read is a subscription");
  }
}

/// Whatever a mail holds: with a command as its first line, it subscribes somebody.
void check_with_a_command(const ListAddresses& list, const CommandAddress& command,
                          const std::vector<HeaderField>& fields, const Message& message,
                          std::string_view body) {
  if (!command.reads_body && !command.form) return;
  const std::string more = "subscribe xa\r\n" + std::string(body);
  const Words words = read_words(fields, more, false, {});
  const Request request = request_of(list, command, {fields, message, words}, true);
  expect(request.kind == RequestKind::subscribe, "a command in the first line subscribes",
         to_string(list.manager));
}

void run_request(std::string_view input) {
  const auto recipients = take_part(input, "\n");
  const FuzzMessage mail = split_message(input);
  const auto read = read_message(mail.fields, {});
  const auto* message = std::get_if<Message>(&read);
  const Words words = read_words(mail.fields, mail.body, false, {});
  // Another field could make a part of what the line before it says.
  const bool plain = message != nullptr && message->content_fields.empty();
  // Of what is long, only what one manager makes of it, turn by turn.
  const std::size_t turn = input.size() > kMuchForAll ? input.size() % 5 : 5;
  std::size_t count = 0;
  for (const Manager manager :
       {Manager::mailman3, Manager::mailman2, Manager::sympa, Manager::mlmmj, Manager::plain}) {
    if (turn < 5 && count++ != turn) continue;
    const ListAddresses list = list_of(manager);
    (void)odd_recipient(list, recipients);
    std::vector<Address> all{address(reader_of(manager)), address("secretariat@lists.example")};
    if (const auto named = Address::parse(recipients)) {
      all.push_back(*named);
      if (const auto own = own_address(list, *named))
        expect(own->token.empty() || is_token(own->token), "a token is one");
    }
    for (const Address& recipient : all) {
      const auto command = command_address(list, recipient);
      if (!command) continue;
      (void)kind_from_header(list, *command, mail.fields, words.subject);
      if (message == nullptr) continue;
      check_request(list, *command, {mail.fields, *message, words});
      if (plain) check_with_a_command(list, *command, mail.fields, *message, mail.body);
    }
  }
}

std::vector<std::string> request_seeds() {
  std::vector<std::string> seeds;
  std::size_t count = 0;
  for (const std::string& message : scenario_messages(2)) {
    const char* recipients[] = {
        "tld-ops-join+xa@lists.example", "tld-ops-confirm+0123456789abcdef@lists.example",
        "tld-ops-leave@lists.example",   "tld-ops+help@lists.example",
        "sympa@lists.example",           "tld-ops-owner@lists.example"};
    seeds.push_back(std::string(recipients[count++ % std::size(recipients)]) + "\n" + message);
  }
  return seeds;
}

std::vector<std::string> request_extremes() {
  const std::string begin =
      "tld-ops-join@lists.example\nFrom: anne@nic.xa\nTo: tld-ops-join@lists.example\nSubject: join\n"
      "Date: Tue, 15 Jan 2030 12:00:00 +0000\nMessage-ID: <a@nic.xa>\n\n";
  const std::size_t room = std::size_t{60} * 1024;  // what is longer, nobody reads (MimeLimits)
  std::vector<std::string> all;
  for (const char* piece : {"subscribe xa xb address=a@nic.xa\r\n",
                            "Name: Anne\r\nE-mail: anne@nic.xa\r\nPhone: +999 1\r\n",
                            "ccTLD: xa, xb, .xc\r\n",
                            "> ",
                            ">\r\n",
                            "> subscribe xa\r\n> \r\n",
                            "On 15 Jan 2030, Anne wrote:\r\n",
                            ".xa ",
                            "(",
                            "[",
                            "((a))",
                            "please ",
                            "\u0440\u0444 ",
                            ".\u0440\u0444 ",
                            "a@b.example ",
                            "-- \r\n",
                            "-----BEGIN PGP\r\n",
                            "=\r\n",
                            "join \r\n",
                            "confirm 0123456789abcdef\r\n",
                            "\xe2\x80\x8b",
                            "e\xcc\x81",
                            "\xef\xbc\x8e\xef\xbd\x98",
                            "From: a\r\nDate: 1 Jan 2030\r\nSubject: b\r\n",
                            "leave\r\nunsubscribe\r\n",
                            "a-b'c ",
                            "Re: ",
                            "\t",
                            "x"})
    all.push_back(begin + filled_up(piece, room));
  all.push_back("tld-ops-join+" + filled_up("xa,", 4000) + "@lists.example" + begin.substr(begin.find('\n')) +
                "x\r\n");
  all.push_back(filled_up("a!", 300) + "tld-ops-join%lists.example@relay.example" +
                begin.substr(begin.find('\n')));
  all.push_back(filled_up("\"", 8000) + begin.substr(begin.find('\n')));
  all.push_back("tld-ops-join@lists.example\nFrom: anne@nic.xa\nSubject: " +
                filled_up("subscribe .xa ", room) + "\n\nx");
  return all;
}

}  // namespace

Target request_target() {
  return {"request", kLargestRequest, run_request, request_seeds, request_extremes};
}

}  // namespace ccgate::fuzz
