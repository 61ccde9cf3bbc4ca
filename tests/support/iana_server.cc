#include "tests/support/iana_server.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "milter/site/json_tree.h"

namespace ccgate {
namespace {

constexpr const char* kScript = CCGATE_SOURCE_DIR "/tests/support/iana_server.py";
constexpr const char* kRdap = CCGATE_SOURCE_DIR "/tests/iana/rdap";
constexpr const char* kWhois = CCGATE_SOURCE_DIR "/tests/iana/whois";

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  }
  std::array<int, 2> ends{};
};

std::string read_line(int from) {
  std::string line;
  for (char c = 0; read(from, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

IanaServer::IanaServer() {
  const Pipe input, output;
  child_ = fork();
  if (child_ == 0) {
    dup2(input.ends[0], 0);
    dup2(output.ends[1], 1);
    execl(CCGATE_PYTHON, CCGATE_PYTHON, "-B", kScript, kRdap, kWhois, static_cast<char*>(nullptr));
    _exit(127);
  }
  close(input.ends[0]);
  close(output.ends[1]);
  input_ = input.ends[1];
  const std::string line = read_line(output.ends[0]);
  close(output.ends[0]);
  Issues issues;
  const auto ready = parse_json(line, "", issues);
  if (!ready) {
    stop();
    throw std::runtime_error("iana_server.py did not start");
  }
  const auto value = [&](const char* key) { return ready->find(key)->scalar; };
  https = static_cast<std::uint16_t>(std::stoi(value("https")));
  whois = static_cast<std::uint16_t>(std::stoi(value("whois")));
  ca = value("ca");
  other_ca = value("other_ca");
  plan_ = value("plan");
  log_ = value("log");
}

IanaServer::~IanaServer() {
  stop();
}

void IanaServer::stop() noexcept {
  if (input_ >= 0) close(input_);
  if (child_ > 0) waitpid(child_, nullptr, 0);
}

void IanaServer::plan(const std::string& json) const {
  const std::string fresh = plan_ + ".new";
  {
    std::ofstream file(fresh, std::ios::binary);
    file << json;
  }
  if (std::rename(fresh.c_str(), plan_.c_str()) != 0) throw std::runtime_error("cannot write " + plan_);
}

std::vector<std::string> IanaServer::requests() const {
  std::ifstream file(log_);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace ccgate
