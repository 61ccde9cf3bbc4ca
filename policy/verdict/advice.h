// policy/verdict/advice.h: what people do about a request that did not get through: one row for each ground,
// for whoever looks after the list. What the author himself is told is in reply.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/text/enum_words.h"
#include "policy/verdict/verdict.h"

namespace ccgate {

/// Who has to do something.
enum class Whom {
  author,
  author_mail_admin,  ///< who runs the mail server of the author's domain
  registry,           ///< any way but by mail to its contact
  list_operator,      ///< who wrote policy and registries.yaml
  mail_admin,         ///< ours: nobody outside has to do anything
  member,             ///< who is one, and not on the list
  nobody,
};

/// In `why` and `what`, `{author}`, `{contact}`, `{tld}` and `{rule}` stand for those of the request
/// (advice_text).
struct Advice {
  std::string_view why;
  struct Tell {
    Whom whom = Whom::nobody;
    std::string_view what;
  };
  std::vector<Tell> tell;  ///< at least one
};

/// nullopt for the grounds of what was let through: there is nothing to do.
[[nodiscard]] std::optional<Advice> advice(Ground ground);

/// What goes wrong after a decision.
enum class Setback { expired, bounced, not_on_list };
template <>
struct EnumWords<Setback> {
  using enum Setback;
  static constexpr auto table = word_table<Setback>({
      {expired, "expired"},          // nobody answered a question
      {bounced, "bounced"},          // mail of ours came back
      {not_on_list, "not-on-list"},  // let in, and the list manager does not have it
  });
};
[[nodiscard]] Advice advice(Setback setback);

/// Of either word; of any other, what is said of a rule.
[[nodiscard]] Advice advice_of(std::string_view ground_or_setback);

/// Whom and what a request is about, in words.
struct AdviceNames {
  std::string author, contact, cctld, rule;
};
/// `text` of an Advice with the names in it; what the names hold is not read again.
[[nodiscard]] std::string advice_text(std::string_view text, const AdviceNames& names);

}  // namespace ccgate
