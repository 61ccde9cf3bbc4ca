#include "milter/ledger/came_back.h"

#include <algorithm>
#include <string_view>

#include "milter/ledger/message_identity.h"
#include "policy/text/ascii.h"
#include "policy/text/durations.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kIdSize = 12;
/// As long as mail servers keep trying.
constexpr std::int64_t kLongestWay = 5 * kDaySeconds;

/// The id in the topmost mark; empty when there is none.
std::string id_in_mark(const std::vector<HeaderField>& fields) {
  const auto mark = std::find_if(fields.begin(), fields.end(), [](const HeaderField& field) {
    return ascii_iequal(field.name, "x-ccgate");
  });
  if (mark == fields.end()) return "";
  constexpr std::string_view kKey = " id=";
  const std::string text = unfold(mark->value);
  const std::size_t at = text.rfind(kKey);
  if (at == std::string::npos) return "";
  std::string id = text.substr(at + kKey.size(), kIdSize);
  const bool plain =
      std::all_of(id.begin(), id.end(), [](char c) { return is_digit(c) || is_small_letter(c); });
  return plain && id.size() == kIdSize ? id : "";
}

}  // namespace

std::optional<std::string> came_back(const Memory& memory, const TransactionStart& start,
                                     const std::vector<HeaderField>& fields, const Settled& settled) {
  if (memory.store == nullptr || !start.client || !start.client->is_loopback()) return std::nullopt;
  if (settled.verdict.decision == Decision::accept || settled.verdict.decision == Decision::tempfail)
    return std::nullopt;
  const std::string id = id_in_mark(fields);
  const std::string message_id = message_id_of(fields);
  if (id.empty() || message_id.empty()) return std::nullopt;
  const auto before = memory.store->find_entry(id);
  if (!before || before->list != settled.list || before->message_id != message_id ||
      before->decided < memory.now - kLongestWay)
    return std::nullopt;
  for (const Decision decision : {Decision::accept, Decision::ask, Decision::hold})
    if (before->verdict == to_string(decision)) return id;
  return std::nullopt;
}

}  // namespace ccgate
