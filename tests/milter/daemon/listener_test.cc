#include "milter/daemon/listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "milter/system/socket_address.h"
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

/// The other end of the next connection that `listener` has in its queue; empty when it has none.
Descriptor accept_from(const Listener& listener) {
  pollfd descriptor{listener.fd(), POLLIN, 0};
  if (poll(&descriptor, 1, 0) <= 0) return Descriptor();
  return Descriptor(accept4(listener.fd(), nullptr, nullptr, SOCK_CLOEXEC));
}

bool accepts(const Listener& listener) {
  return static_cast<bool>(accept_from(listener));
}

/// A client of `address` that stays; none when it is refused.
Descriptor client_of(const SocketAddress& address) {
  Descriptor client(socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(client.get(), address.get(), address.size) == 0 ? std::move(client) : Descriptor();
}

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

TEST_CASE("an address beyond loopback has to be asked for") {
  const std::string spec = GENERATE(as<std::string>{}, "inet:0@0.0.0.0", "inet6:0@::", "inet:0");
  INFO(spec);
  CHECK_THROWS_WITH(Listener(spec, {}), contains("other machines could connect") && contains("public: true"));
  CHECK_NOTHROW(Listener(spec, {std::nullopt, "", true}));
}

TEST_CASE("a port that is handed over is looked at likewise") {
  const auto any = inet_address("0.0.0.0").value();
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(bind(fd, any.get(), any.size) == 0);
  const std::string spec = "fd:" + std::to_string(fd);
  CHECK_THROWS_WITH(Listener(spec, {}), contains("other machines could connect"));
  CHECK_NOTHROW(Listener(spec, {std::nullopt, "", true}));
}

TEST_CASE("an answer in pieces does not wait for acknowledgements") {
  const Listener listener("inet:0@127.0.0.1", {});
  const auto address = bound_address(listener.fd()).value();
  const Descriptor client = client_of(address);
  const Descriptor server(accept_from(listener));
  int on = 0;
  socklen_t size = sizeof on;
  REQUIRE(getsockopt(server.get(), IPPROTO_TCP, TCP_NODELAY, &on, &size) == 0);
  CHECK(on != 0);
}

TEST_CASE("a kick arrives, without a name too") {
  const Folder folder;
  const std::string path = folder.path + "/ccgate.sock";
  const auto spec = GENERATE(as<std::string>{}, "unix", "inet:0@127.0.0.1", "inet:0@0.0.0.0");
  SocketRights rights;
  rights.is_public = true;
  Listener listener(spec == "unix" ? "unix:" + path : spec, rights);
  listener.kick();
  CHECK(accepts(listener));
  listener.refuse_new();
  CHECK(access(path.c_str(), F_OK) != 0);
  listener.kick();
  CHECK(accepts(listener));
}

TEST_CASE("a unix socket whose name is gone or another's is lost, and can be bound anew") {
  const Folder folder;
  const std::string path = folder.path + "/ccgate.sock";
  Listener listener("unix:" + path, {0600, ""});
  const int number = listener.fd();
  CHECK_FALSE(listener.is_lost());
  std::filesystem::remove(path);
  SECTION("removed") {}
  SECTION("replaced by what nobody serves") {
    const Descriptor stale(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto address = unix_address(path).value();
    REQUIRE(bind(stale.get(), address.get(), address.size) == 0);
  }
  CHECK(listener.is_lost());
  listener.bind_anew();
  CHECK_FALSE(listener.is_lost());
  CHECK(listener.fd() == number);
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const Descriptor client = client_of(unix_address(path).value());
  CHECK(client);
  CHECK(accepts(listener));
}

TEST_CASE("a socket that another process put there is not taken") {
  const Folder folder;
  const std::string path = folder.path + "/ccgate.sock";
  const auto address = unix_address(path).value();
  const Descriptor other(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  {
    Listener listener("unix:" + path, {0600, ""});
    std::filesystem::remove(path);
    REQUIRE(bind(other.get(), address.get(), address.size) == 0);
    REQUIRE(listen(other.get(), 5) == 0);
    CHECK(listener.is_lost());
    CHECK_THROWS_WITH(listener.bind_anew(), contains("another process serves it"));
  }
  CHECK(access(path.c_str(), F_OK) == 0);
}

TEST_CASE("who is connected, or about to be, is counted until it goes") {
  const Folder folder;
  const std::string path = folder.path + "/ccgate.sock";
  Listener listener(
      GENERATE(as<std::string>{}, "unix", "inet:0@127.0.0.1") == "unix" ? "unix:" + path : "inet:0@127.0.0.1",
      {});
  const auto address = bound_address(listener.fd()).value();
  CHECK(listener.open_connections() == 0);
  const Descriptor client = client_of(address);
  CHECK(listener.open_connections() == 1);
  {
    const Descriptor server(accept_from(listener));
    CHECK(listener.open_connections() == 1);
    CHECK(listener.unread_connections() == 0);
    REQUIRE(send(client.get(), "x", 1, MSG_NOSIGNAL) == 1);
    CHECK(listener.unread_connections() == 1);
    listener.refuse_new();
    CHECK(listener.open_connections() == 1);
    CHECK_FALSE(client_of(address));
  }
  CHECK(listener.open_connections() == 0);
}

TEST_CASE("a unix socket that is handed over keeps its queue for the next process") {
  const Folder folder;
  const auto address = unix_address(folder.path + "/ccgate.sock").value();
  const Descriptor manager(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(bind(manager.get(), address.get(), address.size) == 0);
  REQUIRE(listen(manager.get(), 5) == 0);
  Descriptor client;
  {
    Listener listener("fd:" + std::to_string(dup(manager.get())), {});
    listener.refuse_new();
    while (accepts(listener)) continue;  // what woke the library
    client = client_of(address);
    CHECK(client);
    CHECK_FALSE(accepts(listener));
  }
  const Listener next("fd:" + std::to_string(dup(manager.get())), {});
  CHECK(accepts(next));
}

TEST_CASE("which addresses other machines can reach") {
  const auto here = [](const char* host) { return inet_address(host).value().is_on_this_machine(); };
  CHECK(here("127.0.0.1"));
  CHECK(here("127.9.9.9"));
  CHECK(here("::1"));
  CHECK(here("::ffff:127.0.0.1"));
  CHECK_FALSE(here("0.0.0.0"));
  CHECK_FALSE(here("192.0.2.1"));
  CHECK_FALSE(here("::"));
  CHECK_FALSE(here("2001:db8::1"));
  CHECK_FALSE(here("::ffff:192.0.2.1"));
}

}  // namespace ccgate
