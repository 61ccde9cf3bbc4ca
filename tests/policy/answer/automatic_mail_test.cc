#include "policy/answer/automatic_mail.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("a mail that a program wrote is no answer") {
  struct Row {
    HeaderField field;
    std::string want;
  };
  const auto row = GENERATE(values<Row>({
      {{"Auto-Submitted", " auto-replied"}, "Auto-Submitted"},
      {{"auto-submitted", " auto-generated (vacation)"}, "Auto-Submitted"},
      {{"Auto-Submitted", " no"}, ""},
      {{"Auto-Submitted", " no; owner-token=1"}, ""},
      {{"Precedence", " bulk"}, "Precedence"},
      {{"Precedence", " first-class"}, ""},
      {{"X-Autoreply", " yes"}, "x-autoreply"},
      {{"X-Auto-Response-Suppress", " All"}, ""},
      {{"X-Precedence", " bulk"}, "X-Precedence"},
      {{"X-Loop", " tld-admin@nic.xb"}, "X-Loop"},
      {{"X-FC-MachineGenerated", " true"}, "X-FC-MachineGenerated"},
      {{"X-POST-MessageClass", " 9; Autoresponder"}, "X-POST-MessageClass"},
      {{"Delivered-To", " Autoresponder"}, "Delivered-To"},
      {{"Delivered-To", " hostmaster@nic.xa"}, ""},
      {{"Auto-Submitted", " (by hand) no"}, ""},
      {{"List-Id", " <a.example>"}, "List-*"},
      {{"Content-Type", " multipart/report; report-type=delivery-status; boundary=a"}, "Content-Type"},
      {{"Content-Type", " text/plain"}, ""},
      {{"X-OTRS-Loop", " x"}, ""},
  }));
  INFO(row.field.name << ":" << row.field.value);
  CHECK(automatic_because({row.field}, false, "Re: question").why == row.want);
}

TEST_CASE("neither is one with a null MAIL FROM, or with the Subject of an answering machine") {
  CHECK(automatic_because({}, true, "Re: question").why == "null MAIL FROM");
  CHECK(automatic_because({}, false, "Automatic reply: question").why == "Subject");
  CHECK(automatic_because({}, false, "Out of Office Re: question").why == "Subject");
  CHECK(automatic_because({}, false, "Re: Automatic reply").why == "");
}

TEST_CASE("marks that ticket systems put on what people write are told from those of answering machines") {
  CHECK_FALSE(automatic_because({{"Precedence", " bulk"}}, false, "").answers_itself);
  CHECK_FALSE(automatic_because({{"Auto-Submitted", " auto-generated"}}, false, "").answers_itself);
  CHECK(automatic_because({{"Auto-Submitted", " auto-replied"}}, false, "").answers_itself);
  CHECK(automatic_because({{"Precedence", " bulk"}, {"X-Autoreply", " yes"}}, false, "").answers_itself);
  CHECK(automatic_because({{"Precedence", " bulk"}}, false, "[EXTERN] R\u00e9ponse automatique : tld-ops")
            .answers_itself);
}

}  // namespace
}  // namespace ccgate
