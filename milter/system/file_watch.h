// milter/system/file_watch.h: when a file that others write is to be read anew.
#pragma once

#include <optional>
#include <string>

#include "milter/system/files.h"

namespace ccgate {

/// Compares states of the file, seen at regular intervals. Touches no file and knows no clock.
class FileWatch {
 public:
  /// `known`: the state in which what is in force was read.
  explicit FileWatch(const FileState& known) : known_(known) {}

  /// One look. True: it is another file than the one read last, and has stood still since the look before, so
  /// that it is read once and whole though somebody may write it in place, and so that no write is missed for
  /// the coarse clock of a file system.
  [[nodiscard]] bool look(const FileState& now);
  /// The file was read in this state, and its content was taken or refused: not to be read again.
  void read(const FileState& state);
  /// It could not be read. True when that is news: another state, or another reason.
  [[nodiscard]] bool unreadable(const FileState& state, const std::string& why);

 private:
  struct Failure {
    FileState state;
    std::string why;
    friend bool operator==(const Failure&, const Failure&) = default;
  };
  FileState known_;
  std::optional<FileState> seen_;  // other than known_, at the look before
  std::optional<Failure> told_;
};

}  // namespace ccgate
