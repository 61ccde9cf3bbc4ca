// Signatures and keys: tags, canonicalizations, and a whole message verified by library and by ourselves.
#include <algorithm>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dkim_check.h"
#include "milter/evidence/dkim_key.h"
#include "milter/evidence/dkim_plan.h"
#include "milter/scenario/scenario_sign.h"
#include "policy/evidence/dkim_canon.h"
#include "policy/evidence/dkim_signature.h"
#include "policy/text/text.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"
#include "tests/support/values.h"

namespace ccgate::fuzz {
namespace {

constexpr std::size_t kLargestSigned = std::size_t{512} * 1024;
constexpr std::int64_t kNow = 1894708800;  // 2030-01-15T12:00:00Z

/// Gives every question for TXT the same records.
class KeyResolver : public Resolver {
 public:
  explicit KeyResolver(std::vector<std::string> records) {
    answer_.status = records.empty() ? DnsAnswer::Status::nodata : DnsAnswer::Status::ok;
    answer_.records = std::move(records);
  }
  std::shared_ptr<DnsQuestion> ask(std::string_view name, RrType type) override {
    if (type == RrType::txt && name.find("._domainkey.") != std::string_view::npos)
      return answered_question(answer_);
    DnsAnswer none;
    none.status = DnsAnswer::Status::nxdomain;
    return answered_question(none);
  }
  [[nodiscard]] const DnsAnswer& answer() const { return answer_; }

 private:
  DnsAnswer answer_;
};

void check_tags(const std::string& field, const std::vector<HeaderField>& fields) {
  const auto read = parse_dkim_signature(field);
  if (const auto* fault = std::get_if<DkimTagFault>(&read)) {
    expect_printable(fault->why, "a fault is told in ASCII");
    return;
  }
  const auto& tags = std::get<DkimTags>(read);
  expect(tags.domain.ascii().find('.') != std::string::npos, "d= has two labels", tags.domain.ascii());
  expect(!tags.header_names.empty() && tags.header_names.size() <= kSignedNames, "h= has 1 to 200 names");
  expect(std::count(tags.header_names.begin(), tags.header_names.end(), "from") > 0, "h= has From");
  expect(tags.signature_begin <= tags.signature_end && tags.signature_end <= field.size(),
         "b= is in the field");
  expect(without_signature(field, tags).size() == field.size() - (tags.signature_end - tags.signature_begin),
         "b= alone is taken out");
  expect(!tags.expires || !tags.signed_at || *tags.expires > *tags.signed_at, "it ends after it began");
  expect_printable(tags.selector, "a selector is ASCII");
  expect(std::holds_alternative<DkimTagFault>(parse_dkim_signature(field + "; v=1")) ||
             std::holds_alternative<DkimTagFault>(parse_dkim_signature(field + " v=1")),
         "no tag stands twice");
  const auto chosen = selected_fields(tags.header_names, fields);
  expect(std::is_sorted(chosen.begin(), chosen.end()) &&
             std::adjacent_find(chosen.begin(), chosen.end()) == chosen.end(),
         "each field once");
  for (const std::size_t each : chosen)
    expect(each < fields.size() && std::count(tags.header_names.begin(), tags.header_names.end(),
                                              ascii_lower(fields[each].name)) > 0,
           "a field that h= names");
}

void check_key(const DnsAnswer& answer) {
  for (const char* algorithm : {"rsa-sha256", "ed25519-sha256"}) {
    const auto key = choose_dkim_key(answer, algorithm);
    if (const auto* fault = std::get_if<DkimKeyFault>(&key)) {
      expect_printable(fault->why, "a fault is told in ASCII");
      continue;
    }
    DnsAnswer again = answer;
    again.records = {std::get<DkimKey>(key).record};
    const auto same = choose_dkim_key(again, algorithm);
    expect(std::holds_alternative<DkimKey>(same) && std::get<DkimKey>(same).key == std::get<DkimKey>(key).key,
           "a record rebuilt has the same key", again.records.front());
  }
}

std::string canonical(std::string_view body, bool relaxed, std::size_t piece) {
  CanonicalBody canon(relaxed);
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += piece) canon.add(body.substr(at, piece), out);
  canon.finish(out);
  return out;
}

void check_canon(const FuzzMessage& mail) {
  for (const bool relaxed : {false, true}) {
    const std::string whole = canonical(mail.body, relaxed, mail.body.size() + 1);
    expect(canonical(mail.body, relaxed, 7) == whole, "pieces make the same body");
    expect(canonical(whole, relaxed, whole.size() + 1) == whole, "a canonical body stays as it is");
  }
  for (const HeaderField& field : mail.fields) {
    const std::string text = relaxed_field(field);
    const std::size_t colon = text.find(':');
    expect(relaxed_field({text.substr(0, colon), text.substr(colon + 1)}) == text, "a relaxed field stays so",
           text);
    (void)simple_field(field);
  }
}

/// What passes, passes by our own arithmetic too.
void check_verified(const std::vector<Signature>& signatures, const FuzzMessage& mail,
                    const DnsAnswer& answer, const Domain& author) {
  const DkimPlan plan = plan_dkim(mail.fields, author, kNow, {});
  expect(plan.signatures.size() == signatures.size(), "one result for each field");
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const Signature& signature = signatures[i];
    expect_printable(signature.why, "why is told in ASCII");
    if (signature.result != AuthResult::pass) continue;
    const auto candidate = std::find_if(plan.chosen.begin(), plan.chosen.end(),
                                        [i](const DkimCandidate& each) { return each.signature == i; });
    expect(candidate != plan.chosen.end(), "what passes was chosen");
    expect(!candidate->tags.has_length && candidate->tags.algorithm != "rsa-sha1", "what passes may count");
    const auto key = choose_dkim_key(answer, candidate->tags.algorithm);
    expect(std::holds_alternative<DkimKey>(key), "what passes has a key");
    DkimBodyHash hash(candidate->tags.relaxed_body);
    hash.add(mail.body);
    expect(hash.finish() == candidate->tags.body_hash, "the body is what was signed");
    const auto check = check_dkim_header(*candidate, mail.fields, std::get<DkimKey>(key), 1024);
    expect(check.good, "the header is what was signed");
    expect(covers_all(signature, mail.fields, {"from"}), "From is signed");
  }
}

