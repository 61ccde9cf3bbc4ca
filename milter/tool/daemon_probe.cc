#include "milter/tool/daemon_probe.h"

#include <chrono>

#include "milter/doctor/negotiation.h"

namespace ccgate {

std::vector<DaemonAnswer> probe_daemon(const std::vector<std::string>& listen) {
  constexpr std::chrono::milliseconds kProbeTime{2000};
  std::vector<DaemonAnswer> answers;
  for (const std::string& each : listen) {
    if (each.starts_with("fd:")) continue;
    const Negotiation negotiation = negotiate(each, kProbeTime);
    answers.push_back({each, negotiation.end == Negotiation::End::agreed, negotiation.why});
  }
  return answers;
}

}  // namespace ccgate
