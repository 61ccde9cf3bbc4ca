// tests/support/main_request_reader.cc: what ccgate takes mails for, as the daemon judges them, one after
// another in one process. Usage: ccgate_request_reader CCGATE.YAML < MAILS
//
// A mail is one line: envelope sender, envelope recipient and the message in hexadecimal digits, with blanks
// in between. For each comes one JSON object on a line:
//
//   untouched  none of ccgate's business: nobody judged it
//   refused    why, where it is for a fault of its own, whatever the policy says; else empty
//   author     empty when it cannot be read
//   copied     the addresses of To and Cc, likewise
//   judged     for each list: its name, the kind of the request, whether it was understood, the people who
//   are
//              named beside the author, and whether somebody may be meant who is not named
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario.h"
#include "milter/site/ruleset.h"
#include "policy/message/message.h"
#include "policy/text/issue.h"

namespace ccgate {
namespace {

constexpr std::int64_t kNow = 1894708800;  // 2030-01-15T12:00:00Z

std::optional<std::string> from_hex(std::string_view digits) {
  const auto value = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string octets;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int high = value(digits[i]), low = value(digits[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    octets += static_cast<char>(high * 16 + low);
  }
  return octets;
}

nlohmann::json judged(const RecipientJudgement& judgement) {
  const Request& request = judgement.judgement.request;
  nlohmann::json people = nlohmann::json::array();
  for (const Person& person : request.people)
    if (person.email) people.push_back(person.email->text());
  return {{"list", judgement.gated->list->config.name},
          {"kind", to_string(request.kind)},
          {"understood", request.understood},
          {"people", people},
          {"unnamed", request.others_unnamed}};
}

nlohmann::json outcome(const std::vector<HeaderField>& fields, const TransactionResult& result) {
  nlohmann::json judgements = nlohmann::json::array();
  for (const RecipientJudgement& each : result.judgements) judgements.push_back(judged(each));
  const Verdict& verdict = result.verdict;
  const bool fault = verdict.decision == Decision::reject &&
                     (verdict.ground == Ground::malformed || verdict.ground == Ground::over_limit ||
                      verdict.ground == Ground::automatic);
  const auto message = read_message(fields, {});
  const auto* read = std::get_if<Message>(&message);
  nlohmann::json copied = nlohmann::json::array();
  if (read != nullptr)
    for (const auto* addresses : {&read->to, &read->cc})
      for (const Address& each : *addresses) copied.push_back(each.text());
  return {{"untouched", result.passes_untouched},
          {"refused", !result.passes_untouched && fault ? verdict.reply.text : ""},
          {"author", read == nullptr ? "" : read->author.text()},
          {"copied", copied},
          {"judged", judgements}};
}

int read_requests(const char* config) {
  Issues issues;
  const auto rules = load_ruleset(config, issues);
  for (const Issue& issue : issues) std::fputs(render(issue).c_str(), stderr);
  if (!rules) return 1;
  const DkimVerifier dkim;
  const Services services{dkim, [] { return kNow; }};
  const auto client = ClientAddress::parse("192.0.2.25");
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t first = line.find(' '), second = line.find(' ', first + 1);
    if (second == std::string::npos) return 2;
    const auto message = from_hex(std::string_view(line).substr(second + 1));
    if (!message) return 2;
    play_message(
        services, {rules, std::make_shared<ZoneResolver>()}, client, "mx.nic.xa", line.substr(0, first),
        {line.substr(first + 1, second - first - 1)}, *message,
        [](const TransactionStart&, const std::vector<HeaderField>& fields, const TransactionResult& result) {
          std::cout << outcome(fields, result).dump() << '\n';
        });
  }
  return 0;
}

}  // namespace
}  // namespace ccgate

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  return ccgate::read_requests(argv[1]);
}
