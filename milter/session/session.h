// milter/session/session.h: one SMTP connection as the MTA tells it, step by step, in any order and number.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/decision/services.h"
#include "milter/session/own_mail.h"
#include "milter/session/transaction.h"

namespace ccgate {

/// Gives the rules in force now. Thread-safe.
using CurrentRules = std::function<Running()>;

/// Connection and transaction state. Used by one callback at a time, from changing threads. Other mail costs
/// it a look at each recipient and nothing else.
class Session {
 public:
  Session(const Services& services, CurrentRules current);

  /// `local_submission`: not from the network (sendmail(1)): no refusal at RCPT would reach anybody.
  void connect(std::optional<ClientAddress> client, bool local_submission);
  void helo(std::string_view name);
  void mail(std::string_view argument);

  enum class RcptAnswer { go_on, not_now };
  /// `raw` is the argument of RCPT, `rcpt_addr` the macro, possibly empty: both are matched. `not_now`: a
  /// recipient of another kind than the first, to be sent in a transaction of its own (452 4.5.3).
  [[nodiscard]] RcptAnswer rcpt(std::string_view raw, std::string_view rcpt_addr, bool may_refuse);

  /// True when at least one recipient is gated: a transaction begins. False: the rest of the message is none
  /// of our business.
  [[nodiscard]] bool data(std::string_view queue_id, std::string_view authserv_id);
  void header(std::string_view name, std::string_view value);
  void end_of_headers();
  void body(std::string_view octets);
  /// Decides and writes the log line. `queue_id` may be known only now. Without a transaction: accepts,
  /// untouched.
  [[nodiscard]] TransactionResult end_of_message(std::string_view queue_id);
  /// Forgets the transaction; the connection goes on.
  void abort() noexcept;

  /// A failure on our side for the message at hand: the answer, and one log line.
  [[nodiscard]] TransactionResult internal_error(std::string_view what) noexcept;
  /// True once a recipient of the message at hand is gated, or may be.
  [[nodiscard]] bool gated() const noexcept { return gated_ || unsure_; }
  /// True when it is delivered whatever is decided.
  [[nodiscard]] bool only_observes() const;

 private:
  [[nodiscard]] const Running& running();
  [[nodiscard]] TransactionStart transaction_start(std::string_view queue_id, std::string_view authserv_id);

  const Services* services_;
  CurrentRules current_;
  std::optional<ClientAddress> client_;
  bool local_submission_ = false;
  std::string helo_;
  std::string mail_from_;
  std::vector<Recipient> recipients_;
  bool gated_ = false;
  bool unsure_ = false;
  bool split_missed_ = false;
  Running running_;  // of the message at hand, from its first recipient on
  std::unique_ptr<Transaction> transaction_;
  std::unique_ptr<OwnMail> own_mail_;  // in its place, for mail to our own addresses
};

}  // namespace ccgate
