#include "milter/site/config_yaml.h"

#include <arpa/inet.h>
#include <sys/un.h>

#include <fmt/core.h>

#include <algorithm>

#include "milter/site/config_hooks.h"
#include "milter/site/config_lists.h"
#include "milter/site/config_store_yaml.h"
#include "milter/system/files.h"
#include "milter/system/socket_address.h"
#include "policy/text/issue_sink.h"
#include "policy/yaml/yaml_reader.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

constexpr auto kFile = SchemaFile::config;

bool is_decimal(std::string_view text, long least, long most) {
  if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return false;
  const long value = std::stol(std::string(text));
  return value >= least && value <= most && (text.size() == 1 || text.front() != '0');
}

bool is_ip(const std::string& text) {
  in6_addr octets{};
  return inet_pton(AF_INET, text.c_str(), &octets) == 1 || inet_pton(AF_INET6, text.c_str(), &octets) == 1;
}

/// Why `spec` is no socket; empty when it is one.
std::string fault_of_socket(const std::string& spec) {
  const std::size_t colon = spec.find(':');
  const std::string kind = spec.substr(0, colon);
  const std::string rest = colon == std::string::npos ? "" : spec.substr(colon + 1);
  if (kind == "unix") {
    if (!rest.starts_with('/')) return "the path of a unix socket must start with `/`";
    if (rest.size() >= sizeof(sockaddr_un::sun_path)) return "the path of the socket is too long";
    return "";
  }
  if (kind == "inet" || kind == "inet6") {
    const std::size_t at = rest.find('@');
    const std::string host = at == std::string::npos ? "" : rest.substr(at + 1);
    if (!is_decimal(rest.substr(0, at), 1, 65535)) return "the port must be a number from 1 to 65535";
    if (!is_ip(host) && !Domain::parse(host)) return "the host must be an address or a name";
    return "";
  }
  if (kind == "fd") return is_decimal(rest, 3, 1023) ? "" : "the descriptor must be a number from 3 to 1023";
  return fmt::format("`{}` is not a socket", spec);
}

class ConfigReader {
 public:
  ConfigReader(const YamlNode& root, IssueSink& sink) : root_(root, root.at, kFile, "", sink), sink_(sink) {}

  std::optional<PartialConfig> read() {
    if (!root_.is_mapping()) return std::nullopt;
    config_.file = sink_.file();
    root_.check_format("ccgate");
    read_sockets();
    if (const YamlNode* id = root_.get("authserv_id"))
      if (const auto domain = read_domain(*id, "authserv_id", sink_)) config_.authserv_id = domain->ascii();
    read_dns();
    read_files();
    read_trouble();
    read_limits();
    config_.confine = root_.boolean("confine").value_or(true);
    read_log();
    read_metrics();
    config_.at.hooks = root_.key_at("hooks");
    if (const auto hooks = root_.map("hooks")) read_hooks(*hooks, config_.file, config_.hooks);
    ReadLists read;
    if (const YamlNode* lists = root_.get("lists"))
      read =
          read_lists(*lists, root_.key_at("lists"), {config_.file, config_.hooks, config_.at.hooks}, sink_);
    config_.lists = std::move(read.lists);
    read_store_keys(root_, config_, sink_);
    return PartialConfig{std::move(config_), std::move(read.unread), !sink_.failed()};
  }

 private:
  void read_sockets() {
    for (const YamlNode* item : root_.items("listen", true)) {
      auto spec = read_text(*item, "listen", sink_);
      if (!spec) continue;
      const std::string fault = fault_of_socket(*spec);
      if (!fault.empty())
        sink_.error(item->at, fault, "unix:/run/ccgate/ccgate.sock, inet:PORT@HOST, inet6:PORT@HOST or fd:N");
      else if (std::find(config_.listen.begin(), config_.listen.end(), *spec) != config_.listen.end())
        sink_.error(item->at, fmt::format("`{}` is named twice", *spec), "remove one");
      config_.listen.push_back(std::move(*spec));
    }
    if (root_.get("listen") != nullptr && config_.listen.empty() && !sink_.failed())
      sink_.error(root_.key_at("listen"), "`listen` is empty",
                  "write `listen: unix:/run/ccgate/ccgate.sock`");
    config_.at.listen = root_.key_at("listen");
    config_.at.socket = root_.key_at("socket");
    if (const auto socket = root_.map("socket")) {
      if (const YamlNode* mode = socket->get("mode")) read_mode(*mode);
      if (auto group = socket->text("group")) config_.socket.group = std::move(*group);
      config_.socket.is_public = socket->boolean("public").value_or(false);
    }
    check_reach();
  }

