// milter/outbox/smtputf8_probe.h: the mail server asked whether it offers SMTPUTF8, before a decision needs
// to know.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "milter/notice/smtputf8.h"
#include "milter/outbox/submit.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// Nobody is asked while no contact and no list needs it. For one thread.
class Smtputf8Probe {
 public:
  using Clock = std::chrono::steady_clock;
  using MakeSubmitter = std::function<std::unique_ptr<Submitter>(const Submission&, std::stop_token)>;

  Smtputf8Probe(Smtputf8Offer& offer, MakeSubmitter submitter)
      : offer_(offer), submitter_(std::move(submitter)) {}

  /// Asks when it is time to: at once with rules that name another mail server, each minute while nobody
  /// answered, else each quarter of an hour. What was heard stands until something else is. Blocks as
  /// Submitter does.
  void look(const std::shared_ptr<const Ruleset>& rules, Clock::time_point now, const std::stop_token& stop);

 private:
  Smtputf8Offer& offer_;
  MakeSubmitter submitter_;
  std::shared_ptr<const Ruleset> rules_;  // that needed_ is about
  bool needed_ = false;
  Submission asked_;  // whom the offer is of
  Clock::time_point next_{};
};

}  // namespace ccgate
