// milter/site/files.h: files read whole, and who could read them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ccgate {

/// The octets of `path` (`-`: standard input), at most `limit`. nullopt: `why` says so in the system's words.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path, std::size_t limit,
                                                   std::string& why);

[[nodiscard]] bool has_account(const std::string& user);
/// Why the account `user` could not read `path`, judged by owners and modes along the way; empty when it
/// could, or when there is no such account.
[[nodiscard]] std::string unreadable_for(const std::string& user, const std::string& path);

/// The paths that match a glob(7) pattern, sorted.
[[nodiscard]] std::vector<std::string> match_files(const std::string& pattern);

}  // namespace ccgate
