#include "policy/request/command_line.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

using enum RequestKind;

const Address& anne() {
  static const Address kAnne = *Address::parse("anne@nic.example");
  return kAnne;
}

struct CommandRow {
  Manager manager;
  const char* line;
  RequestKind kind;
  bool subscribes_other = false;
};

TEST_CASE("command lines") {
  using enum Manager;
  const auto row = GENERATE(values<CommandRow>({
      {mailman3, "join", subscribe},
      {mailman3, "JOIN", subscribe},
      {mailman3, "  subscribe digest=no", subscribe},
      {mailman3, "Re: join", subscribe},
      {mailman3, "> join", subscribe},
      {mailman3, "please join", subscribe},
      {mailman3, "> > > join", subscribe},
      {mailman3, "Re: [tld-ops] join", subscribe},
      {mailman3, "we would join", post},
      {mailman3, "joiners", post},
      {mailman3, "j\xc3\xa9oin", subscribe},      // read without what is not ASCII
      {mailman3, "jo\xe2\x80\x8bin", subscribe},  // a zero-width space inside
      {mailman3, "x\xc2\xa0join", subscribe},     // a blank outside ASCII
      {mailman3, "ｊｏｉｎ", subscribe},          // fullwidth: no manager runs it, we do not bet on it
      {mailman3, "> join address=bob@nic.example", subscribe, true},
      {mailman3, "join Address=anne@nic.example", subscribe},
      {mailman3, "join address=Anne@NIC.example", subscribe},
      {mailman3, "join address=<anne@nic.example>", subscribe, true},
      {mailman3, "subscribe digest=no address=bob@nic.example", subscribe, true},
      {mailman3, "leave", unsubscribe},
      {mailman3, "unsubscribe address=bob@nic.example", unsubscribe},
      {mailman3, "confirm 0123", confirm},
      {mailman3, "help", post},
      {mailman3, "end", post},
      {mailman3, "", post},
      {mailman2, "subscribe secret nodigest address=bob@nic.example", subscribe, true},
      {mailman2, "remove", unsubscribe},
      {sympa, "SUBSCRIBE tld-ops Anne Example", subscribe},
      {sympa, "sub tld-ops", subscribe},
      {sympa, "> sub tld-ops", subscribe},
      {sympa, "QUIET SUB tld-ops", subscribe},
      {sympa, "AUTH 0123 SUBSCRIBE tld-ops", subscribe},
      {sympa, "> > auth 0123 quiet add tld-ops bob@nic.example", subscribe, true},
      {sympa, "reply: auth 0123 sub tld-ops", subscribe},
      {sympa, "QUIET ADD tld-ops bob@nic.example Bob", subscribe, true},
      {sympa, "ADD tld-ops anne@nic.example", subscribe},
      {sympa, "ADD tld-ops", subscribe, true},
      {sympa, "INVITE tld-ops bob@nic.example", subscribe, true},
      {sympa, "signoff tld-ops", unsubscribe},
      {sympa, "CONFIRM 0123", confirm},
      {sympa, "Re: subscribe tld-ops", subscribe},
      {sympa, "please subscribe", post},
      {sympa, "which", post},
  }));
  INFO(to_string(row.manager) << ": " << row.line);
  Commands commands;
  read_command_line(row.manager, row.line, anne(), commands);
  CHECK(commands.kind == row.kind);
  CHECK(commands.subscribes_other == row.subscribes_other);
}

}  // namespace
}  // namespace ccgate
