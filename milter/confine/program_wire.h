// milter/confine/program_wire.h: how a program that is to be run, and what came of it, are written between
// two processes of ours.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "milter/system/program.h"

namespace ccgate {

struct ProgramOrder {
  std::vector<std::string> argv;
  std::string input;
  ProgramLimits limits;
};

[[nodiscard]] std::string write_order(const std::vector<std::string>& argv, std::string_view input,
                                      const ProgramLimits& limits);
/// nullopt: it is none.
[[nodiscard]] std::optional<ProgramOrder> read_order(std::string_view text);

[[nodiscard]] std::string write_result(const ProgramResult& result);
[[nodiscard]] std::optional<ProgramResult> read_result(std::string_view text);

/// Longest text that is sent.
inline constexpr std::size_t kLongestWireText = std::size_t{64} * 1024 * 1024;
/// `text` with its length before it, over a stream socket. False when `end` came first, or the other is gone.
[[nodiscard]] bool send_text(int fd, std::string_view text, std::chrono::steady_clock::time_point end);
[[nodiscard]] std::optional<std::string> receive_text(int fd, std::chrono::steady_clock::time_point end);

}  // namespace ccgate
