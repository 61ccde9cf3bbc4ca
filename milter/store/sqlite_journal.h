// milter/store/sqlite_journal.h: the files beside an SQLite file, and what happens when they are taken away.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <mutex>
#include <string>

namespace ccgate {

/// Which file has a name; 0, 0: none.
struct FileId {
  dev_t device = 0;
  ino_t number = 0;
  friend bool operator==(const FileId&, const FileId&) = default;
};

/// Journal (`-wal`) and its index (`-shm`) of one connection. SQLite does not look whether they have been
/// removed: it goes on in files without a name, and whoever opens the database next does not see what they
/// hold.
class JournalFiles {
 public:
  explicit JournalFiles(std::string path) : path_(std::move(path)) {}
  /// Those that are there now are those that the connection has open.
  void note();
  /// They still have their names; nothing is out of place before `note`.
  [[nodiscard]] bool in_place() const;
  [[nodiscard]] FileId noted() const noexcept { return journal_; }
  /// The journal that is there now.
  [[nodiscard]] FileId now() const;

 private:
  std::string path_;
  FileId journal_, index_;
};

/// Connections are opened, by whatever process of ours, or an old journal is put away, never both at a time.
/// The folder is locked: closing a descriptor of the file itself would give up the locks of SQLite.
class FolderLock {
 public:
  enum class Kind { opening, putting_away };
  /// `path`: of the file. Whoever may read the folder may lock it: so it is waited for a second at most.
  FolderLock(const std::string& path, Kind kind);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  [[nodiscard]] bool held() const noexcept { return held_; }

 private:
  int folder_;
  bool held_ = false;
};

/// What the connections of one process to one file have in common: when its journal was taken away, none is
/// opened before all that had the old one are closed. Two journals at a time damage the file. Thread-safe.
class SqliteShare {
 public:
  /// False: not yet.
  [[nodiscard]] bool enter();
  void leave() noexcept;
  void journal_is_gone() noexcept;

 private:
  std::mutex mutex_;
  std::size_t open_ = 0;
  bool gone_ = false;
};

}  // namespace ccgate
