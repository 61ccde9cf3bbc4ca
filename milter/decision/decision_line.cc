#include "milter/decision/decision_line.h"

namespace ccgate {

LogLine decision_line(const TransactionStart& start, const TransactionResult& result) {
  LogLine line(LogLevel::info, "decision");
  line.add("id", result.decision_id);
  if (!start.queue_id.empty()) line.add("queue_id", start.queue_id);
  line.add("list", result.list);
  if (result.decided) line.add("request", to_string(result.request.kind));
  std::string cctlds;
  for (const CcTldVerdict& each : result.verdict.per_cctld)
    if (each.cctld) cctlds += (cctlds.empty() ? "" : ",") + each.cctld->ascii();
  if (!cctlds.empty()) line.add("tlds", cctlds);
  if (!result.author_domain.empty()) line.add("author_domain", result.author_domain);
  line.add("verdict", result.passes_untouched ? "untouched" : to_string(result.verdict.decision));
  if (result.observed) line.add("mode", "observe");
  line.add("ground", to_string(result.verdict.ground));
  if (!result.verdict.rule.empty()) line.add("rule", result.verdict.rule);
  if (!result.verdict.reply.status.empty()) line.add("status", result.verdict.reply.status);
  std::string dkim;
  for (const Signature& signature : result.evidence.signatures) {
    if (dkim.size() > 300) break;
    dkim += (dkim.empty() ? "" : ",") + std::string(to_string(signature.result));
    if (signature.domain) dkim += ":" + signature.domain->ascii();
  }
  if (result.decided) {
    line.add("dkim", dkim.empty() ? "none" : dkim);
    line.add("spf", std::string(to_string(result.evidence.spf.result)) +
                        (result.evidence.spf.domain ? ":" + result.evidence.spf.domain->ascii() : ""));
  }
  if (start.client) line.add("client", start.client->text());
  line.add("ms", static_cast<std::int64_t>(result.took.count()));
  return line;
}

LogLine bounce_line(const TransactionStart& start, const TransactionResult& result) {
  LogLine line(LogLevel::info, "bounce_discarded");
  if (!start.queue_id.empty()) line.add("queue_id", start.queue_id);
  line.add("list", result.list);
  return line;
}

}  // namespace ccgate
