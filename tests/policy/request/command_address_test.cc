#include "policy/request/command_address.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;
using enum RequestKind;

ListAddresses tld_ops(Manager manager, char delimiter = '+') {
  return {address("tld-ops@lists.example"), manager, {}, {}, delimiter};
}

struct Row {
  Manager manager;
  const char* recipient;
  std::optional<RequestKind> at_least;  // nullopt: not gated
  const char* detail = "";
};

TEST_CASE("which recipients take commands") {
  using enum Manager;
  const auto row = GENERATE(values<Row>({
      {mailman3, "tld-ops@lists.example", {}},
      {mailman3, "tld-ops+xa@lists.example", {}},
      {mailman3, "tld-ops-owner@lists.example", {}},
      {mailman3, "tld-ops-bounces+anne=nic.example@lists.example", {}},
      {mailman3, "tld-ops-join@lists.example", subscribe},
      {mailman3, "TLD-Ops-JOIN@Lists.Example", subscribe},
      {mailman3, "tld-ops-subscribe+xa@lists.example", subscribe, "xa"},
      {mailman3, "tld-ops-join+xa+xb@lists.example", subscribe, "xa+xb"},
      {mailman3, "tld-ops-leave@lists.example", unsubscribe},
      {mailman3, "tld-ops-unsubscribe+x@lists.example", unsubscribe, "x"},
      {mailman3, "tld-ops-confirm@lists.example", confirm},
      {mailman3, "tld-ops-confirm+0123abcd@lists.example", confirm},
      {mailman3, "tld-ops-request@lists.example", other},
      {mailman3, "tld-ops-joiners@lists.example", {}},
      {mailman3, "tld-ops-join@other.example", {}},
      {mailman3, "other-join@lists.example", {}},
      {mailman3, "sympa@lists.example", {}},
      {mailman2, "tld-ops-request@lists.example", other},
      {mailman2, "tld-ops-join@lists.example", subscribe},
      {mailman2, "tld-ops-admin@lists.example", {}},
      {mailman2, "tld-ops-confirm+0123@lists.example", confirm},
      {sympa, "sympa@lists.example", other},
      {sympa, "SYMPA+xa@lists.example", other, "xa"},
      {sympa, "sympa@other.example", {}},
      {sympa, "listmaster@lists.example", {}},
      {sympa, "tld-ops-subscribe@lists.example", subscribe},
      {sympa, "tld-ops-unsubscribe@lists.example", unsubscribe},
      {sympa, "tld-ops-request@lists.example", owner},
      {sympa, "tld-ops-editor@lists.example", {}},
      {sympa, "tld-ops-join@lists.example", {}},
      {mlmmj, "tld-ops@lists.example", post},
      {mlmmj, "tld-ops+subscribe@lists.example", subscribe},
      {mlmmj, "tld-ops+Subscribe-Digest@lists.example", subscribe},
      {mlmmj, "tld-ops+subscribe-both+xa@lists.example", subscribe, "xa"},
      {mlmmj, "tld-ops+subscribe+xa@lists.example", subscribe, "xa"},
      {mlmmj, "tld-ops+confsub-digest-0123@lists.example", confirm},
      {mlmmj, "tld-ops+unsubscribe@lists.example", unsubscribe},
      {mlmmj, "tld-ops+confunsub-0123@lists.example", confirm},
      {mlmmj, "tld-ops+permit-0123@lists.example", confirm},
      {mlmmj, "tld-ops+owner@lists.example", owner},
      {mlmmj, "tld-ops+bounces-confsub-0123@lists.example", post},
      {mlmmj, "tld-ops+help@lists.example", other},
      {mlmmj, "tld-ops-subscribe@lists.example", {}},
      {plain, "tld-ops@lists.example", {}},
      {plain, "tld-ops-join@lists.example", {}},
  }));
  INFO(to_string(row.manager) << ' ' << row.recipient);
  const auto command = command_address(tld_ops(row.manager), address(row.recipient));
  REQUIRE(command.has_value() == row.at_least.has_value());
  if (!command) return;
  CHECK(command->at_least == *row.at_least);
  CHECK(command->detail == row.detail);
  CHECK(command->reads_headers == (row.manager == mlmmj));
}

TEST_CASE("where commands are read") {
  const auto at = [](Manager manager, const char* recipient) {
    return *command_address(tld_ops(manager), address(recipient));
  };
  CHECK(at(Manager::mailman3, "tld-ops-confirm@lists.example").reads_body);
  CHECK(at(Manager::mailman3, "tld-ops-leave@lists.example").reads_body);
  CHECK(at(Manager::mailman3, "tld-ops-request@lists.example").reads_subject);
  CHECK_FALSE(at(Manager::mailman2, "tld-ops-leave@lists.example").reads_body);
  CHECK(at(Manager::sympa, "sympa@lists.example").any_list);
  CHECK(at(Manager::sympa, "tld-ops-request@lists.example").reads_subject);
  CHECK_FALSE(at(Manager::sympa, "tld-ops-request@lists.example").reads_body);
  CHECK_FALSE(at(Manager::mlmmj, "tld-ops@lists.example").reads_body);
}

TEST_CASE("another delimiter, and Mailman's own") {
  const auto list = tld_ops(Manager::mailman3, '-');
  CHECK(command_address(list, address("tld-ops-join-xa@lists.example"))->detail == "xa");
  CHECK(command_address(list, address("tld-ops-join+xa@lists.example"))->detail == "xa");
  const auto other_manager = tld_ops(Manager::mlmmj, '-');
  CHECK(command_address(other_manager, address("tld-ops-subscribe@lists.example"))->at_least == subscribe);
}

TEST_CASE("forms and aliases") {
  ListAddresses list = tld_ops(Manager::mailman3);
  list.form = {address("secretariat@lists.example")};
  list.also = {address("tldops-join@nic.example"), address("tldops-leave@nic.example"),
               address("people@nic.example"), address("tldops-owner@nic.example")};
  const auto form = command_address(list, address("Secretariat+xa@lists.example"));
  REQUIRE(form);
  CHECK(form->form);
  CHECK(form->detail == "xa");
  CHECK(command_address(list, address("tldops-join+xb@nic.example"))->at_least == subscribe);
  CHECK(command_address(list, address("tldops-join+xb@nic.example"))->detail == "xb");
  CHECK(command_address(list, address("tldops-leave@nic.example"))->at_least == unsubscribe);
  CHECK(command_address(list, address("people@nic.example"))->at_least == subscribe);
  CHECK_FALSE(command_address(list, address("tldops-owner@nic.example")));
  CHECK_FALSE(command_address(list, address("tldops-join@lists.example")));

  list.manager = Manager::plain;
  CHECK(command_address(list, address("tldops-leave@nic.example"))->form);
}

TEST_CASE("gated addresses are gated") {
  const auto manager =
      GENERATE(Manager::mailman3, Manager::mailman2, Manager::sympa, Manager::mlmmj, Manager::plain);
  ListAddresses list = tld_ops(manager);
  list.form = {address("secretariat@lists.example")};
  list.also = {address("tldops-join@nic.example")};
  const auto gated = gated_addresses(list);
  CHECK(gated.size() >= 2);
  for (const Address& one : gated) {
    INFO(one.text());
    CHECK(command_address(list, one));
  }
}

}  // namespace
}  // namespace ccgate
