#include "policy/request/request_text.h"

#include <set>
#include <string>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

std::string named_in(std::string_view text, bool for_people = false) {
  const KnownCcTlds known{[](const Domain& label) {
                            static const std::set<std::string> kExist{"xa", "xb", "xc", "xd", "xe", "mo"};
                            return kExist.contains(label.ascii());
                          },
                          [](const Domain& label) { return label.ascii() == "xa"; }};
  const TextFindings found = read_request_text(text, {"tld-ops", Manager::mailman3, known, for_people});
  std::string out;
  for (const Domain& cctld : found.named.cctlds) out += (out.empty() ? "" : " ") + cctld.ascii();
  if (found.named.unknown > 0) out += (out.empty() ? "?" : " ?") + std::to_string(found.named.unknown);
  return out;
}

TEST_CASE("which lines of a text name ccTLDs") {
  struct Row {
    const char* story;
    const char* text;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"a command line", "Hello,\nsubscribe xa\n", "xa"},
      {"wrapped behind a comma", "subscribe xa, xb,\nxc", "xa xb xc"},
      {"a wrapped sentence",
       "please subscribe us to the mailing list, we run the three ccTLDs .xb,\n.xc and .xd for many years.",
       "xb xc xd"},
      {"wrapped before a dot", "please subscribe us for the names in\n.xb", "xb"},
      {"the next sentence", "subscribe xa\nThank you. We like .xb", "xa"},
      {"below a signature separator", "Please let me in.\n\n-- \nAnne\nJoin the .xb conference in May!", ""},
      {"below one that lost its blank", "subscribe xa\n--\nJoin .xb", "xa"},
      {"quoted", "subscribe xa\n> subscribe xb", "xa"},
      {"below a quoted header", "subscribe xa\nFrom: Ben\nSent: today\nsubscribe xb", "xa"},
      {"below Original Message", "subscribe xa\n-----Original Message-----\nsubscribe xb", "xa"},
      {"a footer", "To unsubscribe from the .CLOUD newsletter follow the link.", ""},
      {"a button", "Please let me in.\nAnne\nNIC XA\nJoin us", ""},
      {"prose", "the filled joining form is attached as a .pdf file.", ""},
      {"a label", "ccTLD: xa, xb", "xa xb"},
      {"a label, wrapped", "ccTLDs: xb, xc,\nxd, xe\nName: Ben", "xb xc xd xe"},
      {"a label and a list", "ccTLDs:\nxa\nxb\n", "xa xb"},
      {"a label, an empty line and a list", "ccTLDs:\n\n- xa\n- xb Ybor\nName: Anne", "xa xb"},
      {"a numbered list", "ccTLDs:\n1. .xa\n2. .xb", "xa xb"},
      {"a value and more items", "ccTLDs: xa\n- xb", "xa xb"},
      {"a list that ends", "ccTLDs:\nxa\nThank you", "xa"},
      {"an empty label", "ccTLD:\nMo Smith", ""},
      {"a label in a table", "ccTLD\t.xa", "xa"},
      {"a label between bars", "| ccTLD | .xa |", "xa"},
      {"a quoted label, a form filled in by reply", "Hello\n> ccTLD: xa", "xa"},
      {"a quoted label beside own words", "subscribe xa\n> ccTLD: xb", "xa"},
      {"a quoted form beside own words", "subscribe xa\n> ccTLD: xb\n> Name: Bob\n> E-mail: bob@nic.xb",
       "xa xb"},
      {"a label in a signature", "subscribe xa\n-- \nccTLD: xb", "xa"},
      {"a form in a signature", "subscribe xa\n-- \nccTLD: xb\nName: Bob", "xa xb"},
      {"inline PGP",
       "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nccTLD: xa\n- -- \nAnne\n"
       "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n",
       "xa"},
      {"a second part begins anew", "subscribe xa\n-- \nAnne\n\f\nccTLD: xb", "xa xb"},
      {"a blank that is none", "ccTLD:\xc2\xa0.xa", "xa"},
      {"letters that nobody sees",
       "sub\xe2\x80\x8bscribe .x\xe2\x80\x8b"
       "a",
       "xa"},
  }));
  INFO(row.story);
  CHECK(named_in(row.text) == row.want);
}

TEST_CASE("what stands below a farewell, and invitations, people may take for a request") {
  const auto* const text = GENERATE("Please let me in.\n\nKind regards,\nAnne\n\nJoin .xb at its meeting",
                                    "Please let me in.\n\nJoin the .xb anniversary conference in May!",
                                    "Please let me in.\n\nSubscribe to our .xb newsletter");
  INFO(text);
  CHECK(named_in(text).empty());
  CHECK(named_in(text, true) == "xb");
}

TEST_CASE("a request below thanks, and one for the list") {
  CHECK(named_in("Thank you.\nsubscribe xa\n") == "xa");
  CHECK(named_in("Join the list for .xa") == "xa");
  CHECK(named_in("Subscribe the registry .xa") == "xa");
}

}  // namespace
}  // namespace ccgate
