#include "milter/iana/ask.h"

#include <deque>
#include <fstream>
#include <sstream>

#include "tests/support/catch.h"

using namespace ccgate;
using std::chrono::milliseconds;

namespace {

std::string recorded(const std::string& name) {
  std::ifstream file(std::string(CCGATE_SOURCE_DIR) + "/tests/iana/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  return text.str();
}

/// Answers from a list, and remembers the questions.
class Played : public Transport {
 public:
  std::variant<HttpAnswer, NoAnswer> get(const std::string& url) override {
    asked.push_back(url);
    REQUIRE_FALSE(http.empty());
    auto next = http.front();
    http.pop_front();
    return next;
  }
  std::variant<std::string, NoAnswer> whois(const std::string& question) override {
    asked.push_back("whois " + question);
    REQUIRE_FALSE(texts.empty());
    auto next = texts.front();
    texts.pop_front();
    return next;
  }

  std::deque<std::variant<HttpAnswer, NoAnswer>> http;
  std::deque<std::variant<std::string, NoAnswer>> texts;
  std::vector<std::string> asked;
};

/// Time that passes only when somebody waits.
struct Clock {
  milliseconds elapsed{0};
  std::vector<std::string> told;
  Pace pace() {
    return {[this] { return elapsed; }, [] { return std::int64_t{1751590020}; },  // 2025-07-04T00:47:00Z
            [this](milliseconds time) { elapsed += time; },
            [this](const std::string& why) { told.push_back(why); }};
  }
};

const Domain kFr = *Domain::parse("fr");

HttpAnswer rdap(std::string body) {
  return {200, "application/rdap+json", "", std::move(body)};
}

}  // namespace

TEST_CASE("one question, one record") {
  Played iana;
  iana.http = {rdap(recorded("rdap/fr.json"))};
  Clock clock;
  Asker asker(iana, {}, clock.pace());
  const IanaAnswer answer = asker.ask(kFr);
  REQUIRE(std::holds_alternative<IanaRecord>(answer));
  CHECK(std::get<IanaRecord>(answer).admin.email.text() == "tld-admin@nic.fr");
  CHECK(iana.asked == std::vector<std::string>{"https://rdap.iana.org/domain/fr"});
}

TEST_CASE("questions keep their distance") {
  Played iana;
  iana.http.assign(4, HttpAnswer{404, "", "", ""});
  Clock clock;
  Asker asker(iana, {IanaSource::rdap, "https://rdap.example/", false, 2, 0}, clock.pace());
  for (int i = 0; i < 4; ++i) (void)asker.ask(kFr);
  CHECK(clock.elapsed == milliseconds{1500});
  CHECK(iana.asked.back() == "https://rdap.example/domain/fr");
}

TEST_CASE("what may pass is asked again, ever more slowly") {
  Played iana;
  iana.http = {NoAnswer{"cannot connect", true}, HttpAnswer{503, "", "", ""}, HttpAnswer{429, "", "7", ""},
               rdap(recorded("rdap/fr.json"))};
  Clock clock;
  Asker asker(iana, {}, clock.pace());
  CHECK(std::holds_alternative<IanaRecord>(asker.ask(kFr)));
  CHECK(clock.elapsed == milliseconds{2000 + 4000 + 8000});
  CHECK(clock.told == std::vector<std::string>{"fr: cannot connect; trying again in 2 s",
                                               "fr: HTTP status 503; trying again in 4 s",
                                               "fr: HTTP status 429; trying again in 8 s"});
}

TEST_CASE("Retry-After is honoured, in seconds and as a date, up to five minutes") {
  struct Row {
    const char* value;
    std::int64_t waited;
  };
  const auto row = GENERATE(values<Row>({{"120", 120},
                                         {"0", 2},
                                         {"-5", 2},
                                         {"soon", 2},
                                         {"Fri, 04 Jul 2025 00:48:40 GMT", 100},
                                         {"Fri, 04 Jul 2025 00:40:00 GMT", 2},
                                         {"301", 0},
                                         {"99999999999", 0}}));
  INFO(row.value);
  Played iana;
  iana.http = {HttpAnswer{429, "", row.value, ""}, rdap(recorded("rdap/fr.json"))};
  Clock clock;
  Asker asker(iana, {}, clock.pace());
  const IanaAnswer answer = asker.ask(kFr);
  CHECK(clock.elapsed == std::chrono::seconds{row.waited});
  if (row.waited != 0) {
    CHECK(std::holds_alternative<IanaRecord>(answer));
  } else {
    REQUIRE(std::holds_alternative<Unanswered>(answer));
    CHECK_THAT(std::get<Unanswered>(answer).why, contains("HTTP status 429, asked to wait for"));
    CHECK(std::get<Unanswered>(answer).asked);
  }
}

TEST_CASE("what will not pass is asked once") {
  struct Row {
    std::variant<HttpAnswer, NoAnswer> got;
    IanaAnswer want;
  };
  const std::vector<Row> rows{
      {HttpAnswer{404, "application/rdap+json", "", ""},
       Anomaly{"IANA knows no such ccTLD (HTTP 404)", true}},
      {HttpAnswer{403, "", "", ""}, Unanswered{"HTTP status 403", true}},
      {HttpAnswer{200, "text/html", "", "<html>"}, Anomaly{"the answer is not application/rdap+json"}},
      {HttpAnswer{200, "", "", "{}"}, Anomaly{"the answer is not application/rdap+json"}},
      {NoAnswer{"redirected to another host", false, true}, Unanswered{"redirected to another host", true}},
      {NoAnswer{"not trusted", false}, Unanswered{"not trusted", false}},
  };
  for (const Row& row : rows) {
    Played iana;
    iana.http = {row.got};
    Clock clock;
    Asker asker(iana, {}, clock.pace());
    const IanaAnswer answer = asker.ask(kFr);
    CHECK(iana.asked.size() == 1);
    REQUIRE(answer.index() == row.want.index());
    if (const auto* odd = std::get_if<Anomaly>(&answer)) {
      CHECK(odd->why == std::get<Anomaly>(row.want).why);
      CHECK(odd->not_delegated == std::get<Anomaly>(row.want).not_delegated);
    }
    if (const auto* none = std::get_if<Unanswered>(&answer)) {
      CHECK(none->why == std::get<Unanswered>(row.want).why);
      CHECK(none->asked == std::get<Unanswered>(row.want).asked);
    }
  }
}

TEST_CASE("parameters of the content type do no harm") {
  Played iana;
  iana.http = {HttpAnswer{200, "Application/RDAP+json; charset=utf-8", "", recorded("rdap/fr.json")}};
  Clock clock;
  Asker asker(iana, {}, clock.pace());
  CHECK(std::holds_alternative<IanaRecord>(asker.ask(kFr)));
}

TEST_CASE("a cross-check that agrees, that differs, and that is not to be had") {
  const std::string same = recorded("whois/fr.txt");
  std::string other = same;
  other.replace(other.find("tld-admin@nic.fr"), 16, "someone@x.example");
  Played iana;
  iana.http.assign(4, rdap(recorded("rdap/fr.json")));
  iana.texts = {same, other, std::string(), NoAnswer{"cannot connect", false}};
  Clock clock;
  Asker asker(iana, {IanaSource::rdap, "https://rdap.iana.org", true, 1, 0}, clock.pace());
  CHECK(std::holds_alternative<IanaRecord>(asker.ask(kFr)));
  const IanaAnswer differs = asker.ask(kFr);
  REQUIRE(std::holds_alternative<Anomaly>(differs));
  CHECK(std::get<Anomaly>(differs).why ==
        "RDAP and WHOIS differ: the admin contact is tld-admin@nic.fr by RDAP, someone@x.example by WHOIS");
  const IanaAnswer empty = asker.ask(kFr);
  REQUIRE(std::holds_alternative<Anomaly>(empty));
  CHECK_THAT(std::get<Anomaly>(empty).why, contains("WHOIS: "));
  const IanaAnswer none = asker.ask(kFr);
  REQUIRE(std::holds_alternative<Unanswered>(none));
  CHECK(std::get<Unanswered>(none).why == "not cross-checked, WHOIS: cannot connect");
}

TEST_CASE("WHOIS alone") {
  Played iana;
  iana.texts = {NoAnswer{"timed out", true}, recorded("whois/fr.txt")};
  Clock clock;
  Asker asker(iana, {IanaSource::whois, "", false, 1, 1}, clock.pace());
  const IanaAnswer answer = asker.ask(kFr);
  REQUIRE(std::holds_alternative<IanaRecord>(answer));
  CHECK(iana.asked == std::vector<std::string>{"whois fr", "whois fr"});
}
