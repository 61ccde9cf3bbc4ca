// policy/request/request_kind.h: what a mail can ask of a list manager.
#pragma once

#include "policy/text/enum_words.h"

namespace ccgate {

/// In rising order of privilege: the most privileged command found in a message counts.
enum class RequestKind { post, owner, other, confirm, unsubscribe, subscribe };
template <>
struct EnumWords<RequestKind> {
  using enum RequestKind;
  static constexpr auto table = word_table<RequestKind>({
      {post, "post"},
      {owner, "owner"},
      {other, "other"},
      {confirm, "confirm"},
      {unsubscribe, "unsubscribe"},
      {subscribe, "subscribe"},
  });
};

}  // namespace ccgate
