// A WHOIS answer.
#include "milter/iana/whois.h"

#include "tests/fuzz/iana_reading.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"
#include "tests/support/values.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestWhois = std::size_t{1024} * 1024;

void run_whois(std::string_view input) {
  for (const char* label : {"fr", "xn--p1ai", "xa"})
    check_reading(read_whois(test::domain(label), input), input);
}

std::vector<std::string> whois_seeds() {
  std::vector<std::string> seeds;
  for (const char* name : {"tests/iana/whois/fr.txt", "tests/iana/whois/xn--p1ai.txt"})
    seeds.push_back(repository_file(name));
  for (const std::string& text : repository_files("tests/iana/odd", ".txt")) seeds.push_back(text);
  return seeds;
}

std::vector<std::string> whois_extremes() {
  const std::string record = repository_file("tests/iana/whois/fr.txt");
  std::vector<std::string> all;
  for (const char* piece : {"contact:      administrative\n", "e-mail:       a@nic.fr\n", "\n", "% x\n", ":",
                            "a:\n  ", "domain: FR\n", "ds-rdata: x\n", " ", "\r\n", "a"})
    all.push_back(filled_up(piece, kLargestWhois - 100));
  all.push_back(filled_up(record, kLargestWhois / 8));
  return all;
}

}  // namespace

Target whois_target() {
  return {"whois", kLargestWhois, run_whois, whois_seeds, whois_extremes};
}

}  // namespace ccgate::fuzz
