#include "policy/request/named_cctlds.h"

#include <set>
#include <string>

#include "policy/request/cctld_list.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

std::string told(const NamedCcTlds& named) {
  std::string out;
  for (const Domain& cctld : named.cctlds) out += (out.empty() ? "" : " ") + cctld.ascii();
  if (named.unknown > 0) out += (out.empty() ? "?" : " ?") + std::to_string(named.unknown);
  return out;
}

/// xa to xf, four of the real world that are common words or names, and Russia's; the contact of .xa, and
/// that of .me, take part.
const KnownCcTlds kKnown{[](const Domain& label) {
                           static const std::set<std::string> kExist{"xa", "xb", "xc",      "xd", "xe",
                                                                     "xf", "to", "me",      "us", "et",
                                                                     "li", "na", "xn--p1ai"};
                           return kExist.contains(label.ascii());
                         },
                         [](const Domain& label) { return label.ascii() == "xa" || label.ascii() == "me"; }};

struct NamedRow {
  const char* text;
  const char* want;
};

NamedCcTlds in_subject(std::string_view subject, Manager manager = Manager::mailman3) {
  NamedCcTlds named;
  read_subject_line(subject, {"tld-ops", manager, kKnown}, named);
  return named;
}

TEST_CASE("a Subject names ccTLDs") {
  const auto row = GENERATE(values<NamedRow>({
      {"subscribe xa", "xa"},
      {"Subscribe XA xb", "xa xb"},
      {"join xa, .xb; xc / xd & xe and xf", "xa xb xc xd xe xf"},
      {"JOIN: xa", "xa"},
      {"join:xa", "xa"},
      {"Re: [tld-ops] Fwd: subscribe xa", "xa"},
      {"> > subscribe xa", "xa"},
      {"subscribe xn--p1ai", "xn--p1ai"},
      {"subscribe рф", "xn--p1ai"},
      {"subscribe .РФ, XA", "xa xn--p1ai"},
      {"subscribe 。xa", "xa"},
      {"subscribe ．xa", "xa"},
      {"subscribe \xe2\x80\x8exa\xe2\x80\x8e", "xa"},
      {"subscribe \"xa\" (Xanadu)", "xa"},
      {"subscribe xa（ザ）、xb", "xa xb"},
      {"subscribe (xa", "xa"},
      {"subscribe xa.", "xa"},
      {"subscribe .ＸＡ ｘｂ", "xa xb"},
      {"subscribe xa 24", "xa"},
      {"subscribe tld-ops xa", "xa"},
      {"subscribe tld-ops@lists.example digest=no xa", "xa"},
      {"subscribe", ""},
      {"subscribe xa xn--zzzzzz--", "xa ?1"},
      {"subscribe x1", "?1"},
      {"subscribe xz", "?1"},
      {"subscribe .com", "?1"},
      {"subscribe .xz", "xz"},
      {"subscribe to tld-ops please", ""},
      {"please subscribe us for .xa and .xb.", "xa xb"},
      {"subscribe Anne for .xa", "xa"},
      {"subscribe www.example and .co.xa", ""},
      {"xa xb", ""},
      {"unsubscribe xa", ""},
  }));
  INFO(row.text);
  CHECK(told(in_subject(row.text)) == row.want);
}

TEST_CASE("a bare word that is no known ccTLD is a word") {
  const auto row = GENERATE(values<NamedRow>({
      {"Subscribe to TLD-OPS", ""},
      {"Subscribe us to tld-ops@lists.example", ""},
      {"subscribe the registry", ""},
      {"Join us in XA", "xa"},
      {"Subscribe me", "me"},  // its contact takes part
      {"subscribe xa für", "xa"},
      {"subscribe xa για το μητρώο", "xa"},
      {"subscribe xb please", "xb"},
      {"please subscribe xb", "xb"},
      {"subscribe xa \xf0\x9f\x99\x8f", "xa"},
      {"subscribe\xf0\x9f\x99\x8fxa", "xa"},
      {"Subscribe \xe2\x80\x93 .xa", "xa"},
      {"Subscribe \xe2\x80\x93 xa", "xa"},
      {"Subscribe \xe2\x80\xa2 xa", "xa"},
      {"Subscribe \xe2\x86\x92 xa", "xa"},
      {"subscribe \xe2\x86\x92.xa\xe2\x86\x90", "xa"},
      {"subscribe Li Na", ""},
      {"subscribe our colleague Li Na", ""},
      {"subscribe xa xz please", "xa"},
      {"subscribe et", ""},
      {"subscribe xa et xb", "xa xb"},
      {"Anmeldung: xa", "xa"},
      {"Bitte .xa anmelden", "xa"},
      {"Bitte xa anmelden", "xa"},
      {"xa の登録をお願いします", "xa"},
      {".xaの登録をお願いします", "xa"},
      {"订阅.xa和.xb", "xa xb"},
      {"Merci d'inscrire .xa", "xa"},
      {"für die .xa-Registry anmelden", "xa"},
      {"subscribe .xa's registry", "xa"},
  }));
  INFO(row.text);
  CHECK(told(in_subject(row.text)) == row.want);
}

