#include "milter/store/sqlite_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace ccgate {

namespace {

FileId file_at(const std::string& path) {
  struct stat about {};
  return stat(path.c_str(), &about) == 0 ? FileId{about.st_dev, about.st_ino} : FileId{};
}

}  // namespace

void JournalFiles::note() {
  journal_ = now();
  index_ = file_at(path_ + "-shm");
}

bool JournalFiles::in_place() const {
  return (journal_ == FileId{} || now() == journal_) &&
         (index_ == FileId{} || file_at(path_ + "-shm") == index_);
}

FileId JournalFiles::now() const {
  return file_at(path_ + "-wal");
}

FolderLock::FolderLock(const std::string& path, Kind kind)
    : folder_(open(path.substr(0, path.rfind('/') + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  constexpr int kTries = 200;
  const int how = (kind == Kind::opening ? LOCK_SH : LOCK_EX) | LOCK_NB;
  for (int i = 0; folder_ >= 0 && !held_ && i < kTries; ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    held_ = flock(folder_, how) == 0;
  }
}

FolderLock::~FolderLock() {
  if (folder_ >= 0) close(folder_);
}

bool SqliteShare::enter() {
  const std::lock_guard lock(mutex_);
  if (gone_ && open_ > 0) return false;
  gone_ = false;
  ++open_;
  return true;
}

void SqliteShare::leave() noexcept {
  const std::lock_guard lock(mutex_);
  --open_;
}

void SqliteShare::journal_is_gone() noexcept {
  const std::lock_guard lock(mutex_);
  gone_ = true;
}

}  // namespace ccgate
