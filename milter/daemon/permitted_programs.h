// milter/daemon/permitted_programs.h: what the configuration has run, as the process sees it that runs
// programs.
#pragma once

#include <string>
#include <vector>

#include "milter/site/config.h"

namespace ccgate {

/// The hooks of ccgate.yaml, word by word, and the sendmail(1) of `submit`. The file is read by this object,
/// not by whoever asks: a daemon that was broken into cannot name others.
class PermittedPrograms {
 public:
  /// Reads nothing yet.
  explicit PermittedPrograms(std::string config_file) : config_file_(std::move(config_file)) {}

  /// What the file named when it was last read without an error. It is read again where `argv` is not among
  /// that: a file that was mended after a reload is that of the daemon soon.
  [[nodiscard]] bool may_run(const std::vector<std::string>& argv);
  void look_again();

 private:
  [[nodiscard]] bool is_named(const std::vector<std::string>& argv) const;

  std::string config_file_;
  std::vector<std::vector<std::string>> hooks_;
  std::string sendmail_;  // empty: none
};

}  // namespace ccgate
