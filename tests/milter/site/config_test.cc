
#include "milter/site/config_yaml.h"
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
      "        also: [x@lists.example], policy: ops.policy.yaml}\n"
      "confine: false\n",
      "/etc/ccgate/ccgate.yaml", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(config);
  CHECK(config->listen == std::vector<std::string>{"unix:/run/x", "inet:25@127.0.0.1"});
  CHECK(config->socket.mode == 0660U);
  CHECK(config->socket.group == "postfix");
  CHECK(config->authserv_id == "lists.example");
  CHECK(config->dns.servers == std::vector<std::string>{"127.0.0.1@53"});
  CHECK(config->dns.timeout == std::chrono::seconds{3});
  CHECK(config->dns.trust_anchor == "/etc/ccgate/root.key");
  CHECK(config->contacts.file == "/etc/ccgate/contacts.json");
  CHECK(config->contacts.overrides == "/abs/registries.yaml");
  CHECK(config->contacts.max_age == std::chrono::hours{14 * 24});
  CHECK(config->contacts.cool_down == std::chrono::hours{21 * 24});
  CHECK(config->aliases == std::vector<std::string>{"/etc/ccgate/aliases"});
  CHECK(config->on.internal_error == OnTrouble::hold);
  CHECK(config->on.dns_error == OnTrouble::hold);
  CHECK(config->on.stale_contacts == OnTrouble::tempfail);
  CHECK(config->on.over_limit == OnTrouble::tempfail);
  CHECK(config->mixed_recipients == MixedRecipients::drop);
  CHECK(config->limits.header_bytes == 64U * 1024);
  CHECK(config->limits.message_bytes == 1024U * 1024);
  CHECK(config->limits.addresses == 50);
  CHECK(config->limits.signatures == 5);
  CHECK(config->limits.mime_depth == 7);
  CHECK_FALSE(config->confine);
  CHECK(config->log.format == LogFormat::json);
  CHECK(config->log.level == LogLevel::warning);
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

