#include "milter/ledger/membership.h"

#include <algorithm>
#include <set>
#include <utility>

#include "milter/ledger/budgets.h"
#include "milter/ledger/follow_up.h"
#include "milter/ledger/ledger_entry.h"
#include "milter/ledger/request_key.h"
#include "milter/ledger/stored_text.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kKeptText = 200;          // octets of a name or a phone
constexpr std::size_t kMostMailboxes = 10'000;  // it was read before, within the limits of the configuration

/// Whom the author wrote, or copied.
std::vector<Address> announced_in(const std::vector<HeaderField>& fields) {
  std::vector<Address> all;
  for (const HeaderField& field : fields) {
    if (!ascii_iequal(field.name, "to") && !ascii_iequal(field.name, "cc")) continue;
    const MailboxList list = parse_mailbox_list(field.value, kMostMailboxes);
    if (const auto* mailboxes = std::get_if<std::vector<Address>>(&list))
      all.insert(all.end(), mailboxes->begin(), mailboxes->end());
  }
  return all;
}

class Membership {
 public:
  Membership(const Memory& memory, const std::vector<HeaderField>& fields, const TransactionResult& result)
      : memory_(memory),
        fields_(fields),
        id_(result.decision_id),
        author_(*memory.author),
        text_authentic_(text_authentic(memory.evidence, author_.domain(), fields) == Truth::yes) {}

  void add(const RecipientJudgement& judged) {
    if (!judged.enforced() || judged.judgement.verdict.decision != Decision::accept) return;
    if (judged.judgement.request.kind == RequestKind::subscribe) begin(judged);
    if (judged.judgement.request.kind == RequestKind::unsubscribe) end(judged);
  }
  [[nodiscard]] MemberChanges changes() && { return std::move(changes_); }

 private:
  /// The contact of `cctld` that stands for what the author asks, folded; empty: none does.
  [[nodiscard]] std::string voucher(const RecipientJudgement& judged, const Domain& cctld) {
    for (const Question& question : judged.approval.given_by) {
      if (question.asked_as == Voucher::members) continue;
      const auto& labels = question.cctlds;
      if (std::find(labels.begin(), labels.end(), cctld.ascii()) == labels.end()) continue;
      if (const auto contact = Address::parse(question.contact)) return contact->key();
    }
    const Directory& directory = *memory_.rules.directory;
    const CcTld* known = directory.find(cctld);
    if (known == nullptr) return "";
    if (announced_.empty()) {
      announced_ = announced_in(fields_);
      announced_.insert(announced_.begin(), author_);
    }
    const auto& authority = judged.gated->list->policy.authority;
    for (const Address& one : announced_)
      for (const auto& [role, contact] : known->contacts)
        if (authority.contains(role) && directory.counts_as(one, contact.email)) return contact.email.key();
    return "";
  }

  void begin(const RecipientJudgement& judged) {
    if (names_nobody(judged)) return;
    std::vector<Person> people = people_of(judged.judgement.request, author_);
    if (!text_authentic_) std::erase_if(people, [&](const Person& one) { return one.email != author_; });
    if (people.size() > kKeptPeople) people.resize(kKeptPeople);
    for (const CcTldVerdict& each : judged.judgement.verdict.per_cctld) {
      if (!each.cctld || each.decision != Decision::accept) continue;
      const std::string contact = voucher(judged, *each.cctld);
      for (const Person& person : people) {
        if (!person.email) continue;
        Member member;
        member.list = judged.gated->list->config.name;
        member.cctld = each.cctld->ascii();
        member.address = person.email->key();
        member.email = person.email->text();
        member.name = stored_text(person.name, kKeptText);
        member.phone = stored_text(person.phone, kKeptText);
        if (person.other_email) member.other_email = stored_text(person.other_email->text(), kKeptText);
        member.since = memory_.now;
        member.began_by = id_;
        member.voucher = contact;
        if (!contact.empty()) member.checked = memory_.now;
        changes_.begun.push_back(std::move(member));
      }
    }
  }

  void end(const RecipientJudgement& judged) {
    const Request& request = judged.judgement.request;
    if (request.others_unnamed) return;
    const bool wholly = request.by_manager || request.cctlds.empty();
    bool named = false;
    for (const Person& person : request.people) {
      if (!person.email) continue;
      named = true;
      if (*person.email == author_ || !text_authentic_) continue;
      for (const Domain& cctld : request.cctlds)
        if (speaks_for(judged, cctld)) end(judged, cctld.ascii(), *person.email);
    }
    const bool author_too = !named || request.by_manager ||
                            std::any_of(request.people.begin(), request.people.end(),
                                        [&](const Person& person) { return person.email == author_; });
    if (!author_too) return;
    if (wholly) {
      end(judged, "", author_);
      return;
    }
    for (const Domain& cctld : request.cctlds) end(judged, cctld.ascii(), author_);
  }

  /// The contact wrote, or a colleague with it in copy. A stranger may copy anybody.
  [[nodiscard]] bool speaks_for(const RecipientJudgement& judged, const Domain& cctld) {
    return !voucher(judged, cctld).empty() &&
           is_of_registry(memory_, *judged.gated->list, std::set<Domain>{cctld});
  }

  void end(const RecipientJudgement& judged, std::string cctld, const Address& address) {
    changes_.ended.push_back(
        {judged.gated->list->config.name, std::move(cctld), address.key(), memory_.now, id_});
  }

  const Memory& memory_;
  const std::vector<HeaderField>& fields_;
  const std::string& id_;
  const Address& author_;
  const bool text_authentic_;
  std::vector<Address> announced_;
  MemberChanges changes_;
};

}  // namespace

MemberChanges membership_of(const Memory& memory, const std::vector<HeaderField>& fields,
                            const TransactionResult& result) {
  if (!lets_in(memory, result) || !memory.author) return {};
  Membership membership(memory, fields, result);
  for (const RecipientJudgement& judged : result.judgements) membership.add(judged);
  return std::move(membership).changes();
}

}  // namespace ccgate