TEST_CASE("marks do not hide what is named") {
  const auto row = GENERATE(values<NamedRow>({
      {"subscribe xb [Ticket#2030011510000012]", "xb"},
      {"[Ticket#2030011510000012] subscribe xb", "xb"},
      {"[EXT] [CH] subscribe xb", "xb"},
      {"ΑΠ: subscribe xb", "xb"},
      {"הועבר: subscribe xb", "xb"},
      {"TLP:CLEAR subscribe xb", "xb"},
      {"TLP:AMBER+STRICT subscribe xb", "xb"},
      {"EXTERNAL: subscribe xb", "xb"},
      {"*** EXTERNAL *** subscribe xb", "xb"},
      {"subscribe xb (TLP:GREEN)", "xb"},
      {"subscribe xb #4711", "xb"},
      {"subscribe (xb)", "xb"},
      {"subscribe [xb]", "xb"},
      {"[.CLOUD news] subscribe xb", "xb"},
      {"subscribe xa (xb)", "xa xb"},
      {"subscribe ((((((((((xb))))))))))", "xb"},
  }));
  INFO(row.text);
  CHECK(told(in_subject(row.text)) == row.want);
}

TEST_CASE("a name stands behind Sympa's SUBSCRIBE LIST") {
  CHECK(told(in_subject("SUBSCRIBE sym Li Na", Manager::sympa)).empty());
  CHECK(told(in_subject("SUBSCRIBE sym LI NA", Manager::sympa)).empty());
  CHECK(told(in_subject("SUBSCRIBE sym Анна Петрова", Manager::sympa)).empty());
  CHECK(told(in_subject("SUBSCRIBE sym Renée", Manager::sympa)).empty());
  CHECK(told(in_subject("SUBSCRIBE tld-ops xa", Manager::sympa)) == "xa");
  CHECK(told(in_subject("SUBSCRIBE sym .xb", Manager::sympa)) == "xb");
  CHECK(told(in_subject("subscribe xb", Manager::sympa)) == "xb");
}

TEST_CASE("the unknown word behind a dot is told") {
  CHECK(in_subject("subscribe .COM").first_unknown == "com");
  CHECK(in_subject("subscribe .c\xc3\xb6m_x").first_unknown.empty());
  CHECK(in_subject("subscribe .7z and .xa").unknown == 0);
}

TEST_CASE("which lines of text begin a request") {
  const auto* const line = GENERATE(
      "subscribe xa", "Please subscribe me", "Hello, please subscribe us for .xb", "[EXT] subscribe xa",
      "\xe2\x80\xa2 subscribe xa", "We would like to join for .xa",
      "Bitte melden Sie uns für .xa an: Anmeldung", "Merci de nous inscrire", "Por favor, suscríbanos",
      "Gostaríamos de aderir à lista", "Vorremmo iscriverci", "Graag aanmelden voor .xa",
      "Prosimy o dodanie .xa: dodaj", "Прошу подписать нас", "登録をお願いします", "请订阅 .xa",
      "구독 부탁드립니다", "نرجو تسجيل .xa", "Vi vill prenumerera", "Haluamme liittyä listalle",
      "Prosíme o přihlášení", "Lütfen .xa ekleyin", "Παρακαλώ προσθέστε .xa");
  INFO(line);
  CHECK(begins_request(line));
}

TEST_CASE("prose, footers and leaves begin none") {
  const auto* const line = GENERATE("", "Thank you.", "the filled joining form is attached as a .pdf file.",
                                    "To unsubscribe from the .CLOUD newsletter of NIC XA follow the link.",
                                    "Our colleagues subscribe as well", "Anne has joined .xb", "unsubscribe",
                                    "You may join the .xb conference", "Please find enclosed",
                                    "This e-mail is confidential. Do not subscribe .xb");
  INFO(line);
  CHECK_FALSE(begins_request(line));
}

