// milter/iana/ask.h: one ccTLD asked for at IANA, with patience and at a polite pace.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "milter/iana/iana_record.h"
#include "milter/iana/transport.h"
#include "policy/text/enum_words.h"

namespace ccgate {

enum class IanaSource { rdap, whois };
template <>
struct EnumWords<IanaSource> {
  using enum IanaSource;
  static constexpr auto table = word_table<IanaSource>({{rdap, "rdap"}, {whois, "whois"}});
};

struct AskOptions {
  IanaSource source = IanaSource::rdap;
  std::string base = "https://rdap.iana.org";  ///< the question is base/domain/LABEL (RFC 9082)
  bool cross_check = false;                    ///< RDAP answers are compared with WHOIS
  double rate = 1;                             ///< questions a second, at most
  int retries = 3;                             ///< further tries where one may help
};

/// The world's time and the way to let it pass; tests bring their own.
struct Pace {
  std::function<std::chrono::milliseconds()> elapsed;     ///< monotonic
  std::function<std::int64_t()> now;                      ///< seconds since 1970
  std::function<void(std::chrono::milliseconds)> wait;    ///< for so long
  std::function<void(const std::string& why)> told = {};  ///< one line on what is waited for; may be empty
};
/// Real time.
[[nodiscard]] Pace real_pace();

/// Asks one question after another. Not thread-safe.
class Asker {
 public:
  Asker(Transport& transport, AskOptions options, Pace pace);

  /// RDAP answers count with status 200 and content type application/rdap+json (RFC 7480) only; 404 is an
  /// anomaly; 429 and 5xx are asked again, not before Retry-After, and no later than the longest wait.
  [[nodiscard]] IanaAnswer ask(const Domain& cctld);

 private:
  /// One question with its retries, by `once`: a Try says whether to go on.
  struct Try {
    IanaAnswer answer;
    bool again = false;
    std::chrono::milliseconds wait{0};  ///< as the other end wishes; zero: by our own back-off
  };
  [[nodiscard]] IanaAnswer with_retries(const Domain& cctld, Try (Asker::*once)(const Domain&));
  [[nodiscard]] Try rdap_once(const Domain& cctld);
  [[nodiscard]] Try whois_once(const Domain& cctld);
  void keep_pace();

  Transport& transport_;
  AskOptions options_;
  Pace pace_;
  std::chrono::milliseconds next_{0};  // not before
};

}  // namespace ccgate
