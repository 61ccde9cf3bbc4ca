#include "policy/request/named_others.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

struct NamedOthersRow {
  Manager manager;
  const char* text;
  bool others;
};

TEST_CASE("whom a text names besides its author") {
  using enum Manager;
  const auto row = GENERATE(values<NamedOthersRow>({
      {sympa, "", false},
      {sympa, "sub sym Anne Example\nthank you\n", false},
      {sympa, "sub sym\nadd sym anne@nic.example\n", false},
      {sympa, "quiet add sym Anne@NIC.example Anne\n", false},
      {sympa, "sub sym\nadd sym bob@nic.example\n", true},
      {sympa, "sub sym\nADD\tsym\tbob@nic.example\n", true},
      {sympa, "sub sym\nauth\vabcd add sym bob@nic.example\n", true},
      {sympa, "sub sym\nauth\fabcd add sym bob@nic.example\n", true},
      {sympa, "sub sym\nad \nd sym bob@nic.example\n", true},          // format=flowed; delsp=yes
      {sympa, "sub sym\nadd sym anne@nic.example \n.nic.xb\n", true},  // likewise
      {sympa, "sub sym\nad \nd  \nsym bob@nic.example\n", true},
      {sympa, "sub sym\ninvit \n e \n  sym bob@nic.example\n", true},
      {sympa, "sub sym\nin=\nvite sym bob@nic.example\n", true},       // quoted-printable
      {sympa, "sub sym\nin\xc3\xa9vite sym bob@nic.example\n", true},  // without what is not ASCII
      {sympa, "sub sym\nplease invite Bob, bob@nic.example\n", true},  // what another reader may take
      {sympa, "sub sym\nwe add nothing\n", false},                     // no address behind it
      {sympa, "sub sym\naddendum, bob@nic.example, will invite you\n", false},
      {mailman3, "join\nthank you\n", false},
      {mailman3, "join address=anne@nic.example\n", false},
      {mailman3, "join address=bob@nic.example\n", true},
      {mailman3, "join\nx y\vjoin address=bob@nic.example\n", true},
      {mailman3, "join\nand address=bob@nic.example\n", true},
      {mailman3,
       "join addr\xc3\xa9"
       "ess=bob@nic.example\n",
       true},
      {mailman2, "subscribe secret address=bob@nic.example\n", true},
      {mlmmj, "add sym bob@nic.example address=\n", false},
      {plain, "add sym bob@nic.example address=\n", false},
  }));
  INFO(to_string(row.manager) << ": " << row.text);
  CHECK(may_name_others(row.manager, row.text, *Address::parse("anne@nic.example")) == row.others);
}

}  // namespace
}  // namespace ccgate
