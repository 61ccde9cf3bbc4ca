// milter/mime/mime_gmime.cc: GMime decodes the encoded words of one header field (RFC 2047), and nothing
// else.
#include <gmime/gmime.h>

#include <memory>
#include <mutex>

#include "milter/mime/mime_parts.h"

namespace ccgate {

void init_mime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

}  // namespace ccgate
