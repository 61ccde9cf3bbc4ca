#include "milter/ledger/request_key.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "milter/system/sha256.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

/// As it is, or what stands for it: replaced octets could make two requests one.
std::string exact(const std::string& text) {
  return is_utf8(text) ? text : "octets " + sha256_hex(text);
}

}  // namespace

std::vector<Person> people_of(const Request& request, const Address& author) {
  std::vector<Person> people = request.people;
  if (request.kind != RequestKind::subscribe || request.others_unnamed) return people;
  const auto is_author = [&](const Person& person) { return person.email == author; };
  const auto has_email = [](const Person& person) { return person.email.has_value(); };
  const bool author_too = request.by_manager || std::none_of(people.begin(), people.end(), has_email);
  if (author_too && std::none_of(people.begin(), people.end(), is_author))
    people.insert(people.begin(), Person{"", author, ""});
  return people;
}

std::string request_key(std::string_view list, RequestKind kind, const std::set<Domain>& cctlds,
                        const Address& author, const std::vector<Person>& people) {
  std::vector<std::string> labels;
  for (const Domain& cctld : cctlds) labels.push_back(cctld.ascii());
  std::vector<std::vector<std::string>> persons;
  for (const Person& person : people)
    persons.push_back({person.email ? person.email->key() : "", exact(person.name), exact(person.phone)});
  std::sort(persons.begin(), persons.end());
  // As JSON no text can be taken for two.
  const nlohmann::json canonical =
      nlohmann::json::array({std::string(list), to_string(kind), labels, author.key(), persons});
  return sha256_hex(canonical.dump());
}

std::string request_key(std::string_view list, const Request& request, const Verdict& verdict,
                        const Address& author) {
  if (request.others_unnamed) return "";
  std::set<Domain> cctlds;
  for (const CcTldVerdict& each : verdict.per_cctld)
    if (each.cctld) cctlds.insert(*each.cctld);
  return request_key(list, request.kind, cctlds, author, people_of(request, author));
}

}  // namespace ccgate
