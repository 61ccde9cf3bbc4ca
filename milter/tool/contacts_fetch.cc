#include "milter/tool/contacts_fetch.h"

#include <fmt/core.h>

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "milter/contacts/contact_words.h"
#include "milter/contacts/contacts_json.h"
#include "milter/contacts/contacts_writer.h"
#include "milter/contacts/publish.h"
#include "milter/iana/ask.h"
#include "milter/iana/cctld_list.h"
#include "milter/iana/fetch.h"
#include "milter/site/config_yaml.h"
#include "milter/system/files.h"
#include "milter/tool/output.h"
#include "milter/tool/progress.h"
#include "policy/names/cctld.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr const char* kDefaultOutput = "/var/lib/ccgate/contacts.json";
constexpr std::size_t kLargestText = std::size_t{1} << 20;

/// Ends the command with a status; what is wrong has been told.
struct Stop {
  int status;
};

[[noreturn]] void stop(int status, const std::string& why) {
  std::fprintf(stderr, "ccgate: %s\n", why.c_str());
  throw Stop{status};
}

/// Only the file itself: what else it names may not be there yet.
std::optional<Config> configuration(const FetchOptions& options) {
  if (!options.config_given && access(options.config_file.c_str(), R_OK) != 0) return std::nullopt;
  std::string why;
  const auto text = read_file(options.config_file, kLargestText, why);
  if (!text) stop(3, "cannot read " + options.config_file + ": " + why);
  Issues issues;
  auto config = parse_config(*text, options.config_file, issues);
  for (const Issue& issue : issues) std::fputs(render(issue).c_str(), stderr);
  if (!config) throw Stop{3};
  return config;
}

/// A link stays a link: it is the file behind it that is replaced.
std::string behind_links(const std::string& file) {
  std::error_code none;
  const auto real = std::filesystem::canonical(file, none);
  return none ? file : real.string();
}

