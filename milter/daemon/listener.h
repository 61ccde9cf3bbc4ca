// milter/daemon/listener.h: the socket that the MTA connects to, bound with the mode and group that it needs.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <optional>
#include <string>

#include "milter/system/descriptor.h"
#include "milter/system/socket_address.h"

namespace ccgate {

struct SocketRights {
  std::optional<unsigned> mode;
  std::string group;
  bool is_public = false;  ///< other machines may reach it
};

/// A listening stream socket. The name of a unix socket is removed with the object; a live one of another
/// process is never taken over, a stale one is.
class Listener {
 public:
  /// `spec`: unix:PATH, inet:PORT@HOST, inet6:PORT@HOST, fd:N. Throws std::runtime_error with a sentence that
  /// names the spec.
  Listener(const std::string& spec, SocketRights rights);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// The same number for as long as the object lives, whatever becomes of the socket.
  [[nodiscard]] int fd() const noexcept { return socket_.get(); }
  [[nodiscard]] const std::string& spec() const noexcept { return spec_; }

  /// Connects once and closes, so that whoever accepts has something to do: by way of the file itself, not of
  /// its name, which may be gone. Any thread; never waits.
  void kick() const noexcept;

  /// The name of the unix socket leads to this socket no longer: it was removed, or replaced.
  [[nodiscard]] bool is_lost() const noexcept;
  /// Binds the name anew, under the same descriptor; who was connected stays so. Only for a socket that this
  /// object bound itself. Throws std::runtime_error as the constructor does.
  void bind_anew();

  /// From now on new clients are refused, or left to the next process where the socket was handed over. A
  /// unix socket only loses its name: who got into its queue before is still served.
  void refuse_new() noexcept;
  /// Closes this process's copy, and leaves the name to a process that has another.
  void leave_to_other() noexcept;
  /// How many connections, accepted or in the queue, are still open; nullopt: not known.
  [[nodiscard]] std::optional<int> open_connections() const;
  /// How many connections have said something that nobody has read yet; nullopt: not known.
  [[nodiscard]] std::optional<int> unread_connections() const;

 private:
  void take_over();
  void listen_at_port();
  void listen_at_path();
  Descriptor bind_path();
  void check_reach() const;
  void know_name(const std::string& path);
  void remove_name() noexcept;
  void wake_library(const SocketAddress& before) const noexcept;

  std::string spec_;
  SocketRights rights_;
  std::string path_;  // of a unix socket that was bound here
  Descriptor socket_, lock_;
  SocketAddress address_;  // where connections were and are accepted
  // What the name of a unix socket led to when it was bound or handed over.
  std::string watched_path_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  // Where kick() connects: the file behind `handle_`, for unix sockets.
  Descriptor handle_;
  mutable std::mutex mutex_;  // of target_
  SocketAddress target_;
};

}  // namespace ccgate
