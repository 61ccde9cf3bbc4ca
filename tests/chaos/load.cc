#include "tests/chaos/load.h"

#include <chrono>
#include <optional>
#include <random>

#include "tests/protocol/site.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{60};  // until a request counts as one without an answer

struct Sent {
  std::string reply, id;
};

/// nullopt: not now.
std::optional<Sent> send_once(const std::string& socket, const MilterMail& mail) {
  try {
    MilterClient client(socket);
    client.negotiate();
    client.macros = postfix_macros();
    const MilterOutcome outcome = client.deliver(mail);
    client.quit();
    if (!outcome.delivered()) return Sent{outcome.reply.text.empty() ? "4" : outcome.reply.text, ""};
    Sent sent;
    for (const std::string& mark : outcome.added_fields("X-CCgate"))
      if (const std::size_t at = mark.find("id="); at != std::string::npos)
        sent.id = mark.substr(at + 3, mark.find_first_of(" ;", at) - at - 3);
    return sent;
  } catch (const MilterError&) {
    return std::nullopt;
  }
}

bool is_later(const std::optional<Sent>& sent) {
  return !sent || sent->reply.starts_with('4');
}

}  // namespace

std::size_t cctlds_of(std::size_t number) {
  return number % 4 == 3 ? 6 : 1;
}

MilterMail request_of(std::size_t number) {
  const std::string cctld = number % 2 == 0 ? "xa" : "xb";
  const std::string author = "a" + std::to_string(number) + "@nic." + cctld;
  MilterMail mail =
      write_mail(author, cctlds_of(number) == 6 ? "subscribe xb xc xd xe xf xg" : "subscribe " + cctld,
                 cctld == "xa" ? "hostmaster@nic.xa" : "tld-admin@nic.xb");
  for (HeaderField& field : mail.fields)
    if (field.name == "Message-ID") field.value = " <" + std::to_string(number) + "@client.example>";
  return mail;
}

Answered bring_once(const std::string& socket, std::size_t number) {
  const MilterMail mail = request_of(number);
  Answered answered;
  answered.author = mail.mail_from.substr(1, mail.mail_from.size() - 2);
  answered.message_id = "<" + std::to_string(number) + "@client.example>";
  answered.cctlds = cctlds_of(number);
  answered.tries = 1;
  const auto sent = send_once(socket, mail);
  answered.reply = sent ? sent->reply : "4";
  if (sent) answered.id = sent->id;
  return answered;
}

Load::Load(std::vector<std::string> sockets, std::uint64_t seed, unsigned threads)
    : sockets_(std::move(sockets)) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this, seed, i] { run(seed + i + 1); });
}

Load::~Load() {
  (void)finish();
}

std::vector<Answered> Load::finish() {
  stop_ = true;
  for (std::thread& each : threads_) each.join();
  threads_.clear();
  return answered_;
}

void Load::run(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto draw = [&](std::uint64_t below) { return random() % below; };
  while (!stop_) {
    Answered answered = bring(next_++, draw);
    const std::lock_guard lock(mutex_);
    answered_.push_back(std::move(answered));
  }
}

Answered Load::bring(std::size_t number, const std::function<std::uint64_t(std::uint64_t)>& draw) {
  const MilterMail mail = request_of(number);
  Answered answered;
  answered.author = mail.mail_from.substr(1, mail.mail_from.size() - 2);
  answered.message_id = "<" + std::to_string(number) + "@client.example>";
  answered.cctlds = cctlds_of(number);
  const auto until_answered = [&] {
    const auto end = Clock::now() + kPatience;
    std::optional<Sent> sent;
    do {
      // A mail server waits for minutes; here, as long as others need to have their turn.
      if (answered.tries > 0 && is_later(sent))
        std::this_thread::sleep_for(std::chrono::microseconds(draw(3000)));
      ++answered.tries;
      sent = send_once(sockets_[draw(sockets_.size())], mail);
      if (sent) ++answers_;
      if (sent && is_later(sent)) ++later_;
    } while (is_later(sent) && Clock::now() < end);
    return sent ? *sent : Sent{"4 no answer", ""};
  };
  const Sent first = until_answered();
  answered.reply = first.reply;
  answered.id = first.id;
  if (first.reply.empty() && draw(16) == 0) {
    answered.repeated = true;
    const Sent second = until_answered();
    answered.repeated_reply = second.reply;
    answered.repeated_id = second.id;
  }
  return answered;
}

}  // namespace ccgate
