// The worst messages within limits, on the whole way of gated mail and of answers: a thread of the daemon
// needs little stack, whatever comes.
#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "milter/evidence/dns_attempts.h"
#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario.h"
#include "milter/scenario/scenario_sign.h"
#include "milter/scenario/scenario_yaml.h"
#include "milter/session/session.h"
#include "milter/store/open_store.h"
#include "milter/store/token.h"
#include "milter/system/json_tree.h"
#include "milter/system/timestamp.h"
#include "policy/yaml/yaml.h"
#include "tests/support/catch.h"
#include "tests/support/dns_server.h"
#include "tests/support/notice_site.h"
#include "tests/support/stack_gauge.h"

namespace ccgate::test {
namespace {

constexpr std::size_t kMostStack = std::size_t{64} * 1024;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string site_file(const std::string& name) {
  std::ifstream file(CCGATE_SOURCE_DIR "/tests/site/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string filled(std::string text, const std::map<std::string, std::string>& words) {
  for (const auto& [word, value] : words)
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size()))
      text.replace(at, word.size(), value);
  return text;
}

/// Conditions nested as deep as a file and its definitions may nest.
std::string deep_policy() {
  std::string definitions = "define:\n  d0: from_is_admin_contact\n";
  for (int i = 1; i <= 30; ++i)
    definitions += "  d" + std::to_string(i) + ": {not: d" + std::to_string(i - 1) + "}\n";
  return filled(site_file("tld-ops.policy.yaml"),
                {{"define:\n", definitions},
                 {"[authenticated, from_is_admin_contact]",
                  "[authenticated, " + repeated("{not: ", 26) + "d30" + repeated("}", 26) + "]"}});
}

/// The site of tests/site with a store, and what a daemon would have.
class Stage {
 public:
  Stage() {
    const std::map<std::string, std::string> words{{"@FOLDER@", folder_.path()},
                                                   {"@DNS@", "127.0.0.1@53"},
                                                   {"@MIXED@", "split"},
                                                   {"@FETCHED@", format_timestamp(kNoon)}};
    folder_.write("aliases", site_file("aliases"));
    folder_.write("registries.yaml", site_file("registries.yaml"));
    folder_.write("contacts.json", filled(site_file("contacts.json.in"), words));
    folder_.write("tld-ops.policy.yaml", deep_policy());
    std::string config = filled(site_file("ccgate.yaml.in"), words);
    config.insert(config.find("lists:\n"),
                  "store: sqlite:" + folder_.path() + "/ledger.sqlite\nsubmit: smtp://127.0.0.1:1\n");
    Issues issues;
    rules_ = load_ruleset(folder_.write("ccgate.yaml", config), issues);
    for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
    REQUIRE(rules_ != nullptr);
    store_ = open_store(rules_->config.store, StoreAccess::own);
    DecisionRecord record;
    record.entry = notice_entry();
    record.questions = {notice_question()};
    store_->record(record);
  }

  ZoneResolver& zone() { return *zone_; }
  /// From now on a real one, at `server`, has the answers.
  void ask(const std::string& server) {
    ResolverOptions options;
    options.servers = {server};
    options.timeout = std::chrono::seconds(20);
    resolver_ = make_unbound_resolver(options);
  }
  /// The contact got `token` in a mail of ours.
  void give(const std::string& token, TokenPurpose purpose) {
    Token known;
    known.hash = token_hash(token);
    known.purpose = purpose;
    known.decision_id = notice_entry().id;
    known.question = notice_question().id;
    known.contact = "hostmaster@nic.xa";
    known.list = "tld-ops";
    known.expires = kNoon + 100;
    store_->add_token(known, kNoon);
  }

