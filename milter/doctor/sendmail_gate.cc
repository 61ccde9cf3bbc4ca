#include "milter/doctor/sendmail_gate.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace ccgate {
namespace {

constexpr std::string_view kSpaces = " \t\r";

std::string without_spaces_around(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1));
}

std::vector<std::string> parts_at(std::string_view text, std::string_view apart) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(apart), text.size());
    if (std::string part = without_spaces_around(text.substr(0, end)); !part.empty())
      parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// `name, K=value, ...`: the first letter of a key says which it is.
template <typename Line>
Line named_settings(std::string_view text) {
  Line line;
  for (const std::string& part : parts_at(text, ",")) {
    const std::size_t equals = part.find('=');
    if (line.name.empty())
      line.name = part;
    else if (equals != std::string::npos && equals > 0)
      line.settings[part.front()] = without_spaces_around(part.substr(equals + 1));
  }
  return line;
}

/// Logical lines: those that begin with a blank belong to the one before.
std::vector<std::string> cf_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    if ((line.front() == ' ' || line.front() == '\t') && !lines.empty())
      lines.back() += line;
    else
      lines.emplace_back(line);
  }
  return lines;
}

void read_option(const std::string& line, SendmailSetup& setup) {
  const std::size_t equals = line.find('=');
  if (equals == std::string::npos) return;
  const std::string name = without_spaces_around(line.substr(1, equals - 1));
  const std::string value = line.substr(equals + 1);
  if (name == "InputMailFilters") setup.used = parts_at(value, ",");
  if (name != "DaemonPortOptions") return;
  std::string daemon;
  std::optional<std::vector<std::string>> filters;
  for (const std::string& part : parts_at(value, ",")) {
    const std::size_t is = part.find('=');
    if (is == std::string::npos) continue;
    const std::string key = without_spaces_around(part.substr(0, is)),
                      its = without_spaces_around(part.substr(is + 1));
    if (key.starts_with('N') || key.starts_with('n')) daemon = its;
    if (key.starts_with('I') || key.starts_with('i')) filters = parts_at(its, ";");
  }
  if (filters) setup.of_daemon[daemon] = *filters;
}

/// Seconds of `60s`, `5m`, `1h`, as a T= has them.
std::optional<std::int64_t> sendmail_seconds(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  const char unit = end == text.data() + text.size() ? 's' : *end;
  return number * (unit == 'm' ? 60 : unit == 'h' ? 3600 : 1);
}

/// `local:/path` and `unix:/path`, or `inet:port@host`, as `listen` writes it.
std::string socket_spec(const std::string& setting) {
  const std::size_t colon = setting.find(':');
  if (colon == std::string::npos) return "unix:" + setting;
  return setting.starts_with("local:") ? "unix:" + setting.substr(colon + 1) : setting;
}

class SendmailLook {
 public:
  SendmailLook(const SendmailSetup& setup, const GateSite& site) : setup_(setup), site_(site) {}

  LookResult look() {
    daemon("Sendmail", setup_.used);
    for (const auto& [name, used] : setup_.of_daemon)
      daemon(fmt::format("the daemon {}", name.empty() ? "without a name" : name), used);
    for (const SendmailMailer& each : setup_.mailers) mailer(each);
    return std::move(result_);
  }

 private:
  [[nodiscard]] const SendmailFilter* filter(const std::string& name) const {
    const auto at = std::find_if(setup_.filters.begin(), setup_.filters.end(),
                                 [&](const SendmailFilter& each) { return each.name == name; });
    return at == setup_.filters.end() ? nullptr : &*at;
  }

  enum class Is { other, elsewhere, ours };
  [[nodiscard]] Is gate(const SendmailFilter& filter) const {
    const auto setting = filter.settings.find('S');
    if (setting == filter.settings.end()) return Is::other;
    const std::string spec = socket_spec(setting->second);
    for (const std::string& socket : site_.sockets) {
      if (spec == socket) return Is::ours;
      if (spec.starts_with("unix:") && socket.starts_with("unix:") &&
          site_.same_path(spec.substr(5), socket.substr(5)))
        return Is::ours;
    }
    return filter.name.find("ccgate") != std::string::npos || spec.find("ccgate") != std::string::npos
               ? Is::elsewhere
               : Is::other;
  }

