#include "milter/outbox/worker.h"

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <utility>

#include "milter/notice/tasks.h"
#include "milter/outbox/outbox_thread.h"
#include "milter/store/token.h"
#include "policy/request/own_address.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;
using Ended = SubmitResult::Outcome;
using Texts = std::vector<std::string>;

namespace {

/// A mail server that answers as told.
struct Post {
  std::mutex mutex;
  std::vector<Mail> sent;  // and refused ones
  SubmitResult result{Ended::taken, "250 2.0.0 Ok: queued as 4xyz", false};
  std::function<void()> meanwhile = [] {};
  std::function<void()> throws = [] {};
};

class PostSubmitter : public Submitter {
 public:
  explicit PostSubmitter(Post& post) : post_(post) {}
  SubmitResult submit(const Mail& mail) override {
    const std::lock_guard lock(post_.mutex);
    post_.sent.push_back(mail);
    post_.meanwhile();
    post_.throws();
    return post_.result;
  }
  Truth offers_smtputf8() override { return Truth::unknown; }

 private:
  Post& post_;
};

struct Site {
  FailingStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  std::int64_t now = kNoon;
  Post post;
  Texts log;
  OutboxWorker worker{parts("worker")};

  WorkerParts parts(const std::string& name) {
    return {
        store,
        [this] { return rules; },
        [this] { return now; },
        name,
        [this](const Submission&, const std::stop_token&) { return std::make_unique<PostSubmitter>(post); },
        [this](const LogLine& line) {
          const std::string text = line.render(LogFormat::logfmt, kNoon);
          log.push_back(text.substr(text.find("level=")));
        },
        {}};
  }
  Hooks& hooks() { return rules->lists.front().config.hooks; }
  void record(const std::vector<Task>& tasks, const std::string& id = "7k2m9qx40c1d",
              const std::vector<LedgerEvent>& events = {}) {
    DecisionRecord record;
    record.entry = notice_entry(id);
    record.events = events;
    record.tasks = tasks;
    for (const Task& task : tasks)
      if (task.kind == TaskKind::ask) record.questions.push_back(notice_question(id));
    store.record(record);
  }
  Texts events(const std::string& id = "7k2m9qx40c1d") {
    Texts words;
    for (const LedgerEvent& event : store.events_of(id))
      words.push_back(std::string(to_string(event.kind)) + " " + event.who + " " + event.detail);
    return words;
  }
  /// The token of one of our addresses in a mail.
  static std::string token(const Address& address) {
    const auto own = own_address(tld_ops().addresses, address);
    return own ? own->token : "";
  }
  static std::string token(const Mail& mail, const std::string& before) {
    const std::size_t at = mail.message.find(before);
    REQUIRE(at != std::string::npos);
    return mail.message.substr(at + before.size(), kTokenLength);
  }
};

}  // namespace

TEST_CASE("worker: a contact is told once") {
  Site site;
  site.record({inform_task()});
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(site.worker.run_once().tasks == 0);
  REQUIRE(site.post.sent.size() == 1);
  const Mail& mail = site.post.sent.front();
  CHECK(mail.to.text() == "hostmaster@nic.xa");
  CHECK(site.events() == Texts{"informed hostmaster@nic.xa 250 2.0.0 Ok: queued as 4xyz"});
  CHECK(site.store.backlog().waiting == 0);
  CHECK(site.log == Texts{"level=info event=mail_sent kind=inform id=7k2m9qx40c1d list=tld-ops "
                          "to=hostmaster@nic.xa attempts=1 reply=\"250 2.0.0 Ok: queued as 4xyz\""});

  const auto bounce = site.store.find_token(token_hash(Site::token(mail.from)));
  REQUIRE(bounce);
  CHECK(bounce->purpose == TokenPurpose::bounce);
  CHECK(bounce->contact == "hostmaster@nic.xa");
  const auto object = site.store.find_token(token_hash(Site::token(mail, "Reply-To: tld-ops-object+")));
  REQUIRE(object);
  CHECK(object->purpose == TokenPurpose::object);
  CHECK(object->expires == kNoon + 72 * 3600);
}