TEST_CASE("a request in the text") {
  const auto row = GENERATE(values<NamedRow>({
      {"subscribe xa, xb", "xa xb"},
      {"Please subscribe us, the form is attached as .pdf", ""},
      {"Please subscribe us for .com", "?1"},
      {"Please subscribe us. We met at the .CLOUD conference.", ""},
      {"Please subscribe us. We run .xb.", "xb"},
      {"Join us in .xa", "xa"},
  }));
  INFO(row.text);
  NamedCcTlds named;
  read_request_line(row.text, {"tld-ops", Manager::mailman3, kKnown}, named);
  CHECK(told(named) == row.want);
}

TEST_CASE("a labelled list") {
  const auto row = GENERATE(values<NamedRow>({
      {"xa, xb", "xa xb"},
      {".xa (Xanadu), .xb and .xc", "xa xb xc"},
      {"xa und xb", "xa xb"},
      {"xa et xb", "xa xb"},
      {"xa, et, xb", "et xa xb"},
      {"et", "et"},
      {"me", "me"},
      {"xa, et", "et xa"},
      {"xa y xb", "xa xb"},
      {"xa と xb", "xa xb"},
      {"XN--P1AI рф", "xn--p1ai"},
      {"xa nic.example", "xa ?1"},
      {"all of them", "of ?2"},
      {"", ""},
      {".xa - Xanadu", "xa"},
      {"xa - Xanadu", "xa"},
      {"xa \xe2\x80\x93 Xanadu", "xa"},
      {".xa (Xanadu), registry NIC XB", "xa"},
      {"xa, registry of NIC XB", "xa"},
      {"Xanadu (xa)", "xa"},
      {"Xanadu (.xa)", "xa"},
      {"Xanadu / xa", "xa"},
      {"Republic of Xanadu: xa", "xa"},
      {"my ccTLD is xb", "xb"},
      {"xa, xz", "xa xz"},
      {".xa, xb", "xa xb"},
      {".xa\xc2\xa0", "xa"},
      {"x\xe2\x80\x8b"
       "a",
       "xa"},
      {"Россия, рф", "xn--p1ai"},
      {".xa and .com", "xa ?1"},
  }));
  INFO(row.text);
  NamedCcTlds named;
  read_cctld_list(row.text, kKnown, named);
  CHECK(told(named) == row.want);
}

TEST_CASE("list items below a label") {
  const auto* const item =
      GENERATE("xa", "- xa", "2. .xb Ybor", "\xe2\x80\xa2 xa", "xa, xb", "xz", "XA Xanadu");
  INFO(item);
  CHECK(is_list_item(item, kKnown));
}

TEST_CASE("other lines below a label") {
  const auto* const line = GENERATE("Anne", "Li Na", "to be told", "Thank you", "", "3", "nic.xa");
  INFO(line);
  CHECK_FALSE(is_list_item(line, kKnown));
}

TEST_CASE("only so many words are looked at") {
  NamedCcTlds named;
  std::string list;
  for (int i = 0; i < 10'000; ++i) list += "nope ";
  read_cctld_list(list + "xa", kKnown, named);
  CHECK(named.looked_at == 200);
  CHECK(named.cctlds.empty());
  CHECK(named.unknown == 10'001);
  read_subject_line("subscribe xa .xb xn--p1ai рф", {"tld-ops", Manager::mailman3, kKnown}, named);
  CHECK(named.cctlds.empty());
  CHECK(named.unknown == 10'005);
}

TEST_CASE("a word longer than any label is not looked at") {
  NamedCcTlds named;
  std::string word;
  for (int i = 0; i < 127; ++i) word += "ф";
  read_cctld_list(word, kKnown, named);
  CHECK(named.looked_at == 0);
  CHECK(told(named) == "?1");
}

TEST_CASE("address detail") {
  const auto row = GENERATE(values<NamedRow>({
      {"", ""},
      {"xa", "xa"},
      {"xa+XB", "xa xb"},
      {"xa,xb", "xa xb"},
      {"xn--p1ai", "xn--p1ai"},
      {"xa+bounce123", "xa ?1"},
      {"xa++xb", "xa xb"},
  }));
  INFO(row.text);
  NamedCcTlds named;
  read_detail(row.text, named);
  CHECK(told(named) == row.want);
}

}  // namespace
}  // namespace ccgate
