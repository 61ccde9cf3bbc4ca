#include "milter/coverage/follow_ups.h"

#include <algorithm>

#include "milter/coverage/member_marks.h"
#include "policy/verdict/advice.h"

namespace ccgate {
namespace {

std::string whom_text(Whom whom, const AdviceNames& names) {
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

void advise(FollowUp& row, const Advice& advice, const AdviceNames& names) {
  row.why = advice_text(advice.why, names);
  for (const Advice::Tell& tell : advice.tell)
    row.tell.push_back({whom_text(tell.whom, names), advice_text(tell.what, names)});
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
    FollowUp row = begun(cctld, standing.ground);
    advise(row, advice_of(standing.ground), names(cctld, standing.author));
    rows_.push_back(std::move(row));
  }

  void add_row(const CoveredCcTld& cctld, Setback setback, const AdviceNames& names) {
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

  [[nodiscard]] AdviceNames names(const CoveredCcTld& cctld, const std::string& person) const {
    AdviceNames names;
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