TEST_CASE("worker: a question is asked, and its address answers it") {
  Site site;
  site.record({ask_task()});
  site.worker.run_once();
  CHECK(site.events() == Texts{"asked hostmaster@nic.xa 250 2.0.0 Ok: queued as 4xyz"});
  const std::string token = Site::token(site.post.sent.at(0), "Reply-To: tld-ops-vouch+");
  const std::string refuse = Site::token(site.post.sent.at(0), "  tld-ops-reject+");
  REQUIRE(site.store.find_token(token_hash(refuse)));
  CHECK(site.store.find_token(token_hash(refuse))->purpose == TokenPurpose::refuse);
  CHECK(site.store.answer(token_hash(refuse), "tld-ops", QuestionState::confirmed, "", kNoon, {}).outcome ==
        TokenUse::Outcome::unknown);
  CHECK(site.store.answer(token_hash(token), "tld-ops", QuestionState::confirmed, "", kNoon, {}).outcome ==
        TokenUse::Outcome::done);
  const auto bounce = site.store.find_token(token_hash(Site::token(site.post.sent.at(0).from)));
  REQUIRE(bounce);
  CHECK(bounce->question == "question-7k2m9qx40c1d");
}

TEST_CASE("worker: a question whose mail is refused for good is waited for no longer") {
  Site site;
  site.record({ask_task()});
  site.post.result = {Ended::never, "550 5.1.1 no such user", false};
  site.worker.run_once();
  CHECK(site.store.find_question("question-7k2m9qx40c1d")->state == QuestionState::undelivered);
}

TEST_CASE("worker: a question that is no longer open is not asked") {
  Site site;
  site.record({ask_task()});
  SECTION("it was answered") {
    site.store.add_token({"hash", TokenPurpose::confirm, "7k2m9qx40c1d", "question-7k2m9qx40c1d",
                          "hostmaster@nic.xa", "tld-ops", kNoon + 100, 0},
                         kNoon);
    (void)site.store.answer("hash", "tld-ops", QuestionState::refused, "", kNoon, {});
  }
  SECTION("it expired") {
    (void)site.store.expire_questions(kNoon + 7 * 86400 + 1);
  }
  const Texts before = site.events();
  site.worker.run_once();
  CHECK(site.post.sent.empty());
  CHECK(site.store.backlog().waiting == 0);
  CHECK(site.events() == before);
}

TEST_CASE("worker: a mail that is not taken is tried again, with other tokens and the same name") {
  Site site;
  site.record({inform_task()});
  site.post.result = {Ended::later, "RCPT: 450 4.2.0 greylisted", false};
  const std::int64_t pauses[] = {60, 300, 900, 3600, 4 * 3600, 4 * 3600};
  for (const std::int64_t pause : pauses) {
    CHECK(site.worker.run_once().tasks == 1);
    site.now += pause - 1;
    CHECK(site.worker.run_once().tasks == 0);
    site.now += 1;
  }
  CHECK(site.log.front() ==
        "level=warning event=mail_postponed kind=inform id=7k2m9qx40c1d list=tld-ops "
        "to=hostmaster@nic.xa attempts=1 due=2030-01-15T12:01:00Z "
        "why=\"RCPT: 450 4.2.0 greylisted\"");
  site.post.result = {Ended::taken, "250 Ok", false};
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(site.events() == Texts{"informed hostmaster@nic.xa 250 Ok"});
  const auto id = [&](const Mail& mail) {
    const std::size_t at = mail.message.find("Message-ID:");
    return mail.message.substr(at, mail.message.find("\r\n", at) - at);
  };
  CHECK(id(site.post.sent.front()) == id(site.post.sent.back()));
  CHECK(site.post.sent.front().from != site.post.sent.back().from);
  CHECK(site.store.find_token(token_hash(Site::token(site.post.sent.front().from))));
}

TEST_CASE("worker: given up when its time is over, and the owner is told") {
  Site site;
  site.record({inform_task()});
  site.post.result = {Ended::later, "RCPT: 450 4.2.0 greylisted", false};
  site.worker.run_once();
  site.now = kNoon + 7 * 86400 + 1;
  site.post.result = {Ended::taken, "250 Ok", false};
  site.worker.run_once();
  CHECK(site.events() == Texts{"expired hostmaster@nic.xa RCPT: 450 4.2.0 greylisted"});
  CHECK(site.log.at(1) ==
        "level=error event=mail_failed kind=inform id=7k2m9qx40c1d list=tld-ops "
        "to=hostmaster@nic.xa attempts=2 why=\"RCPT: 450 4.2.0 greylisted\"");
  site.worker.run_once();
  REQUIRE(site.post.sent.size() == 2);
  CHECK(site.post.sent.back().to.text() == "owner@lists.example.org");
  CHECK(site.post.sent.back().message.find("hostmaster@nic.xa: RCPT: 450 4.2.0 greylisted") !=
        std::string::npos);
  CHECK(site.worker.run_once().tasks == 0);
}

