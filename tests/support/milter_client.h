// tests/support/milter_client.h: the MTA's side of the milter protocol, version 6, as Postfix plays it. Knows
// the protocol from its description, not from the library under test.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "milter/system/descriptor.h"
#include "policy/message/message.h"

namespace ccgate {

/// The milter closed the connection, was silent for too long, or answered what the protocol does not know.
class MilterError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What the milter answered to one step.
struct MilterReply {
  enum class Kind { go_on, accept, reject, tempfail, discard, reply, skip };
  Kind kind = Kind::go_on;
  std::string text;  ///< of `reply`: `550 5.7.2 write from ...`

  [[nodiscard]] bool refuses() const {
    return kind == Kind::reject || kind == Kind::tempfail || kind == Kind::reply;
  }
  friend bool operator==(const MilterReply&, const MilterReply&) = default;
};
[[nodiscard]] std::string_view to_string(MilterReply::Kind kind) noexcept;

/// What the milter asks the MTA to do to the message at its end.
struct MilterEdit {
  enum class Kind {
    add_header,
    insert_header,
    change_header,  // with an empty value: delete
    add_recipient,
    delete_recipient,
    replace_body,
    change_from,
    quarantine,
  };
  Kind kind = Kind::add_header;
  std::uint32_t index = 0;  ///< insert_header, change_header
  std::string name;         ///< of the field; the address; the reason of the quarantine
  std::string value;        ///< of the field; the new body
};
[[nodiscard]] std::string_view to_string(MilterEdit::Kind kind) noexcept;

/// One SMTP transaction, as the MTA saw it.
struct MilterMail {
  std::string client = "192.0.2.25";  ///< IPv4 or IPv6; empty: not known
  std::uint16_t client_port = 2525;   ///< 0 with a loopback client: Postfix's own account of local mail
  std::string client_name = "[192.0.2.25]";
  std::string helo = "mx.nic.xa";
  std::string mail_from = "<anne@nic.xa>";  ///< raw argument, with its angle brackets
  std::vector<std::string> recipients;      ///< likewise
  std::vector<HeaderField> fields;          ///< values with their leading blank, folds as LF and blank
  std::string body;                         ///< CRLF line ends
};

/// Splits a message file (LF or CRLF) into fields and body; the envelope stays as it is.
void read_message_text(std::string_view text, MilterMail& mail);

/// Macros as Postfix names them: `j`, `i`, `{mail_addr}`, ...
using MilterMacros = std::map<std::string, std::string>;

/// How a transaction ended for the SMTP client.
struct MilterOutcome {
  MilterReply reply;                    ///< the one that ended it; go_on at the end counts as accept
  std::string step;                     ///< at which: connect, helo, mail, rcpt, data, header, eoh, body, eom
  std::vector<MilterReply> recipients;  ///< one per RCPT
  std::vector<MilterEdit> edits;
  unsigned progress = 0;  ///< "still at it" messages at the end

  [[nodiscard]] bool delivered() const {
    return reply.kind == MilterReply::Kind::go_on || reply.kind == MilterReply::Kind::accept;
  }
  /// The values of inserted and added fields called `name`, on one line.
  [[nodiscard]] std::vector<std::string> added_fields(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> of(MilterEdit::Kind kind) const;  ///< their `name`s
};

/// One connection. Not copyable; closed on destruction without a word, as a dying MTA would.
class MilterClient {
 public:
  static constexpr std::uint32_t kVersion = 6;
  static constexpr std::uint32_t kAllActions = 0x1ff;
  static constexpr std::uint32_t kAllSteps = 0x1fffff;

  /// Connects to a unix socket, or with `inet:PORT` to a port of 127.0.0.1; throws MilterError when nobody
  /// listens. `patience`: for every answer.
  explicit MilterClient(const std::string& socket_path,
                        std::chrono::milliseconds patience = std::chrono::seconds(30));

  struct Terms {
    std::uint32_t version = 0;
    std::uint32_t actions = 0;
    std::uint32_t steps = 0;
    std::map<std::uint32_t, std::string> symbols;  ///< macros asked for, by stage
  };
  const Terms& negotiate(std::uint32_t actions = kAllActions, std::uint32_t steps = kAllSteps,
                         std::uint32_t version = kVersion);

  /// Values from which each step takes those it sends; {mail_addr} and {rcpt_addr} are set by the steps
  /// themselves. Nothing set: no macros at all.
  MilterMacros macros;
  /// {rcpt_addr} of a recipient that the MTA names otherwise than the client: not its argument without
  /// brackets.
  std::map<std::string, std::string> named;

  // One step each; macros go before it. A step that the milter does not want is skipped, an answer that it
  // said it would not give is not waited for.
  MilterReply connect(std::string_view name, std::string_view address, std::uint16_t port = 2525);
  MilterReply helo(std::string_view name);
  MilterReply mail(std::string_view from, const std::vector<std::string>& arguments = {});
  MilterReply rcpt(std::string_view to, const std::vector<std::string>& arguments = {});
  MilterReply data();
  MilterReply unknown(std::string_view command);
  MilterReply header(const HeaderField& field);
  MilterReply end_of_header();
  /// In chunks of 65535 octets; stops at the first answer other than go_on.
  MilterReply body(std::string_view octets);
  MilterReply end_of_message(MilterOutcome& outcome);
  void abort();
  void quit();

  /// Connection steps and one whole transaction; ends early as Postfix would. Aborts after a refusal, so that
  /// another may follow.
  MilterOutcome deliver(const MilterMail& mail);
  /// The transaction alone, on a connection where connect and helo were done.
  MilterOutcome transaction(const MilterMail& mail);

  void send_packet(char command, std::string_view payload);
  void send_octets(std::string_view octets);
  /// True when the milter closes the connection within `patience` without sending anything more.
  [[nodiscard]] bool is_closed_by_peer();

 private:
  MilterReply step(char command, std::string_view payload, std::uint32_t no_step, std::uint32_t no_reply);
  void send_macros(char command);
  std::pair<char, std::string> receive_packet();
  std::string receive_octets(std::size_t count);

  Descriptor socket_;
  std::chrono::milliseconds patience_;
  Terms terms_;
};

}  // namespace ccgate
