#include "milter/daily/own_entry.h"

#include <algorithm>
#include <utility>

#include "milter/decision/decision_id.h"

namespace ccgate {

LedgerEntry own_entry(const ListConfig& list, const std::string& request, const std::string& ground,
                      std::vector<std::string> cctlds, std::int64_t now, std::int64_t keep_until) {
  std::sort(cctlds.begin(), cctlds.end());
  LedgerEntry entry;
  entry.id = new_decision_id();
  entry.decided = now;
  entry.list = list.name;
  entry.request = request;
  entry.cctlds = std::move(cctlds);
  entry.author = list.addresses.address.text();
  entry.people = "[]";
  entry.ground = ground;
  entry.keep_until = keep_until;
  return entry;
}

}  // namespace ccgate
