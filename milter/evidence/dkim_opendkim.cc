// milter/evidence/dkim_opendkim.cc: signatures verified by libopendkim. The library is asked for the
// arithmetic only: which signatures it sees, with which keys, at what time, and what a result is worth is
// decided here. The only user of <opendkim/dkim.h>.
#include <sys/types.h>
#include <unistd.h>
// The header speaks C.
#define _Bool bool
#include <opendkim/dkim.h>
#undef _Bool

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <utility>

#include "milter/evidence/dkim.h"
#include "milter/evidence/dkim_check.h"
#include "milter/evidence/dkim_key.h"
#include "milter/evidence/dkim_plan.h"
#include "milter/evidence/public_key_cache.h"
#include "policy/evidence/dkim_canon.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr unsigned kMinRsaBits = 1024;
constexpr unsigned kEd25519Bits = 256;

constexpr const char* kShortKey = "the RSA key has less than 1024 bits";
constexpr const char* kOtherBody = "the body is not the one that was signed";
constexpr const char* kOtherHeader = "the header is not the one that was signed";

struct FreeLibrary {
  void operator()(DKIM_LIB* library) const noexcept { dkim_close(library); }
};
struct FreeMessage {
  void operator()(DKIM* message) const noexcept { (void)dkim_free(message); }
};

/// One signature while it is with the library.
struct Work {
  DkimCandidate candidate;
  DKIM_SIGINFO* info = nullptr;
  DkimKey key;
  bool refused = false;  ///< by us: its Signature is final
  bool ours = false;     ///< the library does not see it: verified here
};

extern "C" DKIM_CBSTAT ccgate_dkim_key(DKIM* message, DKIM_SIGINFO* info, unsigned char* buffer,
                                       std::size_t size) noexcept;

/// The library's functions take pointers to octets that they do not change.
unsigned char* octets(const char* text) {
  return const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(text));
}

template <class T>
void set_option(DKIM_LIB* library, dkim_opts_t option, T value) {
  if (dkim_options(library, DKIM_OP_SETOPT, option, &value, sizeof value) != DKIM_STAT_OK) {
    throw std::runtime_error("libopendkim refuses its options");
  }
}

/// The last field that the library sees. No h= can name it, as nobody can guess it: the library's search for
/// named fields then always has one left that is nobody's.
std::string unguessable_field() {
  std::array<unsigned char, 12> random{};
  if (getentropy(random.data(), random.size()) != 0) throw std::runtime_error("no random numbers");
  std::string name = "X-Ccgate-";
  for (const unsigned octet : random) {
    name += "0123456789abcdef"[octet >> 4];
    name += "0123456789abcdef"[octet & 15];
  }
  return name + ": 1";
}

/// What the library says about a signature that did not pass.
std::pair<AuthResult, std::string> failure(DKIM_SIGINFO* info) {
  const int error = dkim_sig_geterror(info);
  if (error == DKIM_SIGERROR_BADSIG) {
    return {AuthResult::fail, dkim_sig_getbh(info) == DKIM_SIGBH_MISMATCH ? kOtherBody : kOtherHeader};
  }
  const char* text = dkim_sig_geterrorstr(error);
  return {AuthResult::permerror,
          "it cannot be verified: " + std::string(text != nullptr ? text : "no reason given")};
}

}  // namespace

struct DkimVerifier::Library {
  std::unique_ptr<DKIM_LIB, FreeLibrary> handle;
};

DkimVerifier::DkimVerifier() : library_(std::make_unique<Library>()) {
  library_->handle.reset(dkim_init(nullptr, nullptr));
  DKIM_LIB* library = library_->handle.get();
  if (library == nullptr) throw std::runtime_error("libopendkim cannot be set up");
  // Keys are fetched when the message has ended, so that nothing waits before.
  set_option<unsigned int>(library, DKIM_OPTS_FLAGS, DKIM_LIBFLAGS_DELAYSIGPROC);
  set_option<unsigned int>(library, DKIM_OPTS_MINKEYBITS, kMinRsaBits);
  // The library reads the clock of this host; with this drift it finds no fault in any time after 2008.
  set_option<std::uint64_t>(library, DKIM_OPTS_CLOCKDRIFT, kDkimEpoch);
  (void)dkim_set_key_lookup(library, ccgate_dkim_key);
  (void)parses_saved();  // the keys it parses come from our cache
}

