// milter/doctor/postfix_setup.h: what postconf(1) prints -> how Postfix is set up. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// One service of master.cf.
struct PostfixService {
  std::string name, type;  ///< `smtp`, `inet`
  bool chroot = false;
  std::string command;                           ///< its first word: `smtpd`
  std::map<std::string, std::string> overrides;  ///< of its `-o` options

  [[nodiscard]] std::string label() const { return name + "/" + type; }
  /// Other machines may reach it, by itself or through postscreen(8).
  [[nodiscard]] bool is_public() const;
};

struct PostfixSetup {
  std::map<std::string, std::string> main;  ///< parameters, with `$name` expanded
  std::vector<PostfixService> services;

  /// As `service` has it; empty for what nobody names.
  [[nodiscard]] std::string of(const PostfixService& service, const std::string& parameter) const;
  [[nodiscard]] std::string of_main(const std::string& parameter) const;
};

/// From what `postconf -x NAME...`, `postconf -M` and `postconf -Px` print; lines that are neither, such as
/// warnings, are passed over.
[[nodiscard]] PostfixSetup read_postfix_setup(std::string_view main, std::string_view services,
                                              std::string_view overrides);

/// The elements of a list of postconf(5): apart by blanks and commas; one in braces is one, without them.
[[nodiscard]] std::vector<std::string> postfix_list(std::string_view text);

/// One of smtpd_milters.
struct PostfixMilter {
  std::string where;                            ///< `unix:ccgate/ccgate.sock`
  std::map<std::string, std::string> settings;  ///< in braces: default_action, protocol, ...
};
[[nodiscard]] std::vector<PostfixMilter> postfix_milters(std::string_view text);

}  // namespace ccgate
