// tests/support/dns_server.cc
#include "tests/support/dns_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kHeaderSize = 12;
constexpr unsigned kServfail = 2;
constexpr unsigned kNxdomain = 3;
constexpr unsigned kRefused = 5;
constexpr unsigned kTruncated = 0x200;  ///< a flag beside the codes
constexpr unsigned kCname = 5;
constexpr std::uint32_t kTtl = 300;

struct ReceivedQuestion {
  std::string name;
  unsigned type = 0;
  std::size_t end = 0;  ///< of the question section in the query
};

unsigned u16(std::string_view data, std::size_t at) {
  return static_cast<unsigned>(static_cast<unsigned char>(data[at])) << 8 |
         static_cast<unsigned char>(data[at + 1]);
}

void put16(std::string& out, unsigned value) {
  out += static_cast<char>(value >> 8 & 0xFF);
  out += static_cast<char>(value & 0xFF);
}

void put32(std::string& out, std::uint32_t value) {
  put16(out, value >> 16);
  put16(out, value & 0xFFFF);
}

/// The octets of a label in which odd ones are written `\DDD`.
std::string unescaped(std::string_view label) {
  std::string out;
  for (std::size_t at = 0; at < label.size(); ++at) {
    const std::string_view digits = label.substr(at).substr(1, 3);
    const bool escaped =
        label[at] == '\\' && digits.size() == 3 && std::all_of(digits.begin(), digits.end(), is_digit);
    out += escaped ? static_cast<char>(std::stoi(std::string(digits))) : label[at];
    if (escaped) at += 3;
  }
  return out;
}

std::string wire_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    const std::string octets = unescaped(label);
    out += static_cast<char>(octets.size());
    out += octets;
    name.remove_prefix(std::min(label.size() + 1, name.size()));
  }
  return out + '\0';
}

std::optional<ReceivedQuestion> read_question(std::string_view query) {
  if (query.size() < kHeaderSize || u16(query, 4) != 1) return std::nullopt;
  ReceivedQuestion question;
  std::size_t at = kHeaderSize;
  while (at < query.size() && query[at] != 0) {
    const std::size_t length = static_cast<unsigned char>(query[at]);
    if (length > 63 || at + 1 + length >= query.size()) return std::nullopt;
    if (!question.name.empty()) question.name += '.';
    question.name += query.substr(at + 1, length);
    at += 1 + length;
  }
  if (at + 5 > query.size()) return std::nullopt;
  question.name = ascii_lower(question.name);
  question.type = u16(query, at + 1);
  question.end = at + 5;
  return question;
}

std::string rdata(RrType type, const std::string& record, std::size_t index) {
  switch (type) {
    case RrType::a:
    case RrType::aaaa:
      return record;
    case RrType::cname:
    case RrType::ptr:
      return wire_name(record);
    case RrType::mx: {
      std::string out;
      put16(out, static_cast<unsigned>(10 * (index + 1)));
      return out + wire_name(record);
    }
    case RrType::txt: {
      std::string out;
      std::string_view rest = record;
      do {
        const std::string_view part = rest.substr(0, 255);
        out += static_cast<char>(part.size());
        out += part;
        rest.remove_prefix(part.size());
      } while (!rest.empty());
      return out;
    }
  }
  return {};
}

void put_record(std::string& out, const std::string& owner, unsigned type, const std::string& data) {
  out += owner;
  put16(out, type);
  put16(out, 1);
  put32(out, kTtl);
  put16(out, static_cast<unsigned>(data.size()));
  out += data;
}

/// The header with `rcode`, and the question of `query`.
std::string header(std::string_view query, const ReceivedQuestion& question, unsigned rcode,
                   std::size_t answers) {
  std::string out(query.substr(0, 2));
  put16(out, 0x8580U | rcode);  // a response, authoritative, recursion as wanted and offered
  put16(out, 1);
  put16(out, static_cast<unsigned>(answers));
  put32(out, 0);
  out += query.substr(kHeaderSize, question.end - kHeaderSize);
  return out;
}

}  // namespace