namespace {

constexpr const char* kHead = "ccgate: 1\nlisten: fd:3\ncontacts: {file: c}\n";
constexpr const char* kList = "lists: {o: {address: o@lists.example, manager: mailman3, policy: p}}\n";

std::optional<Config> config_of(const std::string& lines, const std::string& lists = kList) {
  Issues issues;
  auto config = parse_config(kHead + lines + lists, "/etc/ccgate/ccgate.yaml", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  return config;
}

}  // namespace

TEST_CASE("the log goes to standard error, and the numbers nowhere, unless it is said") {
  auto config = config_of("");
  REQUIRE(config);
  CHECK(config->log == LogOptions{});
  CHECK(config->metrics.listen.empty());
  config = config_of(
      "log: {output: syslog, facility: local3, socket: /run/log, format: json, level: debug}\n"
      "metrics: {listen: \"[::1]:9154\"}\n");
  REQUIRE(config);
  CHECK(config->log ==
        LogOptions{LogFormat::json, LogLevel::debug, LogPlace::syslog, LogFacility::local3, "/run/log"});
  CHECK(config->metrics.listen == "[::1]:9154");
  CHECK_FALSE(config->metrics.is_public);
  config = config_of("metrics: {listen: 192.0.2.1:9154, public: true}\n");
  REQUIRE(config);
  CHECK(config->metrics.is_public);
}

TEST_CASE("without a store nothing is mailed, with one there are defaults") {
  auto config = config_of("");
  REQUIRE(config);
  CHECK(config->store.empty());
  CHECK(config->submit.kind == Submission::Kind::none);
  config = config_of("store: sqlite:/var/lib/ccgate/ccgate.db\n");
  REQUIRE(config);
  CHECK(config->store == "sqlite:/var/lib/ccgate/ccgate.db");
  CHECK(config->submit == Submission{Submission::Kind::smtp, "127.0.0.1", 25, ""});
  CHECK(config->ask.style == AskStyle::tempfail);
  CHECK(config->ask.expires == std::chrono::hours{7 * 24});
  CHECK(config->ask.fresh == std::chrono::hours{14 * 24});
  CHECK(config->object.window == std::chrono::hours{72});
  CHECK(config->replay.window == std::chrono::hours{24});
  CHECK(config->hooks.accepted.empty());
}

TEST_CASE("what needs a store is read as it stands") {
  const auto config = config_of(
      "store: postgresql:///ccgate\nsubmit: sendmail:/usr/sbin/sendmail\n"
      "notices: {folder: texts, languages: {XA: fr, xb: pt-br}}\n"
      "ask: {style: reject, expires: 1d, fresh: 2d}\nobject: {window: 3d}\nreplay: {window: 4d}\n"
      "flood: {author_domain: 1, cctld: 2, contact: 3, foreign: 4}\n"
      "hooks: {accepted: [bin/accepted, --list], objected: /bin/objected}\n");
  REQUIRE(config);
  CHECK(config->store == "postgresql:///ccgate");
  CHECK(config->submit == Submission{Submission::Kind::sendmail, "", 0, "/usr/sbin/sendmail"});
  CHECK(config->notices.folder == "/etc/ccgate/texts");
  CHECK(config->notices.languages ==
        std::map<Domain, std::string>{{*Domain::parse("xa"), "fr"}, {*Domain::parse("xb"), "pt-br"}});
  CHECK(config->ask.style == AskStyle::reject);
  CHECK(config->ask.expires == std::chrono::hours{24});
  CHECK(config->ask.fresh == std::chrono::hours{48});
  CHECK(config->object.window == std::chrono::hours{72});
  CHECK(config->replay.window == std::chrono::hours{96});
  CHECK(config->flood.author_domain == 1);
  CHECK(config->flood.cctld == 2);
  CHECK(config->flood.contact == 3);
  CHECK(config->flood.foreign == 4);
  CHECK(config->hooks.accepted == std::vector<std::string>{"/etc/ccgate/bin/accepted", "--list"});
  CHECK(config->hooks.objected == std::vector<std::string>{"/bin/objected"});
  CHECK(config->at.store == Position{4, 1});
  CHECK(config->at.submit == Position{5, 9});
  CHECK(config->at.notices == Position{6, 19});
  CHECK(config->at.hooks == Position{11, 1});
}

TEST_CASE("a list has its own hooks, and those of the site for events without one") {
  const auto two = [](const std::string& first,
                      const std::string& site = "hooks: {accepted: [a, x], removed: r}\n") {
    return config_of("store: postgresql:///ccgate\n" + site,
                     "lists:\n  o: {address: o@lists.example, manager: mailman3, policy: p, " + first +
                         "}\n  t: {address: t@lists.example, manager: mailman3, policy: p}\n");
  };
  using Argv = std::vector<std::string>;
  auto config = two("hooks: {accepted: [b, y], objected: /o}");
  REQUIRE(config);
  const Hooks& own = config->lists.front().hooks;
  CHECK(own.accepted == Argv{"/etc/ccgate/b", "y"});
  CHECK(own.objected == Argv{"/o"});
  CHECK(own.removed == Argv{"/etc/ccgate/r"});
  CHECK(config->lists.front().hooks_at.line == 7);
  const Hooks& of_site = config->lists.back().hooks;
  CHECK(of_site.accepted == Argv{"/etc/ccgate/a", "x"});
  CHECK(of_site.objected.empty());
  CHECK(of_site.removed == Argv{"/etc/ccgate/r"});
  CHECK(config->lists.back().hooks_at.line == 5);

  config = two("hooks: {accepted: []}");
  REQUIRE(config);
  CHECK(config->lists.front().hooks.accepted.empty());
  CHECK(config->lists.front().hooks.removed == Argv{"/etc/ccgate/r"});
  config = two("hooks: {accepted: b}", "");
  REQUIRE(config);
  CHECK(config->lists.front().hooks.accepted == Argv{"/etc/ccgate/b"});
  CHECK(config->lists.back().hooks.accepted.empty());
  CHECK_FALSE(two("hooks: {acepted: b}"));
  CHECK_FALSE(two("hooks: {accepted: {run: b}}"));
  CHECK_FALSE(two("hooks: {accepted: }"));
  CHECK_FALSE(two("hooks: a"));
  CHECK_FALSE(config_of("",
                        "lists: {o: {address: o@lists.example, manager: mailman3, policy: p, "
                        "hooks: {accepted: a}}}\n"));  // it needs a store
}

TEST_CASE("an empty mapping of hooks is no word for none, and told") {
  const std::string lists =
      "lists: {o: {address: o@lists.example, manager: mailman3, policy: p, hooks: {}}}\n";
  const auto told = [&](const std::string& site) {
    Issues issues;
    const auto config = parse_config(kHead + ("store: postgresql:///ccgate\n" + site) + lists, "f", issues);
    REQUIRE(config);
    CHECK(config->lists.front().hooks.accepted == config->hooks.accepted);
    return issues.empty() ? "" : issues.front().what;
  };
  CHECK(told("") == "");
  CHECK(told("hooks: {accepted: a}\n") ==
        "`hooks` of this list is empty: those of the site are run for it too");
}

TEST_CASE("each list has a page of its own") {
  CHECK(config_of("store: postgresql:///ccgate\n")->report.file.empty());
  CHECK_FALSE(config_of("store: postgresql:///ccgate\n")->report.people);
  const auto config = config_of("store: postgresql:///ccgate\nreport: {file: page.html, people: true}\n");
  REQUIRE(config);
  CHECK(config->report.file == "/etc/ccgate/page.html");
  CHECK(config->report.people);
  CHECK_FALSE(config_of("report: {file: page.html}\n"));  // there is nothing to tell without a store
  const std::string two =
      "ccgate: 1\nlisten: unix:/run/x\ncontacts: {file: c.json}\nstore: postgresql:///ccgate\n"
      "lists:\n  a: {address: a@lists.example, manager: plain, policy: p.yaml, owner: anne@lists.example}\n"
      "  b: {address: b@lists.example, manager: plain, policy: p.yaml, owner: anne@lists.example}\n";
  Issues issues;
  CHECK(parse_config(two + "report: {file: \"{list}.html\"}\n", "/etc/ccgate/ccgate.yaml", issues));
  CHECK(issues.empty());
  CHECK_FALSE(parse_config(two + "report: {file: page.html}\n", "/etc/ccgate/ccgate.yaml", issues));
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].what == "each list has a page of its own, and this is one file");
}

