#include "tests/fuzz/stage.h"

#include <stdexcept>

#include "milter/site/ruleset.h"
#include "milter/store/open_store.h"
#include "milter/store/token.h"
#include "milter/system/log.h"
#include "tests/fuzz/inputs.h"

namespace ccgate::fuzz {
namespace {

std::string with_words(std::string text, const std::vector<std::pair<std::string, std::string>>& words) {
  for (const auto& [word, value] : words)
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
      text.replace(at, word.size(), value);
  return text;
}

std::string event(char letter, std::string_view text = {}) {
  return letter + std::string(text) + kEndOfEvent;
}

}  // namespace

Stage::Stage(bool with_store) : services_{dkim_, [] { return test::kNoon; }} {
  set_log({LogFormat::logfmt, LogLevel::error, LogPlace::standard_error, {}, {}});
  const std::vector<std::pair<std::string, std::string>> words{{"@FOLDER@", folder_.path()},
                                                               {"@DNS@", "127.0.0.1@53"},
                                                               {"@MIXED@", "split"},
                                                               {"@FETCHED@", "2030-01-15T00:00:00Z"}};
  for (const char* name : {"aliases", "registries.yaml", "tld-ops.policy.yaml"})
    folder_.write(name, repository_file(std::string("tests/site/") + name));
  folder_.write("contacts.json", with_words(repository_file("tests/site/contacts.json.in"), words));
  std::string config = with_words(repository_file("tests/site/ccgate.yaml.in"), words);
  if (with_store)
    config.insert(config.find("lists:\n"),
                  "store: sqlite:" + folder_.path() + "/ledger.sqlite\nsubmit: smtp://127.0.0.1:1\n");
  Issues issues;
  rules_ = load_ruleset(folder_.write("ccgate.yaml", config), issues);
  if (!rules_) throw std::runtime_error(issues.empty() ? "no rules" : render(issues.front()));
  for (const char* domain : {"nic.xa", "nic.xb"})
    zone_->add(domain, RrType::txt, "v=spf1 ip4:192.0.2.25 -all");
  if (!with_store) return;
  store_ = open_store(rules_->config.store, StoreAccess::own);
  services_.store = store_.get();
  DecisionRecord record;
  record.entry = test::notice_entry();
  record.questions = {test::notice_question()};
  store_->record(record);
  char letter = 'a';
  for (const TokenPurpose purpose :
       {TokenPurpose::confirm, TokenPurpose::refuse, TokenPurpose::object, TokenPurpose::bounce}) {
    Token token;
    token.hash = token_hash(std::string(kTokenLength, letter++));
    token.purpose = purpose;
    token.decision_id = record.entry.id;
    token.question = record.questions.front().id;
    token.contact = "hostmaster@nic.xa";
    token.list = "tld-ops";
    token.expires = test::kNoon + 100;
    store_->add_token(token, test::kNoon);
  }
}

std::vector<MtaEvent> read_events(std::string_view input) {
  std::vector<MtaEvent> events;
  while (!input.empty()) {
    const std::string_view text = take_part(input, std::string_view(&kEndOfEvent, 1));
    if (!text.empty()) events.push_back({text.front(), text.substr(1)});
  }
  return events;
}

std::string events_of(std::string_view client, std::string_view mail_from, std::string_view recipient,
                      std::string_view message) {
  const FuzzMessage mail = split_message(message);
  std::string text = event('C', client) + event('H', "mx.nic.xa") + event('M', mail_from) +
                     event('R', recipient) + event('T');
  for (const HeaderField& field : mail.fields) text += event('L', field.name + ":" + field.value);
  return text + event('N') + event('B', mail.body) + event('E');
}

std::vector<std::string> event_seeds() {
  const std::string good =
      "From: hostmaster@nic.xa\nTo: tld-ops-join@lists.example\nSubject: subscribe xa\n"
      "Date: Tue, 15 Jan 2030 11:00:00 +0000\nMessage-ID: <1@nic.xa>\n\nThank you.\r\n";
  const std::string join =
      events_of("192.0.2.25", "<hostmaster@nic.xa>", "<tld-ops-join@lists.example>", good);
  const std::string yes = "From: hostmaster@nic.xa\nSubject: Re: do you confirm?\n\nYes.\r\n";
  std::vector<std::string> seeds{join, join + join, join.substr(join.find("E\x1e")) + join};
  for (const auto* own : {"vouch+aaaaaaaaaaaaaaaaaaaaaaaaaa", "reject+bbbbbbbbbbbbbbbbbbbbbbbbbb",
                          "object+cccccccccccccccccccccccccc", "notice+dddddddddddddddddddddddddd"})
    seeds.push_back(events_of("192.0.2.25", own[0] == 'n' ? "<>" : "<hostmaster@nic.xa>",
                              std::string("<tld-ops-") + own + "@lists.example>", yes) +
                    join);
  std::size_t count = 0;
  for (const std::string& message : scenario_messages(6)) {
    const char* recipients[] = {"<tld-ops-request@lists.example>", "<secretariat@lists.example>",
                                "<tld-ops-leave@lists.example>", "<tld-ops@lists.example>"};
    seeds.push_back(
        events_of("192.0.2.25", "<hostmaster@nic.xa>", recipients[count++ % std::size(recipients)], message));
  }
  std::string mixed =
      event('M', "<a@b>") + event('R', "<tld-ops-join@lists.example>") + event('R', "<x@y>") +
      event('R', std::string("\"tld-ops-join\"@lists.example") + '\0' + "tld-ops-join@lists.example");
  seeds.push_back(mixed + event('T') + event('E') + event('N') + event('B', "x") + event('A') +
                  event('L', "a:b") + join);
  seeds.push_back(event('E') + event('N') + event('T') + event('B') +
                  event('R', "<tld-ops-join@lists.example>") + event('E'));
  return seeds;
}

std::vector<std::string> event_extremes() {
  const std::string begin =
      event('M', "<hostmaster@nic.xa>") + event('R', "<tld-ops-join@lists.example>") + event('T');
  const std::string end = event('N') + event('B', "x\r\n") + event('E');
  return {
      begin + filled_up(event('L', "X: y"), 256 * 1024) + end,
      begin + event('L', "Subject: " + filled_up("(", 256 * 1024)) + end,
      begin + event('L', "From: hostmaster@nic.xa") + event('N') +
          filled_up(event('B', filled_up("subscribe xa\r\n", 60000)), 300 * 1024) + event('E'),
      event('M', "<a@b>") + filled_up(event('R', "<tld-ops-join@lists.example>"), 200 * 1024) + event('T') +
          end,
      filled_up(event('M') + event('R', "<tld-ops-join@lists.example>") + event('T') + event('E'), 20000),
      filled_up(event('A'), 100000),
      event('M', "<" + filled_up("a!", 100000)) + event('R', filled_up("\"%", 100000)) + event('T') + end};
}

}  // namespace ccgate::fuzz
