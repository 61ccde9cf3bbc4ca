#include "tests/support/notice_site.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "milter/notice/payload.h"
#include "milter/store/open_store.h"

namespace ccgate::test {

ListConfig tld_ops() {
  ListConfig list{
      "tld-ops", {*Address::parse("tld-ops@lists.example.org"), Manager::mailman3, {}, {}, '+'}, "", {}, {}};
  list.owner = Address::parse("owner@lists.example.org");
  return list;
}

std::shared_ptr<Ruleset> notice_rules() {
  auto rules = std::make_shared<Ruleset>();
  rules->lists.push_back({tld_ops(), {}, ""});
  rules->index();
  return rules;
}

LedgerEntry notice_entry(const std::string& id) {
  LedgerEntry entry;
  entry.id = id;
  entry.decided = kNoon;
  entry.list = "tld-ops";
  entry.request = "subscribe";
  entry.cctlds = {"xa", "xn--p1ai"};
  entry.author = "anne@nic.xa";
  entry.author_domain = "nic.xa";
  entry.mail_from = "anne@nic.xa";
  entry.client = "192.0.2.1";
  entry.helo = "mx.nic.xa";
  entry.recipients = {"tld-ops-join@lists.example.org"};
  entry.people = R"([{"name": "Anne", "email": "anne@nic.xa", "phone": "+999 1"},)"
                 R"( {"name": "Ben", "email": "ben@nic.xa", "phone": ""}])";
  entry.verdict = "accept";
  entry.request_key = "key of the request";
  entry.explanation = R"({"evidence": {"dkim": [{"result": "pass", "d": "nic.xa"}],)"
                      R"( "spf": {"result": "pass", "domain": "nic.xa"}}})";
  entry.keep_until = kNoon + 400 * 86400;
  return entry;
}

Question notice_question(const std::string& decision_id) {
  Question question;
  question.id = "question-" + decision_id;
  question.request_key = "key of the request " + decision_id;
  question.decision_id = decision_id;
  question.list = "tld-ops";
  question.contact = "hostmaster@nic.xa";
  question.cctlds = {"xa", "xn--p1ai"};
  question.asked = kNoon;
  question.expires = kNoon + 7 * 86400;
  return question;
}

Task inform_task(const std::string& decision_id) {
  Task task;
  task.key = "inform:" + decision_id + ":hostmaster@nic.xa";
  task.kind = TaskKind::inform;
  task.decision_id = decision_id;
  task.list = "tld-ops";
  task.to = "hostmaster@nic.xa";
  task.payload = write_payload(InformPayload{{"xa", "xn--p1ai"}, false});
  task.due = kNoon;
  task.expires = kNoon + 7 * 86400;
  return task;
}

Task ask_task(const std::string& decision_id) {
  Task task = inform_task(decision_id);
  task.key = "ask:question-" + decision_id;
  task.kind = TaskKind::ask;
  task.question = "question-" + decision_id;
  task.payload = "";
  return task;
}

Task hook_task(const std::string& which, const std::string& decision_id) {
  Task task = inform_task(decision_id);
  task.key = "hook:" + decision_id + ":" + which;
  task.kind = TaskKind::hook;
  task.to = which;
  task.payload = "";
  return task;
}

TempFolder::TempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "ccgate-notice-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempFolder::write(const std::string& name, const std::string& text, unsigned mode) const {
  const std::string path = path_ + "/" + name;
  std::ofstream(path, std::ios::binary) << text;
  chmod(path.c_str(), mode);
  return path;
}

std::string TempFolder::read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(path_ + "/" + name, std::ios::binary).rdbuf();
  return text.str();
}

FailingStore::FailingStore()
    : inner_(open_store("sqlite:" + folder_.path() + "/store.db", StoreAccess::own)) {}
FailingStore::~FailingStore() = default;

Store& FailingStore::inner() {
  if (failing) throw StoreError("the disk is full", false);
  return *inner_;
}

