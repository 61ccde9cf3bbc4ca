// What an MTA says over the socket, packets and octets, to the milter of this process.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>
#include <vector>

#include "milter/daemon/listener.h"
#include "milter/session/mta.h"
#include "milter/system/descriptor.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/stage.h"
#include "tests/fuzz/targets.h"
#include "tests/support/milter_client.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestTalk = std::size_t{512} * 1024;

/// Serves for the rest of the process, as milter/daemon/serve.cc does.
class Server {
 public:
  Server() {
    prepare_mta(options_, listener_.fd());
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread([] { run_mta(); }).detach();
    std::thread([this] {
      while (true) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        listener_.kick();
      }
    }).detach();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  [[nodiscard]] std::string path() const { return folder_.path() + "/s"; }

 private:
  test::TempFolder folder_;
  Stage stage_{true};
  Listener listener_{"unix:" + path(), {}};
  MtaOptions options_{stage_.services(), [this] { return stage_.running(); }, [this] { listener_.kick(); }};
};

Server& server() {
  static auto* const one = new Server;  // threads use it to the end of the process
  return *one;
}

std::string packet(char letter, std::string_view payload) {
  const auto size = static_cast<std::uint32_t>(payload.size() + 1);
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> static_cast<unsigned>(shift));
  return out + letter + std::string(payload);
}

/// Names and values in turn: of an odd number the library reads behind the last one (smfi_getsymval), which
/// whoever may connect to the socket has to be trusted with. No value of a mail gets there with a NUL in it.
std::string macros(char step, std::initializer_list<std::string_view> names_and_values) {
  std::string out(1, step);
  for (const std::string_view each : names_and_values) (out += each.substr(0, each.find('\0'))) += '\0';
  return packet('D', out);
}

std::string octets_of(const MtaEvent& event) {
  const std::string text(event.text);
  const std::string nul(1, '\0');
  switch (event.letter) {
    case 'C':
      return macros('C', {"j", "mx.lists.example", "v", "Postfix 3.7"}) +
             packet('C', "mx.nic.xa" + nul + "4" + "\x1f\x90" + text + nul);
    case 'H':
    case 'M':
      return packet(event.letter, text + nul);
    case 'R': {
      const std::size_t end = text.find('\0');
      const std::string macro = end == std::string::npos ? text : text.substr(end + 1);
      return macros('R', {"{rcpt_addr}", macro}) + packet('R', text.substr(0, end) + nul);
    }
    case 'T':
      return macros('T', {"i", "4X"}) + packet('T', "");
    case 'D':
      return macros('E', {"i", text, text, "x"});
    case 'L': {
      const std::size_t colon = text.find(':');
      return packet('L', text.substr(0, colon) + nul +
                             (colon == std::string::npos ? "" : text.substr(colon + 1)) + nul);
    }
    case 'B': {
      std::string out;
      for (std::size_t at = 0; at < text.size(); at += 65535) out += packet('B', text.substr(at, 65535));
      return out;
    }
    case 'X':  // no packet at all
      return text.find('D') == std::string::npos ? text : "";
    default:
      return packet(event.letter, text);
  }
}

/// A mail that none of our business is lets itself be told as ever.
void check_alive() {
  MilterClient client(server().path(), std::chrono::seconds(20));
  client.negotiate();
  MilterMail mail;
  mail.mail_from = "<anne@nic.xa>";
  mail.recipients = {"<tld-ops-join@lists.example>"};
  mail.fields = {{"From", " anne@nic.xa"}, {"To", " tld-ops-join@lists.example"}, {"Subject", " join xa"}};
  mail.body = "x\r\n";
  const MilterOutcome outcome = client.deliver(mail);
  expect(!outcome.delivered(), "a request without evidence is refused", outcome.reply.text);
  client.quit();
}

Descriptor connected() {
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = server().path();
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  // Its queue may be full for a moment.
  for (int i = 0; ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
       ++i) {
    expect(errno == EAGAIN && i < 20000, "the milter accepts");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return socket;
}

/// Says all of it, listens meanwhile, says no more, and waits until the milter hangs up.
void talk(std::string_view octets) {
  constexpr int kPatience = 120'000;  // milliseconds, of a busy machine
  const Descriptor socket = connected();
  std::vector<char> heard(65536);  // not on the stack, which is measured
  bool silent = false;
  while (true) {
    if (octets.empty() && !silent) silent = ::shutdown(socket.get(), SHUT_WR) == 0;
    pollfd wait{socket.get(), static_cast<short>(octets.empty() ? POLLIN : POLLIN | POLLOUT), 0};
    expect(poll(&wait, 1, kPatience) > 0, "the milter goes on, or hangs up");
    if ((wait.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      const ssize_t got = recv(socket.get(), heard.data(), heard.size(), 0);
      if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) return;
    }
    if ((wait.revents & POLLOUT) != 0 && !octets.empty()) {
      const ssize_t sent = send(socket.get(), octets.data(), octets.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN && errno != EINTR) return;
      if (sent > 0) octets.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
}

void run_protocol(std::string_view input) {
  const std::string_view begin("\0\0\0\x0dO\0\0\0\x06\0\0\x01\xff\0\x1f\xff\xff", 17);
  std::string octets(input.starts_with('X') ? "" : begin);
  for (const MtaEvent& event : read_events(input)) octets += octets_of(event);
  talk(octets);
  static int count = 0;
  if (++count % 100 == 1) check_alive();
}

std::vector<std::string> protocol_seeds() {
  std::vector<std::string> seeds = event_seeds();
  const std::string nul(3, '\0');
  seeds.push_back("X" + nul + "\x0dO" + nul + "\x06" + nul + "\xff" + nul + "\x01");
  seeds.push_back(
      "X\xff\xff\xff\xff"
      "B");
  seeds.push_back("X" + nul + nul);
  seeds.push_back("O" + nul + "\x02" + nul + nul + kEndOfEvent + seeds.front());
  return seeds;
}

}  // namespace

Target protocol_target() {
  return {"protocol", kLargestTalk, run_protocol, protocol_seeds, event_extremes};
}

}  // namespace ccgate::fuzz
