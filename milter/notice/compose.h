// milter/notice/compose.h: a decision of the ledger -> the mail about it. Pure: time and tokens are
// arguments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "milter/notice/mail.h"
#include "milter/notice/payload.h"
#include "milter/site/config.h"
#include "milter/store/member_records.h"
#include "milter/store/records.h"
#include "milter/store/status_store.h"
#include "milter/texts/templates.h"

namespace ccgate {

/// What every notice of a list needs. Refers to what the caller keeps.
struct NoticeFrame {
  const ListConfig& list;
  const NoticeTemplates& texts;
  const std::map<Domain, std::string>& languages;  ///< by ccTLD
  std::string task_key;                            ///< gives the Message-ID
  std::string bounce_token;                        ///< of the envelope address
  std::int64_t now = 0;                            ///< Date
};

/// A mail, or why there can be none, for the log.
struct Composed {
  std::optional<Mail> mail;
  std::string why;
};

/// Of one question. Whoever is told where to refuse does not learn how to confirm.
struct AskTokens {
  std::string confirm;  ///< of the address that a plain reply goes to
  std::string refuse;   ///< of the address that only refuses
};
/// The question to a contact. `fresh`: for how many seconds a confirmation lets the request in.
[[nodiscard]] Composed compose_ask(const NoticeFrame& frame, const LedgerEntry& entry,
                                   const Question& question, const AskTokens& tokens, std::int64_t fresh);
/// The question to one of several. Of the others it says in which role they are asked, and not who they are.
[[nodiscard]] Composed compose_vouch(const NoticeFrame& frame, const LedgerEntry& entry,
                                     const Question& question, const AskPayload& payload,
                                     const AskTokens& tokens, std::int64_t fresh);

/// Tells a contact of an acceptance. A plain reply objects.
[[nodiscard]] Composed compose_inform(const NoticeFrame& frame, const LedgerEntry& entry,
                                      const std::string& to, const InformPayload& payload,
                                      const std::string& token, std::int64_t object_until);

/// Several acceptances, each with an address to object at. A plain reply goes to the list's owner.
struct DigestItem {
  LedgerEntry entry;
  std::string token;
};
[[nodiscard]] Composed compose_digest(const NoticeFrame& frame, const std::string& to,
                                      const std::vector<DigestItem>& items, std::int64_t object_until);

/// Asks a contact whether `members`, those of `question`, still belong on the list. `reminder`: it was asked
/// before. None of more than 1000 lines, which would be cut.
[[nodiscard]] Composed compose_review(const NoticeFrame& frame, const Question& question,
                                      const std::vector<Member>& members, const std::string& token,
                                      bool reminder);

/// Who is on the list, told to it, from its owner.
struct RepositoryWords {
  std::vector<std::string> changes;  ///< lines
  std::vector<std::string> members;  ///< lines
  std::size_t count = 0;             ///< of people
  std::int64_t since = 0;            ///< of the changes
  std::optional<AttachedFile> attached = {};
};
[[nodiscard]] Composed compose_repository(const NoticeFrame& frame, const RepositoryWords& words);

/// Invites a contact, or once more: `cctlds`, A-labels, are those that are not on the list. A plain reply
/// goes where the list reads requests. `tried`: lines (tried_lines).
[[nodiscard]] Composed compose_invite(const NoticeFrame& frame, const LedgerEntry& entry,
                                      const std::string& to, const std::vector<std::string>& cctlds,
                                      const InvitePayload& payload, std::vector<std::string> tried);
/// Tells a helper whom to follow up. A plain reply goes to the list's owner.
[[nodiscard]] Composed compose_follow_up(const NoticeFrame& frame, const std::string& to,
                                         const FollowUpPayload& payload);

/// Tells the list's owner what is in the hold queue: the newest ones, and how many there are.
[[nodiscard]] Composed compose_held(const NoticeFrame& frame, const std::string& to,
                                    const std::vector<HeldMail>& held);

/// Tells the list's owner what became of a decision.
[[nodiscard]] Composed compose_for_owner(const NoticeFrame& frame, const LedgerEntry& entry,
                                         const std::string& to, const OwnerPayload& payload);

}  // namespace ccgate