std::optional<LedgerEntry> FailingStore::seen_before(const std::string& list,
                                                     const std::vector<std::string>& replay_keys,
                                                     std::int64_t since) {
  return inner().seen_before(list, replay_keys, since);
}
std::int64_t FailingStore::count_by_author_domain(const std::string& list, const std::string& author_domain,
                                                  std::int64_t since, std::int64_t most) {
  return inner().count_by_author_domain(list, author_domain, since, most);
}
std::int64_t FailingStore::count_by_cctld(const std::string& list, const std::string& cctld,
                                          std::int64_t since, std::int64_t most) {
  return inner().count_by_cctld(list, cctld, since, most);
}
std::vector<Question> FailingStore::questions_of(const std::string& request_key) {
  return inner().questions_of(request_key);
}
std::optional<std::int64_t> FailingStore::objected(const std::string& request_key, std::int64_t since) {
  return inner().objected(request_key, since);
}
std::vector<StoredVoucher> FailingStore::vouchers_of(const std::string& list, const std::string& cctld,
                                                     std::size_t most) {
  return inner().vouchers_of(list, cctld, most);
}
std::vector<KeptEvidence> FailingStore::kept_evidence(const std::vector<std::string>& keys,
                                                      std::int64_t now) {
  return inner().kept_evidence(keys, now);
}

Recorded FailingStore::record(const DecisionRecord& record) {
  return inner().record(record);
}
void FailingStore::add(const std::vector<LedgerEvent>& events, const std::vector<Task>& tasks) {
  inner().add(events, tasks);
}
void FailingStore::add_token(const Token& token, std::int64_t now) {
  inner().add_token(token, now);
}
std::optional<Token> FailingStore::find_token(const std::string& hash) {
  return inner().find_token(hash);
}
TokenUse FailingStore::answer(const std::string& hash, const std::string& list, QuestionState state,
                              const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) {
  return inner().answer(hash, list, state, detail, now, tasks);
}
TokenUse FailingStore::object(const std::string& hash, const std::string& list, const std::string& detail,
                              std::int64_t now, const std::vector<Task>& tasks) {
  return inner().object(hash, list, detail, now, tasks);
}
TokenUse FailingStore::unclear(const std::string& hash, const std::string& list, const std::string& detail,
                               std::int64_t now, const std::vector<Task>& tasks) {
  return inner().unclear(hash, list, detail, now, tasks);
}
TokenUse FailingStore::bounce(const std::string& hash, const std::string& list, const std::string& detail,
                              std::int64_t now, const std::vector<Task>& tasks) {
  return inner().bounce(hash, list, detail, now, tasks);
}
std::vector<Task> FailingStore::claim(const std::string& worker, std::int64_t now, std::int64_t lease,
                                      std::size_t count) {
  return inner().claim(worker, now, lease, count);
}
bool FailingStore::finish(const Task& task, const std::string& worker, const std::vector<LedgerEvent>& events,
                          std::int64_t now, const std::vector<Task>& follow_up) {
  if (failing_finish) throw StoreError("the connection broke", false);
  const bool ours = inner().finish(task, worker, events, now, follow_up);
  if (losing_reply.exchange(false)) throw StoreError("the connection broke", true);
  return ours;
}
bool FailingStore::postpone(const Task& task, const std::string& worker, std::int64_t due,
                            const std::string& error) {
  return inner().postpone(task, worker, due, error);
}
bool FailingStore::declined_after(const std::string& decision_id, const std::string& cctld) {
  return inner().declined_after(decision_id, cctld);
}
bool FailingStore::is_open(const std::string& task_key) {
  return inner().is_open(task_key);
}
std::vector<LedgerEntry> FailingStore::digest(const std::string& key) {
  return inner().digest(key);
}
std::optional<Question> FailingStore::find_question(const std::string& id) {
  return inner().find_question(id);
}
Backlog FailingStore::backlog() {
  return inner().backlog();
}
std::optional<LedgerEntry> FailingStore::find_entry(const std::string& id) {
  return inner().find_entry(id);
}
std::vector<LedgerRow> FailingStore::entries(const LedgerFilter& filter) {
  return inner().entries(filter);
}
std::vector<LedgerEvent> FailingStore::events_of(const std::string& decision_id) {
  return inner().events_of(decision_id);
}
std::vector<Question> FailingStore::questions_by_decision(const std::string& decision_id) {
  return inner().questions_by_decision(decision_id);
}
std::vector<Question> FailingStore::expire_questions(std::int64_t now) {
  return inner().expire_questions(now);
}
std::int64_t FailingStore::purge(std::int64_t now, std::size_t limit) {
  return inner().purge(now, limit);
}
std::vector<Member> FailingStore::members(const MemberFilter& filter) {
  return inner().members(filter);
}
std::int64_t FailingStore::count_members(const std::string& list, const std::string& cctld,
                                         std::int64_t most) {
  return inner().count_members(list, cctld, most);
}
MembersChanged FailingStore::change_members(const MemberChanges& changes) {
  return inner().change_members(changes);
}
std::int64_t FailingStore::forget_member(const std::string& address, std::int64_t now) {
  return inner().forget_member(address, now);
}
KeptDecisions FailingStore::decisions_about(const std::string& address) {
  return inner().decisions_about(address);
}
std::int64_t FailingStore::forget_ended(const std::string& list, std::int64_t before, std::size_t limit) {
  return inner().forget_ended(list, before, limit);
}
std::vector<RequestSeen> FailingStore::requests_of_domains(const ReportSpan& span,
                                                           const std::vector<std::string>& domains,
                                                           std::size_t most) {
  return inner().requests_of_domains(span, domains, most);
}
std::vector<RequestSeen> FailingStore::requests_for_cctlds(const ReportSpan& span,
                                                           const std::vector<std::string>& cctlds,
                                                           std::size_t most) {
  return inner().requests_for_cctlds(span, cctlds, most);
}
std::vector<Question> FailingStore::questions_about(const std::vector<std::string>& request_keys) {
  return inner().questions_about(request_keys);
}
std::vector<OutreachStep> FailingStore::outreach_steps(const ReportSpan& span) {
  return inner().outreach_steps(span);
}
std::vector<DecisionCount> FailingStore::count_decisions(const ReportSpan& span) {
  return inner().count_decisions(span);
}

