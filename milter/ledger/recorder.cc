#include "milter/ledger/recorder.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "milter/ledger/first_receipt.h"
#include "milter/ledger/follow_up.h"
#include "milter/ledger/ledger_entry.h"
#include "milter/ledger/membership.h"
#include "milter/ledger/stored_text.h"
#include "milter/notice/tasks.h"

namespace ccgate {
namespace {

// Anybody can cause them, as many as there are connections, and each with any number of ccTLDs.
constexpr std::int64_t kRefusedADay = 10'000;
constexpr std::size_t kCcTldsOfRefusal = 20;
constexpr std::size_t kKeptReason = 500;

/// That of the list whose decision it is.
std::chrono::seconds retention_of(const Ruleset& rules, const std::string& list, bool refused) {
  const auto of = [refused](const ListConfig& config) {
    return refused ? std::min(config.retention, config.retention_refused) : config.retention;
  };
  for (const List& each : rules.lists)
    if (each.config.name == list) return of(each.config);
  return rules.lists.empty() ? std::chrono::seconds(0) : of(rules.lists.front().config);
}

/// A refusal of which nothing came.
bool is_mere_refusal(const DecisionRecord& record) {
  const std::string& verdict = record.entry.verdict;
  return (verdict == to_string(Decision::tempfail) || verdict == to_string(Decision::discard) ||
          verdict == to_string(Decision::reject)) &&
         record.events.empty() && record.questions.empty() && record.tasks.empty();
}

/// Nobody is known to have written it.
bool is_anonymous(const DecisionRecord& record) {
  return record.entry.author_domain.empty() && record.replay_keys.empty();
}

/// The author was told that it was taken: nobody else would know that it waits.
DecisionRecord with_held(const TransactionResult& result, DecisionRecord record) {
  if (!result.edits.quarantine) return record;
  const LedgerEntry& entry = record.entry;
  record.events.push_back(
      {0, entry.id, entry.decided, EventKind::held, "", stored_text(*result.edits.quarantine, kKeptReason)});
  for (Task& task : held_tasks(entry.id, entry.list, entry.decided)) record.tasks.push_back(std::move(task));
  return record;
}

}  // namespace

Recorded record_decision(const Memory& memory, const TransactionStart& start,
                         const std::vector<HeaderField>& fields, const TransactionResult& result) {
  DecisionStore& store = *memory.store;
  if (result.repeated) {
    store.add({{0, result.decision_id, memory.now, EventKind::repeated, "", start.queue_id}}, {});
    return Recorded::yes;
  }
  DecisionRecord record;
  record.entry = ledger_entry(start, fields, result, memory.now);
  // It counts against `flood`, and anybody can write in the name of another.
  if (memory.authenticated != Truth::yes) record.entry.author_domain.clear();
  if (!result.envelope_refused) {  // the same message may come again, by itself and plainly addressed
    record.replay_keys = memory.replay_keys;
    record.seen = result.seen;
  }
  record = with_follow_up(memory, result, std::move(record));
  add_receipts(memory, result, record);
  record.members = membership_of(memory, fields, result);
  record = with_leavers_told(memory, std::move(record));
  const bool refused = is_mere_refusal(record);
  const bool briefly = refused && is_anonymous(record);
  // Behind the bounds on refusals: those that are held for a fault are as many as anybody cares to send.
  record = with_held(result, std::move(record));
  record.entry.keep_until = memory.now + retention_of(memory.rules, result.list, briefly).count();
  if (refused) {
    record.most_a_day = kRefusedADay;
    if (record.entry.cctlds.size() > kCcTldsOfRefusal) record.entry.cctlds.resize(kCcTldsOfRefusal);
  }
  try {
    return store.record(record);
  } catch (const StoreError& error) {
    if (!error.in_doubt()) throw;
    return store.record(record);  // the same once more: it tells, and does nothing where it had been done
  }
}

}  // namespace ccgate
