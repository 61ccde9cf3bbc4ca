// policy/request/harmless.h: the commands of each list manager that let nobody in, one by one.
#pragma once

#include <optional>
#include <string_view>

#include "policy/names/list_addresses.h"
#include "policy/request/request_kind.h"

namespace ccgate {

/// What `line` asks when it is exactly one harmless command of the manager with exactly its arguments: ASCII,
/// any letter case, words between blanks. nullopt for everything else: another word, one argument more or
/// less, a code that is none, an argument that could itself be taken for a command that lets somebody in.
/// `plain` and `mlmmj` have no command lines.
[[nodiscard]] std::optional<RequestKind> harmless_command(Manager manager, std::string_view line);

/// As `harmless_command`, for a Subject: a confirmation may also stand behind one reply mark (`Re:` and its
/// translations), since the manager's own question makes people answer so.
[[nodiscard]] std::optional<RequestKind> harmless_subject_command(Manager manager, std::string_view subject);

/// The code of a confirmation: 4 to 64 hexadecimal digits. All four managers make theirs of these.
[[nodiscard]] bool is_code(std::string_view word) noexcept;

}  // namespace ccgate
