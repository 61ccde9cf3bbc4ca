// milter/confine/landlock.h: what of the file system this process may still reach (Landlock, landlock(7)).
#pragma once

#include <string>
#include <vector>

namespace ccgate {

/// What may be done with everything below a path. Running a program is never among it, nor are devices.
enum class PathUse {
  read,
  device,  ///< read and write, of a file that is there already
  keep,    ///< read, write, make and remove plain files: a database
  bind,    ///< make and remove sockets
  spool,   ///< both, and folders: temporary files
};

struct PathRule {
  std::string path;  ///< absolute; `/` is never granted
  PathUse use = PathUse::read;
  friend bool operator==(const PathRule&, const PathRule&) = default;
};

struct LandlockScope {
  bool signals = false;           ///< only processes confined likewise, or further, can be sent signals
  bool abstract_sockets = false;  ///< the same for connections to unix sockets without a name in a folder
  bool ports = false;             ///< no TCP port can be bound by number
};

struct Landlock {
  int abi = 0;      ///< what is in force, up to 7; 0: nothing
  std::string why;  ///< 0: in the system's words; empty where the kernel has no Landlock
};

/// For the calling thread and all that it starts, for good: to be called while there is only one. All else
/// than `rules` fails with EACCES from now on; what is open stays so, and files can be looked at (stat) and
/// connected to as before. A path that is not there, or cannot be opened, grants nothing. Rights that the
/// kernel does not know yet are left as they are. It needs no_new_privs.
[[nodiscard]] Landlock restrict_files(const std::vector<PathRule>& rules, const LandlockScope& scope);

/// Whether what `rules` grant includes `wanted`, by their names.
[[nodiscard]] bool is_granted(const std::vector<PathRule>& rules, const PathRule& wanted);

}  // namespace ccgate