  /// A host name is looked up when the socket is bound, and checked again.
  void check_reach() {
    if (config_.socket.is_public) return;
    for (const YamlNode* item : root_.items("listen", true)) {
      const std::string& spec = item->scalar;
      const std::size_t at = spec.find('@');
      if (!spec.starts_with("inet") || at == std::string::npos) continue;
      const auto address = inet_address(spec.substr(at + 1));
      if (address && !address->is_on_this_machine())
        sink_.error(item->at, fmt::format("other machines could connect to `{}`", spec),
                    "use an address of loopback, as in inet:8893@127.0.0.1; or write `socket: {public: "
                    "true}` where a firewall lets only the mail server in");
    }
  }

  void read_mode(const YamlNode& node) {
    const auto text = read_text(node, "mode", sink_);
    if (!text) return;
    const bool octal =
        text->size() == 4 && text->front() == '0' && text->find_first_not_of("01234567") == std::string::npos;
    if (octal && node.quoted)
      config_.socket.mode = static_cast<unsigned>(std::stoul(*text, nullptr, 8));
    else
      sink_.error(node.at,
                  octal ? fmt::format("unquoted `{}` is a decimal number for some YAML programs", *text)
                        : fmt::format("`{}` is not a mode", *text),
                  octal ? "quote it: \"" + *text + "\"" : "four octal digits in quotes, as in \"0660\"");
  }

  void read_dns() {
    const auto dns = root_.map("dns");
    if (!dns) return;
    for (const YamlNode* item : dns->items("servers", true)) {
      auto server = read_text(*item, "servers", sink_);
      if (!server) continue;
      const std::size_t at = server->find('@');
      if (!is_ip(server->substr(0, at)) ||
          (at != std::string::npos && !is_decimal(server->substr(at + 1), 1, 65535)))
        sink_.error(item->at, fmt::format("`{}` is not a DNS server", *server),
                    "ADDRESS or ADDRESS@PORT, as in 127.0.0.1@53");
      config_.dns.servers.push_back(std::move(*server));
    }
    if (const auto timeout = dns->duration("timeout")) {
      constexpr std::int64_t kLongestTimeout = 60;  // the MTA gives up on a milter after 300 s
      if (*timeout < 1 || *timeout > kLongestTimeout)
        sink_.error(dns->get("timeout")->at, "`timeout` is out of range", "from 1s to 60s");
      config_.dns.timeout = std::chrono::seconds{*timeout};
    }
    if (const auto anchor = dns->text("trust_anchor")) {
      config_.dns.trust_anchor = path_beside(config_.file, *anchor);
      config_.at.trust_anchor = dns->get("trust_anchor")->at;
    }
  }

  void read_files() {
    if (const auto contacts = root_.map("contacts")) {
      if (const auto file = contacts->text("file")) {
        config_.contacts.file = path_beside(config_.file, *file);
        config_.at.contacts = contacts->get("file")->at;
      }
      if (const auto file = contacts->text("overrides")) {
        config_.contacts.overrides = path_beside(config_.file, *file);
        config_.at.overrides = contacts->get("overrides")->at;
      }
      if (const auto age = contacts->duration("max_age")) {
        if (*age == 0)
          sink_.error(contacts->get("max_age")->at, "with `max_age` 0 all data is stale", "write 7d");
        config_.contacts.max_age = std::chrono::seconds{*age};
      }
      if (const auto cool_down = contacts->duration("cool_down")) {
        if (*cool_down == 0)
          sink_.error(contacts->get("cool_down")->at,
                      "with `cool_down` 0 no contact is ever new to the rules", "write 14d");
        config_.contacts.cool_down = std::chrono::seconds{*cool_down};
      }
    }
    for (const std::string& file : root_.texts("aliases", true))
      config_.aliases.push_back(path_beside(config_.file, file));
    config_.at.aliases = root_.key_at("aliases");
  }