DnsServer::DnsServer() {
  socket_ = Descriptor(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  wakeup_ = Descriptor(eventfd(0, EFD_CLOEXEC));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  // The port has to be free for both; the kernel is asked again where it is not.
  for (int tries = 0; tries < 100 && !listener_; ++tries) {
    Descriptor stream(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int fd = stream.get();
    address.sin_port = 0;
    if (!stream || bind(fd, generic, size) != 0 || getsockname(fd, generic, &size) != 0) break;
    if (bind(socket_.get(), generic, size) == 0 && listen(fd, SOMAXCONN) == 0) listener_ = std::move(stream);
  }
  if (!socket_ || !wakeup_ || !listener_)
    throw std::runtime_error("no socket for the DNS server of the tests");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

DnsServer::~DnsServer() {
  const std::uint64_t one = 1;
  (void)!write(wakeup_.get(), &one, sizeof one);
  thread_.join();
}

bool DnsServer::add(std::string_view name, RrType type, std::string_view data) {
  if (type != RrType::cname) return zone_.add(name, type, data);
  if (!askable_name(name) || !askable_name(data)) return false;
  alias(name, data);
  return true;
}

void DnsServer::alias(std::string_view name, std::string_view target) {
  const std::lock_guard lock(mutex_);
  aliases_[ascii_lower(name)] = ascii_lower(target);
}

void DnsServer::fail(std::string_view name) {
  set(name, Mode::servfail);
}
void DnsServer::refuse(std::string_view name) {
  set(name, Mode::refused);
}
void DnsServer::silence(std::string_view name) {
  set(name, Mode::silent);
}
void DnsServer::garble(std::string_view name) {
  set(name, Mode::garbage);
}

void DnsServer::delay(std::string_view name, std::chrono::milliseconds by) {
  const std::lock_guard lock(mutex_);
  delays_[ascii_lower(name)] = by;
}
void DnsServer::lose(std::string_view name, int count) {
  const std::lock_guard lock(mutex_);
  losses_[ascii_lower(name)] = count;
}
void DnsServer::truncate(std::string_view name) {
  const std::lock_guard lock(mutex_);
  truncated_.insert(ascii_lower(name));
}

void DnsServer::set(std::string_view name, Mode mode) {
  const std::lock_guard lock(mutex_);
  modes_[ascii_lower(name)] = mode;
}

bool DnsServer::add_line(std::string_view line) {
  line = trim(line);
  if (line.empty() || line.front() == '#') return true;
  const auto word = [&line] {
    const std::string_view first = line.substr(0, line.find_first_of(" \t"));
    line = trim(line.substr(first.size()));
    return first;
  };
  const std::string_view name = word();
  const std::string_view kind = word();
  constexpr std::array<std::pair<std::string_view, Mode>, 4> kModes{{{"SERVFAIL", Mode::servfail},
                                                                     {"REFUSED", Mode::refused},
                                                                     {"SILENT", Mode::silent},
                                                                     {"GARBAGE", Mode::garbage}}};
  for (const auto& [text, mode] : kModes) {
    if (!ascii_iequal(kind, text)) continue;
    set(name, mode);
    return line.empty();
  }
  const auto type = parse_rr_type(kind);
  return type && add(name, *type, line);
}

std::vector<std::string> DnsServer::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

void DnsServer::serve() noexcept {
  for (;;) {
    std::vector<pollfd> watched{
        {socket_.get(), POLLIN, 0}, {wakeup_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
    for (const Stream& stream : streams_) watched.push_back({stream.socket.get(), POLLIN, 0});
    int left = -1;
    if (!late_.empty()) {
      const auto until = std::chrono::ceil<std::chrono::milliseconds>(late_.begin()->first - Clock::now());
      left = static_cast<int>(std::max<std::int64_t>(until.count(), 0));
    }
    if (poll(watched.data(), watched.size(), left) < 0 && errno != EINTR) return;
    if (watched[1].revents != 0) return;
    send_due();
    for (std::size_t i = streams_.size(); i-- > 0;) {
      if (watched[i + 3].revents == 0 || read_stream(streams_[i])) continue;
      streams_.erase(streams_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (watched[2].revents != 0) accept_stream();
    if (watched[0].revents != 0) read_datagram();
  }
}

void DnsServer::read_datagram() {
  std::array<char, 4096> buffer{};
  sockaddr_in peer{};
  socklen_t size = sizeof peer;
  auto* generic = reinterpret_cast<sockaddr*>(&peer);
  const ssize_t got = recvfrom(socket_.get(), buffer.data(), buffer.size(), 0, generic, &size);
  if (got <= 0) return;
  answer({buffer.data(), static_cast<std::size_t>(got)}, false, [this, peer](const std::string& text) {
    (void)sendto(socket_.get(), text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&peer),
                 sizeof peer);
  });
}

void DnsServer::accept_stream() {
  Descriptor client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (client) streams_.push_back({std::move(client), ""});
}

bool DnsServer::read_stream(Stream& stream) {
  std::array<char, 4096> buffer{};
  const ssize_t read = recv(stream.socket.get(), buffer.data(), buffer.size(), 0);
  if (read <= 0) return false;
  stream.got.append(buffer.data(), static_cast<std::size_t>(read));
  while (stream.got.size() >= 2 && stream.got.size() >= 2 + u16(stream.got, 0)) {
    const std::string query = stream.got.substr(2, u16(stream.got, 0));
    stream.got.erase(0, 2 + query.size());
    answer(query, true, [this, fd = stream.socket.get()](const std::string& text) {
      const bool open = std::any_of(streams_.begin(), streams_.end(),
                                    [fd](const Stream& each) { return each.socket.get() == fd; });
      std::string whole;
      put16(whole, static_cast<unsigned>(text.size()));
      whole += text;
      if (open) (void)send(fd, whole.data(), whole.size(), MSG_NOSIGNAL);
    });
  }
  return true;
}

void DnsServer::answer(std::string_view query, bool tcp, Send send) {
  std::chrono::milliseconds by{0};
  auto text = reply(query, tcp, by);
  if (!text) return;
  if (by.count() == 0) return send(*text);
  late_.emplace(Clock::now() + by, [send = std::move(send), text = std::move(*text)] { send(text); });
}

void DnsServer::send_due() {
  while (!late_.empty() && late_.begin()->first <= Clock::now()) {
    late_.begin()->second();
    late_.erase(late_.begin());
  }
}

std::optional<std::string> DnsServer::reply(std::string_view query, bool tcp,
                                            std::chrono::milliseconds& delay) {
  const auto question = read_question(query);
  if (!question) return std::nullopt;
  std::string target = question->name;
  std::optional<Mode> mode;
  std::string body;
  std::size_t answers = 0;
  const auto type = static_cast<RrType>(question->type);
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(std::string(to_string(type)) + " " + question->name);
    if (const auto found = modes_.find(question->name); found != modes_.end()) mode = found->second;
    if (const auto found = losses_.find(question->name); found != losses_.end() && found->second > 0) {
      --found->second;
      return std::nullopt;
    }
    if (!tcp && truncated_.count(question->name) > 0) return header(query, *question, kTruncated, 0);
    if (const auto found = delays_.find(question->name); found != delays_.end()) delay = found->second;
    for (auto found = aliases_.find(target); found != aliases_.end() && answers < 8;
         found = aliases_.find(target), ++answers) {
      put_record(body, wire_name(target), kCname, wire_name(found->second));
      target = found->second;
    }
  }
  if (mode == Mode::silent) return std::nullopt;
  if (mode == Mode::garbage) return std::string(query.substr(0, 2)) + "this is no DNS message";
  if (mode == Mode::servfail) return header(query, *question, kServfail, 0);
  if (mode == Mode::refused) return header(query, *question, kRefused, 0);
  const auto answer = zone_.ask(target, type)->wait({});
  for (std::size_t i = 0; i < answer->records.size(); ++i, ++answers) {
    put_record(body, wire_name(target), question->type, rdata(type, answer->records[i], i));
  }
  const unsigned rcode = answer->status == DnsAnswer::Status::nxdomain ? kNxdomain : 0;
  return header(query, *question, rcode, answers) + body;
}

}  // namespace ccgate
