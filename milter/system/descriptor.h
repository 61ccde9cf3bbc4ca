// milter/system/descriptor.h: a file descriptor that is closed with its owner.
#pragma once

#include <unistd.h>

#include <utility>

namespace ccgate {

class Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  [[nodiscard]] int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }
  /// Closed at once.
  void reset() noexcept { *this = Descriptor(); }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor reader, writer;
  explicit operator bool() const noexcept { return reader && writer; }
};
/// Both ends are closed on exec. When there is none, errno says why.
[[nodiscard]] Pipe open_pipe() noexcept;

}  // namespace ccgate
