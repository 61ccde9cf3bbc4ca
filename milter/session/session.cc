#include "milter/session/session.h"

#include <algorithm>
#include <utility>

#include "milter/decision/actions.h"
#include "milter/decision/decision_line.h"
#include "milter/metrics/metrics.h"
#include "milter/session/count_decision.h"
#include "milter/store/patience.h"
#include "milter/system/log.h"

namespace ccgate {
namespace {

// A message to more recipients than an MTA takes at once; those beyond are still matched, not kept.
constexpr std::size_t kMaxRecipients = 10000;
// A client waits so long for the store, where others have it; then it is told to come again.
constexpr std::chrono::seconds kStorePatience{2};

}  // namespace

Session::Session(const Services& services, CurrentRules current)
    : services_(&services), current_(std::move(current)) {}

const Running& Session::running() {
  if (!running_.rules) running_ = current_();
  return running_;
}

void Session::connect(std::optional<ClientAddress> client, bool local_submission) {
  client_ = client;
  local_submission_ = local_submission;
}

void Session::helo(std::string_view name) {
  helo_ = name;
}

void Session::mail(std::string_view argument) {
  abort();
  mail_from_ = argument;
}

Session::RcptAnswer Session::rcpt(std::string_view raw, std::string_view rcpt_addr, bool may_refuse) {
  unsure_ = true;  // until it is known, a failure counts as one of gated mail
  Recipient recipient = read_recipient(*running().rules, raw, rcpt_addr);
  const Ruleset& rules = *running_.rules;
  const bool is_gated = !recipient.gated.empty() || recipient.own;
  if (!recipients_.empty() && is_gated != gated_ && rules.config.mixed_recipients == MixedRecipients::split) {
    if (may_refuse && !local_submission_) {
      unsure_ = false;
      return RcptAnswer::not_now;
    }
    split_missed_ = true;
  }
  gated_ = gated_ || is_gated;
  if (is_gated || recipients_.size() < kMaxRecipients) {
    recipients_.push_back(std::move(recipient));
  }
  unsure_ = false;
  return RcptAnswer::go_on;
}

TransactionStart Session::transaction_start(std::string_view queue_id, std::string_view authserv_id) {
  TransactionStart start;
  start.client = client_;
  start.helo = helo_;
  start.mail_from = mail_from_;
  start.recipients = recipients_;
  start.authserv_id = authserv_id.empty() ? "localhost" : std::string(authserv_id);
  start.queue_id = queue_id;
  start.from_mta = local_submission_ && is_null_sender(mail_from_);
  start.split_missed = split_missed_;
  return start;
}

bool Session::data(std::string_view queue_id, std::string_view authserv_id) {
  if (!gated_) return false;
  if (transaction_ || own_mail_) return true;
  TransactionStart start = transaction_start(queue_id, authserv_id);
  const bool has_command = std::any_of(recipients_.begin(), recipients_.end(),
                                       [](const Recipient& recipient) { return !recipient.gated.empty(); });
  const bool is_request = has_command || services_->store == nullptr;
  metrics().messages[is_request ? CountedMail::request : CountedMail::answer].add();
  if (is_request)
    transaction_ = std::make_unique<Transaction>(*services_, running(), std::move(start));
  else
    own_mail_ = std::make_unique<OwnMail>(*services_, running(), std::move(start));
  return true;
}

void Session::header(std::string_view name, std::string_view value) {
  if (transaction_) transaction_->header(name, value);
  if (own_mail_) own_mail_->header(name, value);
}

void Session::end_of_headers() {
  if (transaction_) transaction_->end_of_headers();
}

void Session::body(std::string_view octets) {
  if (transaction_) transaction_->body(octets);
  if (own_mail_) own_mail_->body(octets);
}

TransactionResult Session::end_of_message(std::string_view queue_id) {
  const StorePatience patience(kStorePatience);
  TransactionResult result;
  if (own_mail_) {
    const Stopwatch watch(metrics().end_of_message[CountedMail::answer]);
    result = own_mail_->finish();
    if (services_->recorded) services_->recorded();
    return result;
  }
  if (!transaction_) {
    result.passes_untouched = true;
    return result;
  }
  const Stopwatch watch(metrics().end_of_message[CountedMail::request]);
  result = transaction_->finish();
  TransactionStart start = transaction_->start();
  if (start.queue_id.empty()) start.queue_id = queue_id;
  count_decision(result);
  write_log(result.bounce_discarded ? bounce_line(start, result) : decision_line(start, result));
  return result;
}

bool Session::only_observes() const {
  return gated_ && observes(recipients_);
}

void Session::abort() noexcept {
  transaction_.reset();
  own_mail_.reset();
  recipients_.clear();
  mail_from_.clear();
  gated_ = false;
  unsure_ = false;
  split_missed_ = false;
  running_ = {};
}

TransactionResult Session::internal_error(std::string_view what) noexcept {
  metrics().internal_errors.add();
  try {
    const bool watched = only_observes();
    // Nobody would read an answer in a hold queue: it has to come again.
    const bool answers = std::any_of(recipients_.begin(), recipients_.end(),
                                     [](const Recipient& recipient) { return recipient.own.has_value(); });
    TransactionResult result = internal_error_result(
        running_.rules && !answers ? running_.rules->config.on.internal_error : OnTrouble::tempfail);
    if (watched) {  // a list that only observes is not in the way of its mail
      result.answer = {};
      result.edits = {};
    }
    write_log(LogLine(LogLevel::error, "internal_error").add("id", result.decision_id).add("why", what));
    return result;
  } catch (...) {
    TransactionResult result;
    result.answer.kind = Answer::Kind::tempfail;
    return result;
  }
}

}  // namespace ccgate
