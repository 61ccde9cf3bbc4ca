#include "milter/doctor/postfix_programs.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stop_token>
#include <string_view>
#include <vector>

#include "milter/system/program.h"

namespace ccgate {
namespace {

constexpr std::array<const char*, 3> kFolders{"/usr/sbin", "/usr/local/sbin", "/sbin"};
constexpr ProgramLimits kAsking{std::chrono::milliseconds(10'000), std::chrono::milliseconds(1000),
                                std::size_t{1024} * 1024};

/// All that is looked at.
constexpr std::array kParameters{"alias_maps",
                                 "command_directory",
                                 "compatibility_level",
                                 "content_filter",
                                 "internal_mail_filter_classes",
                                 "local_recipient_maps",
                                 "local_transport",
                                 "mail_owner",
                                 "mail_version",
                                 "milter_default_action",
                                 "milter_protocol",
                                 "mydestination",
                                 "non_smtpd_milters",
                                 "queue_directory",
                                 "receive_override_options",
                                 "recipient_delimiter",
                                 "relay_domains",
                                 "relay_recipient_maps",
                                 "relay_transport",
                                 "relayhost",
                                 "smtpd_milter_maps",
                                 "smtpd_milters",
                                 "smtpd_proxy_filter",
                                 "transport_maps",
                                 "virtual_alias_domains",
                                 "virtual_alias_maps",
                                 "virtual_mailbox_domains",
                                 "virtual_mailbox_maps",
                                 "virtual_transport"};

/// What it printed; nullopt: `why`.
std::optional<std::string> run_postfix(const std::vector<std::string>& argv, std::string_view input,
                                       std::string& why) {
  const ProgramResult result = run_program(argv, input, kAsking, {});
  if (result.end == ProgramResult::End::exited && result.status <= 1) return result.output;
  why = result.end == ProgramResult::End::not_started
            ? fmt::format("cannot run {}: {}", argv.front(), result.why)
        : result.end == ProgramResult::End::timed_out
            ? fmt::format("{} did not end in time", argv.front())
            : fmt::format("{} ended with status {}", argv.front(), result.status);
  return std::nullopt;
}

/// The line with which Postfix's programs give up.
std::string fatal_line(std::string_view output) {
  while (!output.empty()) {
    const std::string_view line = output.substr(0, output.find('\n'));
    for (const std::string_view word : {": fatal: ", ": error: "})
      if (const std::size_t at = line.find(word); at != std::string_view::npos)
        return std::string(line.substr(at + word.size()));
    output.remove_prefix(std::min(line.size() + 1, output.size()));
  }
  return "";
}

}  // namespace

std::string find_postconf(const PostfixPlace& place) {
  if (!place.postconf.empty()) return place.postconf;
  for (const char* folder : kFolders)
    if (std::string path = std::string(folder) + "/postconf"; access(path.c_str(), X_OK) == 0) return path;
  return "";
}

std::optional<PostfixSetup> ask_postconf(const PostfixPlace& place, std::string& why) {
  std::vector<std::string> argv{find_postconf(place)};
  if (!place.config.empty()) argv.insert(argv.end(), {"-c", place.config});
  const auto ask = [&](std::vector<std::string> more) -> std::optional<std::string> {
    more.insert(more.begin(), argv.begin(), argv.end());
    auto output = run_postfix(more, "", why);
    if (!output) return std::nullopt;
    why = fatal_line(*output);
    if (!why.empty()) return std::nullopt;
    return output;
  };
  std::vector<std::string> names{"-x"};
  names.insert(names.end(), kParameters.begin(), kParameters.end());
  const auto main = ask(std::move(names));
  const auto services = main ? ask({"-M"}) : std::nullopt;
  const auto overrides = services ? ask({"-Px"}) : std::nullopt;
  if (!overrides) return std::nullopt;
  return read_postfix_setup(*main, *services, *overrides);
}

PostfixTable ask_postmap(const PostfixPlace& place, const PostfixSetup& setup, const std::string& table,
                         const std::set<std::string>& keys) {
  constexpr std::string_view kProxy = "proxy:";
  PostfixTable result;
  std::string name = table;
  while (name.starts_with(kProxy)) name.erase(0, kProxy.size());
  std::vector<std::string> argv{setup.of_main("command_directory") + "/postmap"};
  if (!place.config.empty()) argv.insert(argv.end(), {"-c", place.config});
  argv.insert(argv.end(), {"-q", "-", name});
  std::string input;
  for (const std::string& key : keys) input += key + "\n";
  const auto output = run_postfix(argv, input, result.why);
  if (!output) return result;
  result.why = fatal_line(*output);
  std::string_view rest = *output;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::size_t tab = line.find('\t');
    if (line.find(": warning: ") != std::string_view::npos)
      result.older = result.older || line.find(" is older than source file ") != std::string_view::npos;
    else if (tab != std::string_view::npos && keys.contains(std::string(line.substr(0, tab))))
      result.values.emplace(line.substr(0, tab), line.substr(tab + 1));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return result;
}

}  // namespace ccgate
