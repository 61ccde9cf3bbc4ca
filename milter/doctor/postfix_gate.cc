#include "milter/doctor/postfix_gate.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

namespace ccgate {
namespace {

constexpr std::string_view kUnixSocket = "unix:";

std::string folded(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

/// Host and port of `inet:host:port`, or of `inet:port@host`.
struct Endpoint {
  std::string host, port;
};
std::optional<Endpoint> endpoint_of(const std::string& spec) {
  const std::string kind = folded(spec.substr(0, spec.find(':')));
  if (kind != "inet" && kind != "inet6") return std::nullopt;
  const std::string rest = spec.substr(kind.size() + 1);
  Endpoint end;
  if (const std::size_t at = rest.find('@'); at != std::string::npos)
    end = {rest.substr(at + 1), rest.substr(0, at)};
  else if (const std::size_t colon = rest.rfind(':'); colon != std::string::npos)
    end = {rest.substr(0, colon), rest.substr(colon + 1)};
  if (end.host.size() > 2 && end.host.front() == '[') end.host = end.host.substr(1, end.host.size() - 2);
  end.host = folded(end.host);
  if (end.host == "localhost" || end.host == "::1") end.host = "127.0.0.1";
  return end;
}

class PostfixLook {
 public:
  PostfixLook(const PostfixSetup& setup, const GateSite& site)
      : setup_(setup), site_(site), queue_(setup.of_main("queue_directory")) {
    if (!site.sockets.empty())
      wanted_ =
          fmt::format("{{ {}, default_action=tempfail }}", postfix_name_of(site.sockets.front(), queue_));
  }

  LookResult look() {
    std::size_t gated = 0;
    for (const PostfixService& each : setup_.services) {
      if (each.command != "smtpd") continue;
      if (smtpd(each)) ++gated;
    }
    if (gated == 0 && result_.found.empty())
      tell(gate_missing, {"Postfix", "smtpd_milters", setup_.of_main("smtpd_milters"),
                          "let a service in master.cf take mail by smtpd, with the gate"});
    local_mail();
    delimiters();
    return std::move(result_);
  }

 private:
  using enum SiteFinding;
  enum class Match { none, elsewhere, ours };
  struct Place {
    Match match = Match::none;
    std::string seen;  // where the milter is, as the service sees it
  };

  [[nodiscard]] Place place_of(const PostfixMilter& milter, bool chroot) const {
    const std::string kind = folded(milter.where.substr(0, milter.where.find(':')));
    if (const auto end = endpoint_of(milter.where)) {
      for (const std::string& socket : site_.sockets) {
        const auto ours = endpoint_of(socket);
        if (ours && ours->port == end->port && ours->host == end->host) return {Match::ours, milter.where};
      }
      return {Match::none, milter.where};
    }
    if (kind != "unix" && kind != "local") return {Match::none, milter.where};
    const std::string path = milter.where.substr(kind.size() + 1);
    const bool relative = !path.starts_with("/");
    const std::string in_queue = queue_ + (relative ? "/" : "") + path;
    Place place{Match::none, relative || chroot ? in_queue : path};
    for (const std::string& socket : site_.sockets) {
      if (!socket.starts_with(kUnixSocket)) continue;
      const std::string ours = socket.substr(kUnixSocket.size());
      const bool out = chroot && !site_.is_below(place.seen, queue_);
      if (!out && site_.same_path(place.seen, ours)) return {Match::ours, place.seen};
      if (site_.same_path(in_queue, ours) || site_.same_path(path, ours) ||
          file_name(path) == file_name(ours) || path.find("ccgate") != std::string::npos)
        place.match = Match::elsewhere;
    }
    return place;
  }

  /// One parameter that names milters, as `service` reads it. Whether the gate is among them.
  bool milters(const std::string& who, const std::string& parameter, const std::string& text,
               const std::string& usual_action, const std::string& usual_protocol, bool chroot,
               bool overrides_action) {
    const std::vector<PostfixMilter> all = postfix_milters(text);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Place place = place_of(all[i], chroot);
      if (place.match == Match::none) continue;
      if (place.match == Match::elsewhere)
        tell(gate_not_reached, {who, all[i].where, place.seen, fmt::format("{} = {}", parameter, wanted_)});
      const auto setting = [&](const char* name, const std::string& usual) {
        const auto own = all[i].settings.find(name);
        return own == all[i].settings.end() ? usual : own->second;
      };
      const std::string action = setting("default_action", usual_action);
      const bool named = all[i].settings.contains("default_action");
      if (action != "tempfail")
        tell(gate_not_tempfail,
             {who, named ? parameter : "milter_default_action", action,
              overrides_action && !named
                  ? "take `-o milter_default_action` from it in master.cf, and `postfix reload`"
                  : fmt::format("write `{} = {}` in main.cf, or below the service in master.cf, and `postfix "
                                "reload`",
                                parameter, wanted_)});
      const std::string protocol = setting("protocol", usual_protocol);
      if (!protocol.empty() && protocol != "6") tell(milter_protocol_old, {who, protocol});
      if (i + 1 < all.size()) tell(gate_not_last, {who});
      return true;
    }
    return false;
  }

  /// True when mail that comes in there is shown to the gate.
  bool smtpd(const PostfixService& service) {
    const std::string who = service.label();
    const std::string text = setup_.of(service, "smtpd_milters");
    const std::size_t before = result_.found.size();
    const bool off = setup_.of(service, "receive_override_options").find("no_milters") != std::string::npos;
    const bool gated =
        !off && milters(who, "smtpd_milters", text, setup_.of(service, "milter_default_action"),
                        setup_.of(service, "milter_protocol"), service.chroot,
                        service.overrides.contains("milter_default_action"));
    if (!gated) {
      ungated(service, off, text);
      return false;
    }
    if (const std::string maps = setup_.of(service, "smtpd_milter_maps"); !maps.empty())
      tell(gate_by_client, {who, maps});
    if (const std::string proxy = setup_.of(service, "smtpd_proxy_filter"); !proxy.empty())
      tell(proxy_filter, {who, proxy});
    filtered(service);
    if (before == result_.found.size())
      result_.seen.push_back(
          fmt::format("`{}` shows mail to the gate{}", who, service.chroot ? ", from its chroot" : ""));
    return true;
  }

  void ungated(const PostfixService& service, bool off, const std::string& text) {
    if (!service.is_public()) return tell(gate_left_out, {service.label()});
    const bool own = service.overrides.contains(off ? "receive_override_options" : "smtpd_milters");
    const char* parameter = off ? "receive_override_options" : "smtpd_milters";
    std::string help;
    if (own)
      help = fmt::format("take `-o {}` from it in master.cf, or name the gate there: `smtpd_milters = {}`",
                         parameter, wanted_);
    else if (off)
      help = "take `no_milters` out in main.cf, and `postfix reload`";
    else
      help = fmt::format("write `smtpd_milters = {}` in main.cf, behind other milters, and `postfix reload`",
                         wanted_);
    tell(gate_missing,
         {service.label(), parameter, off ? setup_.of(service, "receive_override_options") : text, help});
  }

  /// A service that takes mail back from a filter is known by naming none of its own.
  void filtered(const PostfixService& service) {
    const std::string filter = setup_.of_main("content_filter");
    const auto own = service.overrides.find("content_filter");
    const bool takes_back = own != service.overrides.end() && own->second.empty() && !service.is_public();
    bool some = !filter.empty();
    std::string named = filter;
    for (const PostfixService& each : setup_.services) {
      const auto its = each.overrides.find("content_filter");
      if (its == each.overrides.end() || its->second.empty()) continue;
      some = true;
      named = its->second;
    }
    if (takes_back && some) tell(gate_twice, {named, service.label()});
  }

  void local_mail() {
    const std::string text = setup_.of_main("non_smtpd_milters");
    const auto cleanup = std::find_if(setup_.services.begin(), setup_.services.end(),
                                      [](const PostfixService& each) { return each.name == "cleanup"; });
    const bool chroot = cleanup != setup_.services.end() && cleanup->chroot;
    const std::size_t before = result_.found.size();
    const bool gated =
        milters("cleanup/unix", "non_smtpd_milters", text, setup_.of_main("milter_default_action"),
                setup_.of_main("milter_protocol"), chroot, false);
    if (!gated) {
      if (site_.has_store)
        tell(bounces_not_seen, {"non_smtpd_milters", text, wanted_});
      else
        tell(local_mail_ungated, {text, wanted_});
    }
    const std::vector<std::string> classes = postfix_list(setup_.of_main("internal_mail_filter_classes"));
    if (site_.has_store && std::find(classes.begin(), classes.end(), "bounce") == classes.end())
      tell(bounces_not_seen,
           {"internal_mail_filter_classes", setup_.of_main("internal_mail_filter_classes"), "bounce"});
    if (before == result_.found.size())
      result_.seen.emplace_back(site_.has_store ? "its own bounces are shown to the gate"
                                                : "mail of local programs is shown to the gate");
  }

  void delimiters() {
    const std::string known = setup_.of_main("recipient_delimiter");
    bool good = true;
    for (const GateSite::ListNeeds& list : site_.lists) {
      const Manager manager = list.addresses.manager;
      const bool needs = site_.has_store || manager == Manager::mailman3 || manager == Manager::mailman2 ||
                         manager == Manager::mlmmj;
      const char delimiter = list.addresses.delimiter;
      if (!needs || known.find(delimiter) != std::string::npos) continue;
      good = false;
      tell(delimiter_missing, {list.addresses.address.text(), known, list.name, std::string(1, delimiter)});
    }
    if (good && !known.empty()) result_.seen.push_back(fmt::format("`recipient_delimiter` is `{}`", known));
  }

  void tell(SiteFinding finding, const std::vector<std::string>& arguments) {
    result_.found.push_back(::ccgate::found(finding, arguments));
  }

  const PostfixSetup& setup_;
  const GateSite& site_;
  std::string queue_, wanted_;
  LookResult result_{Look::postfix};
};

}  // namespace

std::string postfix_name_of(const std::string& socket, const std::string& queue_folder) {
  if (const auto end = endpoint_of(socket)) return fmt::format("inet:{}:{}", end->host, end->port);
  if (!socket.starts_with(kUnixSocket)) return socket;
  const std::string path = socket.substr(kUnixSocket.size());
  const bool inside = !queue_folder.empty() && path.starts_with(queue_folder + "/");
  return "unix:" + (inside ? path.substr(queue_folder.size() + 1) : path);
}

LookResult look_at_postfix(const PostfixSetup& setup, const GateSite& site) {
  return PostfixLook(setup, site).look();
}

}  // namespace ccgate
