// milter/outbox/submit_sendmail.h: mail handed over to a program like sendmail(8).
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "milter/outbox/submit.h"
#include "milter/system/program.h"

namespace ccgate {

/// `program -i -f FROM -- TO` with the message as standard input. Its recipient is at fault by the exit
/// status EX_NOUSER and EX_NOHOST; EX_USAGE, EX_DATAERR and EX_NOPERM are trouble; all others, a program that
/// hangs, was killed or could not be started are `later`. Nobody says what becomes of an address that is not
/// ASCII in there, so such mail is never handed over.
[[nodiscard]] std::unique_ptr<Submitter> make_sendmail_submitter(const std::string& program,
                                                                 std::stop_token stop,
                                                                 const RunProgram& run = run_program);
/// What the above runs, but for the addresses: whether `argv` is that.
[[nodiscard]] bool is_sendmail_call(const std::string& program, const std::vector<std::string>& argv);

}  // namespace ccgate
