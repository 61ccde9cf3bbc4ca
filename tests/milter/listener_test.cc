#include "milter/listener.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

struct Folder {
  Folder() {
    char name[] = "/tmp/ccgate-listener-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

}  // namespace

TEST_CASE("a unix socket has its mode from the start and goes with its owner") {
  const Folder folder;
  const std::string path = folder.path + "/ccgate.sock";
  {
    const Listener listener("unix:" + path, {0660, ""});
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0660);
    CHECK_THROWS_WITH(Listener("unix:" + path, {0660, ""}), contains("another process serves it"));
    CHECK(access(path.c_str(), F_OK) == 0);
  }
  CHECK(access(path.c_str(), F_OK) != 0);
}

TEST_CASE("a stale socket is replaced, any other file is left alone") {
  const Folder folder;
  const std::string path = folder.path + "/ccgate.sock";
  CHECK_THROWS_WITH(Listener("unix:" + path, {0660, "no-such-group"}), contains("no group `no-such-group`"));
  CHECK_NOTHROW(Listener("unix:" + path, {0660, ""}));
  std::fclose(std::fopen(path.c_str(), "w"));
  CHECK_THROWS_WITH(Listener("unix:" + path, {0660, ""}), contains("no socket"));
  CHECK(access(path.c_str(), F_OK) == 0);
}

TEST_CASE("a port is given by the kernel when it is 0") {
  const Listener listener("inet:0@127.0.0.1", {});
  CHECK(listener.fd() >= 0);
  CHECK_THROWS(Listener("inet:0@not a host", {}));
  CHECK_THROWS(Listener("fd:9999", {}));
}

}  // namespace ccgate
