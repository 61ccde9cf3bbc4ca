#include "milter/tool/output.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "policy/text/control_escapes.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

void put(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

std::string json_line(const Json& json) {
  return with_escaped_controls(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

void report(const Issues& issues, bool json) {
  for (const Issue& issue : issues) {
    if (json)
      put(json_line({{"severity", to_string(issue.severity)},
                     {"file", issue.file},
                     {"line", issue.at.line},
                     {"column", issue.at.column},
                     {"what", issue.what},
                     {"help", issue.help}}));
    else
      std::fputs(render(issue).c_str(), stderr);
  }
}

}  // namespace ccgate
