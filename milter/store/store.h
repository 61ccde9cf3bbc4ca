// milter/store/store.h: what ccgate remembers: a store, with all of its parts.
#pragma once

#include "milter/store/answer_store.h"
#include "milter/store/decision_store.h"
#include "milter/store/duty_store.h"
#include "milter/store/ledger_reader.h"
#include "milter/store/member_store.h"
#include "milter/store/outbox_store.h"
#include "milter/store/report_store.h"
#include "milter/store/status_store.h"

namespace ccgate {

/// For whoever has one: each user is given the part that it needs.
class Store : public virtual DecisionStore,
              public virtual AnswerStore,
              public virtual OutboxStore,
              public virtual LedgerReader,
              public virtual MemberStore,
              public virtual DutyStore,
              public virtual ReportStore,
              public virtual StatusStore {};

}  // namespace ccgate
