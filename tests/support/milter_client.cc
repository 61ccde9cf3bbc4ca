#include "tests/support/milter_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::uint32_t kNoConnect = 0x01, kNoHelo = 0x02, kNoMail = 0x04, kNoRcpt = 0x08, kNoBody = 0x10,
                        kNoHeaders = 0x20, kNoEoh = 0x40, kNoReplyHeader = 0x80, kNoUnknown = 0x100,
                        kNoData = 0x200, kSkip = 0x400, kNoReplyConnect = 0x1000, kNoReplyHelo = 0x2000,
                        kNoReplyMail = 0x4000, kNoReplyRcpt = 0x8000, kNoReplyData = 0x10000,
                        kNoReplyUnknown = 0x20000, kNoReplyEoh = 0x40000, kNoReplyBody = 0x80000,
                        kLeadingSpace = 0x100000;

constexpr std::size_t kChunk = 65535;
constexpr std::size_t kLongestAnswer = 64 * 1024 * 1024;

/// The stage of a macro list that belongs to a step, and what Postfix sends there unless asked otherwise.
struct Stage {
  char command;
  std::uint32_t number;
  const char* defaults;
};
constexpr Stage kStages[] = {
    {'C', 0, "j {daemon_name} {daemon_addr} v _"},
    {'H', 1, "{tls_version} {cipher} {cipher_bits} {cert_subject} {cert_issuer}"},
    {'M', 2, "i {auth_type} {auth_authen} {auth_author} {mail_addr} {mail_host} {mail_mailer}"},
    {'R', 3, "i {rcpt_addr} {rcpt_host} {rcpt_mailer}"},
    {'T', 4, "i"},
    {'E', 5, "i"},
    {'N', 6, "i"},
};

std::string number(std::uint32_t value) {
  const std::uint32_t net = htonl(value);
  std::string out(sizeof net, '\0');
  std::memcpy(out.data(), &net, sizeof net);
  return out;
}

std::uint32_t read_number(std::string_view octets) {
  if (octets.size() < 4) throw MilterError("the milter's answer is too short");
  std::uint32_t net = 0;
  std::memcpy(&net, octets.data(), sizeof net);
  return ntohl(net);
}

std::string terminated(std::string_view text) {
  return std::string(text) + '\0';
}

/// Takes the next NUL-terminated string off `octets`.
std::string take(std::string_view& octets) {
  const std::size_t end = octets.find('\0');
  if (end == std::string_view::npos) throw MilterError("a string of the milter's answer has no end");
  std::string text(octets.substr(0, end));
  octets.remove_prefix(end + 1);
  return text;
}

std::string envelope_payload(std::string_view address, const std::vector<std::string>& arguments) {
  std::string payload = terminated(address);
  for (const std::string& each : arguments) payload += terminated(each);
  return payload;
}

std::string bare(std::string_view address) {
  if (address.size() >= 2 && address.front() == '<' && address.back() == '>')
    address = address.substr(1, address.size() - 2);
  return std::string(address);
}

MilterReply to_reply(char command, std::string_view payload) {
  using Kind = MilterReply::Kind;
  switch (command) {
    case 'c':
      return {Kind::go_on, {}};
    case 'a':
      return {Kind::accept, {}};
    case 'r':
      return {Kind::reject, {}};
    case 't':
      return {Kind::tempfail, {}};
    case 'd':
      return {Kind::discard, {}};
    case 's':
      return {Kind::skip, {}};
    case 'y':
      return {Kind::reply, take(payload)};
    default:
      throw MilterError(std::string("the milter answers `") + command + "`, which is no answer here");
  }
}

