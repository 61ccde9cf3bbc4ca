// A field of addresses, a path of the envelope, a domain, a ccTLD.
#include <algorithm>

#include "milter/evidence/dns.h"
#include "policy/message/date_time.h"
#include "policy/names/address.h"
#include "policy/names/cctld.h"
#include "policy/names/public_suffix.h"
#include "policy/request/odd_recipient.h"
#include "policy/text/text.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestField = std::size_t{256} * 1024;  // limits.header_bytes

/// An address that a reader finds stands there in so many octets: nothing is decoded or put together.
void expect_written(const Address& address, std::string_view text) {
  expect_plain(address);
  expect(text.find(address.local() + "@") != std::string_view::npos, "an address stands in the text",
         address.text());
}

void read_as_list(std::string_view text) {
  const MailboxList list = parse_mailbox_list(text, 1000);
  if (const auto* fault = std::get_if<AddressFault>(&list)) {
    expect(fault->offset <= text.size(), "a fault is in the field");
    expect_printable(fault->why, "a fault is told in ASCII");
    return;
  }
  const auto& addresses = std::get<std::vector<Address>>(list);
  expect(!addresses.empty() && addresses.size() <= 1000, "1 to 1,000 addresses");
  std::string plain;
  for (const Address& each : addresses) {
    expect_written(each, text);
    plain += (plain.empty() ? " " : ", ") + each.text();
  }
  const MailboxList again = parse_mailbox_list(plain, 1000);
  expect(std::holds_alternative<std::vector<Address>>(again) &&
             std::get<std::vector<Address>>(again) == addresses,
         "plain addresses read as the same", plain);
  expect(std::holds_alternative<AddressFault>(parse_mailbox_list(std::string(text) + " ,", 1000)),
         "an empty element is none");
}

void read_as_name(std::string_view text) {
  if (const auto domain = Domain::parse(text)) {
    expect(Domain::parse(domain->ascii()) == domain, "a domain reads its A-labels", domain->ascii());
    expect(Domain::parse(domain->unicode()) == domain, "a domain reads its U-labels", domain->ascii());
    expect(domain->ascii() == ascii_lower(domain->ascii()) && domain->ascii().size() <= 253,
           "a domain is lower case, at most 253 octets", domain->ascii());
    expect_printable(domain->ascii(), "a domain is ASCII");
    const auto organizational = organizational_domain(*domain);
    expect(!organizational || domain->is_within(*organizational), "an organisation is above its hosts");
    expect(is_public_suffix(*domain) != organizational.has_value(),
           "a name has an organisation or is a public suffix", domain->ascii());
  }
  if (const auto cctld = parse_cctld(text)) {
    expect(cctld->ascii().find('.') == std::string::npos, "a ccTLD is one label", cctld->ascii());
    expect(parse_cctld(cctld->ascii()) == cctld && parse_cctld("." + cctld->unicode()) == cctld,
           "a ccTLD reads itself", cctld->ascii());
  }
  if (const auto name = askable_name(text)) {
    expect_printable(*name, "a name to ask for is ASCII");
    expect(askable_name(*name) == name, "a name to ask for is one", *name);
  }
}

void run_address(std::string_view input) {
  read_as_list(input);
  read_as_name(input);
  if (const auto address = Address::parse(input)) {
    expect_written(*address, input);
    expect(parse_path(input) == address && parse_path("<" + std::string(input) + ">") == address,
           "an address is a path");
    expect(std::holds_alternative<std::vector<Address>>(parse_mailbox_list(input, 1)),
           "an address is a list of one");
  }
  if (const auto path = parse_path(input)) {
    expect_written(*path, input);
    expect(domain_of_path(input) == path->domain(), "a path has the domain of its address");
  }
  (void)domain_of_path(input);
  (void)parse_date_time(input);
}

std::vector<std::string> address_seeds() {
  std::vector<std::string> seeds{"anne@nic.xa",
                                 "<anne@nic.xa>",
                                 "j\u00f6rg@b\u00fccher.example",
                                 " \"Anne, \\\"NIC\\\"\" <anne@nic.xa>,\n Ben <ben@xn--p1ai>",
                                 " =?utf-8?q?J=C3=B6rg?= <a@nic.xa>",
                                 "a@b (comment (nested)) , c@d",
                                 "Group: a@b, c@d;",
                                 "<@a.example,@b.example:c@d.example>",
                                 "a@[192.0.2.1]",
                                 ".\u0440\u0444",
                                 "\u3002\u0440\u0444",
                                 ".XN--P1AI",
                                 "\"a b\"@nic.xa",
                                 "a\\@b@nic.xa",
                                 "Tue, 15 Jan 2030 12:00:00 +0000 (a (b) c)"};
  for (const std::string& message : scenario_messages(9))
    for (const HeaderField& field : split_message(message).fields)
      if (field.name == "From" || field.name == "To" || field.name == "Cc" || field.name == "Date")
        seeds.push_back(field.value);
  return seeds;
}

std::vector<std::string> address_extremes() {
  return {
      filled_up("(", kLargestField),
      " a@b " + filled_up("()", kLargestField / 2),
      filled_up("\"", kLargestField),
      "\"" + filled_up("\\\"", kLargestField - 2),
      filled_up(" a@b.example,", kLargestField),
      filled_up("<", kLargestField),
      filled_up("a:", kLargestField),
      filled_up("\n ", kLargestField),
      filled_up("a.", kLargestField) + "@nic.xa",
      "a@" + filled_up("a.", kLargestField),
      "a@" + filled_up("\u0440\u0444.", kLargestField / 2),
      filled_up("xn--p1ai.", kLargestField),
      "Tue, 15 Jan 2030 12:00:00 " + filled_up("(", kLargestField / 2) + filled_up(")", kLargestField / 2),
      filled_up("\\046", kLargestField),
      filled_up(" =?utf-8?q?=41?=", kLargestField) + " <a@b>"};
}

}  // namespace

Target address_target() {
  return {"address", kLargestField, run_address, address_seeds, address_extremes};
}

}  // namespace ccgate::fuzz