  [[nodiscard]] std::string wanted() const {
    std::string socket = site_.sockets.front();
    if (socket.starts_with("unix:")) socket = "local:" + socket.substr(5);
    return fmt::format("INPUT_MAIL_FILTER(`ccgate', `S={}, F=T, T=C:30s;S:60s;R:60s;E:5m')", socket);
  }

  void daemon(const std::string& who, const std::vector<std::string>& used) {
    const std::size_t before = result_.found.size();
    const std::string help =
        fmt::format("write {} in sendmail.mc, behind other filters, and make it anew", wanted());
    for (std::size_t i = 0; i < used.size(); ++i) {
      const SendmailFilter* each = filter(used[i]);
      if (each == nullptr) continue;
      const Is is = gate(*each);
      if (is == Is::other) continue;
      const std::string place = each->settings.contains('S') ? each->settings.at('S') : "";
      if (is == Is::elsewhere)
        tell(SiteFinding::gate_not_reached, {who, place, socket_spec(place), wanted()});
      const std::string action = each->settings.contains('F') ? each->settings.at('F') : "";
      // T is a temporary failure of the command, 4 closes the session with one.
      if (action != "T" && action != "4") tell(SiteFinding::gate_not_tempfail, {who, "F=", action, help});
      if (i + 1 < used.size()) tell(SiteFinding::gate_not_last, {who});
      patience(*each);
      if (before == result_.found.size())
        result_.seen.push_back(fmt::format("{} shows mail to the gate", who));
      return;
    }
    std::string named;
    for (const std::string& each : used) named += (named.empty() ? "" : ",") + each;
    tell(SiteFinding::gate_missing, {who, "InputMailFilters", named, help});
  }

  void patience(const SendmailFilter& filter) {
    constexpr std::int64_t kEnough = 60;  // an answer at the end waits for DNS
    const auto setting = filter.settings.find('T');
    if (setting == filter.settings.end()) return;
    for (const std::string& each : parts_at(setting->second, ";")) {
      if (!each.starts_with("E:") && !each.starts_with("e:")) continue;
      const auto seconds = sendmail_seconds(each.substr(2));
      if (seconds && *seconds < kEnough) tell(SiteFinding::filter_impatient, {filter.name, each.substr(2)});
    }
  }

  void mailer(const SendmailMailer& mailer) {
    constexpr int kLongestLine = 998;
    const auto path = mailer.settings.find('P');
    const auto longest = mailer.settings.find('L');
    if (path == mailer.settings.end() || path->second != "[IPC]" || longest == mailer.settings.end()) return;
    const auto octets = sendmail_seconds(longest->second);
    if (octets && *octets > 0 && *octets < kLongestLine)
      tell(SiteFinding::long_lines_broken, {mailer.name, longest->second});
  }

  void tell(SiteFinding finding, const std::vector<std::string>& arguments) {
    result_.found.push_back(::ccgate::found(finding, arguments));
  }

  const SendmailSetup& setup_;
  const GateSite& site_;
  LookResult result_{Look::sendmail};
};

}  // namespace

SendmailSetup read_sendmail_cf(std::string_view text) {
  SendmailSetup setup;
  for (const std::string& line : cf_lines(text)) {
    if (line.front() == 'X')
      setup.filters.push_back(named_settings<SendmailFilter>(std::string_view(line).substr(1)));
    if (line.front() == 'M')
      setup.mailers.push_back(named_settings<SendmailMailer>(std::string_view(line).substr(1)));
    if (line.front() == 'O') read_option(line, setup);
  }
  return setup;
}

LookResult look_at_sendmail(const SendmailSetup& setup, const GateSite& site) {
  return SendmailLook(setup, site).look();
}

}  // namespace ccgate
