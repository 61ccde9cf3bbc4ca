#include "milter/outbox/make_submitter.h"

#include <utility>

#include "milter/outbox/submit_sendmail.h"
#include "milter/outbox/submit_smtp.h"

namespace ccgate {
namespace {

class NoSubmitter : public Submitter {
 public:
  SubmitResult submit(const Mail& /*mail*/) override {
    return {SubmitResult::Outcome::later, "`submit` in ccgate.yaml names no mail server", true};
  }
  Truth offers_smtputf8() override { return Truth::no; }
};

}  // namespace

std::unique_ptr<Submitter> make_submitter(const Submission& submission, std::stop_token stop) {
  return make_submitter_with(run_program, submission, std::move(stop));
}

std::unique_ptr<Submitter> make_submitter_with(const RunProgram& run, const Submission& submission,
                                               std::stop_token stop) {
  switch (submission.kind) {
    case Submission::Kind::smtp:
      return make_smtp_submitter(submission.host, submission.port, {}, std::move(stop), {submission.helo});
    case Submission::Kind::sendmail:
      return make_sendmail_submitter(submission.program, std::move(stop), run);
    case Submission::Kind::none:
      break;
  }
  return std::make_unique<NoSubmitter>();
}

}  // namespace ccgate
