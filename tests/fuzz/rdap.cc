// An RDAP answer.
#include "milter/iana/rdap.h"

#include "tests/fuzz/iana_reading.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"
#include "tests/support/values.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestRdap = std::size_t{1024} * 1024;

void run_rdap(std::string_view input) {
  for (const char* label : {"fr", "xn--p1ai", "xa"})
    check_reading(read_rdap(test::domain(label), input), input);
}

std::vector<std::string> rdap_seeds() {
  std::vector<std::string> seeds;
  for (const char* name : {"tests/iana/rdap/fr.json", "tests/iana/rdap/xn--p1ai.json"})
    seeds.push_back(repository_file(name));
  for (const std::string& text : repository_files("tests/iana/odd", ".json")) seeds.push_back(text);
  seeds.push_back(
      R"({"objectClassName":"domain","ldhName":"FR","entities":[{"objectClassName":"entity","roles":["administrative"],)"
      R"("vcardArray":["vcard",[["version",{},"text","4.0"],["fn",{},"text","A"],["email",{},"text","a@nic.fr"]]]}],)"
      R"("redacted":[{"name":{"type":"Tech Name"},"prePath":"$.entities[?(@.roles[0]=='technical')]","method":"removal"}],)"
      R"("events":[{"eventAction":"last changed","eventDate":"2020-01-01T00:00:00Z"}],"secureDNS":{"delegationSigned":true}})");
  return seeds;
}

std::vector<std::string> rdap_extremes() {
  std::vector<std::string> all;
  for (const char* piece : {"[", "{\"a\":", "{\"entities\":[", "{\"redacted\":[", "\"", "\\u0000", "[[],",
                            "{\"vcardArray\":[\"vcard\",["})
    all.push_back(filled_up(piece, kLargestRdap - 100));
  all.push_back(R"({"objectClassName":"domain","ldhName":"FR","entities":[)" +
                filled_up(R"({"roles":["administrative"],"entities":[]},)", kLargestRdap - 200) + "{}]}");
  return all;
}

}  // namespace

Target rdap_target() {
  return {"rdap", kLargestRdap, run_rdap, rdap_seeds, rdap_extremes};
}

}  // namespace ccgate::fuzz
