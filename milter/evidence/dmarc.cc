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

/// One record of a tree walk.
struct Step {
  Domain domain;
  DmarcRecord record;
};

std::size_t count_labels(const Domain& domain) {
  const std::string& name = domain.ascii();
  return static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')) + 1;
}

/// `domain` without labels at the left, until `labels` are left.
std::optional<Domain> cut_to(const Domain& domain, std::size_t labels) {
  std::string_view name = domain.ascii();
  for (std::size_t count = count_labels(domain); count > labels; --count)
    name.remove_prefix(name.find('.') + 1);
  return Domain::parse(name);
}

/// The names whose records count, the author domain first (RFC 9989 4.10).
std::vector<Domain> tree_walk(const Domain& author_domain) {
  constexpr std::size_t kLongest = 7;  // labels of all but the first
  std::vector<Domain> walk{author_domain};
  const auto organizational = organizational_domain(author_domain);
  if (!organizational || *organizational == author_domain) return walk;
  for (std::size_t labels = std::min(count_labels(author_domain) - 1, kLongest); labels > 0; --labels)
    if (const auto above = cut_to(author_domain, labels)) walk.push_back(*above);
  return walk;
}

/// Several are none.
std::optional<DmarcRecord> only_record(const std::vector<std::string>& texts) {
  std::optional<DmarcRecord> found;
  for (const std::string& txt : texts) {
    const auto record = parse_dmarc(txt);
    if (!record) continue;
    if (found) return std::nullopt;
    found = record;
  }
  return found;
}

/// RFC 9989 4.10.2. `found` is not empty; a psd= is told by the last one alone, since the walk stops there.
Domain organizational_of(const std::vector<Step>& found, const Domain& author_domain) {
  const Step& last = found.back();
  if (last.record.scope != DmarcScope::suffix || last.domain == author_domain) return last.domain;
  return cut_to(author_domain, count_labels(last.domain) + 1).value_or(author_domain);
}

/// True when a missing answer above changes nothing: the author's own record has the modes, and nothing above
/// the public suffix list's organizational domain makes alignment wider or narrower.
bool is_decided(const std::vector<Step>& found, const Domain& author_domain) {
  return !found.empty() && found.front().domain == author_domain &&
         found.back().domain == organizational_domain(author_domain);
}

/// What holds without the answers that are missing: only that strict is strict.
AlignmentModes while_open(const std::vector<Step>& found, const Domain& author_domain) {
  AlignmentModes modes{AlignmentMode::unknown, AlignmentMode::unknown};
  if (found.empty() || found.front().domain != author_domain) return modes;
  const AlignmentModes& own = found.front().record.modes;
  if (own.adkim == AlignmentMode::strict) modes.adkim = AlignmentMode::strict;
  if (own.aspf == AlignmentMode::strict) modes.aspf = AlignmentMode::strict;
  return modes;
}

}  // namespace

std::optional<DmarcRecord> parse_dmarc(std::string_view txt) {
  const DmarcTag version = next_tag(txt);
  if (!ascii_iequal(version.name, "v") || version.value != "DMARC1") return std::nullopt;
  DmarcRecord record;
  unsigned adkim_seen = 0;
  unsigned aspf_seen = 0;
  unsigned psd_seen = 0;
  const auto mode = [](std::string_view value) {
    return ascii_iequal(value, "s") ? AlignmentMode::strict : AlignmentMode::relaxed;
  };
  const auto scope = [](std::string_view value) {
    return ascii_iequal(value, "y")   ? DmarcScope::suffix
           : ascii_iequal(value, "n") ? DmarcScope::organizational
                                      : DmarcScope::untold;
  };
  while (!txt.empty()) {
    const DmarcTag tag = next_tag(txt);
    if (ascii_iequal(tag.name, "adkim")) {
      record.modes.adkim = ++adkim_seen == 1 ? mode(tag.value) : AlignmentMode::relaxed;
    } else if (ascii_iequal(tag.name, "aspf")) {
      record.modes.aspf = ++aspf_seen == 1 ? mode(tag.value) : AlignmentMode::relaxed;
    } else if (ascii_iequal(tag.name, "psd")) {
      record.scope = ++psd_seen == 1 ? scope(tag.value) : DmarcScope::untold;
    }
  }
  return record;
}

void prefetch_dmarc(const Domain& author_domain, DnsBatch& dns) {
  for (const Domain& domain : tree_walk(author_domain)) dns.prefetch(record_name(domain), RrType::txt);
}

DmarcAlignment dmarc_alignment(const Domain& author_domain, DnsBatch& dns) {
  prefetch_dmarc(author_domain, dns);
  std::vector<Step> found;
  bool open = false;
  for (const Domain& domain : tree_walk(author_domain)) {
    const auto answer = dns.get(record_name(domain), RrType::txt);
    open = answer->status == DnsAnswer::Status::temperror;
    if (open) break;
    const auto record = only_record(answer->records);
    if (record) found.push_back({domain, *record});
    if (record && record->scope != DmarcScope::untold) break;
  }
  if (open && !is_decided(found, author_domain)) return {while_open(found, author_domain), std::nullopt};
  if (found.empty()) return {};
  const Domain organizational = organizational_of(found, author_domain);
  const auto at = [&](const Domain& domain) {
    return std::find_if(found.begin(), found.end(), [&](const Step& step) { return step.domain == domain; });
  };
  auto policy = at(author_domain);
  if (policy == found.end()) policy = at(organizational);
  if (policy == found.end()) policy = found.end() - 1;
  return {policy->record.modes, organizational};
}

}  // namespace ccgate