TEST_CASE("worker: a refusal for good is a bounce, and the owner is told once") {
  Site site;
  site.record({inform_task()});
  site.post.result = {Ended::never, "RCPT: 550 5.1.1 no such user", false};
  site.worker.run_once();
  CHECK(site.events() == Texts{"bounced hostmaster@nic.xa RCPT: 550 5.1.1 no such user"});
  // The owner cannot be reached either: that is where it ends.
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(site.worker.run_once().tasks == 0);
  CHECK(site.post.sent.size() == 2);
  CHECK(site.log.back().starts_with("level=error event=mail_failed kind=tell_owner"));
}

TEST_CASE("worker: refused for our own sake, it is tried again, and the owner is told when that works") {
  Site site;
  site.record({inform_task("first")}, "first");
  site.record({inform_task("second")}, "second");
  const std::string why = "RCPT: 554 5.7.1 <mx>: Helo command rejected: Access denied";
  site.post.result = {Ended::trouble, why, false};
  CHECK(site.worker.run_once().tasks == 2);
  CHECK(site.post.sent.front().other == Address::parse("owner@lists.example.org"));
  CHECK(site.events("first").empty());
  CHECK(site.log == Texts{"level=error event=mail_trouble kind=inform id=first list=tld-ops "
                          "to=hostmaster@nic.xa attempts=1 due=2030-01-15T12:01:00Z why=\"" +
                              why + "\"",
                          "level=error event=mail_trouble kind=inform id=second list=tld-ops "
                          "to=hostmaster@nic.xa attempts=1 due=2030-01-15T12:01:00Z why=\"" +
                              why + "\""});
  // One mail to the owner, which waits as well, and tells of no other.
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(site.worker.run_once().tasks == 0);
  CHECK(site.log.at(2).starts_with("level=error event=mail_trouble kind=tell_owner id=first"));
  site.now += 60;
  CHECK(site.worker.run_once().tasks == 3);
  CHECK(site.log.at(3).starts_with("level=warning event=mail_trouble "));
  site.now += 300;
  site.post.result = {Ended::taken, "250 Ok", false};
  CHECK(site.worker.run_once().tasks == 3);
  CHECK(site.worker.run_once().tasks == 0);
  CHECK(site.events("first") == Texts{"informed hostmaster@nic.xa 250 Ok"});
  CHECK(site.events("second") == Texts{"informed hostmaster@nic.xa 250 Ok"});
  const Mail& told = site.post.sent.back();
  CHECK(told.to.text() == "owner@lists.example.org");
  CHECK(told.message.find("Access denied") != std::string::npos);
}

TEST_CASE("worker: refused for our own sake until its time is over, it is given up") {
  Site site;
  site.record({ask_task()});
  site.post.result = {Ended::trouble, "MAIL: 550 5.7.1 no", false};
  site.worker.run_once();
  site.now = kNoon + 7 * 86400 + 1;
  site.worker.run_once();
  CHECK(site.events() == Texts{"expired hostmaster@nic.xa MAIL: 550 5.7.1 no"});
}

TEST_CASE("worker: refused for our own sake while the store fails, the owner is told of a later try") {
  Site site;
  site.record({inform_task()});
  site.post.result = {Ended::trouble, "MAIL: 550 5.7.1 no", false};
  site.post.meanwhile = [&] { site.store.failing = true; };
  CHECK(site.worker.run_once().trouble);
  site.store.failing = false;
  site.post.meanwhile = [] {};
  CHECK(site.worker.run_once().tasks == 0);
  site.now += 60;
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(site.post.sent.back().to.text() == "owner@lists.example.org");
}

TEST_CASE("worker: a server that greets with a refusal is not tried for each mail") {
  Site site;
  site.record({inform_task("first")}, "first");
  site.record({inform_task("second")}, "second");
  site.post.result = {Ended::trouble, "the greeting: 554 5.7.1 no", true};
  CHECK(site.worker.run_once().tasks == 2);
  CHECK(site.post.sent.size() == 1);
}

TEST_CASE("worker: what cannot be written is a bounce") {
  Site site;
  Task task = inform_task();
  const char* why = "";
  SECTION("to no address") {
    task.to = "nobody";
    why = "the recipient is no plain address";
  }
  SECTION("without its payload") {
    task.payload = "{}";
    why = "the task has no such payload";
  }
  site.record({task});
  site.worker.run_once();
  CHECK(site.post.sent.empty());
  CHECK(site.events() == Texts{"bounced " + task.to + " " + why});
}

