#include "policy/request/harmless.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

using enum Manager;
using enum RequestKind;

struct HarmlessRow {
  Manager manager;
  const char* line;
  std::optional<RequestKind> kind;
};

TEST_CASE("one harmless command and nothing else") {
  const auto row = GENERATE(values<HarmlessRow>({
      {mailman3, "help", other},
      {mailman3, "  HELP \t", other},
      {mailman3, "help leave", other},
      {mailman3, "help join", {}},
      {mailman3, "help me please", {}},
      {mailman3, "echo", other},
      {mailman3, "echo join", {}},
      {mailman3, "end", other},
      {mailman3, "who", other},
      {mailman3, "leave", unsubscribe},
      {mailman3, "Unsubscribe", unsubscribe},
      {mailman3, "unsubscribe address=bob@nic.example", {}},
      {mailman3, "leave now", {}},
      {mailman3, "confirm 0123456789abcdef", confirm},
      {mailman3, "confirm 0123", confirm},
      {mailman3, "confirm", {}},
      {mailman3, "confirm 012", {}},
      {mailman3, "confirm 0123x", {}},
      {mailman3, "confirm 0123 join", {}},
      {mailman3, "confirm 0123 4567", {}},
      {mailman3, "join", {}},
      {mailman3, "info", {}},
      {mailman3, "h\xc3\xa9lp", {}},
      {mailman3, "help\x01", {}},
      {mailman3, "help\njoin", {}},
      {mailman3, "Re: help", {}},
      {mailman3, "", {}},
      {mailman2, "info", other},
      {mailman2, "set show", other},
      {mailman2, "set digest plain", {}},
      {mailman2, "remove", unsubscribe},
      {mailman2, "subscribe", {}},
      {sympa, "help", other},
      {sympa, "SOS", other},
      {sympa, "info sym", other},
      {sympa, "info", {}},
      {sympa, "info sym sub", {}},
      {sympa, "review sym@sympa.example", other},
      {sympa, "get sym log.2029-12", other},
      {sympa, "set * nomail", other},
      {sympa, "set sym sub", {}},
      {sympa, "distribute sym 0123456789abcdef", other},
      {sympa, "unsubscribe sym", unsubscribe},
      {sympa, "SIG * anne@nic.example", unsubscribe},
      {sympa, "unsubscribe sym anne", {}},
      {sympa, "del sym bob@nic.example", unsubscribe},
      {sympa, "quiet del sym bob@nic.example", unsubscribe},
      {sympa, "auth 0123456789abcdef quiet del sym bob@nic.example", unsubscribe},
      {sympa, "auth 0123456789abcdef add sym bob@nic.example", {}},
      {sympa, "auth 0123456789abcdef auth 0123456789abcdef help", {}},
      {sympa, "auth x help", {}},
      {sympa, "quiet", {}},
      {sympa, "confirm 0123456789abcdef", confirm},
      {sympa, "sub sym", {}},
      {sympa, "subscribe sym", {}},
      {sympa, "invite sym bob@nic.example", {}},
      {sympa, "which", other},
      {plain, "help", {}},
      {mlmmj, "help", {}},
  }));
  INFO(to_string(row.manager) << ": " << row.line);
  CHECK(harmless_command(row.manager, row.line) == row.kind);
}

TEST_CASE("what confirms or leaves may be a reply") {
  const auto row = GENERATE(values<HarmlessRow>({
      {mailman3, "confirm 0123", confirm},
      {mailman3, "Re: confirm 0123", confirm},
      {mailman3, "RE:confirm 0123", confirm},
      {mailman3, "AW: confirm 0123", confirm},
      {mailman3, "Re: Re: confirm 0123", {}},
      {mailman3, "Fwd: confirm 0123", {}},
      {mailman3, "x: confirm 0123", {}},
      {mailman3, "join: confirm 0123", {}},
      {mailman3, "Re: help", {}},
      {mailman3, "Re: leave", unsubscribe},
      {mailman3, "Re: join", {}},
      {mailman3, "help", other},
      {sympa, "Re: confirm 0123", confirm},
  }));
  INFO(row.line);
  CHECK(harmless_subject_command(row.manager, row.line) == row.kind);
}

}  // namespace
}  // namespace ccgate
