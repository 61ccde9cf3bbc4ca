// milter/system/files.h: files read whole, and found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ccgate {

/// The octets of `path` (`-`: standard input), at most `limit`. nullopt: `why` says so in the system's words.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path, std::size_t limit,
                                                   std::string& why);

/// What tells one state of a file from another without reading it. Equal: nobody has written it in between,
/// as far as the clock of the file system is fine enough.
struct FileState {
  bool exists = false;
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified = 0, changed = 0;  ///< nanoseconds since 1970 (mtime, ctime)
  friend bool operator==(const FileState&, const FileState&) = default;
};
/// Of what `path` leads to now. Looks at no octet of it.
[[nodiscard]] FileState file_state(const std::string& path) noexcept;
/// As read_file; `state` is that of exactly the octets read. A file that is written to at the same time is
/// read anew, and refused when that does not end. When it cannot be opened, `state` is what it seems to be.
[[nodiscard]] std::optional<std::string> read_whole_file(const std::string& path, std::size_t limit,
                                                         std::string& why, FileState& state);

/// Why this process could not run the program `path`; empty when it could.
[[nodiscard]] std::string unrunnable(const std::string& path);

/// `path` as named in `file`: relative paths are relative to its folder.
[[nodiscard]] std::string path_beside(const std::string& file, const std::string& path);

/// The paths that match a glob(7) pattern, sorted.
[[nodiscard]] std::vector<std::string> match_files(const std::string& pattern);

}  // namespace ccgate
