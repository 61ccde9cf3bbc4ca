#include "milter/coverage/follow_ups.h"

#include <algorithm>

#include "milter/coverage/member_marks.h"
#include "policy/verdict/advice.h"

namespace ccgate {
namespace {

/// Who and what a row is about, in words.
struct Names {
  std::string author, contact, cctld, rule;
};

std::string filled(std::string_view text, const Names& names) {
  const std::pair<std::string_view, const std::string*> all[] = {{"{author}", &names.author},
                                                                 {"{contact}", &names.contact},
                                                                 {"{tld}", &names.cctld},
                                                                 {"{rule}", &names.rule}};
  std::string out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    const auto* found = std::find_if(std::begin(all), std::end(all),
                                     [&](const auto& each) { return text.starts_with(each.first); });
    if (found != std::end(all)) {
      out += *found->second;
      text.remove_prefix(found->first.size());
    } else if (!text.empty()) {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string whom_text(Whom whom, const Names& names) {
  switch (whom) {
    case Whom::author:
    case Whom::member:
      return names.author;
    case Whom::author_mail_admin:
      return "the mail administrator of " + names.author;
    case Whom::registry:
      return "the registry of ." + names.cctld;
    case Whom::list_operator:
      return "the list operator";
    case Whom::mail_admin:
      return "our mail administrator";
    case Whom::nobody:
      break;
  }
  return "nobody";
}

void advise(FollowUp& row, const Advice& advice, const Names& names) {
  row.why = filled(advice.why, names);
  for (const Advice::Tell& tell : advice.tell)
    row.tell.push_back({whom_text(tell.whom, names), filled(tell.what, names)});
}

class FollowUps {
 public:
  FollowUps(const Coverage& coverage, const CoverageInput& input, bool people)
      : coverage_(coverage), people_(people), roster_seen_(roster_seen_at(input.members, coverage.at)) {}

  [[nodiscard]] std::vector<FollowUp> make() {
    for (const CoveredCcTld& each : coverage_.cctlds) add(each);
    return std::move(rows_);
  }

 private:
  void add(const CoveredCcTld& cctld) {
    const Standing& standing = cctld.standing;
    const bool bounced = standing.marks.contains(CoverageMark::bounced);
    if (standing.state == CoverageState::refused || standing.state == CoverageState::in_progress)
      add_request(cctld);
    else if (standing.state == CoverageState::invited && bounced)
      add_row(cctld, Setback::bounced, names(cctld, ""));
    for (const Member& member : cctld.members)
      if (is_not_on_list(member, roster_seen_, coverage_.at))
        add_row(cctld, Setback::not_on_list, names(cctld, member.email));
  }

  void add_request(const CoveredCcTld& cctld) {
    const Standing& standing = cctld.standing;
    std::optional<Advice> found;
    if (const auto ground = parse_word<Ground>(standing.ground)) found = advice(*ground);
    if (const auto setback = parse_word<Setback>(standing.ground)) found = advice(*setback);
    if (!found) found = advice(Ground::rule);  // held though a rule would accept, or an older word
    FollowUp row = begun(cctld, standing.ground);
    advise(row, *found, names(cctld, standing.author));
    rows_.push_back(std::move(row));
  }

  void add_row(const CoveredCcTld& cctld, Setback setback, const Names& names) {
    FollowUp row = begun(cctld, std::string(to_string(setback)));
    advise(row, advice(setback), names);
    rows_.push_back(std::move(row));
  }

  [[nodiscard]] static FollowUp begun(const CoveredCcTld& cctld, std::string ground) {
    const Standing& standing = cctld.standing;
    return {cctld.label,
            cctld.region,
            standing.state,
            standing.since,
            std::move(ground),
            standing.marks.contains(CoverageMark::unproven),
            standing.decision_id,
            "",
            {}};
  }

  [[nodiscard]] Names names(const CoveredCcTld& cctld, const std::string& person) const {
    Names names;
    const bool member = cctld.standing.state == CoverageState::member;
    const char* what = member ? "the member" : "the author";
    names.author = people_ && !person.empty() ? person : what;
    names.contact = people_ && !cctld.contact.empty() ? cctld.contact : "the admin contact";
    names.cctld = cctld.label.unicode();
    names.rule = cctld.standing.rule;
    return names;
  }

  const Coverage& coverage_;
  const bool people_;
  const std::int64_t roster_seen_;
  std::vector<FollowUp> rows_;
};

}  // namespace

std::vector<FollowUp> follow_ups(const Coverage& coverage, const CoverageInput& input, bool people) {
  return FollowUps(coverage, input, people).make();
}

}  // namespace ccgate