  /// What stands at `key`; else `setting` stays.
  template <typename Enum>
  static void take(Enum& setting, const YamlMap& map, std::string_view key) {
    setting = map.word<Enum>(key).value_or(setting);
  }

  void read_trouble() {
    if (const auto on = root_.map("on")) {
      take(config_.on.internal_error, *on, "internal_error");
      take(config_.on.dns_error, *on, "dns_error");
      take(config_.on.stale_contacts, *on, "stale_contacts");
      take(config_.on.over_limit, *on, "over_limit");
    }
    take(config_.mixed_recipients, root_, "mixed_recipients");
  }

  void read_limits() {
    constexpr std::int64_t kKiB = 1024, kMiB = 1024 * kKiB;
    const auto limits = root_.map("limits");
    if (!limits) return;
    Limits& l = config_.limits;
    const auto set = [](std::size_t& limit, const std::optional<std::int64_t>& value) {
      if (value) limit = static_cast<std::size_t>(*value);
    };
    set(l.header_bytes, limits->size("header_bytes", 4 * kKiB, 16 * kMiB));
    set(l.message_bytes, limits->size("message_bytes", 16 * kKiB, 1024 * kMiB));
    set(l.addresses, limits->number("addresses", 1, 100'000));
    set(l.signatures, limits->number("signatures", 1, 1000));
    set(l.mime_depth, limits->number("mime_depth", 1, 100));
  }

  void read_log() {
    const auto log = root_.map("log");
    if (!log) return;
    take(config_.log.format, *log, "format");
    take(config_.log.level, *log, "level");
    const auto output = log->word<LogPlace>("output");
    config_.log.output = output.value_or(config_.log.output);
    take(config_.log.facility, *log, "facility");
    if (auto socket = log->text("socket")) {
      if (!socket->starts_with('/') || socket->size() >= sizeof(sockaddr_un::sun_path))
        sink_.error(log->get("socket")->at, fmt::format("`{}` is no path of a socket", *socket),
                    "where the syslog daemon listens, as in /dev/log");
      config_.log.socket = std::move(*socket);
    }
    const bool misspelt = !output && log->get("output") != nullptr;
    if (misspelt || config_.log.output == LogPlace::syslog) return;
    for (const std::string_view key : {"facility", "socket"})
      if (const YamlNode* node = log->get(key))
        sink_.warning(node->at, fmt::format("`{}` is of no use: the log goes to standard error", key),
                      "add `output: syslog`, or remove it");
  }

  void read_metrics() {
    const auto metrics = root_.map("metrics");
    if (!metrics) return;
    config_.metrics.is_public = metrics->boolean("public").value_or(false);
    const auto listen = metrics->text("listen");
    if (!listen) return;
    const Position at = metrics->get("listen")->at;
    const auto address = inet_endpoint(*listen);
    if (!address)
      sink_.error(at, fmt::format("`{}` is no address with a port", *listen),
                  "ADDRESS:PORT, as in 127.0.0.1:9154 or \"[::1]:9154\"");
    else if (!config_.metrics.is_public && !address->is_on_this_machine())
      sink_.error(
          at, fmt::format("other machines could read the page at `{}`", *listen),
          "use an address of loopback, as in 127.0.0.1:9154; or write `public: true` beside it where a "
          "firewall lets only Prometheus in");
    config_.metrics.listen = *listen;
  }

  YamlMap root_;
  IssueSink& sink_;
  Config config_;
};

}  // namespace

std::optional<PartialConfig> parse_config_partly(std::string_view text, std::string_view file,
                                                 Issues& issues) {
  const std::size_t first = issues.size();
  const auto root = parse_yaml(text, file, issues);
  if (!root) return std::nullopt;
  IssueSink sink{std::string(file), text, issues};
  auto result = ConfigReader(*root, sink).read();
  sort_by_place(issues, first);
  return result;
}

std::optional<Config> parse_config(std::string_view text, std::string_view file, Issues& issues) {
  auto read = parse_config_partly(text, file, issues);
  return read && read->whole ? std::optional<Config>(std::move(read->config)) : std::nullopt;
}

}  // namespace ccgate
