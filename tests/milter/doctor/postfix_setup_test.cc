#include "milter/doctor/postfix_setup.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using SetupTexts = std::vector<std::string>;

constexpr auto kMain = R"(/usr/sbin/postconf: warning: /etc/postfix/main.cf: unused parameter: x=y
compatibility_level = 3.6
queue_directory = /var/spool/postfix
smtpd_milters = { unix:ccgate/ccgate.sock, default_action=tempfail }
recipient_delimiter = +
content_filter =
)";
constexpr auto kServices = R"(smtp       inet  n       -       y       -       -       smtpd
submission inet  n       -       -       -       -       smtpd -o smtpd_milters= -o {a=b c}
127.0.0.1:10025 inet n   -       n       -       10      smtpd -o content_filter=
[::1]:26   inet  n       -       n       -       10      smtpd
smtpd      pass  -       -       y       -       -       smtpd
flush      unix  n       -       y       1000?   0       flush
postconf: warning: something is odd here
)";
constexpr auto kOverrides = R"(submission/inet/smtpd_milters =
submission/inet/a = b c
127.0.0.1:10025/inet/content_filter =
nobody/inet/smtpd_milters = x
)";

}  // namespace

TEST_CASE("what postconf prints is read, and what is no setting is passed over") {
  const PostfixSetup setup = read_postfix_setup(kMain, kServices, kOverrides);
  CHECK(setup.main.size() == 5);
  CHECK(setup.of_main("queue_directory") == "/var/spool/postfix");
  CHECK(setup.of_main("content_filter").empty());
  CHECK(setup.of_main("never_heard_of").empty());
  REQUIRE(setup.services.size() == 6);
  const auto& services = setup.services;
  CHECK(services[0].label() == "smtp/inet");
  CHECK(services[0].chroot);
  CHECK(services[0].command == "smtpd");
  CHECK_FALSE(services[1].chroot);
  CHECK(setup.of(services[0], "smtpd_milters") == "{ unix:ccgate/ccgate.sock, default_action=tempfail }");
  CHECK(setup.of(services[1], "smtpd_milters").empty());
  CHECK(services[1].overrides.at("a") == "b c");
  CHECK(services[5].command == "flush");
}

TEST_CASE("who can reach a service") {
  const PostfixSetup setup = read_postfix_setup(kMain, kServices, kOverrides);
  std::vector<bool> is_public;
  for (const PostfixService& each : setup.services) is_public.push_back(each.is_public());
  CHECK(is_public == std::vector<bool>{true, true, false, false, true, false});
}

TEST_CASE("a service that says nothing of a chroot is in one without a compatibility level") {
  for (const auto& [main, chroot] : std::vector<std::pair<std::string, bool>>{
           {"", true}, {"compatibility_level = 0\n", true}, {"compatibility_level = 2\n", false}}) {
    const auto setup = read_postfix_setup(main, "smtp inet n - - - - smtpd\n", "");
    REQUIRE(setup.services.size() == 1);
    CHECK(setup.services[0].chroot == chroot);
  }
}

TEST_CASE("lists of postconf(5)") {
  struct Row {
    const char* text;
    SetupTexts want;
  };
  for (const Row& row : std::vector<Row>{
           {"", {}},
           {"  , ,", {}},
           {"a b,c\td", {"a", "b", "c", "d"}},
           {"{ unix:a, x=y } inet:b:1", {"unix:a, x=y", "inet:b:1"}},
           {"inline:{ {a@b=c}, d=e }, hash:/x", {"inline:{ {a@b=c}, d=e }", "hash:/x"}},
           {"{a {b} c", {"{a {b} c"}},
           {"a} b", {"a}", "b"}},
       }) {
    INFO(row.text);
    CHECK(postfix_list(row.text) == row.want);
  }
}

TEST_CASE("milters with and without settings of their own") {
  const auto milters =
      postfix_milters("{ unix:a/b, default_action=tempfail, connect_timeout = 5s } inet:h:1, {}");
  REQUIRE(milters.size() == 3);
  CHECK(milters[0].where == "unix:a/b");
  CHECK(milters[0].settings.at("default_action") == "tempfail");
  CHECK(milters[1].where == "inet:h:1");
  CHECK(milters[1].settings.empty());
  CHECK(milters[2].where.empty());
}

TEST_CASE("odd text is no setup, and no harm") {
  for (const char* text :
       {"=", "= x", " = ", "a b = c", "\n\n\n", "{", "}", "x\ty", "smtp inet n - y", "////=1"}) {
    const auto setup = read_postfix_setup(text, text, text);
    CHECK(setup.services.empty());
    CHECK(setup.main.size() <= 1);
  }
}
