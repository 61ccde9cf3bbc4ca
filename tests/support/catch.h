// tests/support/catch.h: Catch2, version 2 or 3, under one name.
#pragma once

#include <string>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#define CCGATE_CATCH_CONTAINS Catch::Matchers::ContainsSubstring
#else
#include <catch2/catch.hpp>
#define CCGATE_CATCH_CONTAINS Catch::Matchers::Contains
#endif

namespace ccgate {

/// Matches a text that holds `part`: the two versions call it differently.
inline auto contains(const std::string& part) {
  return CCGATE_CATCH_CONTAINS(part);
}

}  // namespace ccgate

#undef CCGATE_CATCH_CONTAINS