TEST_CASE("worker: what the mail server says of SMTPUTF8 is learned from each mail") {
  Site site;
  Smtputf8Offer offer;
  WorkerParts parts = site.parts("worker");
  parts.smtputf8 = &offer;
  OutboxWorker worker(std::move(parts));
  const auto after = [&](const char* id, Truth said) {
    site.record({inform_task(id)}, id);
    site.post.result.smtputf8 = said;
    worker.run_once();
    return offer.offered();
  };
  CHECK(after("a", Truth::unknown) == Truth::unknown);
  CHECK(after("b", Truth::yes) == Truth::yes);
  CHECK(after("c", Truth::unknown) == Truth::yes);
  CHECK(after("d", Truth::no) == Truth::no);
}

TEST_CASE("worker: a digest is one mail about several decisions") {
  Site site;
  const std::string key = "digest:tld-ops:hostmaster@nic.xa:2030-01-15";
  const LedgerEvent first{0, "first", kNoon, EventKind::digested, "hostmaster@nic.xa", key};
  const LedgerEvent second{0, "second", kNoon, EventKind::digested, "hostmaster@nic.xa", key};
  Task task = inform_task("first");
  task.kind = TaskKind::digest;
  task.key = key;
  site.record({task}, "first", {first});
  site.record({}, "second", {second});
  SECTION("taken") {
    site.worker.run_once();
    REQUIRE(site.post.sent.size() == 1);
    CHECK(site.post.sent[0].message.find("2 more accepted") != std::string::npos);
    const std::string token = Site::token(site.post.sent[0], "to object: tld-ops-object+");
    const auto kept = site.store.find_token(token_hash(token));
    REQUIRE(kept);
    CHECK(kept->decision_id == "first");
    CHECK(site.events("first").back() == "informed hostmaster@nic.xa 250 2.0.0 Ok: queued as 4xyz");
    CHECK(site.events("second").back() == "informed hostmaster@nic.xa 250 2.0.0 Ok: queued as 4xyz");
  }
  SECTION("refused") {
    site.post.result = {Ended::never, "550 no", false};
    site.worker.run_once();
    CHECK(site.events("first").back() == "bounced hostmaster@nic.xa 550 no");
    CHECK(site.events("second").back() == "bounced hostmaster@nic.xa 550 no");
  }
  SECTION("given up") {
    site.now = task.expires + 1;
    site.worker.run_once();
    CHECK(site.events("second").back() == "expired hostmaster@nic.xa its time was over");
  }
}

TEST_CASE("worker: what is held is told the owner in one mail, once") {
  Site site;
  const auto hold = [&](const std::string& id) {
    const LedgerEntry entry = notice_entry(id);
    site.record(held_tasks(id, entry.list, entry.decided), id,
                {{0, id, entry.decided, EventKind::held, "", "ccgate " + id + ": hold rule many"}});
  };
  hold("first");
  hold("second");
  site.worker.run_once();
  REQUIRE(site.post.sent.size() == 1);
  CHECK(site.post.sent[0].to.text() == "owner@lists.example.org");
  CHECK_THAT(site.post.sent[0].message, contains("ccgate held release first"));
  CHECK_THAT(site.post.sent[0].message, contains("ccgate held release second"));
  CHECK(site.events("second").back() == "informed owner@lists.example.org 250 2.0.0 Ok: queued as 4xyz");
  hold("third");
  hold("fourth");
  site.store.add({{0, "fourth", kNoon, EventKind::released, "", "it was spam"}}, {});
  site.worker.run_once();
  CHECK(site.post.sent.size() == 1);
  site.now = kNoon + 3600;
  site.worker.run_once();
  REQUIRE(site.post.sent.size() == 2);
  CHECK_THAT(site.post.sent[1].message, contains("ccgate held release third"));
  CHECK(site.post.sent[1].message.find("release f") == std::string::npos);
  site.now = kNoon + 3 * 3600;
  site.worker.run_once();
  CHECK(site.post.sent.size() == 2);
}

TEST_CASE("worker: other mail is not tried while the mail server is away") {
  Site site;
  site.record({inform_task("first")}, "first");
  site.record({inform_task("second")}, "second");
  site.post.result = {Ended::later, "cannot connect: Connection refused", true};
  CHECK(site.worker.run_once().tasks == 2);
  CHECK(site.post.sent.size() == 1);
  CHECK(site.log.at(1).find("why=\"cannot connect: Connection refused\"") != std::string::npos);
  site.now += 60;
  site.post.result = {Ended::taken, "250 Ok", false};
  CHECK(site.worker.run_once().tasks == 2);
  CHECK(site.post.sent.size() == 3);
}

