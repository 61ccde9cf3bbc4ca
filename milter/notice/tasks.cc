#include "milter/notice/tasks.h"

#include <utility>

#include "policy/text/durations.h"

namespace ccgate {

Task new_task(TaskKind kind, std::string key, const std::string& decision_id, const std::string& list,
              std::int64_t now) {
  Task task;
  task.key = std::move(key);
  task.kind = kind;
  task.decision_id = decision_id;
  task.list = list;
  task.due = now;
  task.expires = now + kLongestDelivery;
  return task;
}

Task owner_task(const std::string& decision_id, const std::string& list, const OwnerPayload& payload,
                std::int64_t now) {
  const std::string key =
      "owner:" + decision_id + ":" + std::string(to_string(payload.what)) + ":" + payload.who;
  Task task = new_task(TaskKind::tell_owner, key, decision_id, list, now);
  task.payload = write_payload(payload);
  return task;
}

Task delayed_task(const std::string& decision_id, const std::string& list, const std::string& who,
                  const std::string& why, std::int64_t now) {
  Task task = owner_task(decision_id, list, {NoticeKind::delayed, who, why}, now);
  task.key = "owner:" + list + ":delayed:" + std::to_string(now / kDaySeconds);
  return task;
}

std::string hook_key(const std::string& decision_id, std::string_view event) {
  return "hook:" + decision_id + ":" + std::string(event);
}

Task hook_task(const std::string& decision_id, const std::string& list, std::string_view event,
               std::int64_t now) {
  Task task = new_task(TaskKind::hook, hook_key(decision_id, event), decision_id, list, now);
  task.to = event;
  return task;
}

}  // namespace ccgate
