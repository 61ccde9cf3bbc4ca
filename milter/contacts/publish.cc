#include "milter/contacts/publish.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "milter/contacts/contacts_file.h"
#include "milter/contacts/history.h"
#include "milter/system/files.h"

namespace ccgate {
namespace {

constexpr int kKept = 10;

[[noreturn]] void fail(const std::string& what, const std::string& path) {
  throw std::runtime_error("cannot " + what + " " + path + ": " + std::strerror(errno));
}

/// An open file, with its name for what is said of it.
class File {
 public:
  File(const std::string& path, int flags, mode_t mode)
      : File(path, open(path.c_str(), flags | O_CLOEXEC, mode)) {}

  [[nodiscard]] int fd() const noexcept { return descriptor_.get(); }
  [[nodiscard]] Descriptor release() noexcept { return std::move(descriptor_); }
  void write_all(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = write(fd(), text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("write", path_);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() const {
    if (fsync(fd()) != 0) fail("sync", path_);
  }

 private:
  File(std::string path, int fd) : path_(std::move(path)), descriptor_(fd) {
    if (!descriptor_) fail("open", path_);
  }

  std::string path_;
  Descriptor descriptor_;
};

std::string folder_of(const std::string& file) {
  const auto folder = std::filesystem::path(file).parent_path();
  return folder.empty() ? "." : folder.string();
}

/// The names beside contacts.json can be foretold, whoever may write in the folder could have put links
/// there, and the run may be root's: none is followed.
File make_new(const std::string& path, int flags) {
  return {path, flags | O_CREAT | O_EXCL | O_NOFOLLOW, 0644};
}

/// What root makes is for the owner of the folder, whose run may be the next.
File open_or_make(const std::string& path, int flags) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 && errno == ENOENT) {
    File made = make_new(path, flags);
    if (geteuid() == 0 && stat(folder_of(path).c_str(), &status) == 0) {
      [[maybe_unused]] const int given = fchown(made.fd(), status.st_uid, status.st_gid);
    }
    return made;
  }
  File known(path, flags | O_NOFOLLOW | O_NONBLOCK, 0);
  if (fstat(known.fd(), &status) != 0) fail("open", path);
  if (!S_ISREG(status.st_mode) || status.st_nlink != 1)
    throw std::runtime_error("cannot use " + path + ": it is no file of its own; take it away");
  return known;
}

void append_history(const std::string& path, std::string_view lines) {
  if (lines.empty()) return;
  const File history = open_or_make(path, O_RDWR | O_APPEND);
  const off_t end = lseek(history.fd(), 0, SEEK_END);
  char last = '\n';
  if (end > 0 && pread(history.fd(), &last, 1, end - 1) != 1) fail("read", path);
  if (last != '\n') history.write_all("\n");
  history.write_all(lines);
  history.sync();
}

/// The rights of the file that is replaced; its owner and group where we may.
void take_rights(const File& next, const std::string& of) {
  struct stat old {};
  const bool known = stat(of.c_str(), &old) == 0;
  const bool owned = known || stat(folder_of(of).c_str(), &old) == 0;
  struct stat made {};
  if (fstat(next.fd(), &made) != 0) fail("set the rights of", of);
  const uid_t owner = geteuid() == 0 ? old.st_uid : made.st_uid;
  const bool wanted = owned && (geteuid() == 0 || known);
  // Not where it changes nothing: a cage may end a program that asks.
  if (wanted && (owner != made.st_uid || old.st_gid != made.st_gid)) {
    [[maybe_unused]] const int kept = fchown(next.fd(), owner, old.st_gid);
  }
  if (fchmod(next.fd(), known ? old.st_mode & 0777 : 0644) != 0) fail("set the rights of", of);
}

/// Not in its place yet: `file` is another one until the caller renames it.
void write_beside(const std::string& path, std::string_view text, const std::string& file) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) fail("remove", path);
  const File out = make_new(path, O_WRONLY);
  out.write_all(text);
  take_rights(out, file);
  out.sync();
}

std::string numbered(const std::string& file, int number) {
  return file + "." + std::to_string(number);
}

/// A second name for the file that is about to be replaced: its own is never missing.
void keep_old(const std::string& file) {
  for (int number = kKept - 1; number >= 1; --number)
    if (std::rename(numbered(file, number).c_str(), numbered(file, number + 1).c_str()) != 0 &&
        errno != ENOENT)
      fail("rename", numbered(file, number));
  if (link(file.c_str(), numbered(file, 1).c_str()) == 0 || errno == ENOENT) return;
  // A second name for somebody else's file is forbidden on most systems, and some file systems know none.
  std::string why;
  const auto text = read_file(file, kLargestContacts, why);
  if (!text) throw std::runtime_error("cannot keep " + file + ": " + why);
  const std::string copy = file + ".copy";
  write_beside(copy, *text, file);
  if (std::rename(copy.c_str(), numbered(file, 1).c_str()) != 0) fail("rename", copy);
}

/// Before anything is asked. A folder that cannot be used is what a first run meets; so it hears what to do.
void check_folder(const std::string& folder) {
  if (access(folder.c_str(), W_OK | X_OK) == 0) return;
  const int why = errno;
  std::string help;
  if (why == ENOENT)
    help = "create it, owned by the account of the daemon";
  else if (why == EROFS)
    help = "name a file in a folder that can be written, such as /var/lib/ccgate, in `contacts.file`";
  else if (why == EACCES)
    help = "run this as the account that the folder belongs to, as in `sudo -u ccgate`";
  throw std::runtime_error("cannot write in the folder " + folder + ": " + std::strerror(why) +
                           (help.empty() ? "" : "; " + help));
}

}  // namespace

ContactsFolder::ContactsFolder(std::string contacts_file) : file_(std::move(contacts_file)) {
  check_folder(folder_of(file_));
  const std::string path = file_ + ".lock";
  // For reading: a lock that another account's run left is as good.
  lock_ = open_or_make(path, O_RDONLY).release();
  if (flock(lock_.get(), LOCK_EX | LOCK_NB) == 0) return;
  if (errno == EWOULDBLOCK)
    throw std::runtime_error("another run is at work on " + file_ + " (it holds " + path + ")");
  fail("lock", path);
}

void ContactsFolder::publish(std::string_view text, std::string_view history) const {
  // First the history: a crash in between tells one change twice, which readers fold; the other way round it
  // would be lost.
  append_history(history_beside(file_), history);
  const std::string next = file_ + ".new";
  write_beside(next, text, file_);
  keep_old(file_);
  if (std::rename(next.c_str(), file_.c_str()) != 0) fail("rename", next);
  const File folder(std::filesystem::canonical(folder_of(file_)).string(), O_RDONLY | O_DIRECTORY, 0);
  folder.sync();
}

}  // namespace ccgate
