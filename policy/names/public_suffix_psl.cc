// The public suffix list as libpsl carries it: built in, so that no file is read.
#include <libpsl.h>

#include <cstring>

#include "policy/names/public_suffix.h"

namespace ccgate {

bool is_public_suffix(const Domain& domain) {
  return psl_is_public_suffix(psl_builtin(), domain.ascii().c_str()) != 0;
}

std::optional<Domain> organizational_domain(const Domain& domain) {
  const char* registrable = psl_registrable_domain(psl_builtin(), domain.ascii().c_str());
  return registrable != nullptr ? Domain::parse(registrable) : std::nullopt;
}

}  // namespace ccgate
