#include "milter/report/report_words.h"

#include <fmt/core.h>

#include "milter/notice/plain_text.h"

namespace ccgate {

std::string share_text(const Share& share) {
  return fmt::format("{} of {}", share.on, share.of);
}

std::string people_text(std::size_t people) {
  return people == 1 ? "1 person" : fmt::format("{} people", people);
}

std::string dotted_label(const Domain& cctld) {
  return "." + cctld.unicode();
}

std::vector<std::string> shown_marks(const Standing& standing, bool people) {
  if (people) return mark_words(standing);
  Standing nameless = standing;
  nameless.ended_by = nameless.ended_by.substr(0, nameless.ended_by.find(':'));
  return mark_words(nameless);
}

std::string comma_list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string brief(std::string_view text) {
  constexpr std::size_t kLongest = 400;  // characters
  return clean_value(text, kLongest);
}

std::string meaning(CoverageState state) {
  switch (state) {
    case CoverageState::member:
      return "somebody is on the list for it";
    case CoverageState::declined:
      return "they said that they will not come";
    case CoverageState::in_progress:
      return "its contact has been asked, or a request was held or put off in the last 14 days";
    case CoverageState::refused:
      return "its newest request in 90 days was refused";
    case CoverageState::lapsed:
      return "somebody was on the list for it";
    case CoverageState::invited:
      return "its contact was invited, and nothing came of it yet";
    case CoverageState::uninvited:
      break;
  }
  return "nobody has written to it yet";
}

std::string meaning(CoverageMark mark) {
  switch (mark) {
    case CoverageMark::overdue:
      return "its contact did not answer in time whether these are still the right people";
    case CoverageMark::unchecked:
      return "no contact ever stood for one of its people";
    case CoverageMark::bouncing:
      return "mail to one of its people comes back";
    case CoverageMark::one_person:
      return "there is nobody else when this one is away";
    case CoverageMark::own_tld_only:
      return "nobody has an address outside of the ccTLD, for the day it is down";
    case CoverageMark::over_quota:
      return "there are more people than the list takes for one ccTLD";
    case CoverageMark::not_on_list:
      return "one of its people did not answer the list manager, and gets no mail";
    case CoverageMark::asked:
      return "its contact has been asked";
    case CoverageMark::held:
      return "the request waits for the mail administrator";
    case CoverageMark::unproven:
      return "nobody knows whether the registry wrote that: neither DKIM nor SPF says so";
    case CoverageMark::bounced:
      return "the address that IANA lists takes no mail";
    case CoverageMark::no_contact:
      break;
  }
  return "nobody is known who could be written to";
}

std::string region_name(Region region) {
  switch (region) {
    case Region::africa:
      return "Africa";
    case Region::asia_pacific:
      return "Asia, Australia and Pacific";
    case Region::europe:
      return "Europe";
    case Region::latin_america:
      return "Latin America and Caribbean";
    case Region::north_america:
      break;
  }
  return "North America";
}

}  // namespace ccgate