TEST_CASE("worker: a list that is gone ends its tasks") {
  Site site;
  site.record({inform_task()});
  site.rules->lists.clear();
  site.worker.run_once();
  CHECK(site.events() == Texts{"expired hostmaster@nic.xa the list is no longer configured"});
  CHECK(site.worker.run_once().tasks == 0);
}

TEST_CASE("worker: a store that fails is told of once, and nothing is lost") {
  Site site;
  site.record({inform_task()});
  site.store.failing = true;
  CHECK(site.worker.run_once().trouble);
  CHECK(site.worker.run_once().trouble);
  site.worker.expire_questions();
  CHECK(site.log == Texts{"level=error event=store_trouble store=sqlite:/store.db why=\"the disk is full\""});
  site.store.failing = false;
  CHECK_FALSE(site.worker.run_once().trouble);
  CHECK(site.log.at(1) == "level=info event=store_back store=sqlite:/store.db");
  CHECK(site.post.sent.size() == 1);
}

TEST_CASE("worker: a mail that was sent is not sent again when the store fails then") {
  Site site;
  site.record({inform_task()});
  SECTION("it was not recorded") {
    site.store.failing_finish = true;
    CHECK(site.worker.run_once().trouble);
    CHECK(site.events().empty());
    CHECK(site.worker.run_once().trouble);
    site.store.failing_finish = false;
  }
  SECTION("it was, but nobody heard of it") {
    site.store.losing_reply = true;
    CHECK(site.worker.run_once().trouble);
  }
  CHECK_FALSE(site.worker.run_once().trouble);
  CHECK(site.post.sent.size() == 1);
  CHECK(site.events() == Texts{"informed hostmaster@nic.xa 250 2.0.0 Ok: queued as 4xyz"});
  CHECK(site.store.backlog().waiting == 0);
}

TEST_CASE("worker: the store fails before the mail is sent") {
  Site site;
  site.record({inform_task("first")}, "first");
  site.record({inform_task("second")}, "second");
  site.post.meanwhile = [&] { site.store.failing = true; };
  CHECK(site.worker.run_once().trouble);
  CHECK(site.post.sent.size() == 1);
  site.store.failing = false;
  site.post.meanwhile = [] {};
  CHECK_FALSE(site.worker.run_once().trouble);
  site.now += 60;
  site.worker.run_once();
  CHECK(site.post.sent.size() == 2);
  CHECK(site.events("first").size() == 1);
  CHECK(site.events("second").size() == 1);
}

TEST_CASE("worker: an error of one task does not touch the next") {
  Site site;
  site.record({inform_task("first")}, "first");
  site.record({inform_task("second")}, "second");
  bool first = true;
  site.post.throws = [&] {
    if (std::exchange(first, false)) throw std::runtime_error("surprise");
  };
  site.worker.run_once();
  CHECK(site.events("first").empty());
  CHECK(site.events("second").size() == 1);
  CHECK(site.log.front() == "level=error event=internal_error id=first why=surprise");
  site.now += 60;
  site.worker.run_once();
  CHECK(site.events("first").size() == 1);
}

TEST_CASE("worker: a stop leaves the rest to others, at once") {
  Site site;
  site.record({inform_task("first")}, "first");
  site.record({inform_task("second")}, "second");
  std::stop_source stop;
  site.post.result = {Ended::later, "stopped", true};
  site.post.meanwhile = [&] { stop.request_stop(); };
  CHECK(site.worker.run_once(stop.get_token()).tasks == 2);
  CHECK(site.post.sent.size() == 1);
  site.post.result = {Ended::taken, "250 Ok", false};
  OutboxWorker other(site.parts("other"));
  CHECK(other.run_once().tasks == 2);
  CHECK(site.post.sent.size() == 3);
}

