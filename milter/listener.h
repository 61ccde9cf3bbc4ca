// milter/listener.h: the socket that the MTA connects to, bound with the mode and group that it needs.
#pragma once

#include <optional>
#include <string>

#include "milter/descriptor.h"

namespace ccgate {

struct SocketRights {
  std::optional<unsigned> mode;
  std::string group;
};

/// A listening stream socket. A unix socket is removed with the object; a live one of another
/// process is never taken over, a stale one is.
class Listener {
 public:
  /// `spec`: unix:PATH, inet:PORT@HOST, inet6:PORT@HOST, fd:N. Throws std::runtime_error with a sentence that
  /// names the spec.
  Listener(const std::string& spec, const SocketRights& rights);
  ~Listener();
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;

  [[nodiscard]] int fd() const noexcept { return socket_.get(); }
  [[nodiscard]] const std::string& spec() const noexcept { return spec_; }
  /// Connects once and closes: wakes a listener that waits. Errors are of no interest.
  void poke() const noexcept;
  /// Removes the socket's name, so that no new client comes.
  void remove_name() noexcept;

 private:
  void take_over();
  void listen_at_port();
  void listen_at_path(const SocketRights& rights);

  std::string spec_;
  std::string path_;  // of a unix socket
  Descriptor socket_;
  Descriptor lock_;
};

}  // namespace ccgate
