// tests/fuzz/iana_reading.h: what has to be true of whatever IANA, or somebody in its place, answers.
#pragma once

#include <string_view>

#include "milter/iana/iana_record.h"

namespace ccgate::fuzz {

/// What is read is plain, and merged with what was known before it is contact data that can be read.
void check_reading(const Reading& reading, std::string_view answer);

}  // namespace ccgate::fuzz
