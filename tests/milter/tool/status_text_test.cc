#include "milter/tool/status_text.h"

#include "milter/tool/waiting_text.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

namespace ccgate {
namespace {

using namespace test;

SiteStatus site_at_noon() {
  SiteStatus site;
  site.now = kNoon;
  site.daemon = {{"unix:/run/ccgate/ccgate.sock", true},
                 {"inet:8891@127.0.0.1", false, "Connection refused"}};
  ListStatus list{"tld-ops", "/etc/ccgate/tld-ops.policy.yaml", std::string(64, 'a'), kNoon - 86400,
                  std::string(64, 'a')};
  list.day = {
      {"accept", "contact_in_copy", 3}, {"accept", "rule", 1}, {"reject", "outsider", 12}, {"", "", 9}};
  site.lists = {list};
  site.store = true;
  Question question = notice_question();
  question.id = "q1";
  question.cctlds = {"xa"};
  question.asked = kNoon - 3 * 86400;
  question.expires = kNoon + 86400;
  site.questions = {question};
  HeldMail held{notice_entry(), kNoon - 5 * 3600, "ccgate 7k2m9qx40c1d: hold rule many"};
  held.entry.queue_id = "4XyZ12";
  held.entry.cctlds = {"xa"};
  site.held = {held};
  site.outbox.waiting = 2;
  site.outbox.oldest_due = kNoon - 600;
  site.fetched = kNoon - 8 * 3600;
  site.max_age = 7 * 86400;
  site.anomalies = {{"xb", "no admin contact"}};
  return site;
}

TEST_CASE("one screen about a site") {
  CHECK(site_status_text(site_at_noon()) ==
        "daemon\n"
        "  unix:/run/ccgate/ccgate.sock  answers\n"
        "  inet:8891@127.0.0.1           does not answer: Connection refused\n"
        "rules\n"
        "  tld-ops  /etc/ccgate/tld-ops.policy.yaml of 2030-01-14T12:00:00Z, in force\n"
        "last 24 hours\n"
        "  tld-ops  4 accept, 12 reject\n"
        "questions: 1\n"
        "  QUESTION  DECISION      LIST     CONTACT            CCTLDS  ASKED                 WAITS   UNTIL\n"
        "  q1        7k2m9qx40c1d  tld-ops  hostmaster@nic.xa  .xa     2030-01-12T12:00:00Z  3 days  "
        "2030-01-16T12:00:00Z\n"
        "held mail: 1\n"
        "  DECISION      LIST     REQUEST    CCTLDS  AUTHOR       QUEUE ID  WAITS  LETS IT GO           "
        "REASON\n"
        "  7k2m9qx40c1d  tld-ops  subscribe  .xa     anne@nic.xa  4XyZ12    5 h    postsuper -H 4XyZ12  "
        "ccgate 7k2m9qx40c1d: hold rule many\n"
        "outbox: 2, the oldest is late by 10 min\n"
        "contacts: fetched 2030-01-15T04:00:00Z, 8 h ago\n"
        "anomalies: 1\n"
        "  .xb  no admin contact\n");
}

TEST_CASE("what is not well is said") {
  SiteStatus site = site_at_noon();
  site.daemon.clear();
  site.lists[0].decided_by = std::string(64, 'b');
  site.fetched = kNoon - 9 * 86400;
  CHECK_THAT(site_status_text(site), contains("the newest decision was by another one (bbbbbbbbbbbb)"));
  site.lists[0].running = std::string(64, 'c');
  site.lists[0].running_since = kNoon - 60;
  CHECK_THAT(site_status_text(site),
             contains("NOT in force: another one (cccccccccccc) is, since 2030-01-15T11:59:00Z"));
  site.lists[0].running = site.lists[0].policy_hash;
  CHECK_THAT(site_status_text(site), contains(", in force since 2030-01-15T11:59:00Z\n"));
  const std::string text = site_status_text(site);
  CHECK_THAT(text, contains("cannot be asked"));
  CHECK_THAT(text, contains("9 days ago: STALE"));
  site.lists[0].policy_hash.clear();
  site.store = false;
  CHECK_THAT(site_status_text(site), contains("tld-ops.policy.yaml cannot be read"));
  CHECK_THAT(site_status_text(site), contains("no store"));
}

TEST_CASE("a screen stays a screen") {
  SiteStatus site = site_at_noon();
  site.questions.resize(30, site.questions.front());
  CHECK_THAT(site_status_text(site), contains("questions: 30\n"));
  CHECK_THAT(site_status_text(site), contains("  and 20 more: ccgate ask list\n"));
}

TEST_CASE("the state of a site for scripts") {
  CHECK(
      site_status_json(site_at_noon()) ==
      R"({"time":"2030-01-15T12:00:00Z","daemon":[{"socket":"unix:/run/ccgate/ccgate.sock","answers":true,)"
      R"("why":null},{"socket":"inet:8891@127.0.0.1","answers":false,"why":"Connection refused"}],)"
      R"("lists":[{"list":"tld-ops","policy":"/etc/ccgate/tld-ops.policy.yaml","policy_hash":")" +
          std::string(64, 'a') + R"(","policy_since":"2030-01-14T12:00:00Z","decided_by":")" +
          std::string(64, 'a') +
          R"(","running":null,"running_since":null,"last_24_hours":{"accept":4,"reject":12}}],"store":true,"questions":[{"question":"q1",)"
          R"("decision":"7k2m9qx40c1d","list":"tld-ops","contact":"hostmaster@nic.xa","asked_as":null,)"
          R"("cctlds":["xa"],"state":"open","asked":"2030-01-12T12:00:00Z","expires":"2030-01-16T12:00:00Z"}],)"
          R"("held":[{"id":"7k2m9qx40c1d","time":"2030-01-15T07:00:00Z","list":"tld-ops","request":"subscribe",)"
          R"("cctlds":["xa"],"author":"anne@nic.xa","queue_id":"4XyZ12",)"
          R"("reason":"ccgate 7k2m9qx40c1d: hold rule many","release":"postsuper -H 4XyZ12"}],)"
          R"("outbox":{"waiting":2,"oldest_due":"2030-01-15T11:50:00Z"},)"
          R"("contacts":{"fetched":"2030-01-15T04:00:00Z","stale":false},)"
          R"("anomalies":[{"cctld":"xb","why":"no admin contact"}]})"
          "\n");
}

TEST_CASE("a queue id that could be more than one makes no command") {
  HeldMail held{notice_entry(), kNoon, "why"};
  for (const char* odd : {"", "4XyZ; rm", "-d", "a b"}) {
    held.entry.queue_id = odd;
    CHECK(release_command(held).empty());
  }
}

}  // namespace
}  // namespace ccgate
