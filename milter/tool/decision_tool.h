// milter/tool/decision_tool.h: the subcommands of the operator's tool. Each returns its exit status: 0 ok, 1
// the thing checked is bad, 2 usage, 3 broken environment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ccgate {

struct CheckOptions {
  std::string config_file;
  std::string user = "ccgate";  ///< whom the daemon runs as: files it could not read are told
  bool json = false;
};
/// Parses and lints everything, runs the policies' own tests.
[[nodiscard]] int run_check(const CheckOptions& options);

struct TestOptions {
  std::string config_file;
  std::vector<std::string> files;
  bool coverage = false;
  bool json = false;
};
/// Plays scenario files.
[[nodiscard]] int run_test(const TestOptions& options);

struct ExplainOptions {
  std::string config_file;
  std::string client, helo, mail_from;
  std::vector<std::string> rcpt_to;
  std::string message_file;  ///< `-`: standard input
  std::string zone_file;     ///< empty: live DNS
  std::optional<std::int64_t> now;
  bool json = false;
};
/// Decides about one message as the daemon would, and says why.
[[nodiscard]] int run_explain(const ExplainOptions& options);

}  // namespace ccgate
