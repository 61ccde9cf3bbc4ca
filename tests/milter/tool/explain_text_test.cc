#include "milter/tool/explain_text.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::string text_of(const std::string& json) {
  return explain_text(nlohmann::ordered_json::parse(json));
}

}  // namespace

TEST_CASE("an explanation is told line by line, harmless for a terminal") {
  CHECK(text_of(R"({
    "id": "7k2m9qx40c1d", "list": "tld-ops", "gated": true, "decided": true, "author_domain": "nic.xa",
    "mail_from": "<anne\u001b[2J@nic.xa>", "client": null,
    "facts": {"request": "subscribe", "cctlds_named": ["xa", "xn--p1ai"], "form": "full", "contacts": 2,
              "subscribes_author": false},
    "evidence": {
      "dkim": [
        {"result": "pass", "d": "nic.xa", "s": "s1", "a": "rsa-sha256", "key_bits": 2048,
         "covers": ["from", "to"], "leaves_out": ["subject"], "counts": "does not count: it leaves fields uncovered"},
        {"result": "permerror", "s": "", "a": "", "covers": [], "counts": "does not count", "why": "a tag stands twice"}],
      "spf": {"result": "none", "domain": null, "why": "no client address"}},
    "judgements": [{"recipient": "<tld-ops-join@lists.example>", "per_cctld": [
      {"cctld": "xa", "decision": "reject", "ground": "outsider", "rule": "default",
       "tried": [{"rule": "admin-writes", "result": "no match", "because": "from_is_admin_contact is no"}]},
      {"cctld": null, "decision": "accept", "ground": "rule", "rule": "", "tried": []}]}],
    "verdict": {"decision": "reject", "ground": "outsider", "rule": "default", "decided_by": "xa",
                "cctlds": ["xa"], "observe": true, "reply": "550 5.7.2 no", "untouched": false},
    "answer": {"kind": "accept", "code": 250, "status": "", "text": ""},
    "edits": {"fields_deleted": [{"name": "X-CCgate", "index": 2}],
              "fields_inserted": ["X-CCgate: verdict=observe:reject\n\tlist=tld-ops"],
              "recipients_added": ["hostmaster@nic.xa"], "recipients_deleted": ["<a@lists.example>"],
              "hold_reason": "ccgate 7k2m9qx40c1d"}})") ==
        "facts\n"
        "  list           tld-ops\n"
        "  author domain  nic.xa\n"
        "  mail from      <anne\xef\xbf\xbd[2J@nic.xa>\n"
        "  client         (none)\n"
        "  request        subscribe\n"
        "  ccTLDs named   .xa, .\xd1\x80\xd1\x84 (xn--p1ai)\n"
        "  form           full, 2 contact(s), subscribes somebody else\n"
        "evidence\n"
        "  dkim           pass d=nic.xa s=s1 a=rsa-sha256 2048 bits: does not count: it leaves fields "
        "uncovered\n"
        "                 covers from, to\n"
        "                 leaves out subject\n"
        "  dkim           permerror d=? s= a=: does not count\n"
        "                 because a tag stands twice\n"
        "  spf            none: no client address\n"
        "rules for <tld-ops-join@lists.example>\n"
        "  .xa            admin-writes: no match (from_is_admin_contact is no)\n"
        "  .xa            => reject, ground outsider, rule default\n"
        "  -              => accept, ground rule\n"
        "verdict\n"
        "  decision       reject\n"
        "  ground         outsider\n"
        "  rule           default\n"
        "  decided by     .xa\n"
        "  observe        the list only observes: the mail is delivered all the same\n"
        "  would reply    550 5.7.2 no\n"
        "answer\n"
        "  SMTP reply     250 2.0.0 (the MTA's own words)\n"
        "  delete field   X-CCgate (number 2)\n"
        "  insert field   X-CCgate: verdict=observe:reject  list=tld-ops\n"
        "  add recipient  hostmaster@nic.xa\n"
        "  drop recipient <a@lists.example>\n"
        "  hold           ccgate 7k2m9qx40c1d\n");
}

TEST_CASE("what decided otherwise behind the policy is told behind what the policy said") {
  const std::string text =
      text_of(R"({"judgements": [{"recipient": "<tld-ops-join@lists.example>", "per_cctld": [
      {"cctld": "xa", "decision": "tempfail", "ground": "flood", "rule": "",
       "by_policy": {"decision": "ask", "ground": "contact_in_copy", "rule": "copied"}, "tried": []}]}],
    "changes": [
      {"step": "contacts", "recipient": "<tld-ops-join@lists.example>",
       "from": {"decision": "ask", "ground": "contact_in_copy", "rule": "copied"},
       "to": {"decision": "accept", "ground": "contact_confirmed", "rule": "copied"},
       "why": "every contact that was asked said yes"},
      {"step": "bounds", "recipient": null,
       "from": {"decision": "accept", "ground": "contact_confirmed", "rule": "copied"},
       "to": {"decision": "tempfail", "ground": "flood", "rule": ""},
       "why": "what flood allows in 24 hours is used up, of requests or of mails to hostmaster@nic.xa"}]})");
  CHECK_THAT(text,
             contains("rules for <tld-ops-join@lists.example>\n"
                      "  .xa            => ask, ground contact_in_copy, rule copied\n"
                      "afterwards\n"
                      "  contacts       ask => accept, ground contact_confirmed: every contact that was "
                      "asked said yes\n"
                      "  bounds         accept => tempfail, ground flood: what flood allows in 24 hours is "
                      "used up, of requests or of mails to hostmaster@nic.xa\n"
                      "verdict\n"));
}

TEST_CASE("whom mail of ccgate's own goes to") {
  CHECK_THAT(text_of(R"({"notices": [{"kind": "inform", "to": "hostmaster@nic.xa"},
                                     {"kind": "ask", "to": "hostmaster@nic.xb"}]})"),
             contains("mail of ccgate's own\n"
                      "  notice to      hostmaster@nic.xa\n"
                      "  question to    hostmaster@nic.xb\n"));
}

TEST_CASE("mail that is none of our business") {
  CHECK(text_of(R"({"verdict": {"untouched": true}, "judgements": []})") ==
        "no recipient is a command address: the mail passes untouched\n");
}

TEST_CASE("whatever the shape of an explanation, it is told") {
  for (
      const char* odd :
      {"{}", "[]", "null", "7",
       R"({"judgements": 7, "evidence": [], "verdict": "x", "edits": {"fields_deleted": [7]}})",
       R"({"evidence": {"dkim": {"a": 1}, "spf": 3}, "facts": null, "decided": true})",
       R"({"judgements": [null, {"per_cctld": [[], {"tried": "x", "by_policy": []}]}], "changes": [7, {"from": []}]})",
       R"({"changes": {"step": "bounds"}, "answer": {"status": {"x": []}}})"})
    CHECK_THAT(text_of(odd), contains("SMTP reply"));
}
