// tests/support/known_cctlds.h: ccTLDs for tests that read requests without contact data.
#pragma once

#include "policy/request/known_cctlds.h"

namespace ccgate::test {

/// xa to xe exist; no contact takes part.
inline KnownCcTlds known_cctlds() {
  return {[](const Domain& label) { return label.ascii() >= "xa" && label.ascii() <= "xe"; },
          [](const Domain&) { return false; }};
}

}  // namespace ccgate::test
