#include "milter/site/config_hooks.h"

#include <fmt/core.h>

#include <string_view>

#include "milter/system/files.h"

namespace ccgate {
namespace {

void read_hook(const YamlMap& hooks, std::string_view key, const std::string& file,
               std::vector<std::string>& argv) {
  const YamlNode* node = hooks.get(key);
  if (node == nullptr) return;
  argv = hooks.texts(key, true);
  const bool of_site = hooks.path() == "hooks";
  if (!argv.empty())
    argv.front() = path_beside(file, argv.front());
  else if (of_site && node->kind == YamlNode::Kind::sequence && node->items.empty())
    hooks.sink().error(node->at, fmt::format("`{}` is empty", key), "write the program and its arguments");
}

}  // namespace

void read_hooks(const YamlMap& map, const std::string& file, Hooks& hooks) {
  read_hook(map, "accepted", file, hooks.accepted);
  read_hook(map, "objected", file, hooks.objected);
  read_hook(map, "removed", file, hooks.removed);
}

std::vector<std::vector<std::string>> programs_of(const Hooks& hooks) {
  std::vector<std::vector<std::string>> all;
  for (const auto* argv : {&hooks.accepted, &hooks.objected, &hooks.removed})
    if (!argv->empty()) all.push_back(*argv);
  return all;
}

}  // namespace ccgate
