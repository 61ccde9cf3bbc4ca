#include "milter/doctor/doctor.h"

#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <filesystem>
#include <stop_token>

#include "milter/doctor/look_clock.h"
#include "milter/doctor/look_contacts.h"
#include "milter/doctor/look_dns.h"
#include "milter/doctor/look_notices.h"
#include "milter/doctor/look_rules.h"
#include "milter/doctor/look_socket.h"
#include "milter/doctor/look_store.h"
#include "milter/doctor/postfix_gate.h"
#include "milter/doctor/postfix_recipients.h"
#include "milter/doctor/recipient_probe.h"
#include "milter/doctor/sendmail_gate.h"
#include "milter/evidence/dns_attempts.h"
#include "milter/outbox/make_submitter.h"
#include "milter/system/files.h"

namespace ccgate {
namespace {

constexpr std::chrono::milliseconds kSocketTime{5000}, kRecipientTime{20'000};
constexpr std::size_t kLargestCf = std::size_t{4} * 1024 * 1024;
constexpr auto kNoMailServer =
    "neither Postfix nor Sendmail was found on this machine: see there that mail passes the gate";
constexpr auto kUsualCf = "/etc/mail/sendmail.cf";

bool lead_to_one_file(const std::string& a, const std::string& b) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (fs::equivalent(a, b, failed)) return true;
  const fs::path one = fs::weakly_canonical(a, failed);
  if (failed) return fs::path(a).lexically_normal() == fs::path(b).lexically_normal();
  const fs::path other = fs::weakly_canonical(b, failed);
  return !failed && one == other;
}

bool leads_below(const std::string& path, const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code failed, other_failed;
  const std::string real = fs::weakly_canonical(path, failed).string();
  const std::string root = fs::weakly_canonical(folder, other_failed).string();
  return failed || other_failed || real.starts_with(root + "/");
}

class Doctor {
 public:
  Doctor(const DoctorSite& site, const std::function<void(const LookResult&)>& tell)
      : site_(site),
        tell_(tell),
        statuses_(read_statuses(site.status_folder)),
        sockets_(gate_sockets(site.config, statuses_)),
        cf_(site.sendmail_cf) {
    const bool has_postconf = !find_postconf(site.postfix).empty();
    if (cf_.empty() && !has_postconf && access(kUsualCf, F_OK) == 0) cf_ = kUsualCf;
    if (cf_.empty() && has_postconf) setup_ = ask_postconf(site.postfix, why_no_setup_);
  }

  void look() {
    tell_(look_at_rules(site_.config_file, site_.rules.get(), site_.issues));
    if (site_.rules)
      for (const LookResult& each : look_at_host(*site_.rules, site_.user)) tell_(each);
    tell_(look_at_sockets(sockets_, setup_ ? setup_->of_main("mail_owner") : "", kSocketTime));
    tell_(look_at_daemon({site_.status_folder, statuses_, process_is_alive}, site_.config_file,
                         site_.rules.get()));
    guarded(Look::postfix, [&] { mail_server(); });
    guarded(Look::dns, [&] { dns(); });
    guarded(Look::notices, [&] { notices(); });
    guarded(Look::store, [&] { store(); });
    if (site_.rules) tell_(look_at_contacts(*site_.rules, ask_contacts_timer(), site_.now));
    clock();
  }

 private:
  /// What fails in itself leaves the other looks alone.
  template <typename Work>
  void guarded(Look look, Work work) {
    try {
      work();
    } catch (const std::exception& error) {
      untold(look, error.what());
    }
  }
  void untold(Look look, std::string why) {
    LookResult result{look};
    result.untold.push_back(std::move(why));
    tell_(result);
  }

  void mail_server() {
    const bool has_postfix = cf_.empty() && !find_postconf(site_.postfix).empty();
    if (!has_postfix && cf_.empty()) return untold(Look::postfix, kNoMailServer);
    if (sockets_.empty())
      return untold(has_postfix ? Look::postfix : Look::sendmail, "where the gate's socket is, is not known");
    GateSite gate{sockets_, !site_.config.store.empty(), {}, lead_to_one_file, leads_below};
    for (const ListConfig& list : site_.config.lists) gate.lists.push_back({list.name, list.addresses});
    if (has_postfix)
      postfix(gate);
    else
      sendmail(gate);
  }

  void postfix(const GateSite& gate) {
    if (!setup_) return untold(Look::postfix, why_no_setup_);
    tell_(look_at_postfix(*setup_, gate));
    const std::vector<NeededRecipient> needed = needed_recipients(gate);
    const std::set<std::string> keys = recipient_keys(needed);
    std::map<std::string, PostfixTable> tables;
    if (!needed.empty())
      for (const std::string& each : recipient_tables(*setup_))
        tables[each] = ask_postmap(site_.postfix, *setup_, each, keys);
    tell_(look_at_recipients(*setup_, tables, needed));
  }

