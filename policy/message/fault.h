// policy/message/fault.h: why a message is refused whatever the policy says.
#pragma once

#include <string>

namespace ccgate {

/// Why a built-in guard refuses a message (ccgate-policy(5), BUILT-IN GUARDS).
struct Fault {
  enum class Kind { malformed, over_limit, automatic };
  Kind kind = Kind::malformed;
  std::string why;  ///< one ASCII sentence without final period: what is wrong and what to do; echoes nothing
                    ///< of the message
};

}  // namespace ccgate
