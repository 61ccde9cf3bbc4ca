// policy/request/blank_values.h: values of a form that leave a place blank.
#pragma once

#include <string_view>

namespace ccgate {

/// `___`, `...`, `-`: neither a letter of any script nor a digit.
[[nodiscard]] bool is_blank_place(std::string_view value) noexcept;

/// Words of a table that say that there is nothing (`none`, `n/a`, `keine`), in the languages of the form,
/// and no other. `cctld_too`: also those that are a ccTLD (`no`, `na`), for places where none of them can be.
[[nodiscard]] bool says_none(std::string_view value, bool cctld_too = false);

}  // namespace ccgate
