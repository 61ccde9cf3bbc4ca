// tests/dkimpy/main_dkim_results.cc: verifies signed messages in both ways that there are, for comparisons
// with other programs. Usage: ccgate_dkim_results NAME RECORD [NAME RECORD ...] < MESSAGES NAME and RECORD
// are keys in DNS. Each line of the input is a message in base64; each line of the output is what the library
// says of its uppermost signature, and what the own reading says.
#include <iostream>
#include <string>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dkim_check.h"
#include "milter/evidence/dns_zone.h"
#include "milter/scenario/message_file.h"
#include "policy/text/base64.h"

namespace ccgate {
namespace {

constexpr std::int64_t kLater = 4'000'000'000;  // than every signature; none of them expires

std::string by_library(const DkimVerifier& verifier, const MessageText& message, ZoneResolver& zone) {
  DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
  DkimMessage verified(verifier, message.fields, *Domain::parse("nic.xa"), kLater, {}, dns);
  for (std::size_t at = 0; at < message.body.size(); at += 11)
    verified.body(std::string_view(message.body).substr(at, 11));
  const auto signatures = verified.finish();
  return signatures.empty() ? "none" : std::string(to_string(signatures.front().result));
}

std::string by_ourselves(const MessageText& message, ZoneResolver& zone) {
  const DkimPlan plan = plan_dkim(message.fields, *Domain::parse("nic.xa"), kLater, {});
  if (plan.chosen.empty()) return "none";
  const DkimCandidate& candidate = plan.chosen.front();
  DkimBodyHash body(candidate.tags.relaxed_body);
  body.add(message.body);
  const auto answer = zone.ask(candidate.key_name, RrType::txt)->wait({});
  const auto key = choose_dkim_key(*answer, candidate.tags.algorithm);
  if (!std::holds_alternative<DkimKey>(key)) return "permerror";
  const bool good = check_dkim_header(candidate, message.fields, std::get<DkimKey>(key), 1024).good;
  return good && body.finish() == candidate.tags.body_hash ? "pass" : "fail";
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
    std::cout << by_library(verifier, message, zone) << ' ' << by_ourselves(message, zone) << '\n';
  }
  return 0;
}
