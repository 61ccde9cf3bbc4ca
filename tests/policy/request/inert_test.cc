#include "policy/request/inert.h"

#include <string>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

using enum Manager;

struct InertRow {
  Manager manager;
  const char* text;
  bool inert;
  TextKind kind = TextKind::text;
};

TEST_CASE("text in which nobody finds a command that lets somebody in") {
  const auto row = GENERATE(values<InertRow>({
      {mailman3, "", true},
      {mailman3, "Dear all,\nplease take me off the list.\n-- \nAnne\n", true},
      {mailman3, "unsubscribe\nUnsubscribing, unsubscription\n", true},
      {mailman3, "Grüße aus Zürich, 見つかりません", true},
      {mailman3, "we would join", false},
      {mailman3, "rejoin", false},
      {mailman3, "a Subscription", false},
      {mailman3, "un subscribe", false},
      {mailman3, "un=\nsubscribe", false},
      {mailman3, "x address=bob@nic.example", false},
      {mailman3, "jo=\nin", false},
      {mailman3, "jo= \t\r\nin", false},
      {mailman3, "j\xc3\xa9oin", false},
      {mailman3, "jo\xe2\x80\x8bin", false},
      {mailman3, "jo\xc2\xadin", false},
      {mailman3, "ｊｏｉｎ", false},
      {mailman3, "ｊ文ｏｉｎ", false},
      {mailman3, "𝐣𝐨𝐢𝐧", false},
      {mailman3, "ⓙⓞⓘⓝ", false},
      {mailman3, "ǰöïñ", false},
      {mailman3, "ＪＯＩＮ", false},
      {mailman3, "ſubſcribe", false},
      {mailman3, "unésubscribe", false},
      {mailman3, "jo\xff\xfein", false},
      {mailman2, "subscribe", false},
      {mailman2, "invite and add", true},
      {sympa, "please add me", false},
      {sympa, "addendum, submarine, invoice", true},
      {sympa, "You are invited", false},
      {sympa, "INV sym bob@nic.example", false},
      {sympa, "ádd", false},
      {sympa, "su \nb sym", false},
      {sympa, "su \nb  \nsym", false},    // DelSp=yes drops one blank, and leaves one
      {sympa, "su \n b \n  sym", false},  // of two at the start of a line one is stuffing
      {sympa, "> su \n> b  \n> sym", false},
      {sympa, "su \r\nb  \r\nsym", false, TextKind::raw},
      {sympa, "su \nb \n sym", false},  // for a reader who takes no stuffing away
      {sympa, "su \nbject sym", true},
      {sympa, "a question about joining", false},
      {sympa, "a question about joining", true, TextKind::to_sympa_owner},
      {sympa, "please add me", true, TextKind::to_sympa_owner},
      {sympa, "Re: subscribe sym", false, TextKind::to_sympa_owner},
      {sympa, "unsubscribe sym", true, TextKind::to_sympa_owner},
      {mlmmj, "subscribe", true},
      {plain, "join", true},
      // What Mailman's own question makes people quote.
      {mailman3, "> message.  If you think you are being maliciously subscribed to the list, or", true,
       TextKind::confirmation},
      {mailman3, "> Your address \"a@b\" has been invited to join the tld-ops", true, TextKind::confirmation},
      {mailman3, "maliciously subscribed to the list", false},
      {mailman3, "> join address=bob@nic.example", false, TextKind::confirmation},
      {mailman3, "please join\nsubscribed", false, TextKind::confirmation},
      {mailman3, "subscribe", false, TextKind::confirmation},
      // Raw bodies.
      {mailman3, "<p>jo<b>in</b>", false, TextKind::raw},
      {mailman3, "iVBORw0KGgoAAAANSUhEUjoinAAAAAAAAAAAAAAAAAAAAAAAA\r\n", true, TextKind::raw},
      {mailman3, "joinAAAA\r\n", false, TextKind::raw},
      {mailman3, "<v:stroke joinstyle=3D\"miter\"/><path style=\"stroke-linejoin:round\">", true,
       TextKind::raw},
      {mailman3, "linejoin us", false, TextKind::raw},
      {mailman3, "joinstyle=miter", false},
      {mailman3, "a iVBORw0KGgoAAAANSUhEUjoinAAAAAAAAAAAAAAAAAAAAAAAA\r\n", false, TextKind::raw},
  }));
  INFO(to_string(row.manager) << ": " << row.text);
  CHECK(is_inert(row.manager, row.text, row.kind) == row.inert);
}

TEST_CASE("a long line excuses nothing") {
  const std::string line = std::string(890, 'x') + " subscribed";
  CHECK_FALSE(is_inert(mailman3, line, TextKind::confirmation));
}

}  // namespace
}  // namespace ccgate
