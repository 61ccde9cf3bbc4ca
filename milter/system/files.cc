#include "milter/system/files.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "milter/system/descriptor.h"

namespace ccgate {
namespace {

std::int64_t nanoseconds(const timespec& time) noexcept {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return std::int64_t{time.tv_sec} * kSecond + time.tv_nsec;
}

FileState state_of(const struct stat& status) noexcept {
  return {true,
          status.st_dev,
          status.st_ino,
          static_cast<std::uint64_t>(status.st_size),
          nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim)};
}

/// `expected`: how many octets there may be, so that a large file is not moved about while it grows.
std::optional<std::string> read_all(int fd, std::size_t limit, std::string& why, std::size_t expected = 0) {
  std::string text;
  text.reserve(std::min(expected, limit));
  std::vector<char> chunk(65536);
  ssize_t got = 0;
  while ((got = read(fd, chunk.data(), chunk.size())) > 0 && text.size() <= limit)
    text.append(chunk.data(), static_cast<std::size_t>(got));
  if (got < 0) {
    why = std::strerror(errno);
    return std::nullopt;
  }
  if (text.size() > limit) {
    why = "larger than " + std::to_string(limit) + " bytes";
    return std::nullopt;
  }
  return text;
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, std::size_t limit, std::string& why) {
  const Descriptor file(path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    why = std::strerror(errno);
    return std::nullopt;
  }
  return read_all(file.get(), limit, why);
}

FileState file_state(const std::string& path) noexcept {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? state_of(status) : FileState{};
}

std::optional<std::string> read_whole_file(const std::string& path, std::size_t limit, std::string& why,
                                           FileState& state) {
  constexpr int kTries = 3;
  for (int i = 0; i < kTries; ++i) {
    // Without a wait for whoever might write into a pipe: the daemon reads while it runs.
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) {
      why = std::strerror(errno);
      state = file_state(path);
      return std::nullopt;
    }
    // Taken before the first octet is read: whatever is written from here on makes another state.
    struct stat before {
    }, after{};
    const bool known = fstat(file.get(), &before) == 0;
    state = state_of(before);
    if (known && !S_ISREG(before.st_mode)) {
      why = S_ISDIR(before.st_mode) ? std::strerror(EISDIR) : "it is no file";
      return std::nullopt;
    }
    auto text = read_all(file.get(), limit, why, known ? static_cast<std::size_t>(before.st_size) : 0);
    const bool steady = known && fstat(file.get(), &after) == 0 && state_of(after) == state;
    if (!text || steady) return text;
  }
  why = "it is being written to";
  return std::nullopt;
}

std::string unrunnable(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return "it is no file";
  return access(path.c_str(), X_OK) == 0 ? "" : std::strerror(errno);
}

std::string path_beside(const std::string& file, const std::string& path) {
  return (std::filesystem::path(file).parent_path() / path).string();
}

std::vector<std::string> match_files(const std::string& pattern) {
  glob_t found{};
  std::vector<std::string> paths;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  return paths;
}

}  // namespace ccgate