TEST_CASE("worker: hooks are run in order, and tried again") {
  Site site;
  const TempFolder folder;
  const std::string path =
      folder.write("hook",
                   "#!/bin/sh\ncat >> " + folder.path() + "/input\nif test -e " + folder.path() +
                       "/fails; then echo later; exit 75; fi\necho did it\n",
                   0755);
  site.hooks().accepted = {path};
  site.hooks().objected = {path};
  folder.write("fails", "");
  Task objected = hook_task("objected");
  objected.due = kNoon - 1;  // claimed first all the same
  site.record({hook_task("accepted"), objected});
  site.worker.run_once();
  CHECK(site.log ==
        Texts{"level=warning event=hook_failed kind=hook id=7k2m9qx40c1d list=tld-ops to=accepted "
              "attempts=1 due=2030-01-15T12:01:00Z why=\"exit status 75 (try again): later\""});
  CHECK(site.events().empty());
  std::filesystem::remove(folder.path() + "/fails");
  site.now += 60;
  site.worker.run_once();
  CHECK(site.events() == Texts{"provisioned  accepted", "provisioned  objected"});
  CHECK(site.log.at(1) ==
        "level=info event=hook_done kind=hook id=7k2m9qx40c1d list=tld-ops to=accepted "
        "attempts=2 said=\"did it\"");
  const std::string input = folder.read("input");
  CHECK(std::count(input.begin(), input.end(), '\n') == 3);
  CHECK(input.find("\"event\":\"objected\"") > input.rfind("\"event\":\"accepted\""));
}

TEST_CASE("worker: a hook that never works is given up, and the owner is told") {
  Site site;
  site.hooks().accepted = {"/bin/false"};
  site.record({hook_task("accepted")});
  site.worker.run_once();
  site.now = kNoon + 7 * 86400 + 1;
  site.worker.run_once();
  CHECK(site.events() == Texts{"expired  hook accepted: exit status 1"});
  site.worker.run_once();
  REQUIRE(site.post.sent.size() == 1);
  CHECK(site.post.sent[0].message.find("accepted: exit status 1") != std::string::npos);
}

TEST_CASE("worker: each list has its own hook") {
  Site site;
  ListConfig other = tld_ops();
  other.name = "other";
  site.rules->lists.push_back({other, {}, ""});
  site.rules->index();
  const TempFolder folder;
  site.hooks().accepted = {"/bin/sh", "-c", "cat > " + folder.path() + "/first"};
  site.rules->lists.back().config.hooks.accepted = {"/bin/sh", "-c", "cat > " + folder.path() + "/second"};
  Task task = hook_task("accepted");
  task.list = "other";
  site.record({task});
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(folder.read("first").empty());
  CHECK_THAT(folder.read("second"), contains(R"("list":"other")"));
  site.rules->lists.back().config.hooks.accepted = {};
  task.key += " again";
  site.store.add({}, {task});
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(folder.read("first").empty());
  CHECK_THAT(site.log.back(), contains("no hook is configured"));
}

TEST_CASE("worker: a hook that says never is given up at once, and the owner is told") {
  Site site;
  site.hooks().accepted = {"/bin/sh", "-c", "echo of another list; exit 78"};
  site.record({hook_task("accepted")});
  CHECK(site.worker.run_once().tasks == 1);
  CHECK(site.log == Texts{"level=error event=hook_failed kind=hook id=7k2m9qx40c1d list=tld-ops to=accepted "
                          "attempts=1 why=\"exit status 78 (never): of another list\""});
  CHECK(site.events() == Texts{"expired  hook accepted: exit status 78 (never): of another list"});
  site.worker.run_once();
  REQUIRE(site.post.sent.size() == 1);
  CHECK(site.post.sent[0].to.text() == "owner@lists.example.org");
  CHECK(site.store.backlog().waiting == 0);
}

TEST_CASE("worker: the hook for who is no member any more") {
  Site site;
  const TempFolder folder;
  const std::string path = folder.write("hook", "#!/bin/sh\ncat >> " + folder.path() + "/read\n", 0755);
  Member anne;
  anne.list = "tld-ops";
  anne.cctld = "xa";
  anne.address = anne.email = "anne@nic.xa";
  anne.since = kNoon;
  anne.began_by = "7k2m9qx40c1d";
  const auto leave = [&] {
    site.store.change_members({{}, {anne}, {}});
    site.store.change_members({{{"tld-ops", "xa", "", kNoon, "7k2m9qx40c1d"}}, {}, {}});
  };
  SECTION("none is configured: nobody hears of it") {
    leave();
    CHECK(site.worker.run_once().tasks == 1);
    CHECK(site.store.backlog().waiting == 0);
    CHECK(site.log.empty());
  }
  site.hooks().removed = {path};
  SECTION("it reads who, and what ended it") {
    site.record({});
    leave();
    CHECK(site.worker.run_once().tasks == 1);
    CHECK(folder.read("read") ==
          R"({"ccgate_hook":1,"event":"removed","id":"7k2m9qx40c1d","list":"tld-ops",)"
          R"("list_address":"tld-ops@lists.example.org","request":"","cctlds":["xa"],"author":"",)"
          R"("people":[{"name":"","email":"anne@nic.xa","phone":""}],"decided":"2030-01-15T12:00:00Z"})"
          "\n");
    CHECK(site.events() == Texts{"provisioned  removed"});
  }
  SECTION("not of who is a member again") {
    leave();
    site.store.change_members({{}, {anne}, {}});
    CHECK(site.worker.run_once().tasks == 1);
    CHECK(site.store.backlog().waiting == 0);
    CHECK(folder.read("read").empty());
  }
  SECTION("behind the hook that let her in") {
    site.hooks().accepted = {"/bin/false"};
    site.record({hook_task("accepted")});
    leave();
    CHECK(site.worker.run_once().tasks == 2);
    CHECK(folder.read("read").empty());
    CHECK(site.store.backlog().waiting == 2);
  }
}

