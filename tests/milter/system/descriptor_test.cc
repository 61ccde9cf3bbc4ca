#include "milter/system/descriptor.h"

#include <fcntl.h>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

bool is_open(int fd) {
  return fcntl(fd, F_GETFD) >= 0;
}

}  // namespace

TEST_CASE("a descriptor is closed once, with its last owner") {
  Descriptor first(open("/dev/null", O_RDONLY | O_CLOEXEC));
  REQUIRE(first);
  const int fd = first.get();
  {
    const Descriptor second = std::move(first);
    CHECK(second.get() == fd);
    CHECK(is_open(fd));
  }
  CHECK_FALSE(is_open(fd));
  Descriptor third(open("/dev/null", O_RDONLY | O_CLOEXEC));
  const int other = third.get();
  third.reset();
  CHECK_FALSE(third);
  CHECK_FALSE(is_open(other));
  third.reset();
}

TEST_CASE("a pipe is not inherited, and ends when its writer does") {
  Pipe pipe = open_pipe();
  REQUIRE(pipe);
  CHECK((fcntl(pipe.reader.get(), F_GETFD) & FD_CLOEXEC) != 0);
  CHECK((fcntl(pipe.writer.get(), F_GETFD) & FD_CLOEXEC) != 0);
  REQUIRE(write(pipe.writer.get(), "x", 1) == 1);
  pipe.writer.reset();
  CHECK_FALSE(pipe);
  char octet = 0;
  CHECK(read(pipe.reader.get(), &octet, 1) == 1);
  CHECK(read(pipe.reader.get(), &octet, 1) == 0);
}
