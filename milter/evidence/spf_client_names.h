// milter/evidence/spf_client_names.h: the names of the client, as ptr and %{p} want them (RFC 7208 5.5, 7.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "milter/evidence/dns.h"

namespace ccgate {

/// Ten names at most, asked once. A question without an answer finds nothing.
class SpfClientNames {
 public:
  /// `client`: the octets of its address; `address_type`: a or aaaa, as that is.
  SpfClientNames(DnsBatch& dns, std::string client, RrType address_type)
      : dns_(&dns), client_(std::move(client)), address_type_(address_type) {}

  [[nodiscard]] bool asked() const noexcept { return names_.has_value(); }
  /// Asks for the names, unless that was done. False when there are none, the first time.
  [[nodiscard]] bool ask();
  /// True when a name within `domain` (octets) leads back to the client. Ask first.
  [[nodiscard]] bool any_within(std::string_view domain);
  /// One that leads back: `domain` itself before one below it before any other; `unknown` when there is none.
  /// Ask first.
  [[nodiscard]] std::string validated(std::string_view domain);

 private:
  [[nodiscard]] bool leads_back(const std::string& name);
  DnsBatch* dns_;
  std::string client_;
  RrType address_type_;
  std::optional<std::vector<std::string>> names_;
};

}  // namespace ccgate
