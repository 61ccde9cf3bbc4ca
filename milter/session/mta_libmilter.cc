#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <exception>
#include <stdexcept>

#include "milter/metrics/metrics.h"
#include "milter/session/mta.h"
#include "milter/session/mta_client.h"
#include "milter/session/mta_count.h"
#include "milter/system/log.h"
#include "policy/verdict/reply.h"

// After the system's own headers, which it needs but does not include.
#include <libmilter/mfapi.h>

// A thread of libmilter waits in sigwait() for SIGHUP, SIGTERM and SIGINT and stops the daemon on any of
// them. It gets the signal instead of the main thread whenever that has one pending already, as two reloads
// in a row make it. The name is looked up here first: that thread waits for ever, and every signal is the
// main thread's.
extern "C" int sigwait(const sigset_t*, int*) {
  while (true) pause();
}

namespace ccgate {
namespace {

const MtaOptions* mta_options = nullptr;

struct Connection {
  Connection(const Services& services, CurrentRules current) : session(services, std::move(current)) {}

  Session session;
  CountedSession count;
  unsigned long steps = 0;  // as negotiated
  // An error met in a step that takes no reply: told at the next step that does.
  std::optional<Answer> failed;
};

Connection* connection_of(SMFICTX* context) {
  return static_cast<Connection*>(smfi_getpriv(context));
}

std::string_view macro(SMFICTX* context, const char* name) {
  const char* value = smfi_getsymval(context, const_cast<char*>(name));
  return value != nullptr ? value : "";
}

sfsistat say(SMFICTX* context, const Answer& answer) {
  const bool later = answer.kind == Answer::Kind::tempfail;
  switch (answer.kind) {
    case Answer::Kind::accept:
      return SMFIS_ACCEPT;
    case Answer::Kind::discard:
      return SMFIS_DISCARD;
    case Answer::Kind::tempfail:
    case Answer::Kind::reject:
      break;
  }
  std::string code = std::to_string(answer.reply.code);
  std::string status = answer.reply.status;
  std::string text = answer.reply.text;
  // A text that the library refuses is not worth an accept: the code alone still says no.
  smfi_setreply(context, code.data(), status.data(), text.data());
  return later ? SMFIS_TEMPFAIL : SMFIS_REJECT;
}

/// False when the MTA did not take an edit: then the message must not go on without it.
bool edit(SMFICTX* context, const Edits& edits) {
  bool done = true;
  const auto ask = [&](int status) { done = done && status == MI_SUCCESS; };
  for (const Edits::Deletion& each : edits.delete_fields) {
    std::string name = each.name;
    ask(smfi_chgheader(context, name.data(), static_cast<int>(each.index), nullptr));
  }
  for (const HeaderField& each : edits.insert_on_top) {
    std::string name = each.name;
    std::string value = each.value;
    ask(smfi_insheader(context, 0, name.data(), value.data()));
  }
  for (const Address& each : edits.add_recipients) {
    std::string path = "<" + each.text() + ">";
    ask(smfi_addrcpt(context, path.data()));
  }
  for (std::string each : edits.delete_recipients) ask(smfi_delrcpt(context, each.data()));
  if (edits.quarantine) {
    std::string reason = *edits.quarantine;
    ask(smfi_quarantine(context, reason.data()));
  }
  return done;
}

enum class Step { before_end, end_of_message };

/// A message can be held at its end only. Where that cannot be done, it must not go on without it.
Answer answer_to_failure(SMFICTX* context, const TransactionResult& result, Step step) {
  if (!result.edits.quarantine) return result.answer;
  Edits hold;
  hold.quarantine = result.edits.quarantine;
  if (step == Step::end_of_message && edit(context, hold)) return result.answer;
  Reply reply = result.verdict.reply;
  reply.text = reply_text(reply, result.decision_id);
  return {Answer::Kind::tempfail, std::move(reply)};
}

/// The one bridge between C frames and ours: no exception crosses, and gated mail that met one is told to
/// come back, in this step or, where the MTA takes no reply to it (`no_reply`, an SMFIP_NR_ flag), in the
/// next one.
template <typename Work>
sfsistat guarded(SMFICTX* context, unsigned long no_reply, Work work, Step step = Step::before_end) noexcept {
  Connection* connection = connection_of(context);
  if (connection == nullptr) return SMFIS_TEMPFAIL;
  connection->count.heard();
  const bool silent = (connection->steps & no_reply) != 0;
  const auto answer = [&](sfsistat status) { return silent ? SMFIS_NOREPLY : status; };
  try {
    if (connection->failed && !silent) return say(context, *connection->failed);
    const sfsistat status = work(*connection);
    return answer(status);
  } catch (const std::exception& error) {
    connection->count.message_ends();
    if (!connection->session.gated()) return answer(SMFIS_CONTINUE);
    connection->failed = answer_to_failure(context, connection->session.internal_error(error.what()), step);
    return answer(say(context, *connection->failed));
  } catch (...) {
    connection->count.message_ends();
    connection->failed = Answer{Answer::Kind::tempfail, {451, "4.3.0", "trouble on our side"}};
    return answer(SMFIS_TEMPFAIL);
  }
}

/// What the gate needs and the MTA did not offer, in the words of the milter protocol.
std::string what_lacks(unsigned long actions, unsigned long steps) {
  std::string names;
  const auto need = [&](unsigned long offered, unsigned long flag, std::string_view name) {
    if ((offered & flag) == 0) names += (names.empty() ? "" : ",") + std::string(name);
  };
  need(actions, SMFIF_ADDHDRS, "ADDHDRS");
  need(actions, SMFIF_CHGHDRS, "CHGHDRS");
  need(actions, SMFIF_ADDRCPT, "ADDRCPT");
  need(actions, SMFIF_DELRCPT, "DELRCPT");
  need(actions, SMFIF_QUARANTINE, "QUARANTINE");
  need(steps, SMFIP_HDR_LEADSPC, "HDR_LEADSPC");
  return names;
}

sfsistat on_negotiate(SMFICTX* context, unsigned long actions, unsigned long steps, unsigned long,
                      unsigned long, unsigned long* want_actions, unsigned long* want_steps,
                      unsigned long* reserved1, unsigned long* reserved2) noexcept {
  try {
    auto connection = std::make_unique<Connection>(mta_options->services, mta_options->current);
    const unsigned long needed =
        SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_ADDRCPT | SMFIF_DELRCPT | SMFIF_QUARANTINE;
    *want_actions = needed;
    *reserved1 = *reserved2 = 0;
    if ((actions & needed) != needed || (steps & SMFIP_HDR_LEADSPC) == 0) {
      write_log(LogLine(LogLevel::error, "mta_too_old")
                    .add("why",
                         "the MTA does not offer all of header and recipient edits, quarantine and leading "
                         "blanks, and defers mail; set milter_protocol = 6 in Postfix, or use Sendmail 8.14 "
                         "or later")
                    .add("lacks", what_lacks(actions, steps)));
      return SMFIS_REJECT;
    }
    // No answer where none is needed saves the MTA and us a turn each. A body too large is read to its end
    // rather than skipped: a skip would cost every message an answer to its body.
    unsigned long wanted = SMFIP_HDR_LEADSPC | SMFIP_NOUNKNOWN | SMFIP_NR_CONN | SMFIP_NR_HELO |
                           SMFIP_NR_MAIL | SMFIP_NR_HDR | SMFIP_NR_EOH | SMFIP_NR_BODY;
    // A recipient of the other kind is answered at RCPT only when recipients are to be split.
    const bool split = mta_options->current().rules->config.mixed_recipients == MixedRecipients::split;
    if (!split) wanted |= SMFIP_NR_RCPT;
    *want_steps = steps & wanted;
    connection->steps = *want_steps;
    // Each stage asks for what it reads and no more.
    const auto symbols = [&](int stage, const char* list) {
      std::string names = list;
      smfi_setsymlist(context, stage, names.data());
    };
    symbols(SMFIM_CONNECT, "j v");
    symbols(SMFIM_HELO, "j");
    symbols(SMFIM_ENVFROM, "j");
    symbols(SMFIM_ENVRCPT, "{rcpt_addr}");
    symbols(SMFIM_DATA, "i j");
    symbols(SMFIM_EOM, "i");
    smfi_setpriv(context, connection.release());
    return SMFIS_CONTINUE;
  } catch (...) {
    return SMFIS_REJECT;
  }
}

sfsistat on_connect(SMFICTX* context, char*, _SOCK_ADDR* address) noexcept {
  return guarded(context, SMFIP_NR_CONN, [&](Connection& connection) {
    connection.session.connect(client_of(address), is_local_submission(address));
    return SMFIS_CONTINUE;
  });
}

sfsistat on_helo(SMFICTX* context, char* name) noexcept {
  return guarded(context, SMFIP_NR_HELO, [&](Connection& connection) {
    connection.session.helo(name != nullptr ? name : "");
    return SMFIS_CONTINUE;
  });
}

void forget_message(Connection& connection) noexcept {
  connection.count.message_ends();
  connection.failed.reset();
  connection.session.abort();
}

sfsistat on_mail(SMFICTX* context, char** arguments) noexcept {
  if (Connection* connection = connection_of(context)) forget_message(*connection);
  return guarded(context, SMFIP_NR_MAIL, [&](Connection& connection) {
    connection.count.message_begins();
    connection.session.mail(arguments != nullptr && arguments[0] != nullptr ? arguments[0] : "");
    return SMFIS_CONTINUE;
  });
}

sfsistat on_rcpt(SMFICTX* context, char** arguments) noexcept {
  return guarded(context, SMFIP_NR_RCPT, [&](Connection& connection) -> sfsistat {
    const char* raw = arguments != nullptr && arguments[0] != nullptr ? arguments[0] : "";
    const auto answer =
        connection.session.rcpt(raw, macro(context, "{rcpt_addr}"), (connection.steps & SMFIP_NR_RCPT) == 0);
    if (answer == Session::RcptAnswer::go_on) return SMFIS_CONTINUE;
    std::string
        code = "452",
        status = "4.5.3",
        text =
            "requests to the list and other mail go in separate messages; this recipient will be tried again";
    smfi_setreply(context, code.data(), status.data(), text.data());
    return SMFIS_TEMPFAIL;
  });
}

/// Behind smtpd_proxy_filter Postfix shows the envelope, and neither the message nor its end: what is
/// answered now is all that keeps a request from the list manager. It has no queue id then.
bool passes_by(SMFICTX* context) {
  return macro(context, "v").starts_with("Postfix") && macro(context, "i").empty();
}

sfsistat on_data(SMFICTX* context) noexcept {
  return guarded(context, 0, [&](Connection& connection) -> sfsistat {
    if (connection.session.gated() && passes_by(context) && !connection.session.only_observes()) {
      write_log(
          LogLine(LogLevel::error, "mail_not_shown")
              .add("why",
                   "Postfix shows no mail that passes smtpd_proxy_filter; let requests come in by a service "
                   "without one"));
      connection.count.message_ends();
      return say(context,
                 {Answer::Kind::tempfail,
                  {451, "4.3.5", "this mail server is not set up for requests; its postmaster knows"}});
    }
    const bool ours =
        connection.session.gated() && connection.session.data(macro(context, "i"), macro(context, "j"));
    if (ours) return SMFIS_CONTINUE;
    metrics().messages[CountedMail::other].add();
    connection.count.message_ends();  // the MTA asks nothing more about it
    return SMFIS_ACCEPT;
  });
}

sfsistat on_header(SMFICTX* context, char* name, char* value) noexcept {
  return guarded(context, SMFIP_NR_HDR, [&](Connection& connection) {
    connection.session.header(name != nullptr ? name : "", value != nullptr ? value : "");
    return SMFIS_CONTINUE;
  });
}

sfsistat on_end_of_headers(SMFICTX* context) noexcept {
  return guarded(context, SMFIP_NR_EOH, [&](Connection& connection) {
    connection.session.end_of_headers();
    return SMFIS_CONTINUE;
  });
}

sfsistat on_body(SMFICTX* context, unsigned char* octets, size_t size) noexcept {
  return guarded(context, SMFIP_NR_BODY, [&](Connection& connection) {
    connection.session.body({reinterpret_cast<const char*>(octets), size});
    return SMFIS_CONTINUE;
  });
}

// The library has a pool of threads. For a session that has something to say it wakes an idle one, which it
// still counts as idle until that has run; for a second session in that moment it wakes nobody and starts no
// thread, and the session waits until some thread has finished what it does. A callback that waits for DNS or
// the store does not finish for long, and when all do, nobody is left. A connection, even one that is closed
// at once, makes the library start a thread when none is idle, or wake one; and a thread looks for sessions
// that wait before it rests. So whoever is about to wait sees to it first that another thread looks. If that
// one has to wait too, it does the same.
sfsistat on_end_of_message(SMFICTX* context) noexcept {
  mta_options->kick();
  const auto work = [&](Connection& connection) -> sfsistat {
    const TransactionResult result = connection.session.end_of_message(macro(context, "i"));
    const bool edited = result.passes_untouched || edit(context, result.edits);
    if (!edited) throw std::runtime_error("the MTA did not take an edit of the message");
    const sfsistat status = say(context, result.answer);
    forget_message(connection);
    return status;
  };
  return guarded(context, 0, work, Step::end_of_message);
}

sfsistat on_abort(SMFICTX* context) noexcept {
  if (Connection* connection = connection_of(context)) forget_message(*connection);
  return SMFIS_CONTINUE;
}

sfsistat on_close(SMFICTX* context) noexcept {
  // Comes without a connection too: a client that never got as far as to negotiate.
  delete connection_of(context);
  smfi_setpriv(context, nullptr);
  return SMFIS_CONTINUE;
}

}  // namespace

void prepare_mta(const MtaOptions& options, int listening_fd) {
  mta_options = &options;
  std::string name = "ccgate";
  smfiDesc description{};
  description.xxfi_name = name.data();
  description.xxfi_version = SMFI_VERSION;
  description.xxfi_flags =
      SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_ADDRCPT | SMFIF_DELRCPT | SMFIF_QUARANTINE | SMFIF_SETSYMLIST;
  description.xxfi_connect = on_connect;
  description.xxfi_helo = on_helo;
  description.xxfi_envfrom = on_mail;
  description.xxfi_envrcpt = on_rcpt;
  description.xxfi_header = on_header;
  description.xxfi_eoh = on_end_of_headers;
  description.xxfi_body = on_body;
  description.xxfi_eom = on_end_of_message;
  description.xxfi_abort = on_abort;
  description.xxfi_close = on_close;
  description.xxfi_data = on_data;
  description.xxfi_negotiate = on_negotiate;
  std::string connection = "fd:" + std::to_string(listening_fd);
  if (smfi_register(description) != MI_SUCCESS)
    throw std::runtime_error("libmilter does not take the callbacks");
  // Postfix passes fields of up to 100 kB; the library's own bound of 64 KiB would drop the connection.
  smfi_setmaxdatasize(1 << 20);
  // The library closes a session that was silent for this long. It is silent while a client sends its DATA:
  // the MTA hands on the message at its end only. Two hours are 10 MiB at 1.5 kB a second. Half a packet
  // holds a worker of the pool for as long; only those send it who may connect to the socket.
  if (smfi_settimeout(7200) != MI_SUCCESS || smfi_setconn(connection.data()) != MI_SUCCESS)
    throw std::runtime_error("libmilter does not take the listening socket " + connection);
}

void run_mta() {
  (void)smfi_main();
}

MtaLoad mta_load() noexcept {
  return count_now();
}

}  // namespace ccgate
