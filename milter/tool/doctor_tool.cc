#include "milter/tool/doctor_tool.h"

#include <cstdio>
#include <ctime>

#include "milter/doctor/doctor.h"
#include "milter/site/config_yaml.h"
#include "milter/system/files.h"
#include "milter/tool/doctor_text.h"
#include "milter/tool/output.h"

namespace ccgate {

int run_doctor(const DoctorOptions& options) {
  constexpr std::size_t kLargest = std::size_t{1024} * 1024;
  DoctorSite site;
  site.config_file = options.config_file;
  std::string why;
  const auto text = read_file(options.config_file, kLargest, why);
  if (!text) {
    report({{Severity::error,
             options.config_file,
             {},
             "cannot read the file: " + why,
             "name the configuration with -c",
             ""}},
           options.json);
    return 3;
  }
  Issues again;
  if (auto partly = parse_config_partly(*text, options.config_file, again))
    site.config = std::move(partly->config);
  site.rules = load_ruleset(options.config_file, site.issues);
  site.user = options.user;
  site.status_folder = options.status_folder;
  site.postfix = options.postfix;
  site.sendmail_cf = options.sendmail_cf;
  site.own_addresses = options.own_addresses;
  site.send_to = options.send_to;
  site.now = options.now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
  DoctorCount count;
  look_at_site(site, [&](const LookResult& result) {
    count.add(result);
    put(options.json ? look_json(result) : look_text(result, options.quiet));
    std::fflush(stdout);
  });
  if (!options.json && (!options.quiet || count.problems + count.hints + count.untold > 0))
    put(count_text(options.config_file, count));
  return count.problems > 0 ? 1 : 0;
}

}  // namespace ccgate
