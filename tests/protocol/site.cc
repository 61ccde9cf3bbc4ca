#include "tests/protocol/site.h"

#include <array>
#include <ctime>

namespace ccgate {
namespace {

std::string date_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), " %a, %d %b %Y %H:%M:%S +0000", &utc);
  return {text.data(), size};
}

}  // namespace

SiteDns::SiteDns() {
  for (const std::string domain : {"nic.xa", "nic.xb", "elsewhere.example"})
    add(domain, RrType::txt, "v=spf1 ip4:192.0.2.25 -all");
}

MilterMail write_mail(const std::string& author, const std::string& subject, const std::string& copied) {
  MilterMail mail;
  mail.mail_from = "<" + author + ">";
  mail.recipients = {kJoin};
  mail.fields = {{"From", " " + author}, {"To", " tld-ops-join@lists.example"}};
  if (!copied.empty()) mail.fields.push_back({"Cc", " " + copied});
  mail.fields.push_back({"Subject", " " + subject});
  mail.fields.push_back({"Date", date_now()});
  mail.fields.push_back({"Message-ID", " <1@client.example>"});
  mail.body = "Thank you.\r\n";
  return mail;
}

MilterMail good_request() {
  return write_mail("hostmaster@nic.xa", "subscribe xa");
}

MilterMail bad_request() {
  return write_mail("anne@nic.xa", "subscribe xa");
}

MilterMail other_mail() {
  MilterMail mail = write_mail("anne@nic.xa", "news");
  mail.recipients = {kPost};
  return mail;
}

MilterMacros postfix_macros() {
  return {{"j", "mx.lists.example"},      {"{daemon_name}", "mx.lists.example"},
          {"{daemon_addr}", "192.0.2.1"}, {"v", "Postfix 3.7.11"},
          {"_", "[192.0.2.25]"},          {"i", "4XAMPLE"},
          {"{rcpt_mailer}", "local"}};
}

MilterOutcome send(const Daemon& daemon, const MilterMail& mail) {
  MilterClient client(daemon.socket());
  client.negotiate();
  client.macros = postfix_macros();
  MilterOutcome outcome = client.deliver(mail);
  client.quit();
  return outcome;
}

}  // namespace ccgate
