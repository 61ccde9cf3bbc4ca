// milter/notice/tasks.h: how a task is made; and those that more than one place adds, so that their keys are
// written once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "milter/notice/payload.h"
#include "milter/store/records.h"
#include "policy/text/durations.h"

namespace ccgate {

/// Seconds after which a task is given up: as long as an MTA tries.
inline constexpr std::int64_t kLongestDelivery = 5 * kDaySeconds;

/// What every task of a decision made at `now` has: due at once, given up after kLongestDelivery.
[[nodiscard]] Task new_task(TaskKind kind, std::string key, const std::string& decision_id,
                            const std::string& list, std::int64_t now);

/// Tells the list's owner: `what` became of the decision of a task or question.
[[nodiscard]] Task owner_task(const std::string& decision_id, const std::string& list,
                              const OwnerPayload& payload, std::int64_t now);

/// Tells the list's owner, once a day, that the mail server takes no mail of ours: `who` is one who got none.
[[nodiscard]] Task delayed_task(const std::string& decision_id, const std::string& list,
                                const std::string& who, const std::string& why, std::int64_t now);

/// Tells the list's owner what is in the hold queue: at once, and once more in the next hour, of what was
/// held meanwhile; so at most one in an hour, whatever is held.
[[nodiscard]] std::vector<Task> held_tasks(const std::string& decision_id, const std::string& list,
                                           std::int64_t now);

/// Asks the contact of `question`, a review; `before`: the id of the last one, so that two who begin the same
/// at once begin one.
[[nodiscard]] Task review_task(const Question& question, const std::string& before);
/// Asks once more.
[[nodiscard]] Task reminder_task(const Question& question, std::int64_t now);
[[nodiscard]] bool is_reminder(const Task& task) noexcept;

/// The key of hook_task.
[[nodiscard]] std::string hook_key(const std::string& decision_id, std::string_view event);
/// Runs the hook of `event`: `accepted` or `objected`.
[[nodiscard]] Task hook_task(const std::string& decision_id, const std::string& list, std::string_view event,
                             std::int64_t now);

}  // namespace ccgate