/// TXT records, one a line, an empty line, a message.
void run_dkim(std::string_view input) {
  std::vector<std::string> records;
  for (std::string_view text = take_part(input, "\n\n"); !text.empty();)
    records.emplace_back(take_part(text, "\n"));
  KeyResolver resolver(std::move(records));
  check_key(resolver.answer());
  const FuzzMessage mail = split_message(input);
  for (const HeaderField& field : mail.fields)
    if (ascii_iequal(field.name, "DKIM-Signature")) check_tags(field.value, mail.fields);
  check_canon(mail);
  static const DkimVerifier verifier;
  const Domain author = test::domain("nic.xa");
  DnsBatch dns(resolver, std::chrono::steady_clock::now() + std::chrono::hours(1));
  DkimMessage message(verifier, mail.fields, author, kNow, {}, dns);
  message.body(mail.body.substr(0, mail.body.size() / 2));
  message.body(mail.body.substr(mail.body.size() / 2));
  check_verified(message.finish(), mail, resolver.answer(), author);
}

std::string signed_mail(const SigningRequest& request, std::size_t signatures = 1) {
  std::vector<HeaderField> fields{{"From", " anne@nic.xa"},
                                  {"To", " tld-ops-join@lists.example"},
                                  {"Subject", " subscribe\n\txa"},
                                  {"Date", " Tue, 15 Jan 2030 11:00:00 +0000"}};
  const std::string body = "Please  subscribe us.\t\r\n\r\n .xa\r\n\r\n";
  for (std::size_t i = 0; i < signatures; ++i)
    fields.insert(fields.begin(), {"DKIM-Signature", sign(fields, body, request)});
  std::string text = public_key_record(request.key) + "\n\n";
  for (const HeaderField& field : fields) text += field.name + ":" + field.value + "\n";
  return text + "\n" + body;
}