std::vector<Domain> wanted_cctlds(const FetchOptions& options) {
  std::vector<Domain> wanted;
  std::vector<std::string> known;
  for (const CcTldName& name : cctld_list()) known.push_back(name.a_label);
  const auto want = [&](const std::string& word) {
    const auto label = parse_cctld(word);
    if (!label) {
      const std::string hint = did_you_mean(word, known);
      stop(2, fmt::format("--only: `{}` cannot be a ccTLD{}", word, hint.empty() ? "" : "; " + hint));
    }
    wanted.push_back(*label);
  };
  if (!options.only.empty()) {
    for (const std::string& word : options.only) want(word);
  } else if (!options.root_zone.empty()) {
    std::string why;
    const auto text = read_file(options.root_zone, kLargestText, why);
    if (!text) stop(3, "cannot read " + options.root_zone + ": " + why);
    const auto labels = cctlds_in_root_zone(*text, why);
    if (!labels) stop(3, options.root_zone + ": " + why);
    for (const std::string& label : *labels) want(label);
  } else {
    for (const std::string& label : delegated_cctlds()) want(label);
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  return wanted;
}

ContactsFile old_contacts(const std::string& file) {
  if (access(file.c_str(), F_OK) != 0) return {};
  std::string why;
  const auto text = read_file(file, kLargestContacts, why);
  if (!text) stop(3, "cannot read " + file + ": " + why);
  Issues issues;
  auto contacts = parse_contacts(*text, file, issues);
  for (const Issue& issue : issues) std::fputs(render(issue).c_str(), stderr);
  if (contacts) return std::move(*contacts);
  stop(3, "nothing was asked: mend " + file + ", or put " + file +
              ".1 in its place (without the old data all contacts would count as new)");
}

/// What the operator sees: a line for each event, or for each ccTLD as JSON, and the bar.
class FetchReport {
 public:
  FetchReport(std::size_t all, bool json) : bar_(all), json_(json) {}

  void cctld(const Merged& merged, std::size_t done, bool asked) {
    if (!json_ && !asked) return;  // told once, at the end
    bar_.clear();
    const std::string result{to_string(merged.result)};
    if (json_) {
      put(json_line({{"cctld", merged.cctld.label.ascii()}, {"result", result}, {"why", merged.why}}));
    } else if (merged.result != FetchResult::ok) {
      put(shown(cctld_name(merged.cctld.label) + ": " + result + ": " + merged.why) + "\n");
    }
    std::fflush(stdout);
    bar_.show(done, merged.cctld.label.ascii());
  }

  void event(const std::string& what) {
    bar_.clear();
    std::fprintf(stderr, "%s\n", what.c_str());
  }

 private:
  ProgressBar bar_;
  bool json_;
};

std::string history_text(const std::vector<HistoryEntry>& entries) {
  std::string lines;
  for (const HistoryEntry& entry : entries) lines += history_line(entry);
  return lines;
}

int run(const FetchOptions& options) {
  const auto config = configuration(options);
  if (!options.base.starts_with("https://"))
    stop(2, "--base wants an https URL, as in https://rdap.iana.org");
  FetchPlan plan;
  plan.wanted = wanted_cctlds(options);
  plan.all = options.only.empty();
  const IanaSource source = parse_word<IanaSource>(options.source).value_or(IanaSource::rdap);
  const bool whois = source == IanaSource::whois;
  plan.source = whois ? "whois://" + options.whois_server : options.base;
  plan.merge.now = options.now ? *options.now : static_cast<std::int64_t>(std::time(nullptr));
  plan.merge.dates_of_record = whois;
  plan.merge.adopt = options.adopt;
  if (config) plan.merge.cool_down = config->contacts.cool_down.count();

  const std::string output = behind_links(!options.output.empty() ? options.output
                                          : config                ? config->contacts.file
                                                                  : kDefaultOutput);
  const ContactsFolder folder(output);
  const ContactsFile old = old_contacts(output);
  const auto transport =
      make_curl_transport({options.ca_file, options.resolve, std::chrono::seconds{options.timeout},
                           std::size_t{1} << 20, options.whois_server});

  FetchReport report(plan.wanted.size(), options.json);
  Pace pace = real_pace();
  pace.told = [&](const std::string& why) { report.event(why); };
  Asker asker(*transport, {source, options.base, options.cross_check, options.rate, options.retries}, pace);
  plan.told = [&](const Merged& merged, std::size_t done, bool asked) { report.cctld(merged, done, asked); };
  const Fetched fetched = fetch(plan, old, [&](const Domain& cctld) { return asker.ask(cctld); });

  const std::string counts =
      fmt::format("{} asked: {} read ({} changed), {} odd, {} failed", plan.wanted.size(),
                  fetched.ok + fetched.changed, fetched.changed, fetched.anomalies, fetched.failed);
  if (fetched.not_asked > 0)
    report.event(
        fmt::format("the other {} were not asked: {}", fetched.not_asked, shown(fetched.not_asked_why)));
  if (fetched.nothing_asked) {
    report.event("ccgate: nothing could be asked; " + output + " stays as it is");
    return 3;
  }
  if (!fetched.too_large.empty() && !options.accept_large_change) {
    report.event("ccgate: refused: " + fetched.too_large + "; " + output +
                 " stays as it is. Look at the changes above, then run it again with --accept-large-change");
    return 1;
  }
  folder.publish(write_contacts(fetched.file), history_text(fetched.history));
  report.event(output + ": " + counts);
  const bool every_one = fetched.anomalies == 0 && fetched.failed == 0;
  if (!every_one) report.event("of the odd and the failed the old entries are kept, marked with the reason");
  if (fetched.first_readings > 0 && !options.adopt)
    report.event(
        fmt::format("{} read for the first time: their contacts count as new. Look at them with `ccgate "
                    "contacts show`; to take them as known since IANA's dates, run this again with --adopt",
                    fetched.first_readings));
  return every_one ? 0 : 1;
}

}  // namespace

int run_contacts_fetch(const FetchOptions& options) {
  signal(SIGPIPE, SIG_IGN);  // a server that closes is an answer like any other
  try {
    return run(options);
  } catch (const Stop& stopped) {
    return stopped.status;
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "ccgate: %s\n", error.what());
    return 3;
  }
}

}  // namespace ccgate
