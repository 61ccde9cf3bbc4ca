#include "policy/verdict/not_understood.h"

#include <string>
#include <utility>

#include "policy/text/ascii.h"
#include "policy/verdict/overrule.h"

namespace ccgate {
namespace {

/// Leaves room for code, status and decision id (kReplyBytes).
constexpr std::size_t kTextBytes = 350;

struct WhereTo {
  std::string leave, help, join;
};

WhereTo where_to(const ListAddresses& list) {
  const std::string at = "@" + list.address.domain().ascii();
  const std::string& name = list.address.local();
  switch (list.manager) {
    case Manager::sympa:
      return {name + "-unsubscribe" + at, "sympa" + at + " with the Subject help", name + "-subscribe" + at};
    case Manager::mlmmj: {
      const std::string base = name + list.delimiter;
      return {base + "unsubscribe" + at, base + "owner" + at, base + "subscribe" + at};
    }
    case Manager::mailman3:
    case Manager::mailman2:
    case Manager::plain:
      break;
  }
  return {name + "-leave" + at, name + "-owner" + at, name + "-join" + at};
}

}  // namespace

Reply not_understood_reply(const ListAddresses& list) {
  const WhereTo to = where_to(list);
  std::string text = "not understood; to leave send an empty mail to " + to.leave;
  const std::string help = "; for help write to " + to.help;
  const std::string join = "; to join write to " + to.join;
  if (text.size() + help.size() > kTextBytes || !is_printable_ascii(list.address.local()))
    return {550, "5.7.2",
            "not understood; write to the list's leave address to leave, to its owner for help"};
  text += help;
  if (text.size() + join.size() <= kTextBytes) text += join;
  return {550, "5.7.2", std::move(text)};
}

Verdict tell_not_understood(const ListAddresses& list, Verdict verdict) {
  const auto tells = [](Decision decision, Ground ground) {
    return decision == Decision::reject &&
           (ground == Ground::not_authenticated || ground == Ground::outsider || ground == Ground::no_cctld);
  };
  if (!tells(verdict.decision, verdict.ground)) return verdict;
  const Reply reply = not_understood_reply(list);
  verdict.reply = reply;
  for (CcTldVerdict& each : verdict.per_cctld)
    if (tells(each.decision, each.ground)) each.reply = reply;
  return verdict;
}

Verdict refuse_unclear(const ListAddresses& list, Verdict verdict) {
  switch (verdict.decision) {
    case Decision::accept:
    case Decision::ask:
    case Decision::hold:
      return overruled(std::move(verdict), Decision::reject, Ground::contradiction,
                       not_understood_reply(list));
    case Decision::tempfail:
    case Decision::discard:
      break;
    case Decision::reject:
      return tell_not_understood(list, std::move(verdict));
  }
  return verdict;
}

}  // namespace ccgate
