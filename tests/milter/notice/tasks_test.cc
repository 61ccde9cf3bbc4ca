#include "milter/notice/tasks.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kNow = 100 * kDay;

}  // namespace

TEST_CASE("a task is due at once and given up after five days") {
  const Task task = new_task(TaskKind::inform, "inform:d1:a", "d1", "tld-ops", kNow);
  Task want;
  want.key = "inform:d1:a";
  want.kind = TaskKind::inform;
  want.decision_id = "d1";
  want.list = "tld-ops";
  want.due = kNow;
  want.expires = kNow + 5 * kDay;
  CHECK(task == want);
}

TEST_CASE("the owner is told once of each thing, whom and when") {
  const OwnerPayload payload{NoticeKind::objected, "hostmaster@nic.xa", "by mail"};
  const Task task = owner_task("d1", "tld-ops", payload, kNow);
  CHECK(task.key == "owner:d1:objected:hostmaster@nic.xa");
  CHECK(task.kind == TaskKind::tell_owner);
  CHECK(task.payload == write_payload(payload));
  CHECK(owner_task("d1", "tld-ops", payload, kNow + kDay).key == task.key);
  CHECK(owner_task("d2", "tld-ops", payload, kNow).key != task.key);
  CHECK(owner_task("d1", "tld-ops", {NoticeKind::refused, payload.who, ""}, kNow).key != task.key);
}

TEST_CASE(
    "of what is held the owner of a list is told once in an hour, and of what came meanwhile in the next") {
  const auto tasks = held_tasks("d1", "tld-ops", kNow + 60);
  REQUIRE(tasks.size() == 2);
  CHECK(tasks[0].key == "owner:tld-ops:held:2400");
  CHECK(tasks[0].due == kNow + 60);
  CHECK(read_owner_payload(tasks[0].payload)->what == NoticeKind::held);
  CHECK(tasks[1].key == "owner:tld-ops:held:2401");
  CHECK(tasks[1].due == kNow + 3600);
  const auto later = held_tasks("d2", "tld-ops", kNow + 3599);
  CHECK(later[0].key == tasks[0].key);
  CHECK(later[1].key == tasks[1].key);
  CHECK(held_tasks("d3", "other", kNow)[0].key != tasks[0].key);
}

TEST_CASE("that no mail is taken the owner of a list is told once a day") {
  const Task task = delayed_task("d1", "tld-ops", "hostmaster@nic.xa", "550 no", kNow);
  CHECK(task.key == "owner:tld-ops:delayed:100");
  CHECK(read_owner_payload(task.payload)->what == NoticeKind::delayed);
  CHECK(delayed_task("d2", "tld-ops", "b@nic.xb", "551 no", kNow + kDay - 1).key == task.key);
  CHECK(delayed_task("d1", "tld-ops", "hostmaster@nic.xa", "550 no", kNow + kDay).key != task.key);
  CHECK(delayed_task("d1", "other", "hostmaster@nic.xa", "550 no", kNow).key != task.key);
}

TEST_CASE("a hook runs once for a decision and an event") {
  const Task task = hook_task("d1", "tld-ops", "objected", kNow);
  CHECK(task.kind == TaskKind::hook);
  CHECK(task.key == "hook:d1:objected");
  CHECK(task.key == hook_key("d1", "objected"));
  CHECK(task.to == "objected");
  CHECK(task.payload.empty());
}
