#include "milter/log.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("no value can forge a line or a field") {
  LogLine line(LogLevel::info, "decision");
  line.add("rule", "a b").add("text", "x\n\"y\" verdict=accept\\").add("ms", 12).add("bad", "\xff");
  CHECK(line.render(LogFormat::logfmt, 0) ==
        "time=1970-01-01T00:00:00Z level=info event=decision rule=\"a b\" "
        "text=\"x\\u000a\\\"y\\\" verdict=accept\\\\\" ms=12 bad=\"\\u00ff\"");
  CHECK(
      line.render(LogFormat::json, 0) ==
      "{\"time\": \"1970-01-01T00:00:00Z\", \"level\": \"info\", \"event\": \"decision\", \"rule\": \"a b\", "
      "\"text\": \"x\\u000a\\\"y\\\" verdict=accept\\\\\", \"ms\": 12, \"bad\": \"\\u00ff\"}");
}

}  // namespace ccgate