  /// What one connection with one message uses.
  std::size_t used(const std::string& recipient, const std::vector<HeaderField>& fields,
                   std::string_view body, const std::string& mail_from = "<hostmaster@nic.xa>") {
    const Services services{dkim_, [] { return kNoon; }, store_.get()};
    return stack_used([&] {
      Session session(services, [&] { return Running{rules_, resolver_}; });
      session.connect(ClientAddress::parse("192.0.2.25"), false);
      session.helo("mx.nic.xa");
      session.mail(mail_from);
      (void)session.rcpt("<" + recipient + "@lists.example>", "", true);
      if (!session.data("4X", "mx.lists.example")) throw std::logic_error("not gated");
      for (const HeaderField& field : fields) session.header(field.name, field.value);
      session.end_of_headers();
      for (std::size_t at = 0; at < body.size(); at += 65535) session.body(body.substr(at, 65535));
      last_ = session.end_of_message("4X");
    });
  }
  [[nodiscard]] const TransactionResult& last() const { return last_; }

 private:
  TempFolder folder_;
  DkimVerifier dkim_;
  std::shared_ptr<const Ruleset> rules_;
  std::shared_ptr<ZoneResolver> zone_ = std::make_shared<ZoneResolver>();
  std::shared_ptr<Resolver> resolver_ = zone_;
  std::unique_ptr<Store> store_;
  TransactionResult last_;
};

std::vector<HeaderField> header(const std::string& recipient) {
  return {{"From", " hostmaster@nic.xa"},
          {"To", " " + recipient + "@lists.example"},
          {"Subject", " subscribe xa"},
          {"Date", " Tue, 15 Jan 2030 11:00:00 +0000"},
          {"Message-ID", " <1@nic.xa>"}};
}

struct Worst {
  std::string story;
  std::string type;
  std::string body;
};

std::vector<Worst> worst_bodies() {
  std::vector<Worst> all;
  all.push_back({"plain text", "text/plain", "yes\r\n"});
  std::string deep;
  for (char c = 'a'; c < 'u'; ++c)
    deep += std::string("--") + c +
            "\r\nContent-Type: multipart/mixed; boundary=" + static_cast<char>(c + 1) + "\r\n\r\n";
  all.push_back({"MIME as deep as may be", "multipart/mixed; boundary=a",
                 deep.substr(0, deep.rfind("--")) + "--t\r\n\r\nyes\r\n"});
  all.push_back({"MIME deeper than may be", "multipart/mixed; boundary=a", deep + "--u\r\n\r\nyes\r\n"});
  all.push_back({"groups in an attached message", "multipart/mixed; boundary=b",
                 "--b\r\n\r\nyes\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nTo:" +
                     repeated("\r\n a:", 9000) + "\r\n\r\nx\r\n--b--\r\n"});
  all.push_back({"deep HTML", "text/html",
                 repeated("<div><b><!-- x -->\r\n", 10000) + "yes" + repeated("</div>\r\n", 1000)});
  std::string charsets;
  for (const char* charset : {"big5", "big5-hkscs", "gb18030", "gbk", "euc-jp", "shift_jis", "iso-2022-jp",
                              "euc-kr", "ks_c_5601-1987", "tis-620", "koi8-u", "windows-1258"})
    charsets += std::string("--b\r\nContent-Type: text/plain; charset=") + charset + "\r\n\r\nyes\r\n";
  all.push_back({"charsets", "multipart/mixed; boundary=b", charsets});
  all.push_back({"a huge form", "text/plain",
                 repeated("Name: Anne\r\nE-mail: anne@nic.xa\r\nPhone: +999 1\r\n", 1200) + "ccTLD: xa\r\n"});
  all.push_back({"a delivery report", "multipart/report; report-type=delivery-status; boundary=b",
                 "--b\r\n\r\nFailed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
                     repeated("Final-Recipient: rfc822; a@nic.xa\r\nX-A: b\r\n\r\n", 4000) +
                     "Action: failed\r\nStatus: 5.1.1\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nTo: " +
                     repeated("a:", 400) + "\r\n--b--\r\n"});
  all.push_back({"words", "text/plain", repeated("subscribe xa xb address=a@nic.xa\r\n", 1900)});
  all.push_back({"a body of 9 MB", "text/plain", repeated(std::string(900, 'x') + "\r\n", 10000)});
  return all;
}

void check_stack(std::size_t used) {
  INFO(used << " octets of stack");
  CHECK(used < kMostStack);
}

TEST_CASE("the gauge sees what is used") {
  constexpr std::size_t kOctets = std::size_t{100} * 1024;
  const std::size_t used = stack_used([] {
    std::array<volatile char, kOctets> octets;
    octets[0] = 1;
    octets[kOctets - 1] = octets[0];
  });
  if (kStackIsMeasured) CHECK(used > kOctets - 1000);
}

TEST_CASE("the stack that the worst messages use") {
  Stage stage;
  stage.zone().add("nic.xa", RrType::txt, "v=spf1 ip4:192.0.2.25 -all");
  const std::string answer(26, 'a');
  const std::string bounce(26, 'b');
  const std::string objection(26, 'c');
  stage.give(answer, TokenPurpose::confirm);
  stage.give(bounce, TokenPurpose::bounce);
  stage.give(objection, TokenPurpose::object);
  for (const std::string& recipient :
       {std::string("tld-ops-join"), std::string("tld-ops-leave"), std::string("secretariat"),
        "tld-ops-vouch+" + answer, "tld-ops-notice+" + bounce, "tld-ops-object+" + objection}) {
    for (const Worst& worst : worst_bodies()) {
      INFO(recipient << ", " << worst.story);
      std::vector<HeaderField> fields = header(recipient);
      fields.push_back({"Content-Type", " " + worst.type});
      check_stack(stage.used(recipient, fields, worst.body));
    }
  }
}

TEST_CASE("the stack that the worst header sections use") {
  Stage stage;
  stage.zone().add("nic.xa", RrType::txt, "v=spf1 ip4:192.0.2.25 -all");
  const std::string body = "Thank you.\r\n";
  std::vector<HeaderField> fields = header("tld-ops-join");
  SECTION("1,000 addresses") {
    std::string copied = " ben@nic.xa";
    for (int i = 1; i < 990; ++i) copied += ",\n \"Anne, (\\\"x\\\")\" <ben" + std::to_string(i) + "@nic.xa>";
    fields.push_back({"Cc", copied});
  }
  SECTION("20 signatures") {
    for (int i = 0; i < 20; ++i) {
      SigningRequest request;
      request.domain = "nic.xa";
      request.selector = "s" + std::to_string(i);
      request.key = i % 2 == 0 ? SigningKey::rsa2048 : SigningKey::ed25519;
      request.relaxed_header = i % 3 == 0;
      request.relaxed_body = i % 5 == 0;
      stage.zone().add(request.selector + "._domainkey.nic.xa", RrType::txt, public_key_record(request.key));
      fields.insert(fields.begin(), {"DKIM-Signature", sign(fields, body, request)});
    }
  }
  SECTION("a header of 250 kB") {
    for (int i = 0; i < 4000; ++i) fields.push_back({"X-A" + std::to_string(i), " " + std::string(50, 'x')});
  }
  SECTION("encoded words") {
    fields[2].value = repeated(" =?iso-2022-jp?b?GyRCO2FMPhsoQg==?=\n", 2000) + " =?utf-8?q?join?=";
  }
  SECTION("comments in a Date, and forged marks") {
    fields[3].value = repeated(" (\n", 5000) + " x";
    for (int i = 0; i < 50; ++i)
      fields.push_back({"Authentication-Results", repeated(" (((\n", 500) + " lists.example"});
  }
  check_stack(stage.used("tld-ops-join", fields, body));
  const auto& signatures = stage.last().evidence.signatures;
  if (!signatures.empty()) {
    CHECK(std::count_if(signatures.begin(), signatures.end(),
                        [](const Signature& each) { return each.result == AuthResult::pass; }) == 5);
  }
}

TEST_CASE("the stack that the worst SPF records use") {
  Stage stage;
  std::string long_record;
  for (int i = 0; i < 40; ++i) long_record += " ip4:198.51.100." + std::to_string(i);
  SECTION("includes in includes") {
    stage.zone().add("nic.xa", RrType::txt, "v=spf1 include:s1.nic.xa" + long_record + " -all");
    for (int i = 1; i < 9; ++i)
      stage.zone().add("s" + std::to_string(i) + ".nic.xa", RrType::txt,
                       "v=spf1 include:s" + std::to_string(i + 1) + ".nic.xa" + long_record + " -all");
    stage.zone().add("s9.nic.xa", RrType::txt, "v=spf1" + long_record + " ip4:192.0.2.25 -all");
  }
  SECTION("redirects") {
    stage.zone().add("nic.xa", RrType::txt, "v=spf1 redirect=s1.nic.xa");
    for (int i = 1; i < 9; ++i)
      stage.zone().add("s" + std::to_string(i) + ".nic.xa", RrType::txt,
                       "v=spf1" + long_record + " redirect=s" + std::to_string(i + 1) + ".nic.xa");
    stage.zone().add("s9.nic.xa", RrType::txt, "v=spf1 ip4:192.0.2.25 -all");
  }
  SECTION("macros, and names of all kinds") {
    stage.zone().add("nic.xa", RrType::txt,
                     "v=spf1 exists:%{ir}.%{v}.%{h}.%{l}.%{o}.%{d2}.nic.xa a:a.nic.xa/24//64 mx:m.nic.xa ptr "
                     "exists:%{l1r-}.%{d}.nic.xa exp=e.nic.xa ip4:192.0.2.25 -all");
    stage.zone().add("m.nic.xa", RrType::mx, "10 m1.nic.xa");
    stage.zone().add("25.2.0.192.in-addr.arpa", RrType::ptr, "mx.nic.xa");
    stage.zone().add("mx.nic.xa", RrType::a, "192.0.2.25");
  }
  check_stack(stage.used("tld-ops-join", header("tld-ops-join"), "Thank you.\r\n"));
  INFO(stage.last().evidence.spf.why);
  CHECK(stage.last().evidence.spf.result == AuthResult::pass);
}

TEST_CASE("the stack that questions to a name server use") {
  Stage stage;
  DnsServer server;
  server.add("nic.xa", RrType::txt, "v=spf1 a:a.nic.xa mx:m.nic.xa ip4:192.0.2.25 -all");
  stage.ask(server.server());
  check_stack(stage.used("tld-ops-join", header("tld-ops-join"), "Thank you.\r\n"));
  CHECK(stage.last().evidence.spf.result == AuthResult::pass);
  CHECK(stage.last().verdict.rule == "admin-writes");
}

TEST_CASE("the stack that every scenario uses") {
  const DkimVerifier dkim;
  std::size_t most = 0;
  std::string which;
  for (const auto& entry : std::filesystem::directory_iterator(CCGATE_SOURCE_DIR "/tests/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    Issues issues;
    const auto scenario = load_scenario(entry.path(), nullptr, issues);
    REQUIRE(scenario);
    const std::size_t used = stack_used([&] { (void)play_scenario(*scenario, dkim); });
    if (used > most) which = entry.path().filename();
    most = std::max(most, used);
  }
  INFO(which);
  check_stack(most);
}

TEST_CASE("the stack that the files of a site use") {
  const std::size_t used = stack_used([] {
    Issues issues;
    (void)load_ruleset(CCGATE_SOURCE_DIR "/tests/scenarios/site/ccgate.yaml", issues);
  });
  check_stack(used);
}

TEST_CASE("the stack that nested files use") {
  const std::string text =
      GENERATE(repeated("[", 100'000), repeated("{\"a\":", 100'000), repeated("[", 30) + repeated("]", 30),
               repeated("- ", 100'000), repeated("? ", 100'000), repeated("{a: ", 31) + repeated("}", 31));
  for (const bool json : {true, false}) {
    const std::size_t used = stack_used([&] {
      Issues issues;
      if (json)
        (void)parse_json(text, "f", issues);
      else
        (void)parse_yaml(text, "f", issues);
    });
    check_stack(used);
  }
}

}  // namespace
}  // namespace ccgate::test
