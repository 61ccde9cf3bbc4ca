// milter/session/mta_count.h: how many sessions and messages are under way.
#pragma once

#include "milter/session/mta.h"

namespace ccgate {

/// One session, counted for as long as it lives, and its message. One thread at a time.
class CountedSession {
 public:
  CountedSession() noexcept;
  ~CountedSession();
  CountedSession(const CountedSession&) = delete;
  CountedSession& operator=(const CountedSession&) = delete;

  void heard() noexcept;  ///< the MTA said something
  void message_begins() noexcept;
  void message_ends() noexcept;  ///< without effect when none is under way

 private:
  bool in_message_ = false;
};

[[nodiscard]] MtaLoad count_now() noexcept;

}  // namespace ccgate
