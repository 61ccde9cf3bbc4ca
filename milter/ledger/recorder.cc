#include "milter/ledger/recorder.h"

#include "milter/ledger/follow_up.h"
#include "milter/ledger/ledger_entry.h"

namespace ccgate {
namespace {

/// That of the list whose decision it is.
std::int64_t retention_of(const Ruleset& rules, const std::string& list) {
  for (const List& each : rules.lists)
    if (each.config.name == list) return each.config.retention.count();
  return rules.lists.empty() ? 0 : rules.lists.front().config.retention.count();
}

}  // namespace

bool record_decision(const Memory& memory, const TransactionStart& start,
                     const std::vector<HeaderField>& fields, const TransactionResult& result) {
  Store& store = *memory.store;
  if (result.repeated) {
    store.add({{0, result.decision_id, memory.now, EventKind::repeated, "", start.queue_id}}, {});
    return true;
  }
  DecisionRecord record;
  record.entry = ledger_entry(start, fields, result, memory.now);
  record.entry.keep_until = memory.now + retention_of(memory.rules, result.list);
  // It counts against `flood`, and anybody can write in the name of another.
  if (memory.authenticated != Truth::yes) record.entry.author_domain.clear();
  if (!result.envelope_refused) {  // the same message may come again, by itself and plainly addressed
    record.replay_keys = memory.replay_keys;
    record.seen = result.seen;
  }
  add_follow_up(memory, result, record);
  try {
    return store.record(record);
  } catch (const StoreError& error) {
    if (!error.in_doubt()) throw;
    return store.record(record);  // the same once more: it tells, and does nothing where it had been done
  }
}

}  // namespace ccgate