TEST_CASE("mail of our own leaves by SMTP or by a program") {
  struct Row {
    const char* url;
    Submission want;  ///< kind none: no such thing
  };
  using Kind = Submission::Kind;
  const auto row = GENERATE(values<Row>({
      {"smtp://mx.example", {Kind::smtp, "mx.example", 25, ""}},
      {"smtp://mx.example:587", {Kind::smtp, "mx.example", 587, ""}},
      {"smtp://192.0.2.1", {Kind::smtp, "192.0.2.1", 25, ""}},
      {"smtp://localhost:2525", {Kind::smtp, "localhost", 2525, ""}},
      {"smtp://[2001:db8::1]", {Kind::smtp, "2001:db8::1", 25, ""}},
      {"smtp://[::1]:65535", {Kind::smtp, "::1", 65535, ""}},
      {"sendmail:/usr/sbin/sendmail", {Kind::sendmail, "", 0, "/usr/sbin/sendmail"}},
      {"smtp://", {}},
      {"smtp://:25", {}},
      {"smtp://mx.example:", {}},
      {"smtp://mx.example:0", {}},
      {"smtp://mx.example:025", {}},
      {"smtp://mx.example:65536", {}},
      {"smtp://mx.example:25/", {}},
      {"smtp://2001:db8::1", {}},
      {"smtp://[2001:db8::1", {}},
      {"smtp://[::1]x25", {}},
      {"smtp://[mx.example]", {}},
      {"smtp://a b", {}},
      {"smtps://mx.example", {}},
      {"sendmail:sendmail", {}},
      {"sendmail:/", {}},
      {"mx.example", {}},
  }));
  INFO(row.url);
  const auto config = config_of("store: sqlite:/var/lib/x.db\nsubmit: \"" + std::string(row.url) + "\"\n");
  REQUIRE(config.has_value() == (row.want.kind != Kind::none));
  if (config) CHECK(config->submit == row.want);
}

