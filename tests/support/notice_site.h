// tests/support/notice_site.h: a site with one list and a store of its own, for tests of what is mailed.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "milter/site/ruleset.h"
#include "milter/store/store.h"

namespace ccgate::test {

inline constexpr std::int64_t kNoon = 1894708800;  // 2030-01-15T12:00:00Z

/// The list `tld-ops` at tld-ops@lists.example.org, its owner at owner@lists.example.org.
[[nodiscard]] ListConfig tld_ops();
[[nodiscard]] std::shared_ptr<Ruleset> notice_rules();
/// Accepted: anne at nic.xa subscribes herself and ben, for xa and an IDN ccTLD.
[[nodiscard]] LedgerEntry notice_entry(const std::string& id = "7k2m9qx40c1d");
/// Of hostmaster at nic.xa, about the entry above.
[[nodiscard]] Question notice_question(const std::string& decision_id = "7k2m9qx40c1d");
/// To hostmaster at nic.xa, due at noon, for a week.
[[nodiscard]] Task inform_task(const std::string& decision_id = "7k2m9qx40c1d");
[[nodiscard]] Task ask_task(const std::string& decision_id = "7k2m9qx40c1d");
[[nodiscard]] Task hook_task(const std::string& which, const std::string& decision_id = "7k2m9qx40c1d");

/// A folder that is removed with its content.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// The path of a new file in it.
  std::string write(const std::string& name, const std::string& text, unsigned mode = 0644) const;
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  std::string path_;
};

/// An SQLite store; each function can be made to fail.
class FailingStore : public Store {
 public:
  FailingStore();
  ~FailingStore() override;

  std::atomic<bool> failing = false;         ///< every function
  std::atomic<bool> failing_finish = false;  ///< finish, as if the connection broke: not done
  std::atomic<bool> losing_reply = false;    ///< finish, once: done, but nobody hears of it

  // As in Store.
  std::optional<LedgerEntry> seen_before(const std::string& list, const std::vector<std::string>& replay_keys,
                                         std::int64_t since) override;
  std::int64_t count_by_author_domain(const std::string& list, const std::string& author_domain,
                                      std::int64_t since, std::int64_t most) override;
  std::int64_t count_by_cctld(const std::string& list, const std::string& cctld, std::int64_t since,
                              std::int64_t most) override;
  std::vector<Question> questions_of(const std::string& request_key) override;
  std::optional<std::int64_t> objected(const std::string& request_key, std::int64_t since) override;
  std::vector<StoredVoucher> vouchers_of(const std::string& list, const std::string& cctld,
                                         std::size_t most) override;
  std::vector<KeptEvidence> kept_evidence(const std::vector<std::string>& keys, std::int64_t now) override;
  Recorded record(const DecisionRecord& record) override;
  void add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) override;
  void add_token(const Token& token, std::int64_t now) override;
  std::optional<Token> find_token(const std::string& hash) override;
  TokenUse answer(const std::string& hash, const std::string& list, QuestionState state,
                  const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse answer_review(const std::string& hash, const std::string& list, QuestionState state,
                         const std::string& detail, std::int64_t now, const std::vector<Task>& tasks,
                         const MemberChanges& members) override;
  TokenUse object(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse unclear(const std::string& hash, const std::string& list, const std::string& detail,
                   std::int64_t now, const std::vector<Task>& tasks) override;
  TokenUse bounce(const std::string& hash, const std::string& list, const std::string& detail,
                  std::int64_t now, const std::vector<Task>& tasks) override;
  std::vector<Task> claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                          std::size_t count) override;
  bool finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
              std::int64_t now, const std::vector<Task>& follow_up) override;
  bool postpone(const Task& task, const std::string& worker, std::int64_t due,
                const std::string& error) override;
  bool is_open(const std::string& task_key) override;
  bool declined_after(const std::string& decision_id, const std::string& cctld) override;
  std::vector<LedgerEntry> digest(const std::string& key) override;
  std::optional<Question> find_question(const std::string& id) override;
  Backlog backlog() override;
  std::optional<LedgerEntry> find_entry(const std::string& id) override;
  std::vector<LedgerRow> entries(const LedgerFilter& filter) override;
  std::vector<LedgerEvent> events_of(const std::string& decision_id) override;
  std::vector<Question> questions_by_decision(const std::string& decision_id) override;
  std::vector<Question> expire_questions(std::int64_t now) override;
  std::int64_t purge(std::int64_t now, std::size_t limit) override;
  std::vector<Member> members(const MemberFilter& filter) override;
  std::int64_t count_members(const std::string& list, const std::string& cctld, std::int64_t most) override;
  MembersChanged change_members(const MemberChanges& changes) override;
  std::int64_t forget_member(const std::string& address, std::int64_t now) override;
  KeptDecisions decisions_about(const std::string& address) override;
  std::int64_t forget_ended(const std::string& list, std::int64_t before, std::size_t limit) override;
  std::vector<RequestSeen> requests_of_domains(const ReportSpan& span,
                                               const std::vector<std::string>& domains,
                                               std::size_t most) override;
  std::vector<RequestSeen> requests_for_cctlds(const ReportSpan& span, const std::vector<std::string>& cctlds,
                                               std::size_t most) override;
  std::vector<Question> questions_about(const std::vector<std::string>& request_keys) override;
  std::vector<OutreachStep> outreach_steps(const ReportSpan& span) override;
  std::vector<DecisionCount> count_decisions(const ReportSpan& span) override;
  std::vector<Question> open_questions(std::int64_t now, std::size_t most) override;
  std::vector<HeldMail> held(std::int64_t since, std::size_t most) override;
  std::vector<HeldMail> held_untold(const std::string& list, std::int64_t since, std::size_t most) override;
  std::vector<GroupCount> count_groups(const LedgerFilter& filter, LedgerGroup by, std::size_t most) override;
  bool ask_again(const std::string& question, const std::string& key, std::int64_t now) override;
  bool cancel_question(const std::string& question, const std::string& detail, std::int64_t now) override;
  bool begin(const OwnEntry& own) override;
  bool is_known(const std::string& task_key) override;
  std::vector<Question> reviews(const std::string& list) override;
  std::optional<LedgerEntry> newest_of(const std::string& list, const std::string& request,
                                       std::int64_t before) override;
  std::string name() const override;

 private:
  Store& inner();
  TempFolder folder_;
  std::unique_ptr<Store> inner_;
};

}  // namespace ccgate::test
