#include "milter/metrics/metrics_page.h"

#include <fstream>
#include <iterator>
#include <memory>

#include "milter/metrics/series.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr std::int64_t kMidday = 1'894'708'800;

std::string golden_page() {
  std::ifstream file(CCGATE_SOURCE_DIR "/tests/metrics/page.txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Something in every series.
void fill(Metrics& all) {
  all.lists.add("tld-ops");
  all.lists.add("odd \"name\"\\\n");
  ListCounts& list = all.lists["tld-ops"];
  list.decisions[CountedMode::enforce][Decision::accept][Ground::author_is_contact].add(7);
  list.decisions[CountedMode::enforce][Decision::reject][Ground::contact_not_in_copy].add(2);
  list.decisions[CountedMode::observe][Decision::reject][Ground::outsider].add();
  list.requests[RequestKind::subscribe].add(9);
  all.lists["gone"].requests[RequestKind::confirm].add();
  all.messages[CountedMail::request].add(10);
  all.messages[CountedMail::answer].add(3);
  all.messages[CountedMail::other].add(1'000'000);
  all.sessions.add(12);
  all.internal_errors.add();
  all.dkim_signatures[AuthResult::pass].add(8);
  all.spf_results[AuthResult::softfail].add(4);
  all.alignment[CountedMethod::dkim][Truth::yes].add(8);
  all.alignment[CountedMethod::spf][Truth::unknown].add(1);
  all.end_of_message[CountedMail::request].observe(std::chrono::microseconds(12'500));
  all.end_of_message[CountedMail::request].observe(std::chrono::minutes(1));
  all.dns_questions.add(5);
  all.dns_answers[DnsResult::temperror].add(1);
  all.dns_time.observe(std::chrono::milliseconds(1));
  all.store_errors[StoreUse::write].add();
  all.store_time[StoreUse::read].observe(std::chrono::microseconds(200));
  all.outbox_tries[OutboxEnd::put_off].add(2);
  all.reloads[ReloadResult::refused].add();
  all.started.set(kMidday - 100);
  all.store_up.set(1);
  all.outbox_tasks[OutboxState::waiting].set(1);
  all.outbox_tasks[OutboxState::retrying].set(2);
  all.outbox_tasks[OutboxState::at_work].set(0);
  all.outbox_oldest_added.set(kMidday - 90);
  all.questions_open.set(6);
  all.contacts_fetched.set(kMidday - 3600);
  all.contacts_max_age.set(7 * 86400);
  all.contacts_cctlds.set(300);
  all.contacts_anomalies.set(2);
  all.contacts_unusable.set(1);
  const auto process = [&](std::size_t at, int sessions, int ok) {
    ProcessCounts& each = all.processes.at(at);
    each.process = 1;
    each.sessions.set(sessions);
    each.reload_ok.set(ok);
    each.reloaded.set(kMidday - sessions);
    each.reload_nanoseconds.set(1'500'000);
  };
  process(0, 2, 1);
  process(1, 3, 0);
  process(2, 100, 1);
  all.processes[2].process = 0;  // it ended
}

}  // namespace

TEST_CASE("the page of everything, as Prometheus reads it") {
  const auto all = std::make_unique<Metrics>();
  fill(*all);
  CHECK(metrics_page(*all, kMidday, "1.2.3") == golden_page());
}

TEST_CASE("every series is on the page, with values or without") {
  const auto nothing = std::make_unique<Metrics>();
  const std::string page = metrics_page(*nothing, kMidday, "1.2.3");
  std::size_t at = 0;
  for (const Series& series : all_series()) {
    const std::string head = std::string("# HELP ") + std::string(series.name) + " " +
                             std::string(series.help) + "\n# TYPE " + std::string(series.name) + " " +
                             std::string(series.type) + "\n";
    INFO(series.name);
    const std::size_t found = page.find(head, at);
    REQUIRE(found != std::string::npos);
    at = found;
    CHECK(page.find(head, found + 1) == std::string::npos);
  }
  CHECK_THAT(page, contains("ccgate_sessions_open 0\n") && !contains("\nccgate_store_up ") &&
                       !contains("\nccgate_contacts_age_seconds ") && !contains("nan"));
}

TEST_CASE("an empty outbox has no age, and one ahead of its clock neither") {
  const auto all = std::make_unique<Metrics>();
  all->outbox_oldest_added.set(GENERATE(std::int64_t{0}, kMidday + 5));
  CHECK_THAT(metrics_page(*all, kMidday, ""), contains("\nccgate_outbox_oldest_age_seconds 0\n"));
}

TEST_CASE("two places of one name are one list") {
  const auto all = std::make_unique<Metrics>();
  all->lists.add("other");
  all->lists["other"].requests[RequestKind::subscribe].add(2);
  all->lists["gone"].requests[RequestKind::subscribe].add(3);
  const std::string page = metrics_page(*all, kMidday, "");
  CHECK_THAT(page, contains("ccgate_requests_total{list=\"other\",kind=\"subscribe\"} 5\n") &&
                       !contains("kind=\"subscribe\"} 2\n"));
}

TEST_CASE("the value of a label ends nothing") {
  CHECK(escaped_label("a\"b\\c\nd") == "a\\\"b\\\\c\\nd");
  CHECK(escaped_label("\xc3\xbc") == "\xc3\xbc");
  CHECK(escaped_label("\xff") == "unreadable");
}

}  // namespace ccgate
