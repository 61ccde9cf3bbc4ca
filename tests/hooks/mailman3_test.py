"""ccgate-hook-mailman3 with a Mailman 3 core of Debian: who is asked, who becomes a member, what an objection
takes back."""
import itertools
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import mailman_core  # noqa: E402
from hook import DONE, FAILED, LATER, event, people, run  # noqa: E402

SKIPPED = 77  # exit status that ctest takes for "skipped"
ANNE, BEN = "anne@nic.xa", "ben@nic.xa"
REPLY = "From: {author}\nTo: {to}\nSubject: Re: {subject}\nMessage-ID: <{number}@nic.xa>\n\nYes.\n"
numbers = itertools.count(1)
core = None


class MailmanTest(unittest.TestCase):
    """Each test has a list of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="ccgate-hook-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.password = self.file("password", mailman_core.PASSWORD + "\n", 0o600)
        self.journal = os.path.join(self.folder, "journal")
        self.url = core.url
        self.new_list()

    def new_list(self, **settings):
        self.name = f"tld-ops-{next(numbers)}"
        self.address = self.name + "@lists.example"
        self.list_id = self.name + ".lists.example"
        self.mails_read = 0
        core.call("POST", "/lists", fqdn_listname=self.address)
        core.call("PATCH", f"/lists/{self.list_id}/config", send_welcome_message="false",
                  send_goodbye_message="false", **settings)

    def file(self, name, text, mode):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def hook(self, decision, kind="accepted", status=DONE, **changes):
        arguments = ["--url", self.url, "--password-file", self.password, "--journal", self.journal]
        code, said = run("ccgate-hook-mailman3", arguments,
                         event(decision, kind, **{"list_address": self.address, **changes}))
        self.assertEqual(code, status, said)
        return said

    def mails(self, count):
        """What Mailman sends next about this list, no fewer and no more: {recipient: message}."""
        def new():
            return core.mails(self.list_id)[self.mails_read:]
        mailman_core.wait_for(f"{count} mails", lambda: len(new()) >= count)
        found = new()
        self.assertEqual([recipient for recipient, _ in found], [recipient for recipient, _ in found[:count]])
        self.mails_read += count
        return dict(found)

    def no_mails(self):
        """Mail leaves in order: what was on its way is there when that of a request made now is."""
        nobody = f"nobody{next(numbers)}@nic.xz"
        core.call("POST", "/members", list_id="other.lists.example", subscriber=nobody)
        mailman_core.wait_for(nobody, lambda: nobody in dict(core.mails("other.lists.example")))
        self.mails(0)

    def reply(self, question):
        subject = " ".join(question["Subject"].split())
        core.write(question["To"], str(question["From"]), REPLY.format(
            author=question["To"], to=question["From"], subject=subject, number=next(numbers)))

    def confirm(self, question, *members):
        self.reply(question)
        mailman_core.wait_for("the confirmation", lambda: self.members() == sorted(members))

    def members(self):
        return core.members(self.list_id)

    def pending(self):
        return core.pending(self.list_id)

    def join(self, address, **words):
        """Somebody joins, not through ccgate."""
        return core.call("POST", "/members", list_id=self.list_id, subscriber=address, **words)

    def make_member(self, address):
        self.join(address, pre_verified="yes", pre_confirmed="yes", pre_approved="yes")
        self.assertIn(address, self.members())

    # Acceptance.

    def test_who_is_accepted_is_asked_and_joins_by_a_reply(self):
        """Whatever the list does with others."""
        for policy in ("open", "confirm", "moderate", "confirm_then_moderate"):
            with self.subTest(policy):
                self.new_list(subscription_policy=policy)
                address = f"{policy}@nic.xa"
                said = self.hook(policy, people=[{"name": "Änne\r\nX: y", "email": address, "phone": ""}])
                self.assertIn(f"{address}: asked by Mailman to confirm", said)
                self.assertEqual(self.members(), [])
                self.assertEqual(self.pending(), [(address, "subscriber")])
                question = self.mails(1)[address]
                self.assertTrue(question["From"].startswith(f"{self.name}-confirm+"), question["From"])
                self.confirm(question, address)
                self.assertEqual(self.pending(), [])

    def test_an_address_that_confirmed_before(self):
        """Is asked again where the list asks everybody."""
        known = "known@nic.xa"
        self.hook("d1", people=people(known))
        self.confirm(self.mails(1)[known], known)
        for policy in ("confirm", "confirm_then_moderate"):
            self.new_list(subscription_policy=policy)
            self.hook(policy, people=people(known))
            self.assertEqual(list(self.mails(1)), [known])
            self.assertEqual(self.members(), [])
        for policy in ("open", "moderate"):
            self.new_list(subscription_policy=policy)
            self.assertIn("subscribed, Mailman knew the address", self.hook(policy, people=people(known)))
            self.assertEqual(self.members(), [known])
            self.hook(policy, "objected", people=people(known))
            self.assertEqual(self.members(), [])

    def test_a_second_run_does_nothing(self):
        self.hook("d1")
        self.mails(1)
        with open(self.journal, encoding="ascii") as file:
            before = file.read()
        self.assertEqual(self.hook("d1"), "")
        with open(self.journal, encoding="ascii") as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(self.pending(), [(ANNE, "subscriber")])
        self.no_mails()

    def test_a_run_that_was_cut_off_is_finished(self):
        """Once after Mailman was asked for the first person, and before that was written down."""
        both = people(ANNE, BEN)
        self.hook("d1", people=both[:1])
        self.mails(1)
        with open(self.journal, encoding="ascii") as file:
            first = file.readline()
        with open(self.journal, "w", encoding="ascii") as file:
            file.write(first)
        self.hook("d1", people=both)
        self.assertEqual(list(self.mails(1)), [BEN])
        self.assertEqual(self.pending(), [(ANNE, "subscriber"), (BEN, "subscriber")])

    def test_who_asked_before_is_not_asked_twice(self):
        self.join(ANNE)
        self.mails(1)
        self.assertIn("asked already", self.hook("d1"))
        self.assertEqual(self.pending(), [(ANNE, "subscriber")])
        self.hook("d1", "objected")
        self.assertEqual(self.pending(), [])
        self.no_mails()

    def test_who_waits_for_a_moderator_is_approved(self):
        self.new_list(subscription_policy="confirm_then_moderate", admin_immed_notify="false")
        for address in (ANNE, BEN):
            self.join(address, pre_verified="yes", pre_confirmed="yes")
        self.assertEqual(self.pending(), [(ANNE, "moderator"), (BEN, "moderator")])
        self.assertIn("approved", self.hook("d1"))
        self.assertEqual(self.members(), [ANNE])
        self.assertEqual(self.pending(), [(BEN, "moderator")])
        self.hook("d1", "objected")
        self.assertEqual(self.members(), [])

    def test_addresses_that_a_path_or_a_pattern_would_misread(self):
        self.make_member("abc@nic.xa")
        for number, address in enumerate(("a/b@nic.xa", "o'neil+x=y@nic.xa", "a%2fb@nic.xa", "a&b?c@nic.xa")):
            with self.subTest(address):
                self.hook(f"d{number}", people=people(address))
                self.assertIn((address, "subscriber"), self.pending())
                self.hook(f"d{number}", "objected", people=people(address))
                self.assertEqual(self.pending(), [])
                self.mails(1)
        self.hook("star", people=people("a*@nic.xa"))
        self.hook("star", "objected", people=people("a*@nic.xa"))
        self.assertEqual(self.members(), ["abc@nic.xa"])
        self.assertEqual(self.pending(), [])
        self.mails(1)

    def test_one_who_is_banned_does_not_stop_the_others(self):
        core.call("POST", f"/lists/{self.list_id}/bans", email=ANNE)
        said = self.hook("d1", status=FAILED, people=people(ANNE, BEN))
        self.assertIn("banned", said)
        self.assertIn("not done for 1 of 2", said)
        self.assertEqual(list(self.mails(1)), [BEN])
        core.call("DELETE", f"/lists/{self.list_id}/bans/{ANNE}")
        self.hook("d1", people=people(ANNE, BEN))
        self.assertEqual(list(self.mails(1)), [ANNE])

    def test_other_requests_are_left_to_mailman(self):
        self.make_member(ANNE)
        for request in ("unsubscribe", "confirm", "other"):
            self.assertIn(f"{request}: left to Mailman", self.hook(request, request=request))
        self.assertEqual(self.members(), [ANNE])

    # Objection.

    def test_an_objection_before_the_reply(self):
        self.hook("d1")
        question = self.mails(1)[ANNE]
        self.assertIn("request discarded", self.hook("d1", "objected"))
        self.assertEqual(self.pending(), [])
        self.reply(question)
        self.assertEqual(list(self.mails(1)), [ANNE])  # told that the token is no good
        self.assertEqual(self.members(), [])
        self.assertIn("there was an objection", self.hook("d1"))
        self.assertEqual(self.hook("d1", "objected"), "")
        self.assertEqual(self.pending(), [])

    def test_an_objection_after_the_reply(self):
        """Also where the list asks before it lets somebody go."""
        self.new_list(unsubscription_policy="confirm_then_moderate")
        self.make_member(BEN)
        self.hook("d1")
        self.confirm(self.mails(1)[ANNE], ANNE, BEN)
        self.assertIn("removed", self.hook("d1", "objected"))
        self.assertEqual(self.members(), [BEN])
        self.no_mails()

    def test_who_was_a_member_before_stays(self):
        self.make_member(ANNE)
        self.assertIn("a member or asked already", self.hook("d1", people=people("Anne@nic.xa")))
        self.assertIn("was a member before", self.hook("d1", "objected", people=people("Anne@nic.xa")))
        self.assertEqual(self.members(), [ANNE])
        self.no_mails()

    def test_an_objection_without_an_acceptance(self):
        self.make_member(ANNE)
        self.join(BEN)
        self.mails(1)
        self.hook("d1", "objected", people=people(ANNE, BEN))
        self.assertEqual(self.members(), [ANNE])
        self.assertEqual(self.pending(), [(BEN, "subscriber")])
        self.assertIn("there was an objection", self.hook("d1", people=people(ANNE, BEN)))

    def test_the_word_of_another_registry_stands(self):
        self.new_list()
        self.hook("xa")
        self.confirm(self.mails(1)[ANNE], ANNE)
        self.hook("xb", cctlds=["xb"])
        self.assertIn("xb stands", self.hook("xa", "objected"))
        self.assertEqual(self.members(), [ANNE])
        self.hook("xb", "objected", cctlds=["xb"])
        self.assertEqual(self.members(), [])

    def test_the_same_request_once_more_does_not_stand(self):
        self.hook("d1")
        self.hook("d2")
        self.mails(1)
        self.assertIn("request discarded", self.hook("d1", "objected"))
        self.assertEqual(self.pending(), [])

    def test_an_earlier_decision_stands(self):
        self.hook("d1")
        self.hook("d2")
        self.mails(1)
        self.assertIn("d1 stands", self.hook("d2", "objected"))
        self.assertEqual(self.pending(), [(ANNE, "subscriber")])

    # Trouble.

    def test_mailman_is_down_and_comes_up(self):
        self.url = f"http://127.0.0.1:{mailman_core.free_port()}/3.1"
        self.assertIn("no answer from Mailman", self.hook("d1", status=LATER))
        self.url = core.url
        self.hook("d1")
        self.assertEqual(list(self.mails(1)), [ANNE])
        self.url = f"http://127.0.0.1:{mailman_core.free_port()}/3.1"
        self.hook("d1", "objected", status=LATER)
        self.url = core.url
        self.hook("d1", "objected")
        self.assertEqual(self.pending(), [])

    def test_a_list_that_is_not_there(self):
        self.address = "missing@lists.example"
        self.assertIn("No such list", self.hook("d1", status=FAILED))

    def test_a_wrong_password(self):
        self.password = self.file("wrong", "wrong\n", 0o600)
        self.assertIn("401", self.hook("d1", status=FAILED))


def setUpModule():
    global core
    core = mailman_core.MailmanCore()
    unittest.addModuleCleanup(core.stop)
    core.call("POST", "/domains", mail_host="lists.example")
    core.call("POST", "/lists", fqdn_listname="other@lists.example")


if __name__ == "__main__":
    lacking = mailman_core.why_not()
    if lacking:
        print("skipped: " + lacking, file=sys.stderr)
        sys.exit(1 if os.environ.get("CCGATE_NO_SKIP") == "1" else SKIPPED)
    unittest.main()
