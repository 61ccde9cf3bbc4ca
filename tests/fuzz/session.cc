// What an MTA says in any order, to one session without and one with a store.
#include "milter/session/session.h"

#include <algorithm>

#include "policy/text/text.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/stage.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestSession = std::size_t{512} * 1024;

/// What may be seen of a message from outside.
struct Said {
  std::string header;  // lower case
  bool spf = false;    // from where nic.xa and nic.xb send
};

void check_result(const TransactionResult& result, const Said& said) {
  const Reply& reply = result.answer.reply;
  if (result.answer.kind == Answer::Kind::reject || result.answer.kind == Answer::Kind::tempfail) {
    expect(reply.code / 100 == (result.answer.kind == Answer::Kind::reject ? 5 : 4),
           "a refusal has its code");
    expect_printable(reply.text, "a reply is ASCII");
    expect(reply.text.size() <= 400 && !reply.text.empty(), "and short");
  }
  for (const HeaderField& field : result.edits.insert_on_top)
    for (std::size_t at = 0; at < field.value.size(); ++at)
      if (field.value[at] == '\n')
        expect(at + 1 < field.value.size() && (field.value[at + 1] == ' ' || field.value[at + 1] == '\t'),
               "a field that we add is one", field.value);
  for (const Address& each : result.edits.add_recipients) expect_plain(each);
  const bool let_in = result.answer.kind == Answer::Kind::accept &&
                      result.verdict.decision == Decision::accept &&
                      result.request.kind == RequestKind::subscribe && !result.observed &&
                      !result.passes_untouched && !result.judgements.empty();
  if (!let_in) return;
  expect(said.spf || std::any_of(result.evidence.signatures.begin(), result.evidence.signatures.end(),
                                 [](const Signature& each) { return each.result == AuthResult::pass; }),
         "nobody is let in without evidence");
  bool contact = false;
  for (const char* each : {"hostmaster@nic.xa", "iana@nic.xa", "tld-admin@nic.xb"})
    contact = contact || said.header.find(each) != std::string::npos;
  expect(contact, "nobody is let in without a contact", said.header);
}

void play(const Stage& stage, const std::vector<MtaEvent>& events) {
  Session session(stage.services(), [&] { return stage.running(); });
  Said said;
  std::string client, mail_from;
  for (const MtaEvent& event : events) {
    const std::string text(event.text);
    switch (event.letter) {
      case 'C':
        client = text;
        session.connect(ClientAddress::parse(text), text.ends_with('!'));
        break;
      case 'H':
        session.helo(text);
        break;
      case 'M':
        said = {};
        mail_from = ascii_lower(text);
        session.abort();
        session.mail(text);
        break;
      case 'R': {
        const std::size_t nul = text.find('\0');
        (void)session.rcpt(text.substr(0, nul), nul == std::string::npos ? "" : text.substr(nul + 1), true);
        break;
      }
      case 'T':
        (void)session.data(text, "mx.lists.example");
        break;
      case 'L': {
        const std::size_t colon = text.find(':');
        session.header(text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1));
        said.header += ascii_lower(text) + "\n";
        break;
      }
      case 'N':
        session.end_of_headers();
        break;
      case 'B':
        session.body(text);
        break;
      case 'E':
        said.spf = client == "192.0.2.25" && (mail_from.find("@nic.xa") != std::string::npos ||
                                              mail_from.find("@nic.xb") != std::string::npos);
        check_result(session.end_of_message(text), said);
        session.abort();
        said.header.clear();
        break;
      case 'A':
        session.abort();
        break;
      case 'I':
        (void)session.internal_error(text);
        break;
      default:
        (void)session.gated();
        (void)session.only_observes();
    }
  }
}

void run_session(std::string_view input) {
  static const Stage without(false);
  static const Stage with(true);
  const std::vector<MtaEvent> events = read_events(input);
  play(without, events);
  play(with, events);
}

}  // namespace

Target session_target() {
  return {"session", kLargestSession, run_session, event_seeds, event_extremes};
}

}  // namespace ccgate::fuzz
