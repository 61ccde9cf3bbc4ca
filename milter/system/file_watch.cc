#include "milter/system/file_watch.h"

#include <utility>

namespace ccgate {

bool FileWatch::look(const FileState& now) {
  if (now == known_) {
    seen_.reset();
    told_.reset();
    return false;
  }
  const bool still = seen_ == now;
  seen_ = now;
  return still;
}

void FileWatch::read(const FileState& state) {
  known_ = state;
  seen_.reset();
  told_.reset();
}

bool FileWatch::unreadable(const FileState& state, const std::string& why) {
  Failure failure{state, why};
  if (told_ == failure) return false;
  told_ = std::move(failure);
  return true;
}

}  // namespace ccgate
