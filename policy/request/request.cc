// policy/request/request.cc: address, header, Subject and text of one message -> what it asks.
#include "policy/request/request.h"

#include <algorithm>

#include "policy/leave/leave_wish.h"
#include "policy/request/cctld_list.h"
#include "policy/request/closed_set.h"
#include "policy/request/commands.h"
#include "policy/request/form_labels.h"
#include "policy/request/request_text.h"
#include "policy/request/seen_by_people.h"
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

NamedCcTlds read_subject(std::string_view subject, const ReadingPlace& place) {
  NamedCcTlds named;
  const std::string seen = as_seen(subject);
  const auto labelled = labelled_line(strip_reply_prefixes(seen));
  if (labelled && labelled->label == Label::cctlds) {
    read_cctld_list(labelled->value, place.known, named);
  } else {
    read_subject_line(subject, place, named);
  }
  return named;
}

/// Whether a form, or a signature with labels, names somebody besides the author's address.
bool names_people(const std::vector<Person>& people, const Address& author) {
  return std::ranges::any_of(people, [&](const Person& person) {
    return !person.name.empty() || (person.email && *person.email != author);
  });
}

/// What people at a form address would take a mail for. They read any language and every line, so no list of
/// words can tell what they may take for a wish to join: whatever does not clearly and only ask to leave is
/// one.
RequestKind kind_for_people(const ListAddresses& list, const CommandAddress& command, const Words& words,
                            const Address& author, const TextFindings& found, bool cctlds_named) {
  const bool form = cctlds_named || names_people(found.people, author) || !found.named.cctlds.empty() ||
                    found.named.unknown > 0;
  const bool at_leave_address = command.at_least == RequestKind::unsubscribe;
  const bool leaves = !form && asks_only_to_leave(words, author, list, at_leave_address);
  return leaves ? RequestKind::unsubscribe : RequestKind::subscribe;
}

/// Text that is not authentic names nothing: its ccTLDs only add to those that are named elsewhere.
void add_seen(SeenByPeople seen, const TextFindings& in_text, bool use_text, Request& request) {
  if (!use_text) seen.cctlds.insert(in_text.named.cctlds.begin(), in_text.named.cctlds.end());
  const bool besides = !use_text && request.cctlds.empty();
  (besides ? request.cctlds_besides : request.cctlds).merge(seen.cctlds);
  if (!seen.others) return;
  request.others_unnamed = request.people_unknown = true;
  request.subscribes_author = false;
}

}  // namespace

Request read_request(const ListAddresses& list, const CommandAddress& command, const Message& message,
                     const std::vector<HeaderField>& fields, const Words& words, bool use_text,
                     const KnownCcTlds& known) {
  const ReadingPlace place{list.address.folded_local(), list.manager, known, command.form};
  NamedCcTlds in_detail;
  read_detail(command.detail, in_detail);
  NamedCcTlds in_subject = read_subject(words.subject, place);
  const TextFindings in_text = read_request_text(words.as_shown(), place);

  Request request;
  const Commands commands = read_commands(list, command, message, fields, words);
  request.kind = std::max(command.at_least, commands.kind);
  if (command.form) {
    const bool named = !in_detail.cctlds.empty() || !in_subject.cctlds.empty() || in_subject.unknown > 0;
    request.kind =
        std::max(request.kind, kind_for_people(list, command, words, message.author, in_text, named));
  }
  // A manager may well understand what we cannot.
  const bool text_counts = command.reads_body || command.form;
  // Beside a wish to leave, and a form that is filled in, a picture is a logo; else it may be what is said.
  const bool speaks = request.kind != RequestKind::subscribe || completeness(in_text.people) == Form::full;
  const bool pictures = command.form && words.pictures && !speaks;
  const bool unread = pictures || (text_counts && !words.unread.empty());
  const bool blind = (!words.readable && text_counts) || (!words.subject_readable && command.reads_subject);
  // A wish to join at a leave address is more likely a signature.
  const bool asks = request.kind == RequestKind::subscribe && !command.reads_headers &&
                    command.at_least != RequestKind::unsubscribe;
  request.understood = asks || blind || (unread && command.form) ||
                       (!unread && is_harmless(list, command, message, fields, words));
  if (blind || unread || !request.understood) request.kind = RequestKind::subscribe;
  request.people_unknown = unread || (!words.readable && text_counts);

  note_unknown("the address", in_detail.unknown, request);
  note_unknown("the Subject", in_subject.unknown, request);
  request.unknown_word = in_subject.first_unknown;
  request.contradiction = contradict(in_detail.cctlds, in_subject.cctlds);
  if (use_text) {
    note_unknown("the text", in_text.named.unknown, request);
    if (request.unknown_word.empty()) request.unknown_word = in_text.named.first_unknown;
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
      blind || unread || !request.understood || commands.subscribes_other || in_text.doubtful_address;
  // What is struck out, or hard to see, may be meant or not.
  request.others_unnamed |= command.form && words.hidden;
  request.subscribes_author = !request.others_unnamed && std::ranges::none_of(in_text.people, is_other);
  request.by_manager = !command.form;
  if (command.form && request.kind == RequestKind::subscribe) {
    add_seen(seen_by_people(words, message, list, in_text.people, known), in_text, use_text, request);
    request.asks_to_leave = asks_also_to_leave(words, message.author, list);
  }
  return request;
}

}  // namespace ccgate
