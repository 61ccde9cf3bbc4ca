// tests/support/values.h: values of the policy from what a test writes. What cannot be read ends the test.
#pragma once

#include <string_view>

#include "policy/names/cctld.h"
#include "policy/registry/registry.h"

namespace ccgate::test {

inline Address address(std::string_view text) {
  return Address::parse(text).value();
}

inline Domain domain(std::string_view text) {
  return Domain::parse(text).value();
}

/// Since when it is the contact, nobody knows.
inline Contact contact(std::string_view email) {
  return {address(email), "", std::nullopt, std::nullopt};
}

inline CcTld cctld(std::string_view label, std::string_view admin, std::string_view tech = "") {
  CcTld one{parse_cctld(label).value(), {}, "", std::nullopt, std::nullopt, "", false};
  if (!admin.empty()) one.contacts.emplace(Role::admin, contact(admin));
  if (!tech.empty()) one.contacts.emplace(Role::tech, contact(tech));
  return one;
}

}  // namespace ccgate::test
