#include "milter/outbox/worker.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "milter/metrics/metrics.h"
#include "milter/notice/tasks.h"
#include "milter/store/token.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 32;
constexpr std::int64_t kLease = 900;
// The longest that one task may take: SmtpTimes::whole, and a hook's time and grace, with room.
constexpr std::int64_t kLongestTask = 360;
constexpr std::int64_t kAfterTrouble = 60;
constexpr std::size_t kPurgeStep = 50;

}  // namespace

std::string worker_name() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host = {'?'};
  return std::string(host.data()) + ":" + std::to_string(getpid()) + ":" + new_token().substr(0, 8);
}

/// What was claimed together.
struct OutboxWorker::Batch {
  const std::vector<Task>& tasks;
  const std::shared_ptr<const Ruleset>& rules;
  const NoticeTemplates& texts;
  const std::stop_token& stop;
  Clock::time_point begun;
  std::vector<std::atomic<bool>> taken = std::vector<std::atomic<bool>>(tasks.size());
};

OutboxWorker::OutboxWorker(WorkerParts parts) : parts_(std::move(parts)) {}

OutboxWorker::Run OutboxWorker::run_once(const std::stop_token& stop) {
  Run run;
  if (!record_all() || !add_all()) return {0, true};
  const auto rules = parts_.rules();
  if (!rules || stop.stop_requested()) return run;
  std::vector<Task> tasks;
  const auto begun = Clock::now();
  try {
    tasks = parts_.store.claim(parts_.name, parts_.now(), kLease, kBatch);
    store_worked();
  } catch (const StoreError& error) {
    store_failed(error.what());
    return {0, true};
  }
  run.tasks = tasks.size();
  if (tasks.empty()) return run;
  Batch batch{tasks, rules, texts_of(rules), stop, begun};
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(parts_.deliveries, tasks.size()); ++i) {
      try {
        others.emplace_back([this, &batch] {
          try {
            work(batch, false);
          } catch (const std::exception& error) {
            write_log(LogLine(LogLevel::error, "internal_error").add("why", error.what()));
          }
        });
      } catch (const std::system_error&) {
        break;  // then with fewer
      }
    }
    work(batch, true);
  }
  run.trouble = !unrecorded_.empty();
  return run;
}

/// Takes one task after the other until there are none. A hook waits for the one that began before it: so all
/// of them are for one thread.
void OutboxWorker::work(Batch& batch, bool hooks) {
  Carrier carrier(parts_, batch.rules, batch.texts, batch.stop);
  for (std::size_t i = 0; i < batch.tasks.size(); ++i) {
    const Task& task = batch.tasks[i];
    if ((task.kind == TaskKind::hook && !hooks) || batch.taken[i].exchange(true)) continue;
    const bool late = Clock::now() - batch.begun > std::chrono::seconds(kLease - kLongestTask);
    if (late || batch.stop.stop_requested())
      record({task, {false, {}, {}, task.due, task.last_error}});  // another claim finds it
    else
      carry_out(carrier, task, batch.stop);
  }
}

void OutboxWorker::carry_out(Carrier& carrier, const Task& task, const std::stop_token& stop) {
  TaskEnd end{false, {}, {}, parts_.now() + (stop.stop_requested() ? 0 : kAfterTrouble), ""};
  try {
    end = carrier.carry_out(task);
  } catch (const StoreError& error) {
    store_failed(error.what());
    end.error = "the store failed";
  } catch (const std::exception& error) {
    end.due = parts_.now() + back_off(task.attempts);
    end.error = error.what();
    parts_.log(
        LogLine(LogLevel::error, "internal_error").add("id", task.decision_id).add("why", error.what()));
  }
  record({task, std::move(end)});
}

/// False: kept for the next time.
bool OutboxWorker::record(const Unrecorded& what) {
  const auto& [task, end] = what;
  try {
    // False means that the claim was lost, or that a call in doubt had done it: nothing is left to do.
    if (end.finished)
      (void)parts_.store.finish(task, parts_.name, end.events, parts_.now(), end.follow_up);
    else
      (void)parts_.store.postpone(task, parts_.name, end.due, end.error);
    metrics().outbox_tries[end.finished ? OutboxEnd::finished : OutboxEnd::put_off].add();
    store_worked();
    return true;
  } catch (const StoreError& error) {
    store_failed(error.what());
    const std::lock_guard lock(mutex_);
    unrecorded_.push_back(what);
    return false;
  }
}

