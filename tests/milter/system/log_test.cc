#include "milter/system/log.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "milter/system/log_output.h"
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

TEST_CASE("no value repaints the terminal or turns the line around") {
  LogLine line(LogLevel::info, "decision");
  line.add("from",
           "\xc2\x9b"
           "2J\u202eaccept\u2028J\u00f6rg");
  CHECK(
      line.render(LogFormat::logfmt, 0) ==
      "time=1970-01-01T00:00:00Z level=info event=decision from=\"\\u009b2J\\u202eaccept\\u2028J\u00f6rg\"");
}

TEST_CASE("a line fits into a pipe, whatever is in it") {
  LogLine line(LogLevel::info, "decision");
  for (int i = 0; i < 30; ++i) line.add("key" + std::to_string(i), std::string(5000, '\1'));
  for (const auto format : {LogFormat::logfmt, LogFormat::json}) {
    const std::string text = line.render(format, 0);
    CHECK(text.size() < kLongestLogLine);
    CHECK_THAT(text, contains("key29"));
  }
}

TEST_CASE("the journal gets the priority of each line") {
  CHECK(with_priority(LogLevel::error, "f:1:2: error: x\n  line\nhelp: y\n") ==
        "<3>f:1:2: error: x\n<3>  line\n<3>help: y\n");
  CHECK(with_priority(LogLevel::warning, "a") == "<4>a");
  CHECK(with_priority(LogLevel::info, "\na") == "<6>\n<6>a");
  CHECK(with_priority(LogLevel::debug, "").empty());
  const Pipe pipe = open_pipe();
  struct stat status {};
  REQUIRE(fstat(pipe.writer.get(), &status) == 0);
  const std::string stream = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  CHECK(is_journal(pipe.writer.get(), stream.c_str()));
  CHECK_FALSE(is_journal(pipe.writer.get(), (stream + "0").c_str()));
  CHECK_FALSE(is_journal(pipe.writer.get(), nullptr));
  CHECK_FALSE(is_journal(-1, stream.c_str()));
}

TEST_CASE("where nobody reads, nobody waits") {
  Pipe pipe;
  if (GENERATE(true, false)) {
    pipe = open_pipe();
  } else {
    std::array<int, 2> ends{};
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    pipe = {Descriptor(ends[0]), Descriptor(ends[1])};
  }
  REQUIRE(pipe);
  const Descriptor &reader = pipe.reader, &writer = pipe.writer;
  LogOutput output(writer.get());
  const std::string line = std::string(999, 'x') + "\n";
  std::size_t written = 0;
  while (output.put(line)) written += line.size();
  CHECK(written > 0);
  CHECK_FALSE(output.put(line));
  CHECK((fcntl(writer.get(), F_GETFL) & O_NONBLOCK) == 0);
  // Whole lines, and room again once they are read.
  std::string got;
  std::array<char, 4096> buffer{};
  while (got.size() < written) {
    const ssize_t size = read(reader.get(), buffer.data(), buffer.size());
    REQUIRE(size > 0);
    got.append(buffer.data(), static_cast<std::size_t>(size));
  }
  CHECK(got.size() == written);
  CHECK(output.put(line));
}

}  // namespace ccgate
