#include "milter/notice/tasks.h"

#include <algorithm>
#include <utility>

#include "policy/text/durations.h"

namespace ccgate {
namespace {

constexpr std::int64_t kHourSeconds = 3600;

}  // namespace

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

std::vector<Task> held_tasks(const std::string& decision_id, const std::string& list, std::int64_t now) {
  std::vector<Task> tasks;
  for (const std::int64_t hour : {now / kHourSeconds, now / kHourSeconds + 1}) {
    Task task = owner_task(decision_id, list, {NoticeKind::held, "", ""}, now);
    task.key = "owner:" + list + ":held:" + std::to_string(hour);
    task.due = std::max(now, hour * kHourSeconds);
    tasks.push_back(std::move(task));
  }
  return tasks;
}

namespace {

constexpr std::string_view kReminder = "remind:";

Task question_task(std::string key, const Question& question, std::int64_t now) {
  Task task = new_task(TaskKind::ask, std::move(key), question.decision_id, question.list, now);
  task.to = question.contact;
  task.question = question.id;
  return task;
}

}  // namespace

Task review_task(const Question& question, const std::string& before) {
  return question_task(question.request_key + ":" + (before.empty() ? "first" : before), question,
                       question.asked);
}

Task reminder_task(const Question& question, std::int64_t now) {
  return question_task(std::string(kReminder) + question.id, question, now);
}

bool is_reminder(const Task& task) noexcept {
  return task.key.starts_with(kReminder);
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
