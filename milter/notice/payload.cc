#include "milter/notice/payload.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ccgate {
namespace {

using Json = nlohmann::json;

/// A discarded value when the text is no JSON.
Json parse(std::string_view text) {
  return Json::parse(text, nullptr, false);
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_of(const Json& json, const char* key) {
  if (!json.is_object()) return "";
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

const Json& member(const Json& json, const char* key) {
  static const Json kNone;
  if (!json.is_object()) return kNone;
  const auto found = json.find(key);
  return found == json.end() ? kNone : *found;
}

}  // namespace

std::string write_payload(const InformPayload& payload) {
  return dump(Json{{"cctlds", payload.cctlds}, {"previous", payload.previous}});
}

std::optional<InformPayload> read_inform_payload(std::string_view json) {
  const Json parsed = parse(json);
  const Json& labels = member(parsed, "cctlds");
  if (!labels.is_array() || labels.empty()) return std::nullopt;
  InformPayload payload;
  for (const Json& label : labels) {
    if (!label.is_string()) return std::nullopt;
    payload.cctlds.push_back(label.get<std::string>());
  }
  const Json& previous = member(parsed, "previous");
  payload.previous = previous.is_boolean() && previous.get<bool>();
  return payload;
}

std::string write_payload(const AskPayload& payload) {
  Json beside = Json::array();
  for (const Voucher voucher : payload.beside) beside.push_back(to_string(voucher));
  return dump(Json{{"needed", payload.needed}, {"beside", std::move(beside)}});
}

std::optional<AskPayload> read_ask_payload(std::string_view json) {
  const Json parsed = parse(json);
  const Json& needed = member(parsed, "needed");
  const Json& beside = member(parsed, "beside");
  if (!needed.is_object() || !beside.is_array()) return std::nullopt;
  AskPayload payload;
  for (const auto& [cctld, need] : needed.items()) {
    if (!need.is_number_unsigned()) return std::nullopt;
    payload.needed[cctld] = need.get<std::size_t>();
  }
  for (const Json& word : beside) {
    const auto voucher = word.is_string() ? parse_word<Voucher>(word.get<std::string>()) : std::nullopt;
    if (!voucher) return std::nullopt;
    payload.beside.insert(*voucher);
  }
  return payload;
}

std::string write_payload(const RepositoryPayload& payload) {
  return dump(Json{{"since", payload.since}});
}

std::optional<RepositoryPayload> read_repository_payload(std::string_view json) {
  const Json parsed = parse(json);
  const Json& since = member(parsed, "since");
  if (!since.is_number_integer()) return std::nullopt;
  return RepositoryPayload{since.get<std::int64_t>()};
}

std::string write_payload(const InvitePayload& payload) {
  Json json{{"on", payload.on}, {"of", payload.of}, {"invited", payload.invited}};
  if (payload.tried)
    json["tried"] = {
        {"id", payload.tried->id}, {"ground", payload.tried->ground}, {"unproven", payload.tried->unproven}};
  return dump(json);
}

std::optional<InvitePayload> read_invite_payload(std::string_view json) {
  const Json parsed = parse(json);
  const Json& on = member(parsed, "on");
  const Json& of = member(parsed, "of");
  const Json& invited = member(parsed, "invited");
  if (!on.is_number_unsigned() || !of.is_number_unsigned() || !invited.is_number_integer())
    return std::nullopt;
  InvitePayload payload{on.get<std::size_t>(), of.get<std::size_t>(), invited.get<std::int64_t>(), {}};
  if (const Json& tried = member(parsed, "tried"); tried.is_object())
    payload.tried =
        TriedRequest{text_of(tried, "id"), text_of(tried, "ground"), member(tried, "unproven") == Json(true)};
  return payload;
}

std::string write_payload(const FollowUpPayload& payload) {
  return dump(Json{{"region", payload.region}, {"lines", payload.lines}});
}

std::optional<FollowUpPayload> read_follow_up_payload(std::string_view json) {
  const Json parsed = parse(json);
  const Json& lines = member(parsed, "lines");
  if (!lines.is_array()) return std::nullopt;
  FollowUpPayload payload{text_of(parsed, "region"), {}};
  for (const Json& line : lines) {
    if (!line.is_string()) return std::nullopt;
    payload.lines.push_back(line.get<std::string>());
  }
  return payload;
}

std::string write_payload(const ReviewPayload& payload) {
  return dump(Json{{"newest", payload.newest}});
}

std::optional<ReviewPayload> read_review_payload(std::string_view json) {
  const Json parsed = parse(json);
  const Json& newest = member(parsed, "newest");
  if (!newest.is_number_integer()) return std::nullopt;
  return ReviewPayload{newest.get<std::int64_t>()};
}

std::string write_payload(const OwnerPayload& payload) {
  return dump(Json{{"what", to_string(payload.what)}, {"who", payload.who}, {"detail", payload.detail}});
}

std::optional<OwnerPayload> read_owner_payload(std::string_view json) {
  const Json parsed = parse(json);
  const auto what = parse_word<NoticeKind>(text_of(parsed, "what"));
  static constexpr auto kOfOthers =
      std::to_array({NoticeKind::inform, NoticeKind::ask, NoticeKind::vouch, NoticeKind::digest,
                     NoticeKind::review, NoticeKind::reminder, NoticeKind::repository, NoticeKind::invite,
                     NoticeKind::remind, NoticeKind::follow_up});
  if (!what || std::find(kOfOthers.begin(), kOfOthers.end(), *what) != kOfOthers.end()) return std::nullopt;
  return OwnerPayload{*what, text_of(parsed, "who"), text_of(parsed, "detail")};
}

std::vector<PersonText> read_people(std::string_view json) {
  std::vector<PersonText> people;
  const Json parsed = parse(json);
  if (!parsed.is_array()) return people;
  for (const Json& each : parsed)
    people.push_back({text_of(each, "name"), text_of(each, "email"), text_of(each, "phone"),
                      text_of(each, "other_email")});
  return people;
}

std::string passed_evidence(std::string_view explanation_json) {
  const Json parsed = parse(explanation_json);
  const Json& evidence = member(parsed, "evidence");
  if (!evidence.is_object()) return "not known";
  std::vector<std::string> passed;
  const auto add = [&](const std::string& what, const std::string& domain) {
    const std::string text = what + " of " + domain;
    if (!domain.empty() && std::find(passed.begin(), passed.end(), text) == passed.end())
      passed.push_back(text);
  };
  const Json& dkim = member(evidence, "dkim");
  if (dkim.is_array())
    for (const Json& signature : dkim)
      if (text_of(signature, "result") == "pass") add("DKIM signature", text_of(signature, "d"));
  const Json& spf = member(evidence, "spf");
  if (text_of(spf, "result") == "pass") add("SPF", text_of(spf, "domain"));
  std::string out;
  for (const std::string& each : passed) out += (out.empty() ? "" : ", ") + each;
  return out.empty() ? "nothing" : out;
}

}  // namespace ccgate
