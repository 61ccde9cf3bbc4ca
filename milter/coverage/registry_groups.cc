#include "milter/coverage/registry_groups.h"

#include <map>
#include <numeric>

namespace ccgate {
namespace {

/// Disjoint sets of the numbers 0 to n - 1.
class Sets {
 public:
  explicit Sets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0U); }
  [[nodiscard]] std::size_t find(std::size_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void join(std::size_t one, std::size_t other) { parent_[find(one)] = find(other); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

const Contact* admin_contact(const Directory& directory, const Domain& cctld) {
  const CcTld* known = directory.find(cctld);
  if (known == nullptr || known->unusable) return nullptr;
  const auto admin = known->contacts.find(Role::admin);
  return admin == known->contacts.end() ? nullptr : &admin->second;
}

std::vector<std::set<Domain>> covered_together(const RegistryOverrides& overrides) {
  std::vector<std::set<Domain>> together;
  for (const auto& [key, registry] : overrides.registries) {
    std::set<Domain> all = registry.covers;
    all.insert(key);
    if (all.size() > 1) together.push_back(std::move(all));
  }
  return together;
}

std::vector<std::size_t> registry_groups(const std::vector<Domain>& labels, const Directory& directory,
                                         const std::vector<std::set<Domain>>& covers) {
  Sets sets(labels.size());
  std::map<Address, std::size_t> by_admin;
  std::map<Domain, std::size_t> position;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    position.emplace(labels[i], i);
    const Contact* admin = admin_contact(directory, labels[i]);
    if (admin != nullptr) sets.join(i, by_admin.emplace(admin->email, i).first->second);
  }
  for (const std::set<Domain>& together : covers) {
    std::size_t first = labels.size();
    for (const Domain& label : together) {
      const auto found = position.find(label);
      if (found == position.end()) continue;
      if (first == labels.size())
        first = found->second;
      else
        sets.join(found->second, first);
    }
  }
  std::map<std::size_t, std::size_t> numbers;
  std::vector<std::size_t> groups;
  groups.reserve(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i)
    groups.push_back(numbers.emplace(sets.find(i), numbers.size()).first->second);
  return groups;
}

}  // namespace ccgate
