// milter/store/member_records.h: who is on a list, for which ccTLD, from when to when, by whose word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ccgate {

/// One person for one ccTLD, from `since` to `ended`. Whoever comes back has a new row.
struct Member {
  std::string list;     ///< its name
  std::string cctld;    ///< A-label
  std::string address;  ///< folded, see Address::key: with list and ccTLD, of those not ended, once only
  std::string email;    ///< as written, as are the three below; these may be empty
  std::string name;
  std::string phone;
  std::string other_email;    ///< another address of the same person, for when the ccTLD is down
  std::int64_t since = 0;     ///< seconds since 1970, as all times here
  std::string began_by;       ///< decision id, `import` or `hand`
  std::int64_t checked = 0;   ///< when a contact last stood for it; 0: none ever did
  std::string voucher;        ///< that contact, folded; empty: none
  std::int64_t seen = 0;      ///< when it was last on the list manager's roster; 0: never looked for there
  std::int64_t bouncing = 0;  ///< since when mail to it comes back; 0: it does not
  std::int64_t ended = 0;     ///< 0: still a member
  std::string ended_by = {};  ///< decision id, `roster`, `hand`, or `hand: ` and why
  std::int64_t number = 0;    ///< given by the store, rising with the rows; 0: not from there
  friend bool operator==(const Member&, const Member&) = default;
};

/// `list`, and of the other two those that are not empty, choose who ceases to be a member; nobody where both
/// are empty.
struct MemberEnd {
  std::string list;
  std::string cctld;
  std::string address;
  std::int64_t at = 0;
  std::string by;
};

/// A contact has stood for it once more.
struct MemberCheck {
  std::string list;
  std::string cctld;
  std::string address;
  std::int64_t at = 0;
  std::string voucher;
};

/// The list manager has this address on its roster.
struct MemberSighting {
  std::string list;
  std::string address;
  std::int64_t at = 0;
  std::optional<bool> bouncing = {};  ///< what it says of that; nullopt: nothing
};

/// What a decision, a review or an operator makes of the members of a list. Carried out in this order.
struct MemberChanges {
  std::vector<MemberEnd> ended;
  /// Who is a member already stays it since then, by what it began: name, phone and addresses are renewed
  /// where there are new ones, `checked` and `voucher` where they are later.
  std::vector<Member> begun;
  std::vector<MemberCheck> checked;
  std::vector<MemberSighting> seen = {};
  [[nodiscard]] bool empty() const noexcept {
    return ended.empty() && begun.empty() && checked.empty() && seen.empty();
  }
};

}  // namespace ccgate
