#include "milter/daemon/confinement.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <fmt/core.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "milter/confine/forbidden_calls.h"
#include "milter/daemon/needed_files.h"
#include "milter/daemon/permitted_programs.h"
#include "milter/site/config_yaml.h"
#include "milter/system/files.h"
#include "milter/system/log.h"

namespace ccgate {
namespace {

constexpr const char* kDeadly = "the service manager's own filter of system calls kills whoever asks for it";

/// Neither a file of what is in memory, nor a look into it by others of the same account, such as hooks.
void show_no_memory() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

ProgramPermit permit_of(const std::string& config_file) {
  const auto programs = std::make_shared<PermittedPrograms>(config_file);
  return {[programs](const std::vector<std::string>& argv) { return programs->may_run(argv); },
          [programs] { programs->look_again(); }};
}

/// A service manager, or a database, may have a socket without a name in a folder. The page of metrics binds
/// a port whenever its address changes.
LandlockScope scope_of(const Config& config) {
  const char* manager = std::getenv("NOTIFY_SOCKET");
  const bool abstract = (manager != nullptr && manager[0] == '@') || config.store.starts_with("postgresql:");
  return {true, !abstract, config.metrics.listen.empty()};
}

}  // namespace

Confinement::Confinement(const std::string& config_file)
    : config_file_(config_file), programs_(permit_of(config_file)) {}

void Confinement::limit_files(const Config& config) {
  show_no_memory();
  wanted_ = config.confine;
  if (!wanted_) {
    programs_.reset();
    return;
  }
  programs_->look_again();
  deadly_ = confining_is_deadly();
  if (deadly_) {
    landlock_.why = kDeadly;
    return;
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    landlock_.why = std::strerror(errno);
    return;
  }
  granted_ = needed_files(config, config_file_);
  const LandlockScope scope = scope_of(config);
  landlock_ = restrict_files(granted_, scope);
  binds_no_port_ = scope.ports && landlock_.abi >= 4;
}

void Confinement::filter_calls_of(CallFilter kind) {
  if (!wanted_) {
    write_log(LogLine(LogLevel::info, "not_confined").add("why", "`confine` is false"));
    return;
  }
  const std::string fault = deadly_ ? kDeadly : filter_calls(kind);
  const std::string files = landlock_.abi > 0       ? fmt::format("landlock {}", landlock_.abi)
                            : landlock_.why.empty() ? "not by this kernel"
                                                    : "not: " + landlock_.why;
  const bool as_meant = fault.empty() && (landlock_.abi > 0 || landlock_.why.empty());
  write_log(LogLine(as_meant ? LogLevel::info : LogLevel::warning, "confined")
                .add("files", files)
                .add("calls", fault.empty() ? "seccomp" : "not: " + fault)
                .add("programs", std::int64_t{programs_->pid()}));
}

RunProgram Confinement::runner() const {
  if (!programs_) return run_program;
  return [this](const std::vector<std::string>& argv, std::string_view input, const ProgramLimits& limits,
                const std::stop_token& stop) { return programs_->run(argv, input, limits, stop); };
}

void Confinement::look() {
  if (!programs_ || told_gone_ || programs_->alive()) return;
  told_gone_ = true;
  write_log(LogLine(LogLevel::error, "programs_gone")
                .add("why", "the process that runs hooks has ended; none is run until a restart"));
}

std::string Confinement::outside() const {
  constexpr std::size_t kLargest = std::size_t{1024} * 1024;
  if (landlock_.abi == 0) return "";
  std::string why;
  const auto text = read_file(config_file_, kLargest, why);
  Issues issues;
  const auto config = text ? parse_config(*text, config_file_, issues) : std::nullopt;
  if (!config) return "";
  for (const PathRule& rule : configured_files(*config, config_file_))
    if (!is_granted(granted_, rule))
      return fmt::format(
          "{} is outside the folders that the daemon kept for itself when it started: this takes a restart",
          rule.path);
  return "";
}

void Confinement::end() const noexcept {
  if (programs_) programs_->end();
}

void Confinement::reloaded(const Config& config) const {
  if (programs_) programs_->look_again();
  if (binds_no_port_ && !config.metrics.listen.empty())
    write_log(LogLine(LogLevel::warning, "restart_needed").add("why", "`metrics.listen` is new"));
}

}  // namespace ccgate
