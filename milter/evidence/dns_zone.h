// milter/evidence/dns_zone.h: a zone in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "milter/evidence/dns.h"

namespace ccgate {

/// A zone in memory, for scenarios, `ccgate explain --dns` and tests. Names without data are
/// nxdomain, or nodata where another type or a name below exists. An alias (CNAME) is followed.
class ZoneResolver : public Resolver {
 public:
  /// Adds one record, in the shapes of DnsAnswer::records but with A and AAAA as text (`192.0.2.1`) and MX as
  /// `10 mx.example` or just the name. False when `data` cannot be read, and for a second CNAME.
  bool add(std::string_view name, RrType type, std::string_view data);
  /// Makes every question for `name` (of `type`; all types when nullptr) a temperror.
  void fail(std::string_view name, const RrType* type = nullptr);
  /// Every question ever asked, `TYPE name`, in order: for tests.
  [[nodiscard]] std::vector<std::string> asked() const;
  [[nodiscard]] std::shared_ptr<DnsQuestion> ask(std::string_view name, RrType type) override;

  ZoneResolver();
  ~ZoneResolver() override;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace ccgate
