// milter/system/replace_file.h: a file that is there as it was, or as it will be.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// Writes `text` beside `path` and puts it in its place by rename(2): nobody reads a part of it. Its rights
/// are those of the file that it replaces, or what the umask leaves. Empty when it is done; else why not, in
/// the system's words, with `path` as it was.
[[nodiscard]] std::string replace_file(const std::string& path, std::string_view text);

}  // namespace ccgate