bool OutboxWorker::record_all() {
  const std::vector<Unrecorded> before = std::exchange(unrecorded_, {});
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (record(before[i])) continue;
    unrecorded_.insert(unrecorded_.end(), before.begin() + static_cast<std::ptrdiff_t>(i) + 1, before.end());
    return false;
  }
  return true;
}

bool OutboxWorker::add_all() {
  if (unadded_.empty()) return true;
  try {
    parts_.store.add({}, unadded_);  // a task that was added in doubt is not added twice
    unadded_.clear();
    store_worked();
    return true;
  } catch (const StoreError& error) {
    store_failed(error.what());
    return false;
  }
}

void OutboxWorker::expire_questions() {
  try {
    const std::int64_t now = parts_.now();
    for (const Question& question : parts_.store.expire_questions(now)) {
      parts_.log(LogLine(LogLevel::info, "question_expired")
                     .add("id", question.decision_id)
                     .add("list", question.list)
                     .add("to", question.contact));
      if (question.let_in != 0) continue;  // the words of others were enough
      const auto entry = parts_.store.find_entry(question.decision_id);
      const bool review = entry && entry->request == "review";
      const OwnerPayload payload{review ? NoticeKind::reviewed : NoticeKind::expired, question.contact,
                                 review ? "It did not answer in time. Nobody was removed; reach the registry "
                                          "in another way."
                                        : "the question was not answered"};
      unadded_.push_back(owner_task(question.decision_id, question.list, payload, now));
    }
    store_worked();
    (void)add_all();
  } catch (const StoreError& error) {
    store_failed(error.what());
  }
}

void OutboxWorker::count_waiting() {
  Metrics& all = metrics();
  try {
    const Backlog backlog = parts_.store.backlog();
    store_worked();
    all.store_up.set(1);
    all.outbox_tasks[OutboxState::waiting].set(backlog.waiting - backlog.retrying - backlog.at_work);
    all.outbox_tasks[OutboxState::retrying].set(backlog.retrying);
    all.outbox_tasks[OutboxState::at_work].set(backlog.at_work);
    all.outbox_oldest_added.set(backlog.oldest_added);
    all.questions_open.set(backlog.questions_open);
  } catch (const StoreError& error) {
    store_failed(error.what());
  }
}

std::int64_t OutboxWorker::purge() {
  try {
    const std::int64_t removed = parts_.store.purge(parts_.now(), kPurgeStep);
    if (const auto rules = parts_.rules())
      for (const List& list : rules->lists)
        (void)parts_.store.forget_ended(list.config.name, parts_.now() - list.config.retention.count(),
                                        kPurgeStep);
    store_worked();
    if (removed > 0) parts_.log(LogLine(LogLevel::info, "purged").add("entries", removed));
    return removed;
  } catch (const StoreError& error) {
    store_failed(error.what());
    return 0;
  }
}

const NoticeTemplates& OutboxWorker::texts_of(const std::shared_ptr<const Ruleset>& rules) {
  if (texts_ && texts_rules_ == rules) return *texts_;
  const Config& config = rules->config;
  Issues issues;
  texts_ = NoticeTemplates::read(config.notices.folder, languages_of(config.notices.languages), issues);
  texts_rules_ = rules;
  for (const Issue& issue : issues)
    parts_.log(LogLine(LogLevel::error, "notice_refused")
                   .add("file", issue.file)
                   .add("line", static_cast<std::int64_t>(issue.at.line))
                   .add("why", issue.what));
  return *texts_;
}

void OutboxWorker::store_failed(const std::string& why) {
  metrics().store_up.set(0);
  const std::lock_guard lock(mutex_);
  if (trouble_ == why) return;
  trouble_ = why;
  parts_.log(LogLine(LogLevel::error, "store_trouble").add("store", parts_.store.name()).add("why", why));
}

void OutboxWorker::store_worked() {
  const std::lock_guard lock(mutex_);
  if (trouble_.empty()) return;
  trouble_.clear();
  parts_.log(LogLine(LogLevel::info, "store_back").add("store", parts_.store.name()));
}

}  // namespace ccgate
