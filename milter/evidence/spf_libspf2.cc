// milter/evidence/spf_libspf2.cc: the evaluation of SPF records by libspf2, which sees only records that
// SpfBudget wrote for it, short and without macros, and answers within its budget. It gets neither a
// resolver, a cache nor an explanation of its own. The only user of <spf2/spf.h>.
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>

extern "C" {
#include <spf2/spf.h>
}

#include <cstring>
#include <memory>
#include <utility>

#include "milter/evidence/spf.h"
#include "milter/evidence/spf_budget.h"

namespace ccgate {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using Server = std::unique_ptr<SPF_server_t, Freed<SPF_server_free>>;
using Request = std::unique_ptr<SPF_request_t, Freed<SPF_request_free>>;
using Response = std::unique_ptr<SPF_response_t, Freed<SPF_response_free>>;
using Answer = std::unique_ptr<SPF_dns_rr_t, Freed<SPF_dns_rr_free>>;

extern "C" {

void ccgate_spf_ignore(const char*, int, const char*) {}

SPF_dns_rr_t* ccgate_spf_lookup(SPF_dns_server_t* dns, const char* domain, ns_type type, int) noexcept;
SPF_errcode_t ccgate_spf_record(SPF_server_t* server, SPF_request_t* request, SPF_response_t* response,
                                SPF_record_t** record) noexcept;
SPF_errcode_t ccgate_spf_no_explanation(SPF_server_t*, const char*, char**, size_t*) noexcept {
  return SPF_E_NOT_SPF;
}

}  // extern "C"

void set_handlers() {
  // Process-wide, and the defaults write to standard output. The one for broken contracts stays: it tells the
  // place on standard error and ends the process, which could not go on.
  static const bool done = [] {
    SPF_warning_handler = ccgate_spf_ignore;
    SPF_info_handler = ccgate_spf_ignore;
    SPF_debug_handler = ccgate_spf_ignore;
    return true;
  }();
  (void)done;
}

std::optional<RrType> rr_type(ns_type type) {
  switch (type) {
    case ns_t_a:
      return RrType::a;
    case ns_t_aaaa:
      return RrType::aaaa;
    case ns_t_mx:
      return RrType::mx;
    case ns_t_ptr:
      return RrType::ptr;
    default:
      return std::nullopt;
  }
}

/// Fills `answer`; false when memory ran out.
bool fill(SPF_dns_rr_t& answer, const std::vector<std::string>& records) {
  for (const std::string& record : records) {
    const int index = answer.num_rr;
    if (SPF_dns_rr_buf_realloc(&answer, index, record.size() + 1) != SPF_E_SUCCESS) return false;
    char* data = reinterpret_cast<char*>(answer.rr[index]);
    std::memcpy(data, record.data(), record.size());
    data[record.size()] = '\0';
    ++answer.num_rr;
  }
  return true;
}

SPF_dns_rr_t* ccgate_spf_lookup(SPF_dns_server_t* dns, const char* domain, ns_type type, int) noexcept {
  auto& budget = *static_cast<SpfBudget*>(dns->hook);
  int status = TRY_AGAIN;
  std::vector<std::string> records;
  try {
    const auto known = rr_type(type);
    if (!known) {
      status = NO_DATA;
    } else if (auto found = budget.lookup(domain, *known)) {
      records = std::move(*found);
      status = records.empty() ? NO_DATA : NETDB_SUCCESS;
    }
  } catch (...) {
    status = TRY_AGAIN;
  }
  Answer answer(SPF_dns_rr_new_init(dns, domain, type, 0, status));
  if (answer && !fill(*answer, records)) {
    answer->num_rr = 0;
    answer->herrno = TRY_AGAIN;
  }
  return answer.release();
}

SPF_errcode_t ccgate_spf_record(SPF_server_t* server, SPF_request_t* request, SPF_response_t* response,
                                SPF_record_t** record) noexcept {
  auto& budget = *static_cast<SpfBudget*>(server->resolver->hook);
  try {
    const auto text = budget.record_of(request->cur_dom);
    if (!text) return SPF_E_DNS_ERROR;  // whatever it was: the budget keeps it
    const SPF_errcode_t error = SPF_record_compile(server, response, record, text->c_str());
    if (error != SPF_E_SUCCESS) {
      budget.settle(AuthResult::permerror, "the SPF record cannot be evaluated");
    }
    return error;
  } catch (...) {
    return SPF_E_NO_MEMORY;
  }
}

SpfBudget::Outcome evaluate_record(const ClientAddress& client, SpfBudget& budget) {
  set_handlers();
  SPF_dns_server_t dns{};
  dns.lookup = ccgate_spf_lookup;
  dns.get_spf = ccgate_spf_record;
  dns.get_exp = ccgate_spf_no_explanation;
  dns.name = "ccgate";
  dns.hook = &budget;
  const Server server(SPF_server_new_dns(&dns, 0));
  const Request request(server ? SPF_request_new(server.get()) : nullptr);
  if (!request) throw std::bad_alloc();
  if (client.is_v4()) {
    in_addr address{};
    std::memcpy(&address, client.octets().data(), sizeof address);
    SPF_request_set_ipv4(request.get(), address);
  } else {
    in6_addr address{};
    std::memcpy(&address, client.octets().data(), sizeof address);
    SPF_request_set_ipv6(request.get(), address);
  }
  // No macro is left that would show them.
  SPF_request_set_helo_dom(request.get(), "unknown");
  SPF_request_set_env_from(request.get(), ("unknown@" + budget.origin()).c_str());

  SPF_response_t* raw = nullptr;
  (void)SPF_request_query_mailfrom(request.get(), &raw);
  const Response response(raw);
  if (budget.settled()) return *budget.settled();
  // Without an answer of ours that says so, nothing is temporary.
  if (!response) return {AuthResult::permerror, "the SPF record cannot be evaluated"};
  switch (SPF_response_result(response.get())) {
    case SPF_RESULT_PASS:
      return {AuthResult::pass, ""};
    case SPF_RESULT_FAIL:
      return {AuthResult::fail, "the SPF record forbids " + client.text()};
    case SPF_RESULT_SOFTFAIL:
      return {AuthResult::softfail, "the SPF record does not expect " + client.text()};
    case SPF_RESULT_NEUTRAL:
      return {AuthResult::neutral, "the SPF record says nothing about " + client.text()};
    case SPF_RESULT_NONE:
      return {AuthResult::none, "no SPF record"};
    case SPF_RESULT_INVALID:
    case SPF_RESULT_TEMPERROR:
    case SPF_RESULT_PERMERROR:
      break;
  }
  return {AuthResult::permerror, "the SPF record cannot be evaluated"};
}

}  // namespace

SpfEvidence check_spf(const ClientAddress& client, std::string_view helo, const Address& mail_from,
                      DnsBatch& dns) {
  SpfEvidence evidence;
  evidence.domain = mail_from.domain();
  if (client.is_loopback() || client.is_unspecified()) {
    evidence.why = "the client is this host";
    return evidence;
  }
  SpfBudget budget(dns, client, helo, mail_from);
  auto outcome = evaluate_record(client, budget);
  evidence.result = outcome.result;
  evidence.why = std::move(outcome.why);
  if (evidence.result == AuthResult::pass) budget.read_rest();
  if (evidence.result == AuthResult::pass && budget.visit() != nullptr && passes_everybody(*budget.visit())) {
    evidence.result = AuthResult::none;
    evidence.why = "the SPF record lets everybody pass";
  }
  return evidence;
}

}  // namespace ccgate
