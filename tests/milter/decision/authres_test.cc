#include "milter/decision/authres.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("a field in our name is found however it is spelled") {
  struct Row {
    std::string value;
    bool ours;
  };
  const std::vector<Row> rows = {
      {" lists.example.org; dkim=pass", true},
      {" LISTS.Example.ORG; dkim=pass", true},
      {" lists.example.org.; none", true},
      {" lists.example.org 1; none", true},
      {" (a (nested) comment) lists.example.org (and more); none", true},
      {"\n\tlists.example.org;\n\tnone", true},
      {" \"lists.example.org\"; none", true},
      {" \"lists.exam\\ple.org\"; none", true},
      {" (lists.example.org without an end", true},
      {" lists.example.org", true},
      {" other.example.org; dkim=pass", false},
      {" lists.example.org.evil.example; none", false},
      {" mylists.example.org; none", false},
      {"", false},
  };
  for (const Row& row : rows) {
    INFO(row.value);
    CHECK(claims_authserv_id(row.value, "lists.example.org") == row.ours);
  }
}

TEST_CASE("forged fields are deleted from the last to the first") {
  const std::vector<HeaderField> fields = {{"X-CCgate", " verdict=accept"},
                                           {"Authentication-Results", " other.example; dkim=pass"},
                                           {"authentication-results", " lists.example; dkim=pass"},
                                           {"X-ccgate-Note", " hello"},
                                           {"X-CCgate", " again"},
                                           {"X-CCgateway", " somebody else's"},
                                           {"Subject", " lists.example"}};
  const auto deletions = forged_fields(fields, "lists.example");
  std::string text;
  for (const auto& each : deletions) text += each.name + "/" + std::to_string(each.index) + " ";
  CHECK(text == "X-CCgate/2 X-ccgate-Note/1 authentication-results/2 X-CCgate/1 ");
}

TEST_CASE("our results say what was found, and quote what is no token") {
  Evidence evidence;
  Signature signature;
  signature.result = AuthResult::policy;
  signature.why = "body length (l=)";
  signature.domain = Domain::parse("nic.xa");
  signature.selector = "s1";
  signature.algorithm = "rsa-sha256";
  evidence.signatures.push_back(signature);
  evidence.spf = {AuthResult::pass, Domain::parse("nic.xa"), ""};
  Verdict verdict;
  verdict.decision = Decision::accept;
  verdict.rule = "colleague with contact in copy";
  CHECK(authentication_results("lists.example", evidence, verdict) ==
        " lists.example;\n\tdkim=policy reason=\"body length (l=)\" header.d=nic.xa header.s=s1 "
        "header.a=rsa-sha256;\n\tspf=pass smtp.mailfrom=nic.xa;\n\tx-ccgate=pass "
        "policy.rule=\"colleague with contact in copy\"");
}

}  // namespace ccgate
