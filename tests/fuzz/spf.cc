// SPF records, through the evaluator, and DMARC records.
#include <algorithm>

#include "milter/evidence/dmarc.h"
#include "milter/evidence/dns_zone.h"
#include "milter/evidence/spf.h"
#include "policy/evidence/spf_record.h"
#include "policy/text/text.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

// Ten records of 4 KiB, and some more: what one evaluation reads.
constexpr std::size_t kLargestZone = std::size_t{64} * 1024;

void check_record(std::string_view txt) {
  const auto read = parse_spf_record(txt);
  if (const auto* fault = std::get_if<SpfRecordFault>(&read)) {
    expect_printable(fault->why, "a fault is told in ASCII");
    return;
  }
  expect(is_spf_record(txt), "what can be read is an SPF record");
  const std::string text = to_text(std::get<SpfRecord>(read));
  if (text.size() > kSpfRecordOctets) return;
  const auto again = parse_spf_record(text);
  expect(std::holds_alternative<SpfRecord>(again) &&
             std::get<SpfRecord>(again).terms == std::get<SpfRecord>(read).terms,
         "a record reads itself", text);
}

std::string unescaped(std::string_view data) {
  std::string out;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] == '\\' && i + 1 < data.size()) ++i;
    out += data[i];
  }
  return out;
}

/// `CLIENT HELO MAIL_FROM`, then a line `NAME TYPE DATA` for each record.
void run_spf(std::string_view input) {
  std::string_view first = take_part(input, "\n");
  const auto client = ClientAddress::parse(take_part(first, " "));
  const std::string helo(take_part(first, " "));
  const auto mail_from = Address::parse(first);
  ZoneResolver zone;
  std::vector<std::string> records;
  while (!input.empty()) {
    std::string_view line = take_part(input, "\n");
    const std::string name(take_part(line, " "));
    const auto type = parse_rr_type(take_part(line, " "));
    if (!type) continue;
    if (type == RrType::txt) {
      check_record(line);
      (void)parse_dmarc(line);
    }
    if (line == "SERVFAIL") {
      zone.fail(name, &*type);
    } else if (zone.add(name, *type, line) && type == RrType::txt && mail_from &&
               askable_name(name) == askable_name(mail_from->domain().ascii())) {
      records.emplace_back(unescaped(line));
    }
  }
  if (!client || !mail_from) return;
  const auto far = std::chrono::steady_clock::now() + std::chrono::hours(1);
  DnsBatch dns(zone, far);
  prefetch_spf(*mail_from, dns);
  const SpfEvidence evidence = check_spf(*client, helo, *mail_from, dns);
  expect_printable(evidence.why, "why is told in ASCII");
  // RFC 7208 4.6.4: 10 terms, an mx with 10 hosts and a ptr with 10 names; and what was in flight beside.
  expect(zone.asked().size() <= 400, "questions are bounded");
  if (evidence.result == AuthResult::pass) {
    expect(!client->is_loopback() && !client->is_unspecified(), "such a client never passes");
    expect(evidence.domain == mail_from->domain(), "the domain of MAIL FROM passes");
    const auto count = std::count_if(records.begin(), records.end(),
                                     [](const std::string& each) { return is_spf_record(each); });
    // An alias leads to the records of another name.
    if (!records.empty()) expect(count == 1, "one record lets pass");
    for (const std::string& each : records)
      if (is_spf_record(each))
        expect(std::holds_alternative<SpfRecord>(parse_spf_record(each)), "a broken record lets nobody pass",
               each);
  }
  DnsBatch same(zone, far);
  expect(check_spf(*client, helo, *mail_from, same).result == evidence.result, "the same gives the same");
  DnsBatch others(zone, far);
  (void)dmarc_alignment(mail_from->domain(), others);
}

const char* const kBegin = "192.0.2.25 mx.nic.xa anne@nic.xa\n";

std::vector<std::string> spf_seeds() {
  const std::string begin = kBegin;
  return {
      begin + "nic.xa TXT v=spf1 ip4:192.0.2.25 -all\n",
      begin +
          "nic.xa TXT v=spf1 a mx ptr include:spf.nic.xa exists:%{ir}.%{v}.%{d2}.nic.xb redirect=r.nic.xa\n"
          "nic.xa A 192.0.2.25\nnic.xa MX 10 mx.nic.xa\nmx.nic.xa A 192.0.2.1\nspf.nic.xa TXT v=spf1 ?all\n"
          "25.2.0.192.in-addr.arpa PTR mx.nic.xa\nr.nic.xa TXT v=spf1 ip6:2001:db8::/32 a:%{h}/24//64 ~all\n",
      "2001:db8::25 mx anne@b\u00fccher.example\nxn--bcher-kva.example TXT v=spf1 ip6:::/0 -all\n",
      begin +
          "nic.xa TXT v=spf1 exp=e.nic.xa unknown=%{l1r-} a:%{l1r+-/_=}.%{S}.nic.xa -all\nnic.xa A "
          "SERVFAIL\n",
      begin + "nic.xa CNAME other.nic.xa\nother.nic.xa TXT v=spf1 a:a\\:b.nic.xa mx:x/0 -ip4:0.0.0.0/0 all\n",
      begin + "nic.xa TXT v=spf1 include:nic.xa\n_dmarc.nic.xa TXT v=DMARC1; p=none; adkim=s; psd=n\n"};
}

std::vector<std::string> spf_extremes() {
  const std::string begin = kBegin;
  const std::size_t room = 4000;
  std::vector<std::string> all;
  for (const char* piece :
       {" a", " mx", " ptr", " exists:%{i}.nic.xa", " include:nic.xa", " ip4:192.0.2.25/0", " x=%{l}%{l}",
        " ip6:::1/0", " -all", " a:%{l}.%{l}.%{l}", " redirect=nic.xa", " ?", " %{"})
    all.push_back(begin + "nic.xa TXT v=spf1" + filled_up(piece, room) +
                  "\nnic.xa A 192.0.2.1\nnic.xa MX nic.xa\n"
                  "25.2.0.192.in-addr.arpa PTR nic.xa\n");
  std::string chain = begin + "nic.xa TXT v=spf1 include:s0.nic.xa -all\n";
  std::string wide = begin;
  for (int i = 0; i < 12; ++i) {
    chain += "s" + std::to_string(i) + ".nic.xa TXT v=spf1" + filled_up(" ip4:198.51.100.1", room) +
             " include:s" + std::to_string(i + 1) + ".nic.xa\n";
    wide += "nic.xa MX 10 m" + std::to_string(i) + ".nic.xa\nm" + std::to_string(i) +
            ".nic.xa A 192.0.2.2\n" + "25.2.0.192.in-addr.arpa PTR m" + std::to_string(i) + ".nic.xa\n";
  }
  all.push_back(chain);
  all.push_back(wide + "nic.xa TXT v=spf1 mx mx:%{d} mx//0 ptr ptr:nic.xa a:%{p} exists:%{p}.nic.xa -all\n");
  all.push_back(begin + "nic.xa TXT v=spf1 a:" + filled_up("%{l99r}.", room) + "nic.xa\n");
  all.push_back("192.0.2.25 " + filled_up("a.", 500) + " " + std::string(64, 'a') +
                "@nic.xa\nnic.xa TXT v=spf1 a:%{L}.%{H}.%{O}.%{S} exists:%{s}.%{h} ip4:192.0.2.25 -all\n");
  return all;
}

}  // namespace

Target spf_target() {
  return {"spf", kLargestZone, run_spf, spf_seeds, spf_extremes};
}

}  // namespace ccgate::fuzz
