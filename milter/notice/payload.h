// milter/notice/payload.h: the JSON in tasks and ledger entries that notices are made from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "milter/texts/template.h"
#include "policy/rules/quorum.h"

namespace ccgate {

/// Of a task `inform`.
struct InformPayload {
  std::vector<std::string> cctlds;  ///< A-labels: those of the request whose contact is told
  bool previous = false;            ///< told as the contact that was it before
};
[[nodiscard]] std::string write_payload(const InformPayload& payload);
/// nullopt: no such JSON.
[[nodiscard]] std::optional<InformPayload> read_inform_payload(std::string_view json);

/// Of a task `ask` where others are asked too; else it has none.
struct AskPayload {
  std::map<std::string, std::size_t> needed;  ///< A-label -> how many have to say yes
  std::set<Voucher> beside;                   ///< who else is asked
};
[[nodiscard]] std::string write_payload(const AskPayload& payload);
[[nodiscard]] std::optional<AskPayload> read_ask_payload(std::string_view json);

/// Of a task `tell_owner`.
struct OwnerPayload {
  NoticeKind what = NoticeKind::expired;  ///< any of those to the owner
  std::string who;                        ///< the contact
  std::string detail;                     ///< one sentence, or words; may be empty
};
[[nodiscard]] std::string write_payload(const OwnerPayload& payload);
[[nodiscard]] std::optional<OwnerPayload> read_owner_payload(std::string_view json);

/// Of a task `repository`.
struct RepositoryPayload {
  std::int64_t since = 0;  ///< changes from then on are told
};
[[nodiscard]] std::string write_payload(const RepositoryPayload& payload);
[[nodiscard]] std::optional<RepositoryPayload> read_repository_payload(std::string_view json);

/// What was last tried for the ccTLDs of an invitation, and did not get through.
struct TriedRequest {
  std::string id;         ///< of the decision
  std::string ground;     ///< word of a Ground or a Setback: why
  bool unproven = false;  ///< anybody could have written it
};
/// Of a task `invite`.
struct InvitePayload {
  std::size_t on = 0, of = 0;  ///< so many of all ccTLDs are on the list
  std::int64_t invited = 0;    ///< when it was invited first; 0: this is the invitation
  std::optional<TriedRequest> tried = {};
};
[[nodiscard]] std::string write_payload(const InvitePayload& payload);
[[nodiscard]] std::optional<InvitePayload> read_invite_payload(std::string_view json);

/// Of a task `follow_up`.
struct FollowUpPayload {
  std::string region;
  std::vector<std::string> lines;  ///< harmless ones
};
[[nodiscard]] std::string write_payload(const FollowUpPayload& payload);
[[nodiscard]] std::optional<FollowUpPayload> read_follow_up_payload(std::string_view json);

/// Of the ledger's entry of a review, as its explanation.
struct ReviewPayload {
  std::int64_t newest = 0;  ///< the greatest Member::number of the list when it began
};
[[nodiscard]] std::string write_payload(const ReviewPayload& payload);
[[nodiscard]] std::optional<ReviewPayload> read_review_payload(std::string_view json);

/// A person as LedgerEntry::people has it.
struct PersonText {
  std::string name, email, phone, other_email;
};
/// Empty when there are none, or the JSON cannot be read.
[[nodiscard]] std::vector<PersonText> read_people(std::string_view json);

/// `DKIM signature of nic.xa, SPF of nic.xa`, from LedgerEntry::explanation: what passed, whether or not the
/// policy was content with it. `nothing` for none, `not known` where the explanation does not say.
[[nodiscard]] std::string passed_evidence(std::string_view explanation_json);

}  // namespace ccgate
