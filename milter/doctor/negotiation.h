// milter/doctor/negotiation.h: whether a milter answers: the first packet of the protocol and its answer, no
// more.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ccgate {

struct Negotiation {
  enum class End {
    agreed,
    missing,    ///< no such unix socket
    dead,       ///< nobody listens
    forbidden,  ///< this account may not connect
    silent,     ///< connected; no answer in time, or none of this protocol
  };
  End end = End::silent;
  std::uint32_t version = 0;  ///< of the protocol, as agreed
  std::string why;            ///< unless agreed: in the system's words
};

/// Connects to `spec` (unix:PATH, inet:PORT@HOST, inet6:PORT@HOST), agrees on the options as an MTA does
/// (SMFIC_OPTNEG), and says good-bye. Takes `time` at most. The milter sees a session without a client.
[[nodiscard]] Negotiation negotiate(const std::string& spec, std::chrono::milliseconds time);

}  // namespace ccgate