SigningRequest request_for(SigningKey key) {
  SigningRequest request;
  request.domain = "nic.xa";
  request.selector = "s";
  request.key = key;
  return request;
}

std::vector<std::string> dkim_seeds() {
  std::vector<std::string> seeds;
  for (const SigningKey key : {SigningKey::ed25519, SigningKey::rsa1024})
    for (const bool relaxed : {true, false}) {
      SigningRequest request = request_for(key);
      request.relaxed_header = relaxed;
      request.relaxed_body = !relaxed;
      seeds.push_back(signed_mail(request));
      request.signed_at = kNow - 10;
      request.expires = kNow + 10;
      request.extra_tags = "i=a=20b@mx.nic.xa; q=dns/txt; z=From:a|To:b";
      request.header_names = {"From", "From", "To", "Cc", "Subject", "Subject", "X-None"};
      seeds.push_back(signed_mail(request));
      request.field = " b={b} ;bh = {bh};\n\th={h};d=nic.xa;s=s; a=" +
                      std::string(key == SigningKey::ed25519 ? "ed25519" : "rsa") + "-sha256; v=1;";
      seeds.push_back(signed_mail(request));
    }
  SigningRequest partial = request_for(SigningKey::rsa2048);
  partial.body_length = 10;
  seeds.push_back(signed_mail(partial));
  seeds.push_back(
      "v=DKIM1; k=rsa; h=sha256:sha1; s=email:*; t=y:s; n=x; p=" + pkcs1_public_key(SigningKey::rsa1024) +
      "\n\n" + signed_mail(request_for(SigningKey::rsa1024)).substr(10));
  return seeds;
}

std::vector<std::string> dkim_extremes() {
  const std::size_t room = std::size_t{256} * 1024 - 1000;
  const std::string key = public_key_record(SigningKey::ed25519) + "\n\n";
  const std::string begin = "DKIM-Signature: v=1; a=ed25519-sha256; d=nic.xa; s=s; bh=x; b=y; ";
  std::vector<std::string> all{signed_mail(request_for(SigningKey::ed25519), 25)};
  for (const char* piece : {"h=", "x=y; ", "\n ", ";", "=", "a:", "z=a|"})
    all.push_back(key + begin + "h=from:" + filled_up(piece, room) + "\nFrom: anne@nic.xa\n\nx\r\n");
  all.push_back(key + begin + "h=from; i=" + filled_up("=20", room) + "@nic.xa\nFrom: anne@nic.xa\n\nx\r\n");
  all.push_back(key + begin + "h=from; d=" + filled_up("a.", room) + "xa\nFrom: anne@nic.xa\n\nx\r\n");
  all.push_back(key + filled_up("DKIM-Signature: v=1\n", room) + "From: a@b\n\n");
  all.push_back("p=" + filled_up("A", 5000) + "\n\n" + begin + "h=from\nFrom: anne@nic.xa\n\nx\r\n");
  all.push_back(filled_up("v=DKIM1; p=\n", 60000) + "\n" + begin + "h=from\nFrom: anne@nic.xa\n\nx\r\n");
  for (const char* piece : {"\r\n", " ", "\t \r\n", "\r", "\n", "x\r\n \r\n"}) {
    SigningRequest request = request_for(SigningKey::ed25519);
    all.push_back(signed_mail(request) + filled_up(piece, room));
  }
  return all;
}

}  // namespace

Target dkim_target() {
  return {"dkim", kLargestSigned, run_dkim, dkim_seeds, dkim_extremes};
}

}  // namespace ccgate::fuzz