TEST_CASE("worker: a hook that is no longer configured is given up") {
  Site site;
  site.record({hook_task("accepted")});
  site.worker.run_once();
  CHECK(site.events() == Texts{"expired  hook accepted: no hook is configured"});
}

TEST_CASE("worker: questions without an answer are told to the owner") {
  Site site;
  site.record({ask_task()});
  site.worker.run_once();
  site.now = kNoon + 7 * 86400 + 1;
  site.worker.expire_questions();
  CHECK(site.log.back() ==
        "level=info event=question_expired id=7k2m9qx40c1d list=tld-ops to=hostmaster@nic.xa");
  site.worker.run_once();
  REQUIRE(site.post.sent.size() == 2);
  CHECK(site.post.sent.back().to.text() == "owner@lists.example.org");
  CHECK(site.post.sent.back().message.find("the question was not answered") != std::string::npos);
}

TEST_CASE("worker: old entries are removed") {
  Site site;
  site.record({});
  CHECK(site.worker.purge() == 0);
  site.now = notice_entry().keep_until;
  CHECK(site.worker.purge() == 1);
  CHECK(site.log == Texts{"level=info event=purged entries=1"});
}

TEST_CASE("worker: who left a list is forgotten when its decisions are") {
  Site site;
  Member anne;
  anne.list = "tld-ops";
  anne.cctld = "xa";
  anne.address = anne.email = "anne@nic.xa";
  anne.since = kNoon - 1000;
  site.store.change_members({.ended = {}, .begun = {anne}, .checked = {}});
  site.store.change_members({.ended = {{"tld-ops", "xa", "", kNoon, "hand"}}, .begun = {}, .checked = {}});
  const auto address = [&] {
    MemberFilter filter;
    filter.ended = true;
    return site.store.members(filter).at(0).address;
  };
  const std::int64_t retention = site.rules->lists.front().config.retention.count();
  site.now = kNoon + retention;
  CHECK(site.worker.purge() == 0);
  CHECK(address() == "anne@nic.xa");
  site.now = kNoon + retention + 1;
  CHECK(site.worker.purge() == 0);
  CHECK(address().empty());
}

TEST_CASE("worker: two of them share the work") {
  Site site;
  for (int i = 0; i < 25; ++i) site.record({inform_task(std::to_string(i))}, std::to_string(i));
  OutboxWorker other(site.parts("other"));
  while (site.worker.run_once().tasks + other.run_once().tasks > 0) continue;
  CHECK(site.post.sent.size() == 25);
}

TEST_CASE("worker: names differ") {
  CHECK(worker_name() != worker_name());
  CHECK(back_off(0) == 60);
  CHECK(back_off(1000) == 4 * 3600);
}

TEST_CASE("worker: texts with errors are told of, and the built-in ones used") {
  Site site;
  const TempFolder folder;
  folder.write("inform.txt", "nothing\n");
  site.rules->config.notices.folder = folder.path();
  site.record({inform_task()});
  site.worker.run_once();
  CHECK(site.log.front() == "level=error event=notice_refused file=" + folder.path() +
                                "/inform.txt line=1 why=\"the first line is no Subject\"");
  CHECK(site.post.sent.size() == 1);
}

TEST_CASE("outbox thread: works when poked, and stops") {
  Site site;
  std::mutex mutex;
  std::condition_variable sent;
  std::size_t count = 0;
  WorkerParts parts = site.parts("thread");
  parts.log = [&](const LogLine&) {
    const std::lock_guard lock(mutex);
    ++count;
    sent.notify_all();
  };
  OutboxThread thread(std::move(parts));
  site.record({inform_task()});
  thread.poke();
  {
    std::unique_lock lock(mutex);
    CHECK(sent.wait_for(lock, std::chrono::seconds(60), [&] { return count > 0; }));
  }
  thread.stop();
  CHECK(site.events().size() == 1);
  thread.stop();
}

