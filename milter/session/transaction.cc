#include "milter/session/transaction.h"

#include <algorithm>
#include <utility>

#include "milter/decision/actions.h"
#include "milter/decision/authres.h"
#include "milter/evidence/dmarc.h"
#include "milter/session/transaction_state.h"
#include "policy/names/public_suffix.h"
#include "policy/request/closed_set.h"

namespace ccgate {
namespace {

using Steady = std::chrono::steady_clock;

/// What is kept of a body for its words: commands and forms are short, list managers read the first lines.
constexpr std::size_t kKeptBodyBytes = 256 * 1024;

}  // namespace

Transaction::Transaction(const Services& services, Running running, TransactionStart start)
    : state_(std::make_unique<TransactionState>(services, std::move(running), std::move(start))) {
  if (!state_->may_be_untouched()) state_->prefetch_sender();
}

Transaction::~Transaction() = default;

const TransactionStart& Transaction::start() const noexcept {
  return state_->start;
}
const std::vector<HeaderField>& Transaction::fields() const noexcept {
  return state_->fields;
}

void Transaction::header(std::string_view name, std::string_view value) {
  TransactionState& state = *state_;
  state.header_bytes += name.size() + value.size() + 3;
  ++state.header_count;
  if (!state.headers_over()) {
    state.fields.push_back({std::string(name), std::string(value)});
  } else if (state.fields.size() < 2 * TransactionState::kMaxFields && is_mark(name)) {
    // A forged mark is taken off whatever becomes of the message; no more is kept of it than whose it is.
    const std::string& id = authserv_id_of(state.running.rules->config, state.start);
    state.fields.push_back({std::string(name), claims_authserv_id(value, id) ? " " + id : ""});
  }
}

void Transaction::end_of_headers() {
  TransactionState& state = *state_;
  if (state.read || state.untouched || state.headers_over()) return;
  state.untouched = state.is_untouched();
  if (state.untouched) return;
  if (state.may_be_untouched()) state.prefetch_sender();
  state.read = read_message(state.fields, state.limits());
  const auto* message = std::get_if<Message>(&*state.read);
  if (message == nullptr) return;
  const Domain& author_domain = message->author.domain();
  state.dkim.emplace(state.services.dkim, state.fields, author_domain, state.now, state.limits(), state.dns);
  // Only for an author below the organizational domain can a parent domain speak, and DMARC have a say in it.
  const auto organizational = organizational_domain(author_domain);
  if (organizational && *organizational != author_domain) prefetch_dmarc(author_domain, state.dns);
}

bool Transaction::body(std::string_view octets) {
  TransactionState& state = *state_;
  end_of_headers();
  if (state.untouched) return false;
  state.body_bytes += octets.size();
  state.body_lines.add(octets);
  state.body_ends.add(octets);
  if (state.fault()) return false;
  state.dkim->body(octets);
  const std::size_t room = kKeptBodyBytes - state.body.size();
  state.body.append(octets.substr(0, room));
  return true;
}

TransactionResult Transaction::finish() {
  TransactionState& state = *state_;
  end_of_headers();
  state.body_ends.finish();
  // A slow sender has used up none of the time that DNS is given.
  state.dns.set_deadline(Steady::now() + 4 * state.running.rules->config.dns.timeout);
  TransactionResult result = decide(state.gathered());
  result.took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - state.begun);
  return result;
}

}  // namespace ccgate
