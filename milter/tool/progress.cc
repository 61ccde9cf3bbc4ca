#include "milter/tool/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace ccgate {
namespace {

std::string time_left(std::chrono::seconds left) {
  const auto all = left.count();
  if (all < 60) return std::to_string(all) + " s";
  return std::to_string(all / 60) + " min " + std::to_string(all % 60) + " s";
}

std::size_t columns() {
  winsize size{};
  constexpr std::size_t kUsual = 80;
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsual;
}

}  // namespace

std::string progress_line(std::size_t done, std::size_t all, const std::string& at,
                          std::chrono::seconds elapsed, std::size_t width) {
  constexpr std::size_t kCells = 30;
  const std::size_t full = all == 0 ? kCells : done * kCells / all;
  std::string line = "[" + std::string(full, '#') + std::string(kCells - full, '.') + "] " +
                     std::to_string(done) + "/" + std::to_string(all) + " " + at;
  if (done > 0 && done < all) {
    const auto left =
        std::chrono::seconds{elapsed.count() * static_cast<long>(all - done) / static_cast<long>(done)};
    line += ", about " + time_left(left) + " left";
  }
  return line.substr(0, width);
}

ProgressBar::ProgressBar(std::size_t all) : all_(all), start_(std::chrono::steady_clock::now()) {
  const char* term = std::getenv("TERM");
  terminal_ = isatty(STDERR_FILENO) == 1 && (term == nullptr || std::string_view(term) != "dumb");
}

ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::show(std::size_t done, const std::string& at) {
  if (!terminal_) return;
  const auto elapsed =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_);
  const std::string line = "\r\033[K" + progress_line(done, all_, at, elapsed, columns() - 1);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

void ProgressBar::clear() {
  if (!terminal_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
}

}  // namespace ccgate