TEST_CASE("worker: several mails at a time, and one hook") {
  Site site;
  constexpr std::size_t kMails = 20;
  std::mutex mutex;
  std::condition_variable together;
  std::size_t under_way = 0, most = 0;
  // Each mail waits until another one is under way too.
  struct Meeting : Submitter {
    Meeting(std::function<void()> meeting) : meet(std::move(meeting)) {}
    SubmitResult submit(const Mail&) override {
      meet();
      return {Ended::taken, "250 2.0.0 Ok"};
    }
    Truth offers_smtputf8() override { return Truth::unknown; }
    std::function<void()> meet;
  };
  const auto meet = [&] {
    std::unique_lock lock(mutex);
    most = std::max(most, ++under_way);
    together.notify_all();
    together.wait_for(lock, std::chrono::seconds(60), [&] { return most > 1; });
    --under_way;
  };
  WorkerParts parts = site.parts("several");
  parts.deliveries = 4;
  parts.log = [](const LogLine&) {};
  parts.submitter = [&](const Submission&, const std::stop_token&) {
    return std::make_unique<Meeting>(meet);
  };
  OutboxWorker worker(std::move(parts));
  for (std::size_t i = 0; i < kMails; ++i) {
    Task task = inform_task();
    task.key = "inform:" + std::to_string(i);
    task.decision_id = "d" + std::to_string(i);
    site.record({task}, task.decision_id);
  }
  CHECK(worker.run_once().tasks == kMails);
  CHECK(most > 1);
  CHECK(most <= 4);
  CHECK(site.store.backlog().waiting == 0);
  for (std::size_t i = 0; i < kMails; ++i)
    CHECK(site.events("d" + std::to_string(i)) == Texts{"informed hostmaster@nic.xa 250 2.0.0 Ok"});
}

TEST_CASE("worker: the clock goes back by a year") {
  constexpr std::int64_t kYear = 365 * 86400;
  Site site;
  site.now = kNoon + kYear;
  SECTION("after a decision") {
    Task task = inform_task();
    task.due += kYear;
    task.expires += kYear;
    site.record({task});
    site.now = kNoon;
    CHECK(site.worker.run_once().tasks == 1);
  }
  SECTION("after a try that failed") {
    Task task = inform_task();
    task.expires += kYear;
    site.record({task});
    site.post.result.outcome = Ended::later;
    CHECK(site.worker.run_once().tasks == 1);
    site.post.result.outcome = Ended::taken;
    site.now = kNoon;
    CHECK(site.worker.run_once().tasks == 1);
  }
  SECTION("while a worker is killed") {
    site.record({inform_task()});
    CHECK(site.store.claim("killed", site.now, 900, 10).size() == 1);
    site.now = kNoon;
    CHECK(site.worker.run_once().tasks == 1);
  }
  SECTION("while a mail is under way") {
    Task task = inform_task();
    task.expires += kYear;
    site.record({task});
    site.post.meanwhile = [&] { site.now = kNoon; };
    CHECK(site.worker.run_once().tasks == 1);
  }
  CHECK(site.events() == Texts{"informed hostmaster@nic.xa 250 2.0.0 Ok: queued as 4xyz"});
  CHECK(site.store.backlog().waiting == 0);
}

TEST_CASE("worker: the clock goes forward by a year, and back") {
  Site site;
  site.record({ask_task(), inform_task()});
  site.now = kNoon + 365 * 86400;
  site.worker.run_once();
  site.worker.expire_questions();
  CHECK(site.post.sent.empty());  // nobody is told too late, but the owner is told so
  CHECK(site.events().size() == 2);
  site.now = kNoon;
  CHECK(site.worker.run_once().tasks > 0);
  REQUIRE_FALSE(site.post.sent.empty());
  for (const Mail& mail : site.post.sent) CHECK(mail.to.text() == "owner@lists.example.org");
  CHECK(site.worker.run_once().tasks == 0);
  CHECK(site.store.backlog().waiting == 0);
}

TEST_CASE("worker: a token that was mailed by a clock a year ahead serves still") {
  Site site;
  site.now = kNoon + 365 * 86400;
  Task task = inform_task();
  task.expires = site.now + 1;
  site.record({task});
  site.worker.run_once();
  REQUIRE(site.post.sent.size() == 1);
  const std::string hash = token_hash(Site::token(site.post.sent[0], "Reply-To: tld-ops-object+"));
  CHECK(site.store.object(hash, "tld-ops", "", kNoon, {}).outcome == TokenUse::Outcome::done);
}