DkimVerifier::~DkimVerifier() = default;

struct DkimMessage::State {
  const std::vector<HeaderField>& fields;
  DnsBatch& dns;
  std::vector<Signature> signatures;
  std::vector<Work> works;
  /// The fields fed, as fed, by index: what is covered is compared with them.
  std::vector<std::pair<std::size_t, std::string>> fed;
  std::unique_ptr<DKIM, FreeMessage> message;
  bool body_has_octets = false;
  char last_octet = '\0';

  /// Of the bodies that are hashed here, by canonicalization.
  std::optional<DkimBodyHash> simple_body, relaxed_body;

  State(const std::vector<HeaderField>& header, DnsBatch& batch) : fields(header), dns(batch) {}

  void refuse(Work& work, AuthResult result, std::string why) {
    Signature& signature = signatures[work.candidate.signature];
    signature.result = result;
    signature.why = std::move(why);
    work.refused = true;
  }
  /// The library cannot be used for it, or for any of this message.
  void take(Work& work);
  void take_all() {
    for (Work& work : works) take(work);
    message.reset();
  }

  void feed();
  void feed_body(std::string_view text);
  void bind();
  void fetch_keys();
  void judge(Work& work);
  void pass(const Work& work);
  void check_ours();
  [[nodiscard]] bool covers_what_it_says(const Work& work) const;
};

void DkimMessage::State::take(Work& work) {
  work.ours = true;
  work.info = nullptr;
  auto& body = work.candidate.tags.relaxed_body ? relaxed_body : simple_body;
  if (!body) body.emplace(work.candidate.tags.relaxed_body);
}

/// Feeds the plain ones of the chosen signatures, the fields that they name, and nothing else.
void DkimMessage::State::feed() {
  std::vector<std::string> names;
  for (const Work& work : works) {
    if (work.ours) continue;
    const auto& header_names = work.candidate.tags.header_names;
    names.insert(names.end(), header_names.begin(), header_names.end());
  }
  std::sort(names.begin(), names.end());
  auto next = works.begin();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    while (next != works.end() && (next->ours || next->candidate.field < i)) ++next;
    const bool is_signature = next != works.end() && next->candidate.field == i;
    if (is_signature) {
      ++next;
    } else if (!std::binary_search(names.begin(), names.end(), ascii_lower(fields[i].name))) {
      continue;
    }
    std::string text = simple_field(fields[i]);
    if (dkim_header(message.get(), octets(text.data()), text.size()) != DKIM_STAT_OK) {
      return take_all();
    }
    if (!is_signature) fed.emplace_back(i, std::move(text));
  }
  const std::string last = unguessable_field();
  if (dkim_header(message.get(), octets(last.data()), last.size()) != DKIM_STAT_OK ||
      dkim_eoh(message.get()) != DKIM_STAT_OK) {
    return take_all();
  }
  bind();
}

void DkimMessage::State::feed_body(std::string_view text) {
  if (text.empty() || !message) return;
  body_has_octets = true;
  last_octet = text.back();
  if (dkim_body(message.get(), octets(text.data()), text.size()) == DKIM_STAT_OK) return;
  for (Work& work : works) {
    if (!work.ours) refuse(work, AuthResult::neutral, "the body cannot be read");
  }
  message.reset();
}