TEST_CASE("who hands mail over has a full name") {
  const auto helo = [](const std::string& text) {
    const auto config = config_of("store: postgresql:///x\nsubmit_helo: \"" + text + "\"\n");
    return config ? config->submit.helo : "refused";
  };
  CHECK(config_of("store: postgresql:///x\n")->submit.helo.empty());
  CHECK(helo("Gate.Example") == "gate.example");
  CHECK(helo("[192.0.2.1]") == "[192.0.2.1]");
  CHECK(helo("[IPv6:2001:db8::1]") == "[IPv6:2001:db8::1]");
  for (const char* none :
       {"gate", "localhost", "192.0.2.1", "[gate.example]", "gate.example\\r\\nX", "a b.example", ""}) {
    INFO(none);
    CHECK(helo(none) == "refused");
  }
  const auto config =
      config_of("store: postgresql:///x\nsubmit: smtp://mx.example:587\nsubmit_helo: gate.example\n");
  REQUIRE(config);
  CHECK(config->submit == Submission{Submission::Kind::smtp, "mx.example", 587, "", "gate.example"});
  CHECK_FALSE(config_of("submit_helo: gate.example\n"));  // it needs a store
}

TEST_CASE("every list has an owner") {
  struct Row {
    const char* list;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"manager: mailman3", "o-owner@lists.example"},
      {"manager: mailman2", "o-owner@lists.example"},
      {"manager: sympa", "o-request@lists.example"},
      {"manager: mlmmj", "o+owner@lists.example"},
      {"manager: mlmmj, delimiter: \"=\"", "o=owner@lists.example"},
      {"manager: plain, form: f@lists.example", "o-owner@lists.example"},
      {"manager: mlmmj, owner: anne@nic.example", "anne@nic.example"},
  }));
  INFO(row.list);
  const auto config = config_of(
      "", "lists: {o: {address: o@lists.example, policy: p, " + std::string(row.list) + ", roster: r}}\n");
  REQUIRE(config);
  const ListConfig& list = config->lists.front();
  REQUIRE(list.owner);
  CHECK(list.owner->text() == row.want);
  CHECK(list.retention == std::chrono::hours{400 * 24});
  CHECK(list.roster_file == "/etc/ccgate/r");
}

TEST_CASE("reviews and mails of members, of a list") {
  const auto list = [](const std::string& keys, bool store = true) {
    return config_of(store ? "store: sqlite:/var/lib/x.db\n" : "",
                     "lists: {o: {address: o@lists.example, manager: mailman3, policy: p, " + keys + "}}\n");
  };
  using std::chrono::days;
  auto config = list("roster: ./store");
  REQUIRE(config);
  CHECK_FALSE(config->lists.front().review);
  CHECK(config->lists.front().repository.every == MailEvery::never);
  CHECK_FALSE(config->lists.front().roster_store);
  config = list("roster: store, review: {}, repository: {every: monthly}");
  REQUIRE(config);
  CHECK(config->lists.front().roster_store);
  CHECK(config->lists.front().roster_file.empty());
  CHECK(config->lists.front().review->every == days(365));
  CHECK(config->lists.front().review->remind == days(21));
  CHECK(config->lists.front().review->expires == days(60));
  CHECK(config->lists.front().review->per_day == 10);
  CHECK(config->lists.front().repository.every == MailEvery::monthly);
  CHECK(config->lists.front().repository.attach == MailAttachment::vcf);
  config = list(
      "review: {every: 180d, remind: 7d, expires: 30d, per_day: 3}, "
      "repository: {every: weekly, attach: none, to: o@lists.example}");
  REQUIRE(config);
  CHECK(config->lists.front().review->every == days(180));
  CHECK(config->lists.front().review->per_day == 3);
  CHECK(config->lists.front().repository.attach == MailAttachment::none);
  for (const char* bad :
       {"review: {remind: 60d}", "review: {expires: 365d}", "review: {every: 1h}", "review: {per_day: 0}",
        "repository: {to: other@lists.example}", "repository: {every: daily}"}) {
    INFO(bad);
    CHECK_FALSE(list(bad));
  }
  for (const char* needs_store : {"roster: store", "review: {}", "repository: {every: weekly}"}) {
    INFO(needs_store);
    CHECK_FALSE(list(needs_store, false));
  }
}