std::vector<Question> FailingStore::open_questions(std::int64_t now, std::size_t most) {
  return inner().open_questions(now, most);
}

std::vector<HeldMail> FailingStore::held(std::int64_t since, std::size_t most) {
  return inner().held(since, most);
}

std::vector<HeldMail> FailingStore::held_untold(const std::string& list, std::int64_t since,
                                                std::size_t most) {
  return inner().held_untold(list, since, most);
}

std::vector<GroupCount> FailingStore::count_groups(const LedgerFilter& filter, LedgerGroup by,
                                                   std::size_t most) {
  return inner().count_groups(filter, by, most);
}

bool FailingStore::ask_again(const std::string& question, const std::string& key, std::int64_t now) {
  return inner().ask_again(question, key, now);
}

bool FailingStore::cancel_question(const std::string& question, const std::string& detail, std::int64_t now) {
  return inner().cancel_question(question, detail, now);
}
TokenUse FailingStore::answer_review(const std::string& hash, const std::string& list, QuestionState state,
                                     const std::string& detail, std::int64_t now,
                                     const std::vector<Task>& tasks, const MemberChanges& members) {
  return inner().answer_review(hash, list, state, detail, now, tasks, members);
}
bool FailingStore::begin(const OwnEntry& own) {
  return inner().begin(own);
}
bool FailingStore::is_known(const std::string& task_key) {
  return inner().is_known(task_key);
}
std::vector<Question> FailingStore::reviews(const std::string& list) {
  return inner().reviews(list);
}
std::optional<LedgerEntry> FailingStore::newest_of(const std::string& list, const std::string& request,
                                                   std::int64_t before) {
  return inner().newest_of(list, request, before);
}
std::string FailingStore::name() const {
  return "sqlite:/store.db";
}

}  // namespace ccgate::test
