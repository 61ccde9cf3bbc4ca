// milter/contacts/finding.h: what is doubtful in contact data, as it is told.
#pragma once

#include <set>
#include <string>

#include "policy/names/domain.h"
#include "policy/text/issue.h"

namespace ccgate {

struct Finding {
  Severity severity = Severity::note;
  std::string kind;           ///< one word for scripts; ccgate(1) lists them
  std::set<Domain> cctlds;    ///< empty: the data as a whole
  std::string what;           ///< one line, lower case, no final period
  std::string help;           ///< what to do; may be empty
  bool in_overrides = false;  ///< it is registries.yaml that is to be changed
};

}  // namespace ccgate
