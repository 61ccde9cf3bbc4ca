#include "milter/system/file_watch.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

FileState state(std::uint64_t inode, std::int64_t modified = 0) {
  return {true, 1, inode, 100, modified, modified};
}

}  // namespace

TEST_CASE("a file is read when it is another one and stands still") {
  FileWatch watch(state(1));
  CHECK_FALSE(watch.look(state(1)));
  CHECK_FALSE(watch.look(state(2)));
  CHECK_FALSE(watch.look(state(2, 7)));  // somebody writes
  CHECK(watch.look(state(2, 7)));
  watch.read(state(2, 7));
  for (int i = 0; i < 10; ++i) CHECK_FALSE(watch.look(state(2, 7)));
  CHECK_FALSE(watch.look(state(1)));
  CHECK(watch.look(state(1)));
}

TEST_CASE("a change that is taken back is none") {
  FileWatch watch(state(1));
  CHECK_FALSE(watch.look(state(2)));
  CHECK_FALSE(watch.look(state(1)));
  CHECK_FALSE(watch.look(state(2)));
  CHECK(watch.look(state(2)));
}

TEST_CASE("a file that was replaced between look and reading is looked at again") {
  FileWatch watch(state(1));
  CHECK_FALSE(watch.look(state(2)));
  CHECK(watch.look(state(2)));
  watch.read(state(2));  // while state(3) came into its place
  CHECK_FALSE(watch.look(state(3)));
  CHECK(watch.look(state(3)));
}

TEST_CASE("a file that cannot be read is tried again and told once") {
  FileWatch watch(state(1));
  const FileState none;
  CHECK_FALSE(watch.look(none));
  CHECK(watch.look(none));
  CHECK(watch.unreadable(none, "gone"));
  for (int i = 0; i < 10; ++i) {
    CHECK(watch.look(none));
    CHECK_FALSE(watch.unreadable(none, "gone"));
  }
  CHECK(watch.unreadable(none, "the folder is closed"));
  CHECK_FALSE(watch.look(state(1)));  // it is back as it was
  CHECK_FALSE(watch.look(none));
  CHECK(watch.look(none));
  CHECK(watch.unreadable(none, "the folder is closed"));
}