/// Finds the library's handle of each signature, and makes sure that it is of this one.
void DkimMessage::State::bind() {
  DKIM_SIGINFO** infos = nullptr;
  int count = 0;
  if (dkim_getsiglist(message.get(), &infos, &count) != DKIM_STAT_OK) return take_all();
  int at = 0;
  for (Work& work : works) {
    if (work.ours) continue;
    if (at == count) return take_all();
    DKIM_SIGINFO* info = infos[at++];
    const auto* domain = reinterpret_cast<const char*>(dkim_sig_getdomain(info));
    const auto* selector = reinterpret_cast<const char*>(dkim_sig_getselector(info));
    if (domain == nullptr || selector == nullptr ||
        !ascii_iequal(domain, work.candidate.tags.domain.ascii()) ||
        !ascii_iequal(selector, work.candidate.tags.selector)) {
      return take_all();
    }
    work.info = info;
    const int error = dkim_sig_geterror(info);
    if (error == DKIM_SIGERROR_UNKNOWN || error == DKIM_SIGERROR_OK) continue;
    dkim_sig_ignore(info);
    take(work);
  }
  if (at != count) take_all();
}

/// Every key is judged by itself: one without an answer, or that is no good, takes no other with it.
void DkimMessage::State::fetch_keys() {
  for (Work& work : works) {
    if (work.refused) continue;
    const auto answer = dns.get(work.candidate.key_name, RrType::txt);
    auto chosen = choose_dkim_key(*answer, work.candidate.tags.algorithm);
    if (auto* fault = std::get_if<DkimKeyFault>(&chosen)) {
      refuse(work, fault->result, std::move(fault->why));
    } else {
      work.key = std::move(std::get<DkimKey>(chosen));
      if (work.key.strict && work.candidate.tags.identity_below) {
        refuse(work, AuthResult::permerror, "i= is of a subdomain, and the public key is not (t=s)");
      }
    }
    if (work.refused && work.info != nullptr) dkim_sig_ignore(work.info);
  }
}

void DkimMessage::State::judge(Work& work) {
  Signature& signature = signatures[work.candidate.signature];
  unsigned bits = 0;
  if (work.key.ed25519) {
    bits = kEd25519Bits;
  } else if (dkim_sig_getkeysize(work.info, &bits) != DKIM_STAT_OK) {
    bits = 0;
  }
  signature.key_bits = bits;
  const int error = dkim_sig_geterror(work.info);
  if (error == DKIM_SIGERROR_KEYTOOSMALL || (!work.key.ed25519 && bits != 0 && bits < kMinRsaBits)) {
    return refuse(work, AuthResult::policy, kShortKey);
  }
  const bool passed = (dkim_sig_getflags(work.info) & DKIM_SIGFLAG_PASSED) != 0 &&
                      dkim_sig_getbh(work.info) == DKIM_SIGBH_MATCH && error == DKIM_SIGERROR_OK && bits != 0;
  if (!passed) {
    auto [result, why] = failure(work.info);
    return refuse(work, result, std::move(why));
  }
  if (!covers_what_it_says(work)) {
    return refuse(work, AuthResult::policy, "it is not clear which header fields it covers");
  }
  pass(work);
}

void DkimMessage::State::pass(const Work& work) {
  Signature& signature = signatures[work.candidate.signature];
  signature.result = AuthResult::pass;
  signature.covered = work.candidate.selected;
}

/// Those that the library did not see.
void DkimMessage::State::check_ours() {
  const std::string simple = simple_body ? simple_body->finish() : "";
  const std::string relaxed = relaxed_body ? relaxed_body->finish() : "";
  for (Work& work : works) {
    if (!work.ours || work.refused) continue;
    const DkimTags& tags = work.candidate.tags;
    const auto [good, bits] = check_dkim_header(work.candidate, fields, work.key, kMinRsaBits);
    signatures[work.candidate.signature].key_bits = bits;
    if (bits == 0) {
      refuse(work, AuthResult::permerror, "the public key is none of its kind");
    } else if (!work.key.ed25519 && bits < kMinRsaBits) {
      refuse(work, AuthResult::policy, kShortKey);
    } else if (tags.body_hash != (tags.relaxed_body ? relaxed : simple)) {
      refuse(work, AuthResult::fail, kOtherBody);
    } else if (!good) {
      refuse(work, AuthResult::fail, kOtherHeader);
    } else {
      pass(work);
    }
  }
}

