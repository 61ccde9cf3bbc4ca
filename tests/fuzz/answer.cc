// What somebody answers who was asked, and what a machine answers in their place.
#include <algorithm>

#include "milter/mime/delivery_status.h"
#include "milter/mime/mime.h"
#include "policy/answer/automatic_mail.h"
#include "policy/answer/contact_answer.h"
#include "policy/answer/delivery_report.h"
#include "policy/answer/own_lines.h"
#include "policy/answer/removal_line.h"
#include "policy/answer/review_answer.h"
#include "policy/text/ascii.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestAnswer = std::size_t{256} * 1024;  // what is kept of one

Words words_of(std::string text) {
  Words words;
  words.subject = "Re: tld-ops: do you confirm a request for .xa?";
  words.text = std::move(text);
  return words;
}

// Of what is longer, only that it is read: each question below reads it once more.
constexpr std::size_t kMuchToAsk = std::size_t{16} * 1024;

void check_answer(const std::string& text) {
  const ContactAnswer said = read_contact_answer(words_of(text));
  if (text.size() > kMuchToAsk) return;
  const ContactAnswer no = read_contact_answer(words_of("No.\n\n" + text));
  expect(no != ContactAnswer::confirms, "a no in the first line is no yes");
  const ContactAnswer yes = read_contact_answer(words_of("Yes.\n\n" + text));
  if (said == ContactAnswer::refuses || said == ContactAnswer::objects)
    expect(yes != ContactAnswer::confirms, "a yes before a no is no yes");
  if (said != ContactAnswer::confirms) return;
  expect(no == ContactAnswer::unclear, "a no before a yes is unclear");
  // Somebody wrote a letter of it: nothing says yes by itself.
  expect(std::any_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c < 0; }),
         "a yes is written");
  Words hidden = words_of(text);
  hidden.hidden = true;
  expect(read_contact_answer(hidden) != ContactAnswer::confirms, "hidden words are no yes");
  Words unreadable = words_of(text);
  unreadable.readable = false;
  unreadable.why_unreadable = "charset";
  (void)read_contact_answer(unreadable);
}

void check_review(const std::string& text) {
  const ReviewAnswer said = read_review_answer(words_of(text));
  expect(said.kind != ReviewAnswer::Kind::removes || !said.who.empty(), "a removal names somebody");
  const std::string undone = undone_marks(text);
  for (const auto* list : {&said.who, &said.by_no, &said.beside})
    for (const Address& each : *list) {
      expect_plain(each);
      expect(text.find(each.local() + "@") != std::string::npos ||
                 undone.find(each.local() + "@") != std::string::npos,
             "an address stands in the answer", each.text());
    }
  if (said.kind == ReviewAnswer::Kind::confirms) {
    expect(read_contact_answer(words_of(text)) == ContactAnswer::confirms, "a yes to a review is a yes");
    expect(read_review_answer(words_of("No.\n\n" + text)).kind != ReviewAnswer::Kind::confirms,
           "a no before a yes is no yes to a review");
  }
}

void run_answer(std::string_view input) {
  const std::string text(input);
  check_answer(text);
  check_review(text);
  for (const OwnLine& line : own_lines(input))
    expect(line.text.data() == nullptr || line.text.empty() ||
               (line.text.data() >= input.data() &&
                line.text.data() + line.text.size() <= input.data() + input.size()),
           "an own line stands in the text");
  (void)signature_lines(input);
  // The same as a whole mail.
  const FuzzMessage mail = split_message(input);
  const Words words = read_words(mail.fields, mail.body, false, {});
  const ContactAnswer said = read_contact_answer(words);
  if (!words.readable || words.hidden)
    expect(said != ContactAnswer::confirms, "what cannot be read, or is hidden, is no yes");
  (void)read_review_answer(words);
  for (const bool null_sender : {true, false}) {
    (void)automatic_because(mail.fields, null_sender, words.subject);
    const DeliveryReport report =
        read_delivery_report(mail.fields, null_sender, delivery_status_parts(mail.fields, mail.body),
                             words.subject, words.as_shown());
    expect_printable(report.status, "a status is ASCII");
    expect(report.failed || report.status.empty(), "a status is that of a failure", report.status);
  }
}

std::vector<std::string> answer_seeds() {
  std::vector<std::string> seeds{
      "Yes.\n",
      "No.\n",
      "yes, we confirm\n\nKind regards,\nBen\n-- \nBen Miller\nNIC .XA\n+999 1\n",
      "Dear all,\n\nYes, please add her.\n\nOn Tue, 15 Jan 2030 Anne <anne@nic.xa> wrote:\n> do you "
      "confirm?\n> no\n",
      "Nein, die kennen wir nicht.\n\nMit freundlichen Gr\u00fc\u00dfen\nJ\u00f6rg\n",
      "remove anne@nic.xa, ben@nic.xa\nThank you\n",
      "no anne[@]nic[.]xa\n",
      "please remove:\nben@nic.xa and c@nic.xb\n",
      "TLP:CLEAR\nCAUTION: external mail\n\nOui, je confirme.\n",
      "Yes? Who is she?\n",
      "\u0434\u0430\n",
      "\u306f\u3044\n",
      "I object. Remove her!\n",
      "##- Please type your reply above this line -##\nYes\n",
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes\n-----BEGIN PGP "
      "SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n",
      "yes\n________________________________\nFrom: tld-ops\nSent: Tuesday, 15 January 2030\nTo: "
      "Ben\nSubject: x\n\nno\n",
      "Yes, this mail is confidential and intended for the addressee only.\n",
      "Sent from my iPhone\n"};
  const std::string cases = repository_file("tests/milter/session/answer_cases.yaml");
  seeds.push_back(cases.substr(0, 4000));
  for (const std::string& message : scenario_messages(12)) seeds.push_back(message);
  seeds.push_back(
      "Subject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; "
      "boundary=b\n\n--b\r\n\r\n"
      "Failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@nic.xa\r\n"
      "Action: failed\r\nStatus: 5.1.1\r\n--b--\r\n");
  return seeds;
}

std::vector<std::string> answer_extremes() {
  std::vector<std::string> all;
  for (const char* piece : {"yes ",
                            "yes\n",
                            "yes, ",
                            "no\n",
                            "Hello Ben,\n",
                            "> ",
                            "> yes\n",
                            ">> >> ",
                            "On 15 Jan 2030, A wrote:\n",
                            "From: a\nSent: b\nTo: c\nSubject: d\n\n",
                            "-- \n",
                            "remove a@nic.xa, ",
                            "no a@nic.xa\n",
                            "a[@]b[.]c ",
                            "<mailto:a@b>",
                            "TLP:CLEAR\n",
                            "don't ",
                            "not ",
                            "*",
                            "_",
                            "\"",
                            "\u2026",
                            "?",
                            "!",
                            "\u0435\u0301",
                            "\u306f\u3044",
                            "Best regards,\nBen\n",
                            "-----BEGIN PGP SIGNED MESSAGE-----\n",
                            "- ",
                            "\n",
                            "\r\n\r\n",
                            ".",
                            "a.b.c. "})
    all.push_back(filled_up(piece, kLargestAnswer));
  all.push_back("Yes.\n" + filled_up("Ben Miller\n", kLargestAnswer - 100));
  all.push_back("Yes " + filled_up("please ", kLargestAnswer - 100));
  return all;
}

}  // namespace

Target answer_target() {
  return {"answer", kLargestAnswer, run_answer, answer_seeds, answer_extremes};
}

}  // namespace ccgate::fuzz