/// Nullopt: not an edit.
std::optional<MilterEdit> to_edit(char command, std::string_view payload) {
  using Kind = MilterEdit::Kind;
  MilterEdit edit;
  switch (command) {
    case 'h':
      edit.kind = Kind::add_header;
      edit.name = take(payload);
      edit.value = take(payload);
      return edit;
    case 'i':
    case 'm':
      edit.kind = command == 'i' ? Kind::insert_header : Kind::change_header;
      edit.index = read_number(payload);
      payload.remove_prefix(4);
      edit.name = take(payload);
      edit.value = take(payload);
      return edit;
    case '+':
    case '2':
      edit.kind = Kind::add_recipient;
      edit.name = take(payload);
      return edit;
    case '-':
      edit.kind = Kind::delete_recipient;
      edit.name = take(payload);
      return edit;
    case 'b':
      edit.kind = Kind::replace_body;
      edit.value = payload;
      return edit;
    case 'e':
      edit.kind = Kind::change_from;
      edit.name = take(payload);
      return edit;
    case 'q':
      edit.kind = Kind::quarantine;
      edit.name = take(payload);
      return edit;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string_view to_string(MilterReply::Kind kind) noexcept {
  using enum MilterReply::Kind;
  switch (kind) {
    case go_on:
      return "continue";
    case accept:
      return "accept";
    case reject:
      return "reject";
    case tempfail:
      return "tempfail";
    case discard:
      return "discard";
    case reply:
      return "reply";
    case skip:
      return "skip";
  }
  return "?";
}

std::string_view to_string(MilterEdit::Kind kind) noexcept {
  using enum MilterEdit::Kind;
  switch (kind) {
    case add_header:
      return "add_header";
    case insert_header:
      return "insert_header";
    case change_header:
      return "change_header";
    case add_recipient:
      return "add_recipient";
    case delete_recipient:
      return "delete_recipient";
    case replace_body:
      return "replace_body";
    case change_from:
      return "change_from";
    case quarantine:
      return "quarantine";
  }
  return "?";
}

void read_message_text(std::string_view text, MilterMail& mail) {
  mail.fields.clear();
  mail.body.clear();
  bool in_body = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (in_body) {
      mail.body.append(line).append("\r\n");
    } else if (line.empty()) {
      in_body = true;
    } else if ((line.front() == ' ' || line.front() == '\t') && !mail.fields.empty()) {
      mail.fields.back().value.append("\n").append(line);
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      mail.fields.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 1))});
    } else {
      throw MilterError("a header line of the message has no colon");
    }
  }
}

namespace {

/// Each fold with its blanks becomes one blank.
std::string on_one_line(std::string_view value) {
  std::string out;
  bool in_fold = false;
  for (const char c : value) {
    if (c == '\n') {
      out += ' ';
      in_fold = true;
    } else if (!in_fold || (c != ' ' && c != '\t')) {
      out += c;
      in_fold = false;
    }
  }
  return std::string(trim(out));
}

}  // namespace

std::vector<std::string> MilterOutcome::added_fields(std::string_view name) const {
  std::vector<std::string> values;
  for (const MilterEdit& edit : edits)
    if ((edit.kind == MilterEdit::Kind::insert_header || edit.kind == MilterEdit::Kind::add_header) &&
        ascii_lower(edit.name) == ascii_lower(name))
      values.push_back(on_one_line(edit.value));
  return values;
}

std::vector<std::string> MilterOutcome::of(MilterEdit::Kind kind) const {
  std::vector<std::string> names;
  for (const MilterEdit& edit : edits)
    if (edit.kind == kind) names.push_back(edit.name);
  return names;
}

