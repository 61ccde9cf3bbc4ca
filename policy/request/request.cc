// policy/request/request.cc: address, header, Subject and text of one message -> what it asks.
#include "policy/request/request.h"

#include <algorithm>

#include "policy/request/closed_set.h"
#include "policy/request/commands.h"
#include "policy/request/leave_wish.h"
#include "policy/request/named_cctlds.h"
#include "policy/text/lines.h"

namespace ccgate {
namespace {

void note_unknown(std::string_view place, std::size_t words, Request& request) {
  if (words == 0) return;
  request.unknown.push_back(std::to_string(words) + (words == 1 ? " word in " : " words in ") +
                            std::string(place) + (words == 1 ? " that is no ccTLD" : " that are no ccTLDs"));
}

/// Sources that each name something must name the same.
bool contradict(const std::set<Domain>& a, const std::set<Domain>& b) {
  return !a.empty() && !b.empty() && a != b;
}

struct TextFindings {
  NamedCcTlds named;
  std::vector<Person> people;
  bool doubtful_address = false;
};

TextFindings read_text(std::string_view text, std::string_view list_name) {
  TextFindings found;
  PeopleReader people;
  for (const std::string_view line : split_lines(text)) {
    if (const auto labelled = labelled_line(line)) {
      if (labelled->label == Label::cctlds) {
        read_cctld_list(labelled->value, found.named);
      } else {
        people.add(labelled->label, labelled->value);
      }
    } else {
      read_subscribe_line(line, list_name, found.named);
    }
  }
  found.people = people.finish();
  found.doubtful_address = people.doubtful_address();
  return found;
}

/// What people at a form address would take a mail for. They read any language and every line, so no list of
/// words can tell what they may take for a wish to join: whatever does not clearly and only ask to leave is
/// one.
RequestKind kind_for_people(const CommandAddress& command, const Words& words, const TextFindings& found,
                            bool cctlds_named) {
  const bool form =
      cctlds_named || !found.people.empty() || !found.named.cctlds.empty() || found.named.unknown > 0;
  const bool at_leave_address = command.at_least == RequestKind::unsubscribe;
  return !form && asks_only_to_leave(words, at_leave_address) ? RequestKind::unsubscribe
                                                              : RequestKind::subscribe;
}

}  // namespace

Request read_request(const ListAddresses& list, const CommandAddress& command, const Message& message,
                     const std::vector<HeaderField>& fields, const Words& words, bool use_text) {
  const std::string& list_name = list.address.folded_local();
  NamedCcTlds in_detail;
  NamedCcTlds in_subject;
  read_detail(command.detail, in_detail);
  read_subscribe_line(words.subject, list_name, in_subject);
  const TextFindings in_text = read_text(words.text, list_name);

  Request request;
  const Commands commands = read_commands(list, command, message, fields, words);
  request.kind = std::max(command.at_least, commands.kind);
  if (command.form) {
    const bool named = !in_detail.cctlds.empty() || !in_subject.cctlds.empty() || in_subject.unknown > 0;
    request.kind = std::max(request.kind, kind_for_people(command, words, in_text, named));
  }
  // A manager may well understand what we cannot.
  const bool blind = (!words.readable && (command.reads_body || command.form)) ||
                     (!words.subject_readable && command.reads_subject);
  // A wish to join at a leave address is more likely a signature.
  const bool asks = request.kind == RequestKind::subscribe && !command.reads_headers &&
                    command.at_least != RequestKind::unsubscribe;
  request.understood = asks || blind || is_harmless(list, command, message, fields, words);
  if (blind || !request.understood) request.kind = RequestKind::subscribe;

  note_unknown("the address", in_detail.unknown, request);
  note_unknown("the Subject", in_subject.unknown, request);
  request.contradiction = contradict(in_detail.cctlds, in_subject.cctlds);
  if (use_text) {
    note_unknown("the text", in_text.named.unknown, request);
    if (!words.readable && request.kind == RequestKind::subscribe) {
      request.unknown.push_back("the text cannot be read: " + words.why_unreadable);
    }
    request.contradiction |= contradict(in_detail.cctlds, in_text.named.cctlds);
    request.contradiction |= contradict(in_subject.cctlds, in_text.named.cctlds);
    request.cctlds = in_text.named.cctlds;
    request.form = completeness(in_text.people);
  }
  request.cctlds.merge(in_detail.cctlds);
  request.cctlds.merge(in_subject.cctlds);

  // Who is to be subscribed, and how many, counts even where the text is not authentic: the list manager
  // reads it, and leaving a field unsigned must be to nobody's advantage.
  request.people = in_text.people;
  const auto is_other = [&](const Person& person) { return person.email && *person.email != message.author; };
  request.others_unnamed =
      blind || !request.understood || commands.subscribes_other || in_text.doubtful_address;
  request.subscribes_author = !request.others_unnamed && std::ranges::none_of(in_text.people, is_other);
  request.by_manager = !command.form;
  return request;
}

}  // namespace ccgate
