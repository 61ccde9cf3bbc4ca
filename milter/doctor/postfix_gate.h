// milter/doctor/postfix_gate.h: whether what comes into Postfix passes the gate. Pure but for the
// functions that look at paths.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/doctor/postfix_setup.h"
#include "policy/names/list_addresses.h"

namespace ccgate {

/// What the gate is, as far as Postfix has to know.
struct GateSite {
  std::vector<std::string> sockets;  ///< unix:PATH, inet:PORT@HOST, inet6:PORT@HOST
  bool has_store = false;            ///< contacts answer, and mail comes back
  struct ListNeeds {
    std::string name;
    ListAddresses addresses;
  };
  std::vector<ListNeeds> lists;
  /// Whether two paths lead to one file.
  std::function<bool(const std::string&, const std::string&)> same_path;
  /// Whether what `path` leads to lies in `folder`: a link that leads out of a chroot leads nowhere there.
  std::function<bool(const std::string& path, const std::string& folder)> is_below;
};

/// Every smtpd service has to name the gate where it is for that service, in its chroot or without, with
/// default_action=tempfail; and with a store Postfix has to show its own bounces and to know the delimiter.
[[nodiscard]] LookResult look_at_postfix(const PostfixSetup& setup, const GateSite& site);

/// How main.cf would name `socket` best.
[[nodiscard]] std::string postfix_name_of(const std::string& socket, const std::string& queue_folder);

}  // namespace ccgate
