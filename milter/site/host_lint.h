// milter/site/host_lint.h: what of this machine the daemon would fail at, or somebody could misuse.
#pragma once

#include <string>

#include "milter/site/ruleset.h"
#include "milter/system/host_name.h"

namespace ccgate {

/// What is looked at beside files, accounts and the store.
struct Machine {
  std::string host_name = own_host_name();
  std::string sendmail_config = "/etc/mail/sendmail.cf";  ///< where it is, Sendmail is
};

/// Errors, where the daemon's account `user` could not start or work: files that it may not read, programs
/// that it may not run, a group of the socket that it is not in, folders for socket and store that are not
/// there or not its own to write. Without such an account, which is then told, this is not the daemon's
/// machine or not yet: the same are warnings, as far as they can be known. Warnings: a database that does not
/// answer whoever asks now (asked for a few seconds at most); files that decide who is let in and that
/// everybody on the machine could change; a name of the machine that says nothing to a mail server; and a
/// socket that Sendmail would not use.
void lint_host(const Ruleset& rules, const std::string& user, Issues& issues, const Machine& machine = {});

/// A warning where `user` is root, which the daemon need not be.
void lint_account(const std::string& user, Issues& issues);

}  // namespace ccgate