TEST_CASE("invitations of a list") {
  Issues issues;
  const auto list = [&](const std::string& keys, bool store = true) {
    issues.clear();
    const std::string text = "ccgate: 1\nlisten: fd:3\ncontacts: {file: c.json}\n" +
                             std::string(store ? "store: sqlite:/var/lib/x.db\n" : "") +
                             "lists: {o: {address: o@lists.example, manager: mailman3, policy: p, " + keys +
                             "}}\n";
    return parse_config(text, "/etc/ccgate/ccgate.yaml", issues);
  };
  using std::chrono::days;
  auto config = list("roster: store");
  REQUIRE(config);
  CHECK_FALSE(config->lists.front().outreach);
  config = list("outreach: {}");
  REQUIRE(config);
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().what == "replies to invitations go to the owner, and past the gate");
  CHECK(config->lists.front().outreach->per_day == 10);
  CHECK(config->lists.front().outreach->remind == std::vector<std::chrono::seconds>{days(14), days(35)});
  CHECK(config->lists.front().outreach->helpers.empty());
  config = list(
      "outreach: {per_day: 3, remind: [], helpers: {AF: [anne@lists.example.org, ben@lists.example.org], "
      "NA: anne@lists.example.org}}");
  REQUIRE(config);
  CHECK(config->lists.front().outreach->remind.empty());
  CHECK(config->lists.front().outreach->helpers.at(Region::africa).size() == 2);
  CHECK(config->lists.front().outreach->helpers.at(Region::north_america).size() == 1);
  config = list("outreach: {remind: 7d}");
  REQUIRE(config);
  CHECK(config->lists.front().outreach->remind == std::vector<std::chrono::seconds>{days(7)});
  for (const char* bad :
       {"outreach: {per_day: 0}", "outreach: {remind: [14d, 14d]}", "outreach: {remind: [1h]}",
        "outreach: {remind: [400d]}", "outreach: {remind: [1d, 2d, 3d, 4d, 5d, 6d]}",
        "outreach: {helpers: {AF: []}}", "outreach: {helpers: {AF: [anne]}}",
        "outreach: {helpers: {AF: [a@b.example, a@b.example]}}", "outreach: {reminders: [1d]}",
        "outreach: 5"}) {
    INFO(bad);
    CHECK_FALSE(list(bad));
  }
  CHECK_FALSE(list("outreach: {per_day: many, helpers: {LACC: [a@b.example], Europe: a@b.example}}"));
  REQUIRE(issues.size() == 4);
  CHECK(issues[2].what == "`LACC` is no region");
  CHECK(issues[2].help == "did you mean `LAC`?");
  CHECK(issues[3].help == "there are AF, AP, EU, LAC, NA");
  CHECK_FALSE(list("outreach: {}, form: [join@lists.example]", false));
  CHECK(issues.front().what == "`outreach` needs `store`");
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
      {"inet:8893@192.0.2.1", false},
      {"inet:8893@0.0.0.0", false},
      {"inet6:8893@::", false},
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

TEST_CASE("a port that other machines can reach has to be asked for") {
  const std::string rest =
      "contacts: {file: c}\n"
      "lists: {o: {address: o@lists.example, manager: mailman3, policy: p}}\n";
  const std::string head = "ccgate: 1\nlisten: [\"unix:/run/x\", \"inet:8893@192.0.2.1\"]\n";
  Issues issues;
  CHECK_FALSE(parse_config(head + "socket: {mode: \"0660\"}\n" + rest, "f", issues));
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].at.line == 2);
  CHECK_THAT(issues[0].help, contains("socket: {public: true}"));
  const auto config = parse_config(head + "socket: {public: true}\n" + rest, "f", issues);
  REQUIRE(config);
  CHECK(config->socket.is_public);
}
