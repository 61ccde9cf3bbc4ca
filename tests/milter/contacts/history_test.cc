#include "milter/contacts/history.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

const std::string kLine =
    R"({"cctld":"xa","role":"admin","email":"a@nic.example","first_seen":"2024-03-13T06:00:00Z"})"
    "\n";

}  // namespace

TEST_CASE("a line of the history comes back as it was written") {
  HistoryEntry entry{"xn--p1ai", Role::tech, "J.Doe+x@nic.example", 1710309600, std::nullopt};
  CHECK(
      history_line(entry) ==
      R"({"cctld":"xn--p1ai","role":"tech","email":"J.Doe+x@nic.example","first_seen":"2024-03-13T06:00:00Z"})"
      "\n");
  for (const std::optional<std::int64_t> last : {std::optional<std::int64_t>(), {1795327200}}) {
    entry.last_seen = last;
    const auto read = parse_history(history_line(entry));
    REQUIRE(read.size() == 1);
    CHECK(read[0].cctld == "xn--p1ai");
    CHECK(read[0].role == Role::tech);
    CHECK(read[0].email == "J.Doe+x@nic.example");
    CHECK(read[0].first_seen == 1710309600);
    CHECK(read[0].last_seen == last);
  }
}

TEST_CASE("a line that cannot be read is skipped, and the others are not") {
  struct Row {
    const char* story;
    std::string line;
    std::size_t want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing", "", 0},
      {"cut short", kLine.substr(0, 40), 0},
      {"cut before its line end", kLine.substr(0, kLine.size() - 1), 1},
      {"no JSON", "cctld: xa", 0},
      {"a list", "[]", 0},
      {"a number", "1", 0},
      {"octets", "\xff", 0},
      {"a key twice",
       R"({"cctld":"xa","cctld":"xa","role":"admin","email":"b@nic.example","first_seen":"2024-03-13"})", 0},
      {"no role", R"({"cctld":"xa","email":"b@nic.example","first_seen":"2024-03-13"})", 0},
      {"an unknown role",
       R"({"cctld":"xa","role":"owner","email":"b@nic.example","first_seen":"2024-03-13"})", 0},
      {"no ccTLD", R"({"cctld":"XA","role":"admin","email":"b@nic.example","first_seen":"2024-03-13"})", 0},
      {"no address", R"({"cctld":"xa","role":"admin","email":"b","first_seen":"2024-03-13"})", 0},
      {"no time", R"({"cctld":"xa","role":"admin","email":"b@nic.example","first_seen":"once"})", 0},
      {"no last time",
       R"({"cctld":"xa","role":"admin","email":"b@nic.example","first_seen":"2024-03-13","last_seen":1})", 0},
      {"a date alone, null, a key of later versions, CRLF",
       R"({"cctld":"xa","role":"admin","email":"b@nic.example","first_seen":"2024-03-13","last_seen":null,"by":"x"})"
       "\r",
       1},
  }));
  INFO(row.story);
  CHECK(parse_history(row.line).size() == row.want);
  const std::string others =
      R"({"cctld":"xb","role":"admin","email":"a@nic.example","first_seen":"2024-03-13"})";
  CHECK(parse_history(others + "\n" + row.line + "\n" +
                      R"({"cctld":"xc","role":"admin","email":"a@nic.example","first_seen":"2024-03-13"})")
            .size() == row.want + 2);
}

TEST_CASE("of lines about the same address the last counts, at the place of the first") {
  const std::string replaced =
      R"({"cctld":"xa","role":"admin","email":"a@nic.example","first_seen":"2024-03-13T06:00:00Z","last_seen":"2026-01-01"})"
      "\n";
  const std::string other =
      R"({"cctld":"xa","role":"admin","email":"b@nic.example","first_seen":"2026-01-01"})"
      "\n";
  const auto entries = parse_history(kLine + other + replaced);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].email == "a@nic.example");
  CHECK(entries[0].last_seen == 1767225600);
  CHECK(entries[1].email == "b@nic.example");
  CHECK_FALSE(entries[1].last_seen);
  // The same address again later is another stay.
  CHECK(parse_history(replaced +
                      R"({"cctld":"xa","role":"admin","email":"a@nic.example","first_seen":"2026-05-01"})")
            .size() == 2);
}

TEST_CASE("the history stands beside the contact data") {
  CHECK(history_beside("/var/lib/ccgate/contacts.json") == "/var/lib/ccgate/contacts-history.jsonl");
  CHECK(history_beside("contacts.json") == "contacts-history.jsonl");
}
