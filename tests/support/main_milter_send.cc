// ccgate-milter-send: gives messages to a milter as an MTA would, and prints what it answers, one JSON
// object a line.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/support/milter_client.h"

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const ccgate::MilterReply& reply) {
  Json json{{"kind", to_string(reply.kind)}};
  if (!reply.text.empty()) json["text"] = reply.text;
  return json;
}

Json to_json(const std::string& file, const ccgate::MilterOutcome& outcome) {
  Json recipients = Json::array();
  for (const auto& each : outcome.recipients) recipients.push_back(to_json(each));
  Json edits = Json::array();
  for (const auto& each : outcome.edits)
    edits.push_back(
        {{"kind", to_string(each.kind)}, {"index", each.index}, {"name", each.name}, {"value", each.value}});
  return {{"message", file},          {"step", outcome.step}, {"reply", to_json(outcome.reply)},
          {"recipients", recipients}, {"edits", edits},       {"progress", outcome.progress}};
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Gives messages to a milter as an MTA would; all of them over one connection."};
  std::string socket;
  ccgate::MilterMail mail;
  std::vector<std::string> macros, files;
  app.add_option("--socket", socket, "path of the milter's unix socket")->required();
  app.add_option("--client", mail.client, "address of the SMTP client; empty: not known");
  app.add_option("--client-name", mail.client_name, "its name");
  app.add_option("--helo", mail.helo, "its HELO name");
  app.add_option("--mail-from", mail.mail_from, "MAIL FROM argument, <> included");
  app.add_option("--rcpt", mail.recipients, "RCPT TO argument, <> included; may be given again")
      ->required()
      ->allow_extra_args(false);
  app.add_option("--macro", macros, "NAME=VALUE, as in i=4ABC or {auth_type}=PLAIN; may be given again")
      ->allow_extra_args(false);
  app.add_option("MESSAGE", files, "message files")->required();
  CLI11_PARSE(app, argc, argv);

  try {
    ccgate::MilterClient client(socket);
    client.negotiate();
    for (const std::string& each : macros) {
      const std::size_t equals = each.find('=');
      if (equals == std::string::npos) throw std::runtime_error("--macro wants NAME=VALUE");
      client.macros[each.substr(0, equals)] = each.substr(equals + 1);
    }
    bool first = true;
    for (const std::string& file : files) {
      ccgate::read_message_text(read_file(file), mail);
      const auto outcome = first ? client.deliver(mail) : client.transaction(mail);
      first = false;
      std::puts(to_json(file, outcome).dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    }
    client.quit();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate-milter-send: %s\n", error.what());
    return 3;
  }
  return 0;
}
