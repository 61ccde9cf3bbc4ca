#include "milter/contacts/contacts_watch.h"

#include <utility>

namespace ccgate {

bool ContactsWatch::look(const FileState& now) {
  if (now == known_) {
    seen_.reset();
    told_.reset();
    return false;
  }
  const bool still = seen_ == now;
  seen_ = now;
  return still;
}

void ContactsWatch::read(const FileState& state) {
  known_ = state;
  seen_.reset();
  told_.reset();
}

bool ContactsWatch::unreadable(const FileState& state, const std::string& why) {
  Failure failure{state, why};
  if (told_ == failure) return false;
  told_ = std::move(failure);
  return true;
}

}  // namespace ccgate
