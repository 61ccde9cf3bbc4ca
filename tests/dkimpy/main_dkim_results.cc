// tests/dkimpy/main_dkim_results.cc: verifies signed messages in both ways that there are, for comparisons
// with other programs. Usage: ccgate_dkim_results NAME RECORD [NAME RECORD ...] < MESSAGES NAME and RECORD
// are keys in DNS. Each line of the input is a message in base64; each line of the output has, for each of
// its signatures from top to bottom, what the library says, a slash, and what the own reading says.
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dkim_check.h"
#include "milter/evidence/dns_zone.h"
#include "milter/scenario/message_file.h"
#include "policy/text/base64.h"

namespace ccgate {
namespace {

std::vector<std::string> by_library(const DkimVerifier& verifier, const MessageText& message,
                                    ZoneResolver& zone) {
  DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
  DkimMessage verified(verifier, message.fields, *Domain::parse("nic.xa"), std::time(nullptr), {}, dns);
  for (std::size_t at = 0; at < message.body.size(); at += 11)
    verified.body(std::string_view(message.body).substr(at, 11));
  std::vector<std::string> told;
  for (const Signature& signature : verified.finish()) told.emplace_back(to_string(signature.result));
  return told;
}

std::string by_ourselves(const DkimCandidate& candidate, const MessageText& message, ZoneResolver& zone) {
  DkimBodyHash body(candidate.tags.relaxed_body);
  body.add(message.body);
  const auto answer = zone.ask(candidate.key_name, RrType::txt)->wait({});
  const auto chosen = choose_dkim_key(*answer, candidate.tags.algorithm);
  const auto* key = std::get_if<DkimKey>(&chosen);
  if (key == nullptr || (key->strict && candidate.tags.identity_below)) return "permerror";
  const bool good = check_dkim_header(candidate, message.fields, *key, 1024).good;
  return good && body.finish() == candidate.tags.body_hash ? "pass" : "fail";
}

std::vector<std::string> by_ourselves(const MessageText& message, ZoneResolver& zone) {
  const DkimPlan plan = plan_dkim(message.fields, *Domain::parse("nic.xa"), std::time(nullptr), {});
  std::vector<std::string> told;
  for (const Signature& signature : plan.signatures) told.emplace_back(to_string(signature.result));
  for (const DkimCandidate& candidate : plan.chosen)
    told[candidate.signature] = by_ourselves(candidate, message, zone);
  return told;
}

}  // namespace
}  // namespace ccgate

int main(int argc, char** argv) {
  using namespace ccgate;
  ZoneResolver zone;
  for (int at = 1; at + 1 < argc; at += 2)
    if (!zone.add(argv[at], RrType::txt, argv[at + 1])) return 2;
  const DkimVerifier verifier;
  for (std::string line; std::getline(std::cin, line);) {
    const MessageText message = split_message(base64_decoded(line));
    const auto library = by_library(verifier, message, zone), own = by_ourselves(message, zone);
    for (std::size_t at = 0; at < library.size(); ++at)
      std::cout << (at == 0 ? "" : " ") << library[at] << '/' << own[at];
    std::cout << '\n';
  }
  return 0;
}
