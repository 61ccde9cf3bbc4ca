// tests/ledger/main_ledger_fill.cc: records fixed decisions. `ccgate_ledger_fill URL FOLDER` those of the
// tests, with the explanations in FOLDER; `ccgate_ledger_fill URL FOLDER ID` one more, of this id; `held` is
// one that went to the hold queue.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "milter/store/open_store.h"
#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

std::string content(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::int64_t at(const char* time) {
  return *parse_timestamp(time);
}

LedgerEntry decision(const std::string& id, const char* time, const std::string& ccTLD) {
  LedgerEntry entry;
  entry.id = id;
  entry.decided = at(time);
  entry.list = "tld-ops";
  entry.request = "subscribe";
  entry.cctlds = {ccTLD};
  entry.author = "anne@nic.xa";
  entry.author_domain = "nic.xa";
  entry.mail_from = "anne@nic.xa";
  entry.client = "192.0.2.25";
  entry.helo = "mx.nic.xa";
  entry.recipients = {"tld-ops-join@lists.example"};
  entry.message_id = "<" + id + "@nic.xa>";
  entry.people = R"([{"email":"anne@nic.xa"}])";
  entry.evidence_digest = std::string(64, 'e');
  entry.verdict = "accept";
  entry.ground = "contact_in_copy";
  entry.rule = "admin-copied";
  entry.policy_hash = std::string(64, 'a');
  entry.queue_id = "4XyZ12";
  entry.request_key = std::string(64, 'c');
  entry.keep_until = entry.decided + 400 * 24 * 3600;
  return entry;
}

DecisionRecord accepted() {
  DecisionRecord record;
  record.entry = decision("7k2m9qx40c1d", "2030-01-10T09:00:00Z", "xa");
  record.entry.people =
      R"([{"name":"Ben","email":"ben@nic.xa","phone":"+1 555 0100"},{"name":"Eve"},{"phone":"+1 555 0101"}])";
  record.events = {
      {0, record.entry.id, at("2030-01-10T09:00:05Z"), EventKind::informed, "hostmaster@nic.xa", ""},
      {0, record.entry.id, at("2030-01-10T10:30:00Z"), EventKind::bounced, "hostmaster@nic.xa",
       "550 5.1.1 no such user\x1b[2J"}};
  return record;
}

DecisionRecord refused(const std::string& folder) {
  DecisionRecord record;
  record.entry = decision("7k2m00000001", "2030-01-11T09:00:00Z", "xa");
  record.entry.verdict = "reject";
  record.entry.ground = "contact_not_in_copy";
  record.entry.rule = "default";
  record.entry.reply = "550 5.7.2 write from hostmaster@nic.xa or copy it in Cc [7k2m00000001]";
  record.entry.explanation = content(folder + "/explanation.json");
  return record;
}

DecisionRecord asked() {
  DecisionRecord record;
  LedgerEntry& entry = record.entry;
  entry = decision("bq0000000002", "2030-01-12T09:00:00Z", "xa");
  entry.cctlds = {"xb", "xn--p1ai"};
  entry.verdict = "ask";
  entry.ground = "contact_asked";
  entry.rule = "admin-copied-weaker";
  entry.reply =
      "451 4.7.1 asked the admin contact to confirm; your mail server will try again [bq0000000002]";
  const auto question = [&](const char* id, const char* contact, const char* label) {
    return Question{id,
                    entry.request_key,
                    entry.id,
                    entry.list,
                    contact,
                    {label},
                    entry.decided,
                    entry.decided + 7 * 24 * 3600,
                    QuestionState::open,
                    0};
  };
  record.questions = {question("q1", "hostmaster@nic.xb", "xb"),
                      question("q2", "admin@p1ai.example", "xn--p1ai")};
  return record;
}

/// What a hostile author and an operator who only observes leave.
DecisionRecord hostile() {
  DecisionRecord record;
  LedgerEntry& entry = record.entry;
  entry = decision("cd0000000003", "2030-01-13T09:00:00Z", "xa");
  entry.list = "observed";
  entry.request = entry.author = entry.author_domain = entry.people = entry.queue_id = "";
  entry.cctlds = {};
  entry.helo = "mx\x1b]0;title\x07.example";
  entry.mail_from = "<\xe2\x80\xae@evil.example>";
  entry.verdict = "reject";
  entry.ground = "malformed";
  entry.rule = "";
  entry.observed = true;
  entry.explanation = "{";
  return record;
}

DecisionRecord held() {
  DecisionRecord record;
  record.entry = decision("held00000006", "2030-01-15T09:00:00Z", "xa");
  record.entry.verdict = "hold";
  record.entry.ground = "rule";
  record.entry.rule = "too-many-contacts";
  record.events = {{0, record.entry.id, record.entry.decided, EventKind::held, "",
                    "ccgate held00000006: hold rule too-many-contacts .xa"}};
  return record;
}

DecisionRecord family() {
  DecisionRecord record;
  LedgerEntry& entry = record.entry;
  entry = decision("dd0000000004", "2030-01-14T09:00:00Z", "xa");
  entry.cctlds = {"xa", "xb", "xc", "xd", "xe", "xf", "xg", "xh"};
  entry.request = "unsubscribe";
  entry.author = "registrar-relations@registry-services.example";
  entry.ground = "rule";
  entry.rule = "leave-and-confirm";
  return record;
}

void fill(const std::string& url, const std::string& folder) {
  const auto store = open_store(url, StoreAccess::own);
  for (const DecisionRecord& record : {accepted(), refused(folder), asked(), hostile(), family()})
    store->record(record);
  const Token token{"token",   TokenPurpose::confirm, "bq0000000002", "q2", "admin@p1ai.example",
                    "tld-ops", at("2030-02-01")};
  store->add_token(token, at("2030-01-12T09:00:01Z"));
  for (const char* time : {"2030-01-12T09:10:00Z", "2030-01-12T09:30:00Z", "2030-01-12T10:10:00Z"})
    store->add({{0, "bq0000000002", at(time), EventKind::repeated, "", "4XyZ12"}}, {});
  store->answer("token", "tld-ops", QuestionState::confirmed, "from ben@backend.example",
                at("2030-01-12T12:00:00Z"), {});
}

}  // namespace
}  // namespace ccgate

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) return 2;
  try {
    if (argc == 3)
      ccgate::fill(argv[1], argv[2]);
    else if (argv[3] == std::string("held"))
      ccgate::open_store(argv[1], ccgate::StoreAccess::own)->record(ccgate::held());
    else
      ccgate::open_store(argv[1], ccgate::StoreAccess::own)
          ->record({ccgate::decision(argv[3], "2030-01-15T09:00:00Z", "xa"), {}, {}, {}, {}});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate_ledger_fill: %s\n", error.what());
    return 1;
  }
  return 0;
}