namespace {

/// Connected; otherwise none, and errno says why.
Descriptor connect_to(const sockaddr* address, socklen_t size) {
  Descriptor connected(socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!connected || ::connect(connected.get(), address, size) == 0) return connected;
  const int error = errno;
  connected.reset();
  errno = error;
  return connected;
}

Descriptor connect_to_path(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw MilterError("the socket's path is too long");
  std::memcpy(address.sun_path, path.data(), path.size());
  return connect_to(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Descriptor connect_to_port(const std::string& port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect_to(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

}  // namespace

MilterClient::MilterClient(const std::string& socket_path, std::chrono::milliseconds patience)
    : patience_(patience) {
  socket_ = socket_path.starts_with("inet:") ? connect_to_port(socket_path.substr(5))
                                             : connect_to_path(socket_path);
  if (!socket_) throw MilterError(socket_path + ": " + std::strerror(errno));
}

void MilterClient::send_octets(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(socket_.get(), octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0)
      throw MilterError(std::string("the milter does not take our data: ") + std::strerror(errno));
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void MilterClient::send_packet(char command, std::string_view payload) {
  std::string packet = number(static_cast<std::uint32_t>(payload.size() + 1));
  packet += command;
  packet += payload;
  send_octets(packet);
}

std::string MilterClient::receive_octets(std::size_t count) {
  std::string octets(count, '\0');
  std::size_t have = 0;
  const auto end = std::chrono::steady_clock::now() + patience_;
  while (have < count) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    pollfd descriptor{socket_.get(), POLLIN, 0};
    if (left.count() <= 0 || poll(&descriptor, 1, static_cast<int>(left.count())) == 0)
      throw MilterError("the milter is silent");
    const ssize_t got = recv(socket_.get(), octets.data() + have, count - have, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw MilterError("the milter closed the connection");
    have += static_cast<std::size_t>(got);
  }
  return octets;
}

std::pair<char, std::string> MilterClient::receive_packet() {
  const std::size_t size = read_number(receive_octets(4));
  if (size == 0 || size > kLongestAnswer) throw MilterError("the milter's answer has an impossible length");
  std::string packet = receive_octets(size);
  return {packet.front(), packet.substr(1)};
}

bool MilterClient::is_closed_by_peer() {
  pollfd descriptor{socket_.get(), POLLIN, 0};
  if (poll(&descriptor, 1, static_cast<int>(patience_.count())) <= 0) return false;
  char octet = 0;
  return recv(socket_.get(), &octet, 1, 0) <= 0;
}

const MilterClient::Terms& MilterClient::negotiate(std::uint32_t actions, std::uint32_t steps,
                                                   std::uint32_t version) {
  send_packet('O', number(version) + number(actions) + number(steps));
  const auto [command, payload] = receive_packet();
  if (command != 'O') throw MilterError("the milter does not negotiate");
  std::string_view rest = payload;
  const auto next = [&rest] {
    const std::uint32_t value = read_number(rest);
    rest.remove_prefix(4);
    return value;
  };
  terms_ = {};
  terms_.version = next();
  terms_.actions = next();
  terms_.steps = next();
  if (terms_.version > version || (terms_.actions & ~actions) != 0 || (terms_.steps & ~steps) != 0)
    throw MilterError("the milter asks for what was not offered");
  while (!rest.empty()) {
    const std::uint32_t stage = next();
    terms_.symbols[stage] = take(rest);
  }
  return terms_;
}

void MilterClient::send_macros(char command) {
  const auto* const stage = std::find_if(std::begin(kStages), std::end(kStages),
                                         [command](const Stage& each) { return each.command == command; });
  if (stage == std::end(kStages)) return;
  std::string_view names = stage->defaults;
  if (const auto asked = terms_.symbols.find(stage->number); asked != terms_.symbols.end())
    names = asked->second;
  std::string payload(1, command);
  std::size_t start = 0;
  while (start < names.size()) {
    const std::size_t end = std::min(names.find_first_of(" ,", start), names.size());
    const std::string name(names.substr(start, end - start));
    if (const auto found = macros.find(name); found != macros.end())
      payload += terminated(name) + terminated(found->second);
    start = end + 1;
  }
  if (payload.size() > 1) send_packet('D', payload);
}

MilterReply MilterClient::step(char command, std::string_view payload, std::uint32_t no_step,
                               std::uint32_t no_reply) {
  if ((terms_.steps & no_step) != 0) return {};
  send_macros(command);
  send_packet(command, payload);
  if ((terms_.steps & no_reply) != 0) return {};
  while (true) {
    const auto [answer, text] = receive_packet();
    if (answer != 'p') return to_reply(answer, text);
  }
}

MilterReply MilterClient::connect(std::string_view name, std::string_view address,
                                  std::uint16_t client_port) {
  std::string payload = terminated(name);
  if (address.empty()) {
    payload += 'U';
  } else {
    payload += address.find(':') == std::string_view::npos ? '4' : '6';
    const std::uint16_t port = htons(client_port);
    payload.append(reinterpret_cast<const char*>(&port), sizeof port);
    payload += terminated(address);
  }
  return step('C', payload, kNoConnect, kNoReplyConnect);
}

MilterReply MilterClient::helo(std::string_view name) {
  return step('H', terminated(name), kNoHelo, kNoReplyHelo);
}

MilterReply MilterClient::mail(std::string_view from, const std::vector<std::string>& arguments) {
  if (!macros.empty()) macros["{mail_addr}"] = bare(from);
  return step('M', envelope_payload(from, arguments), kNoMail, kNoReplyMail);
}

MilterReply MilterClient::rcpt(std::string_view to, const std::vector<std::string>& arguments) {
  const auto other = named.find(std::string(to));
  if (!macros.empty()) macros["{rcpt_addr}"] = other != named.end() ? other->second : bare(to);
  return step('R', envelope_payload(to, arguments), kNoRcpt, kNoReplyRcpt);
}

MilterReply MilterClient::data() {
  return step('T', "", kNoData, kNoReplyData);
}

MilterReply MilterClient::unknown(std::string_view command) {
  return step('U', terminated(command), kNoUnknown, kNoReplyUnknown);
}

MilterReply MilterClient::header(const HeaderField& field) {
  std::string_view value = field.value;
  if ((terms_.steps & kLeadingSpace) == 0 && value.starts_with(' ')) value.remove_prefix(1);
  return step('L', terminated(field.name) + terminated(value), kNoHeaders, kNoReplyHeader);
}

MilterReply MilterClient::end_of_header() {
  return step('N', "", kNoEoh, kNoReplyEoh);
}

MilterReply MilterClient::body(std::string_view octets) {
  while (!octets.empty()) {
    const MilterReply reply = step('B', octets.substr(0, kChunk), kNoBody, kNoReplyBody);
    if (reply.kind == MilterReply::Kind::skip && (terms_.steps & kSkip) == 0)
      throw MilterError("the milter skips without having asked for it");
    if (reply.kind != MilterReply::Kind::go_on) return reply;
    octets.remove_prefix(std::min(kChunk, octets.size()));
  }
  return {};
}

MilterReply MilterClient::end_of_message(MilterOutcome& outcome) {
  send_macros('E');
  send_packet('E', "");
  while (true) {
    const auto [command, payload] = receive_packet();
    if (command == 'p') {
      ++outcome.progress;
    } else if (auto edit = to_edit(command, payload)) {
      outcome.edits.push_back(std::move(*edit));
    } else {
      return to_reply(command, payload);
    }
  }
}

void MilterClient::abort() {
  send_packet('A', "");
}
void MilterClient::quit() {
  send_packet('Q', "");
}

MilterOutcome MilterClient::deliver(const MilterMail& mail) {
  MilterOutcome outcome;
  outcome.step = "connect";
  outcome.reply = connect(mail.client_name, mail.client, mail.client_port);
  if (outcome.reply.kind != MilterReply::Kind::go_on) return outcome;
  outcome.step = "helo";
  outcome.reply = helo(mail.helo);
  if (outcome.reply.kind != MilterReply::Kind::go_on) return outcome;
  return transaction(mail);
}

MilterOutcome MilterClient::transaction(const MilterMail& wanted) {
  using Kind = MilterReply::Kind;
  MilterOutcome outcome;
  // True while the MTA goes on; anything else ends the message, and a refusal is followed by an abort.
  const auto goes_on = [&](const char* name, MilterReply reply) {
    outcome.step = name;
    outcome.reply = std::move(reply);
    if (outcome.reply.kind == Kind::go_on) return true;
    if (outcome.reply.kind != Kind::skip) abort();
    return false;
  };

  if (!goes_on("mail", mail(wanted.mail_from))) return outcome;
  for (const std::string& each : wanted.recipients) {
    const MilterReply reply = rcpt(each);
    outcome.recipients.push_back(reply);
    if (reply.refuses()) continue;  // this recipient alone is refused
    if (!goes_on("rcpt", reply)) return outcome;
  }
  const auto refused = [](const MilterReply& reply) { return reply.refuses(); };
  if (!outcome.recipients.empty() &&
      std::all_of(outcome.recipients.begin(), outcome.recipients.end(), refused)) {
    goes_on("rcpt", outcome.recipients.back());
    return outcome;
  }
  if (!goes_on("data", data())) return outcome;
  for (const HeaderField& field : wanted.fields)
    if (!goes_on("header", header(field))) return outcome;
  if (!goes_on("eoh", end_of_header())) return outcome;
  if (!goes_on("body", body(wanted.body)) && outcome.reply.kind != Kind::skip) return outcome;
  outcome.step = "eom";
  outcome.reply = end_of_message(outcome);
  return outcome;
}

}  // namespace ccgate
