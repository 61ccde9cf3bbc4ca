"""Bounds of a day, hooks and the roster that they keep."""
import json
import os

import postfix
import stack

CONTACT = "hostmaster@nic.xa"

HOOK = """#!/bin/sh
cat > "{FOLDER}/hook-$1.new" && mv "{FOLDER}/hook-$1.new" "{FOLDER}/hook-$1.json"
"""


class FloodTest(postfix.MailTest):
    def copied(self, person, **options):
        return self.stack.mail(f"{person}@nic.xa", cc=CONTACT, sign="nic.xa", **options)

    def weak(self, person, domain="nic.xa"):
        return self.stack.mail(f"{person}@{domain}", cc=CONTACT)

    def notice(self):
        return stack.wait_for("the notice", lambda: next(
            (each for each in self.stack.delivered() if each["to"] == [CONTACT]), None))

    def events(self, person):
        (row,) = self.stack.log("--author", f"{person}@nic.xa")
        return [event["event"] for event in self.stack.show(row["id"])["events"]]


class Contact(FloodTest):
    options = {"store": stack.STORE + "flood: {{contact: 2, author_domain: 100}}\n"}

    def test_nobody_is_let_in_with_a_notice_that_waits(self):
        for person in ("c1", "c2"):
            self.assertEqual(self.stack.send(self.copied(person)).reply.code, 250)
        stack.wait_for("two notices", lambda: self.events("c1") == self.events("c2") == ["informed"])
        self.assert_reply(self.stack.send(self.copied("c3")), 450, r"^4\.7\.28 too many requests")
        self.assertEqual(self.events("c3"), [])

    def test_questions_are_counted_apart(self):
        for person in ("q1", "q2"):
            self.assertEqual(self.stack.send(self.weak(person)).reply.code, 451)
        self.assert_reply(self.stack.send(self.weak("q3")), 450, r"^4\.7\.28 too many requests")
        self.assertEqual(self.events("q3"), [])


class AuthorDomain(FloodTest):
    options = {"store": stack.STORE + "flood: {{author_domain: 2}}\n"}

    def test_requests_beyond_the_bound_are_deferred(self):
        first = self.copied("d1")
        self.assertEqual(self.stack.send(first).reply.code, 250)
        forged = self.stack.mail("d2@nic.xa", cc=CONTACT, client=stack.STRANGER)
        for _ in range(3):
            self.assertEqual(self.stack.send(forged).reply.code, 550)
        self.assertEqual(self.stack.send(self.copied("d3")).reply.code, 250)
        self.assert_reply(self.stack.send(self.copied("d4")), 450, r"^4\.7\.28 ")
        self.assertEqual(self.stack.send(first).reply.code, 250, "what was decided stays decided")


class Held(FloodTest):
    options = {"store": stack.STORE + "flood: {{author_domain: 2, cctld: 2}}\n"}

    def test_what_strangers_write_in_the_name_of_a_registry_does_not_count(self):
        form = "".join(f"Name: Carl\r\nE-mail: carl{i}@nic.xa\r\nPhone: +1 555 0100\r\n\r\n" for i in range(4))
        for i in range(3):
            forged = self.stack.mail(f"s{i}@nic.xa", cc=CONTACT, client=stack.STRANGER, text=form)
            self.stack.send(forged)
        self.assertEqual(self.stack.send(self.copied("s9")).reply.code, 250)


class HookStack(postfix.Postfix):
    """With the hook beside ccgate.yaml, and a roster with a quota of one person for each ccTLD."""

    def write_config(self):
        stack.write(self.path("hook"), HOOK.format(FOLDER=self.folder))
        os.chmod(self.path("hook"), 0o755)
        stack.write(self.path("roster"), "# CCTLD ADDRESS\n")
        super().write_config()
        config, policy = self.path("ccgate.yaml"), self.path("tld-ops.policy.yaml")
        stack.write(config, stack.read(config).replace("    manager:", "    roster: roster\n    manager:"))
        quota = ("  - id: full\n    for: [subscribe]\n    when: [authenticated, admin_contact_copied, "
                 "{members_of_tld: {more_than: 0}}]\n    then: hold\n")
        stack.write(policy, stack.read(policy).replace("rules:\n", "rules:\n" + quota))


class Hooks(FloodTest):
    kind = HookStack
    options = {"store": stack.STORE + 'hooks: {{accepted: [hook, accepted], objected: [hook, objected]}}\n'}

    def test_a_hook_is_run_after_acceptance_and_objection(self):
        mail = self.copied("h1", text="Name: Anne\r\nE-mail: h1@nic.xa\r\nPhone: +1 555 0100\r\n")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        got = stack.wait_for("the hook", lambda: stack.read_or(self.stack.path("hook-accepted.json"), ""))
        event = json.loads(got)
        self.assertEqual((event["event"], event["list"], event["cctlds"], event["author"]),
                         ("accepted", "tld-ops", ["xa"], "h1@nic.xa"))
        self.assertEqual(event["people"], [{"name": "Anne", "email": "h1@nic.xa", "phone": "+1 555 0100"}])
        stack.wait_for("the events", lambda: sorted(self.events("h1")) == ["informed", "provisioned"])
        to = stack.header(self.notice()["octets"], "Reply-To")[0].strip("<>")
        self.assertEqual(self.stack.send(self.stack.mail("ben@nic.xa", to=to, text="no\r\n")).reply.code, 250)
        got = stack.wait_for("the hook", lambda: stack.read_or(self.stack.path("hook-objected.json"), ""))
        self.assertEqual(json.loads(got)["id"], event["id"])


class Roster(FloodTest):
    """The roster that the shipped hook keeps bounds how many people a ccTLD may have."""

    kind = HookStack
    roster_hook = os.path.join(stack.SOURCE, "conf", "hooks", "ccgate-hook-roster")
    words = f'["{roster_hook}", --list, tld-ops, "{{FOLDER}}/roster"]'
    options = {"store": stack.STORE + f'hooks: {{{{accepted: {words}, objected: {words}}}}}\n'}

    def members(self):
        lines = stack.read(self.stack.path("roster")).splitlines()
        return [line for line in lines if not line.startswith("#")]

    def loaded(self, times):
        stack.wait_for("the roster", lambda: self.stack.gate_log().count("event=roster_loaded") >= times)

    def test_a_quota(self):
        self.assertEqual(self.stack.send(self.copied("q1")).reply.code, 250)
        stack.wait_for("the hook", lambda: self.members() == ["xa q1@nic.xa"])
        self.loaded(1)
        before = len(self.stack.held())
        self.assertEqual(self.stack.send(self.copied("q2")).reply.code, 250)
        self.assertEqual(len(self.stack.held()), before + 1, "the ccTLD is full")
        to = stack.header(self.notice()["octets"], "Reply-To")[0].strip("<>")
        self.assertEqual(self.stack.send(self.stack.mail("ben@nic.xa", to=to, text="no\r\n")).reply.code, 250)
        stack.wait_for("the hook", lambda: self.members() == [])
        self.loaded(2)
        self.assertEqual(self.stack.send(self.copied("q3")).reply.code, 250)
        self.assertEqual(len(self.stack.held()), before + 1, "there is room again")


if __name__ == "__main__":
    postfix.main()
