// milter/evidence/dmarc.cc
#include "milter/evidence/dmarc.h"

#include <algorithm>
#include <string>
#include <vector>

#include "policy/names/public_suffix.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

std::string record_name(const Domain& domain) {
  return "_dmarc." + domain.ascii();
}

/// One tag of a DMARC record; an absent `=` gives an empty value.
struct DmarcTag {
  std::string_view name;
  std::string_view value;
};

DmarcTag next_tag(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find(';'));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  const auto equals = part.find('=');
  if (equals == std::string_view::npos) return {trim(part), {}};
  return {trim(part.substr(0, equals)), trim(part.substr(equals + 1))};
}

}  // namespace

std::optional<AlignmentModes> parse_dmarc(std::string_view txt) {
  const DmarcTag version = next_tag(txt);
  if (!ascii_iequal(version.name, "v") || version.value != "DMARC1") return std::nullopt;
  AlignmentModes modes;
  unsigned adkim_seen = 0;
  unsigned aspf_seen = 0;
  const auto mode = [](std::string_view value) {
    return ascii_iequal(value, "s") ? AlignmentMode::strict : AlignmentMode::relaxed;
  };
  while (!txt.empty()) {
    const DmarcTag tag = next_tag(txt);
    if (ascii_iequal(tag.name, "adkim")) {
      modes.adkim = ++adkim_seen == 1 ? mode(tag.value) : AlignmentMode::relaxed;
    } else if (ascii_iequal(tag.name, "aspf")) {
      modes.aspf = ++aspf_seen == 1 ? mode(tag.value) : AlignmentMode::relaxed;
    }
  }
  return modes;
}

void prefetch_dmarc(const Domain& author_domain, DnsBatch& dns) {
  dns.prefetch(record_name(author_domain), RrType::txt);
  if (const auto organizational = organizational_domain(author_domain)) {
    dns.prefetch(record_name(*organizational), RrType::txt);
  }
}

AlignmentModes alignment_modes(const Domain& author_domain, DnsBatch& dns) {
  prefetch_dmarc(author_domain, dns);
  std::vector<Domain> asked{author_domain};
  const auto organizational = organizational_domain(author_domain);
  if (organizational && *organizational != author_domain) asked.push_back(*organizational);
  for (const Domain& domain : asked) {
    const auto answer = dns.get(record_name(domain), RrType::txt);
    if (answer->status == DnsAnswer::Status::temperror) {
      return {AlignmentMode::unknown, AlignmentMode::unknown};
    }
    std::optional<AlignmentModes> found;
    unsigned records = 0;
    for (const std::string& txt : answer->records) {
      if (const auto modes = parse_dmarc(txt)) {
        found = modes;
        ++records;
      }
    }
    if (records == 1) return *found;
    if (records > 1) return {};
  }
  return {};
}

}  // namespace ccgate
