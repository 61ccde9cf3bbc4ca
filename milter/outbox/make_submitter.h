// milter/outbox/make_submitter.h: the way that `submit` of ccgate.yaml names.
#pragma once

#include <memory>
#include <stop_token>

#include "milter/outbox/submit.h"
#include "milter/site/config.h"
#include "milter/system/program.h"

namespace ccgate {

/// The Submitter of `submit` in ccgate.yaml; of kind none, one that answers `later`. `stop` ends what it
/// does.
[[nodiscard]] std::unique_ptr<Submitter> make_submitter(const Submission& submission, std::stop_token stop);
/// `run`: what runs sendmail(1).
[[nodiscard]] std::unique_ptr<Submitter> make_submitter_with(const RunProgram& run,
                                                             const Submission& submission,
                                                             std::stop_token stop);

}  // namespace ccgate
