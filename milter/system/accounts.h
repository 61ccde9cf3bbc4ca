// milter/system/accounts.h: accounts and groups of this machine, and what they may do with files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

/// The name of the account that runs this process; its number where it has none.
[[nodiscard]] std::string own_account();
[[nodiscard]] bool has_account(const std::string& user);
/// By any name.
[[nodiscard]] bool is_root(const std::string& user);
[[nodiscard]] bool has_group(const std::string& group);
/// Whether the account `user` is in `group`; false when one of them does not exist. The account of this
/// process has the groups of the process too, here and below.
[[nodiscard]] bool is_in_group(const std::string& user, const std::string& group);

// Judged by owners and modes along the way, for an account that exists: the reason why it may not, in words
// that go on after its name, as in "may not read /etc/x"; else empty. Also empty when there is no such path.

[[nodiscard]] std::string unreadable_for(const std::string& user, const std::string& path);
/// `path`: a folder.
[[nodiscard]] std::string no_place_for_files_of(const std::string& user, const std::string& path);
/// `path`: a file.
[[nodiscard]] std::string unwritable_for(const std::string& user, const std::string& path);
/// `path`: a unix socket.
[[nodiscard]] std::string unconnectable_for(const std::string& user, const std::string& path);
/// `path`: a program.
[[nodiscard]] std::string unrunnable_for(const std::string& user, const std::string& path);

/// The first part of `path`, from the root on, that everybody on this machine may write, or replace: the path
/// itself, or a folder above it without the sticky bit. nullopt: none, or there is no such path.
[[nodiscard]] std::optional<std::string> writable_by_all(const std::string& path);
/// The first that a group or everybody may write, the sticky bit notwithstanding.
[[nodiscard]] std::optional<std::string> writable_by_others(const std::string& path);

}  // namespace ccgate
