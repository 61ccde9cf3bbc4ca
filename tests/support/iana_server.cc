#include "tests/support/iana_server.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "milter/system/json_tree.h"

namespace ccgate {
namespace {

constexpr const char* kScript = CCGATE_SOURCE_DIR "/tests/support/iana_server.py";
constexpr const char* kRdap = CCGATE_SOURCE_DIR "/tests/iana/rdap";
constexpr const char* kWhois = CCGATE_SOURCE_DIR "/tests/iana/whois";

std::string read_line(int from) {
  std::string line;
  for (char c = 0; read(from, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

IanaServer::IanaServer() {
  Pipe input = open_pipe(), output = open_pipe();
  if (!input || !output) throw std::runtime_error("cannot make a pipe");
  child_ = fork();
  if (child_ == 0) {
    dup2(input.reader.get(), 0);
    dup2(output.writer.get(), 1);
    execl(CCGATE_PYTHON, CCGATE_PYTHON, "-B", kScript, kRdap, kWhois, static_cast<char*>(nullptr));
    _exit(127);
  }
  input.reader.reset();
  output.writer.reset();
  input_ = std::move(input.writer);
  const std::string line = read_line(output.reader.get());
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
  input_.reset();
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