  void sendmail(const GateSite& gate) {
    std::string why;
    const auto text = read_file(cf_, kLargestCf, why);
    if (!text) return untold(Look::sendmail, fmt::format("cannot read `{}`: {}", cf_, why));
    LookResult result = look_at_sendmail(read_sendmail_cf(*text), gate);
    const std::string mc = cf_.ends_with(".cf") ? cf_.substr(0, cf_.size() - 2) + "mc" : "";
    const FileState made = file_state(cf_), source = file_state(mc);
    if (source.exists && source.modified > made.modified)
      result.found.push_back(found(SiteFinding::cf_older, {cf_, mc}));
    tell_(result);
    taken_by_server(needed_recipients(gate));
  }

  /// Sendmail has no program that only looks; its server is asked, where it is the one of `submit`.
  void taken_by_server(const std::vector<NeededRecipient>& needed) {
    const Submission& submit = site_.config.submit;
    if (submit.kind != Submission::Kind::smtp)
      return untold(Look::addresses,
                    "whether the mail server takes mail for them: `submit` names no server to ask");
    std::vector<std::string> names;
    for (const NeededRecipient& each : needed) names.push_back(recipient_as_used(each));
    std::string why;
    const auto answers = ask_recipients(submit.host, submit.port, submit.helo, names, kRecipientTime, why);
    tell_(look_at_answers(needed, answers, why));
  }

  void dns() {
    std::string why;
    const Directory none;
    const auto wanted = dns_questions(site_.config, site_.rules ? *site_.rules->directory : none);
    const auto asked = ask_dns_servers(site_.config.dns, wanted, why);
    tell_(look_at_dns(asked, why));
  }

  void notices() {
    const Submission& submit = site_.config.submit;
    NoticesSeen seen;
    if (submit.kind != Submission::Kind::none) {
      const auto submitter = make_submitter(submit, {});
      seen.server = submit.kind == Submission::Kind::smtp ? fmt::format("{}:{}", submit.host, submit.port)
                                                          : submit.program;
      if (submit.kind == Submission::Kind::smtp) seen.answers = submitter->offers_smtputf8();
      const std::vector<std::string> addresses =
          site_.own_addresses.empty() ? public_addresses() : site_.own_addresses;
      if (site_.own_addresses.empty() && setup_ && !setup_->of_main("relayhost").empty())
        seen.spf_untold =
            "mail goes out by a relay: name with --address what others see it come from, for SPF";
      else if (addresses.empty())
        seen.spf_untold =
            "this machine has no public address of its own: name with --address what others see, for SPF";
      else
        seen.spf = check_notice_spf(site_.config, addresses, *make_unbound_resolver(site_.config.dns));
      if (site_.send_to && !site_.config.lists.empty()) {
        seen.probed = site_.send_to;
        const auto mail = probe_mail(site_.config.lists.front(), *site_.send_to, site_.now);
        seen.sent = mail ? submitter->submit(*mail)
                         : SubmitResult{SubmitResult::Outcome::never, "the list's name is too long", false};
      }
    }
    tell_(look_at_notices(site_.config, seen));
  }

  void store() {
    LookResult result{Look::store};
    if (site_.config.store.empty()) {
      result.seen.emplace_back("none is named: nothing is remembered, and `ask` is `hold`");
      return tell_(result);
    }
    const StoreProbe probe = probe_store(site_.config.store);
    newest_ = probe.newest;
    tell_(look_at_store(probe, rights_to_store(site_.config.store, site_.user),
                        disk_of_store(site_.config.store), site_.now));
  }

  void clock() {
    std::vector<PastMoment> past;
    if (newest_) past.push_back({"the newest decision", *newest_});
    if (site_.rules && site_.rules->directory->fetched())
      past.push_back({"the contact data", *site_.rules->directory->fetched()});
    for (const StatusFound& each : statuses_)
      if (each.status) past.push_back({"the start of the daemon", each.status->started});
    tell_(look_at_clock(site_.now, clock_is_kept(), past));
  }

  const DoctorSite& site_;
  const std::function<void(const LookResult&)>& tell_;
  std::vector<StatusFound> statuses_;
  std::vector<std::string> sockets_;
  std::string cf_;  // of Sendmail; empty: look at Postfix
  std::optional<PostfixSetup> setup_;
  std::string why_no_setup_;
  std::optional<std::int64_t> newest_;
};

}  // namespace

void look_at_site(const DoctorSite& site, const std::function<void(const LookResult&)>& tell) {
  Doctor(site, tell).look();
}

}  // namespace ccgate
