#include "milter/daemon/permitted_programs.h"

#include <algorithm>

#include "milter/outbox/submit_sendmail.h"
#include "milter/site/config_hooks.h"
#include "milter/site/config_yaml.h"
#include "milter/system/files.h"

namespace ccgate {

bool PermittedPrograms::may_run(const std::vector<std::string>& argv) {
  if (is_named(argv)) return true;
  look_again();
  return is_named(argv);
}

bool PermittedPrograms::is_named(const std::vector<std::string>& argv) const {
  return std::find(hooks_.begin(), hooks_.end(), argv) != hooks_.end() || is_sendmail_call(sendmail_, argv);
}

void PermittedPrograms::look_again() {
  constexpr std::size_t kLargest = std::size_t{1024} * 1024;
  std::string why;
  const auto text = read_file(config_file_, kLargest, why);
  Issues issues;
  const auto config = text ? parse_config(*text, config_file_, issues) : std::nullopt;
  if (!config) return;
  hooks_ = programs_of(config->hooks);
  for (const ListConfig& list : config->lists)
    for (auto& argv : programs_of(list.hooks)) hooks_.push_back(std::move(argv));
  sendmail_ = config->submit.kind == Submission::Kind::sendmail ? config->submit.program : "";
}

}  // namespace ccgate
