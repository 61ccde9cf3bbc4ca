#include "milter/doctor/recipient_probe.h"

#include <fmt/core.h>

#include <optional>
#include <stop_token>
#include <utility>
#include <variant>

#include "milter/outbox/smtp_reply.h"
#include "milter/system/host_name.h"
#include "milter/system/socket_io.h"

namespace ccgate {
namespace {

class RecipientConversation {
 public:
  RecipientConversation(Connection connection, Connection::Clock::time_point deadline)
      : connection_(std::move(connection)), deadline_(deadline) {}

  [[nodiscard]] std::string greeting_name_of(const std::string& helo) const {
    return greeting_name(helo, own_host_name(), connection_.own_end());
  }

  /// The reply to `command` (empty: the greeting); nullopt: `why`.
  std::optional<SmtpReply> ask(const std::string& command, std::string& why) {
    if (!command.empty()) why = connection_.send_all(command + "\r\n", deadline_, {});
    if (!why.empty()) return std::nullopt;
    auto state = started_ ? reader_.next() : SmtpReplyReader::State::more;
    started_ = true;
    while (state == SmtpReplyReader::State::more) {
      const auto octets = connection_.receive(deadline_, {}, why);
      if (!octets) return std::nullopt;
      state = reader_.take(*octets);
    }
    if (state == SmtpReplyReader::State::whole) return reader_.reply();
    why = "the reply is not SMTP";
    return std::nullopt;
  }

  /// False: `why` the server does not do it.
  bool demand(const std::string& command, std::string& why) {
    constexpr int kDone = 2, kHundred = 100;
    const auto reply = ask(command, why);
    if (!reply) return false;
    if (reply->code / kHundred != kDone) why = to_string(*reply);
    return why.empty();
  }

 private:
  Connection connection_;
  Connection::Clock::time_point deadline_;
  SmtpReplyReader reader_;
  bool started_ = false;
};

}  // namespace

std::vector<RecipientAnswer> ask_recipients(const std::string& host, std::uint16_t port,
                                            const std::string& helo,
                                            const std::vector<std::string>& recipients,
                                            std::chrono::milliseconds time, std::string& why) {
  const auto deadline = Connection::Clock::now() + time;
  auto opened = Connection::open(host, port, time, deadline, {});
  if (auto* failed = std::get_if<std::string>(&opened)) {
    why = std::move(*failed);
    return {};
  }
  RecipientConversation server(std::move(std::get<Connection>(opened)), deadline);
  if (!server.demand("", why) || !server.demand("EHLO " + server.greeting_name_of(helo), why) ||
      !server.demand("MAIL FROM:<>", why))
    return {};
  std::vector<RecipientAnswer> all;
  for (const std::string& each : recipients) {
    const auto reply = server.ask("RCPT TO:<" + each + ">", why);
    if (!reply) return {};
    all.push_back({reply->code, to_string(*reply)});
  }
  std::string farewell;
  if (server.demand("RSET", farewell)) (void)server.ask("QUIT", farewell);
  return all;
}

LookResult look_at_answers(const std::vector<NeededRecipient>& needed,
                           const std::vector<RecipientAnswer>& answers, const std::string& why) {
  LookResult result{Look::addresses};
  if (answers.size() != needed.size()) {
    result.untold.push_back(
        fmt::format("the mail server could not be asked whom it takes mail for: {}", why));
    return result;
  }
  constexpr int kHundred = 100, kTaken = 2, kRefused = 5;
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const std::string address = needed[i].address.text();
    const RecipientAnswer& answer = answers[i];
    if (answer.code / kHundred == kTaken)
      result.seen.push_back(fmt::format("`{}` is taken", address));
    else if (answer.code / kHundred != kRefused)
      result.untold.push_back(fmt::format("whether `{}` is taken: {}", address, answer.text));
    else if (needed[i].kind == NeededRecipient::Kind::own)
      result.found.push_back(found(
          SiteFinding::own_address_unknown,
          {address, answer.text,
           fmt::format("add `{}: /dev/null` to aliases(5), then newaliases", needed[i].address.local())}));
    else
      result.found.push_back(
          found(SiteFinding::command_address_unknown, {address, needed[i].list, answer.text}));
  }
  return result;
}

}  // namespace ccgate
