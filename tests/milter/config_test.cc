#include "milter/site/config.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("ccgate.yaml is read as it stands") {
  Issues issues;
  const auto config = parse_config(
      "ccgate: 1\n"
      "listen: [\"unix:/run/x\", \"inet:25@127.0.0.1\"]\n"
      "socket: {mode: \"0660\", group: postfix}\n"
      "authserv_id: Lists.Example\n"
      "dns: {servers: [127.0.0.1@53], timeout: 3s, trust_anchor: root.key}\n"
      "contacts: {file: contacts.json, overrides: /abs/registries.yaml, max_age: 2w, cool_down: 3w}\n"
      "aliases: [aliases]\n"
      "on: {internal_error: hold, dns_error: hold, over_limit: tempfail}\n"
      "mixed_recipients: drop\n"
      "limits: {header_bytes: 64KiB, message_bytes: 1MiB, addresses: 50, signatures: 5, mime_depth: 7}\n"
      "log: {format: json, level: warning}\n"
      "lists:\n"
      "  ops: {address: ops@lists.example, manager: mlmmj, delimiter: \"-\", form: f@lists.example,\n"
      "        also: [x@lists.example], policy: ops.policy.yaml}\n",
      "/etc/ccgate/ccgate.yaml", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(config);
  CHECK(config->listen == std::vector<std::string>{"unix:/run/x", "inet:25@127.0.0.1"});
  CHECK(config->socket_mode == 0660U);
  CHECK(config->socket_group == "postfix");
  CHECK(config->authserv_id == "lists.example");
  CHECK(config->dns.servers == std::vector<std::string>{"127.0.0.1@53"});
  CHECK(config->dns.timeout == std::chrono::seconds{3});
  CHECK(config->dns.trust_anchor == "/etc/ccgate/root.key");
  CHECK(config->contacts_file == "/etc/ccgate/contacts.json");
  CHECK(config->overrides_file == "/abs/registries.yaml");
  CHECK(config->contacts_max_age == std::chrono::hours{14 * 24});
  CHECK(config->contacts_cool_down == std::chrono::hours{21 * 24});
  CHECK(config->alias_files == std::vector<std::string>{"/etc/ccgate/aliases"});
  CHECK(config->on_internal_error == OnTrouble::hold);
  CHECK(config->on_dns_error == OnTrouble::hold);
  CHECK(config->on_stale_contacts == OnTrouble::tempfail);
  CHECK(config->on_over_limit == OnTrouble::tempfail);
  CHECK(config->mixed_recipients == MixedRecipients::drop);
  CHECK(config->limits.header_bytes == 64U * 1024);
  CHECK(config->limits.message_bytes == 1024U * 1024);
  CHECK(config->limits.addresses == 50);
  CHECK(config->limits.signatures == 5);
  CHECK(config->limits.mime_depth == 7);
  CHECK(config->log_format == LogFormat::json);
  CHECK(config->log_level == LogLevel::warning);
  REQUIRE(config->lists.size() == 1);
  const ListConfig& list = config->lists.front();
  CHECK(list.name == "ops");
  CHECK(list.at == Position{13, 3});
  CHECK(list.policy_file == "/etc/ccgate/ops.policy.yaml");
  CHECK(list.addresses.manager == Manager::mlmmj);
  CHECK(list.addresses.delimiter == '-');
  CHECK(list.addresses.form.size() == 1);
  CHECK(list.addresses.also.size() == 1);
}

TEST_CASE("sockets have four forms") {
  struct Row {
    const char* spec;
    bool good;
  };
  const auto row = GENERATE(values<Row>({
      {"unix:/run/ccgate/ccgate.sock", true},
      {"inet:8893@127.0.0.1", true},
      {"inet:8893@localhost", true},
      {"inet6:8893@::1", true},
      {"fd:3", true},
      {"unix:run/x", false},
      {"local:/run/x", false},
      {"/run/x", false},
      {"inet:8893", false},
      {"inet:0@127.0.0.1", false},
      {"inet:08893@127.0.0.1", false},
      {"inet:70000@127.0.0.1", false},
      {"inet:8893@a b", false},
      {"fd:0", false},
      {"fd:x", false},
  }));
  INFO(row.spec);
  Issues issues;
  const std::string text = "ccgate: 1\nlisten: \"" + std::string(row.spec) +
                           "\"\ncontacts: {file: c}\n"
                           "lists: {o: {address: o@lists.example, manager: mailman3, policy: p}}\n";
  CHECK(parse_config(text, "f", issues).has_value() == row.good);
}

TEST_CASE("paths are relative to the file that names them") {
  CHECK(path_beside("/etc/ccgate/ccgate.yaml", "a.json") == "/etc/ccgate/a.json");
  CHECK(path_beside("/etc/ccgate/ccgate.yaml", "/a.json") == "/a.json");
  CHECK(path_beside("ccgate.yaml", "a.json") == "a.json");
  CHECK(path_beside("conf/ccgate.yaml", "tests/a") == "conf/tests/a");
}