/// The lines that the library hashed, against those that h= selects in our own reading.
bool DkimMessage::State::covers_what_it_says(const Work& work) const {
  std::vector<std::string_view> ours;
  std::size_t width = 1;
  for (const std::size_t index : work.candidate.selected) {
    const auto found = std::lower_bound(fed.begin(), fed.end(), index,
                                        [](const auto& line, std::size_t i) { return line.first < i; });
    if (found == fed.end() || found->first != index) return false;
    ours.emplace_back(found->second);
    width = std::max(width, found->second.size() + 2);  // room to see that a line is longer
  }
  // The library wants a row for each name of h=, also for one that selects nothing.
  auto count = static_cast<unsigned>(work.candidate.tags.header_names.size());
  const auto rows = std::make_unique_for_overwrite<unsigned char[]>(width * count);
  if (dkim_sig_getsignedhdrs(message.get(), work.info, rows.get(), width, &count) != DKIM_STAT_OK ||
      count != ours.size()) {
    return false;
  }
  std::vector<std::string_view> theirs;
  for (std::size_t i = 0; i < count; ++i) {
    const char* line = reinterpret_cast<const char*>(rows.get()) + i * width;
    theirs.emplace_back(line, strnlen(line, width));
  }
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  return ours == theirs;
}

DkimMessage::DkimMessage(const DkimVerifier& verifier, const std::vector<HeaderField>& fields,
                         const Domain& author_domain, std::int64_t now, const Limits& limits, DnsBatch& dns)
    : state_(std::make_unique<State>(fields, dns)) {
  auto plan = plan_dkim(fields, author_domain, now, limits);
  state_->signatures = std::move(plan.signatures);
  if (plan.chosen.empty()) return;
  for (DkimCandidate& candidate : plan.chosen) {
    dns.prefetch(candidate.key_name, RrType::txt);
    const bool plain = candidate.tags.plain;
    Work& work = state_->works.emplace_back(Work{std::move(candidate), nullptr, {}, false, false});
    if (!plain) state_->take(work);
  }
  const auto& works = state_->works;
  if (std::all_of(works.begin(), works.end(), [](const Work& work) { return work.ours; })) return;
  DKIM_STAT status = DKIM_STAT_OK;
  state_->message.reset(dkim_verify(verifier.library_->handle.get(), octets("ccgate"), nullptr, &status));
  if (!state_->message) throw std::bad_alloc();
  (void)dkim_set_user_context(state_->message.get(), &state_->works);
  state_->feed();
}

DkimMessage::~DkimMessage() = default;

void DkimMessage::body(std::string_view text) {
  if (state_->simple_body) state_->simple_body->add(text);
  if (state_->relaxed_body) state_->relaxed_body->add(text);
  state_->feed_body(text);
}

std::vector<Signature> DkimMessage::finish() {
  State& state = *state_;
  // RFC 6376 3.4.3, 3.4.4: a line without an end gets one.
  if (state.body_has_octets && state.last_octet != '\n') state.feed_body("\r\n");
  state.fetch_keys();
  const auto open = [](const Work& work) { return !work.ours && !work.refused; };
  if (std::any_of(state.works.begin(), state.works.end(), open)) {
    bool ignored = false;  // speaks of one signature only, as does the result
    (void)dkim_eom(state.message.get(), &ignored);
  }
  for (Work& work : state.works) {
    if (open(work)) state.judge(work);
  }
  state.check_ours();
  state.message.reset();
  return std::move(state.signatures);
}

extern "C" DKIM_CBSTAT ccgate_dkim_key(DKIM* message, DKIM_SIGINFO* info, unsigned char* buffer,
                                       std::size_t size) noexcept {
  const auto* works = static_cast<const std::vector<Work>*>(dkim_get_user_context(message));
  const auto found =
      std::find_if(works->begin(), works->end(), [info](const Work& work) { return work.info == info; });
  if (found == works->end() || found->key.record.empty() || found->key.record.size() >= size) {
    return DKIM_CBSTAT_NOTFOUND;
  }
  std::memcpy(buffer, found->key.record.c_str(), found->key.record.size() + 1);
  return DKIM_CBSTAT_CONTINUE;
}

}  // namespace ccgate
