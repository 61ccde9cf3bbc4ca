"""The admin contact is asked: the request waits with its author's mail server until the contact has answered."""
import re

import postfix
import stack

CONTACT = "hostmaster@nic.xa"
FAMILY = "tld-admin@nic.xb"


class AskTest(postfix.MailTest):
    """Requests that the policy wants asked about: a copy that nobody signed."""

    def weak(self, person="anne", cc=CONTACT, subject="subscribe xa", **options):
        domain = cc.rpartition("@")[2]
        return self.stack.mail(f"{person}@{domain}", subject=subject, cc=cc, **options)

    def asks(self, mail):
        """Sends `mail`, which the answer defers; returns the decision id."""
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 451, str(outcome))
        self.assertRegex(outcome.reply.text, r"^4\.7\.1 asked \S+@\S+( and \S+@\S+)* to confirm; "
                                             r"your mail server will try again \[\w+\]$")
        return outcome.reply.text.rsplit("[", 1)[1].rstrip("]")

    def mails_to(self, address):
        return [each for each in self.stack.delivered() if each["to"] == [address]]

    def question_to(self, address, number=1):
        """The `number`th mail of ours to `address`."""
        return stack.wait_for(f"a question to {address}",
                              lambda: (self.mails_to(address) + [None] * number)[number - 1])

    def question_about(self, author):
        return stack.wait_for(f"the question about {author}", lambda: next(
            (each for each in self.mails_to(CONTACT) if f"{author}[@]nic[.]".encode() in each["octets"]), None))

    def answer(self, question, text="yes\r\n", to=None, sender="ben@elsewhere.example", **options):
        """A reply from `sender`, as a mail program writes it; the SMTP outcome."""
        to = to or stack.header(question["octets"], "Reply-To")[0].strip("<>")
        return self.stack.send(self.stack.mail(sender, to=to, subject="Re: question", text=text, **options))

    def told_owner(self, about):
        """The mails to the owner with `about` in their Subject; at least one."""
        return stack.wait_for("the owner's mail", lambda: [
            each for each in self.mails_to("tld-ops-owner@lists.example")
            if about in " ".join(stack.header(each["octets"], "Subject")[0].split())])

    def ledger(self, decision):
        return [event["event"] for event in self.stack.show(decision)["events"]]


class Asked(AskTest):
    options = {"store": True}

    def test_asked_deferred_confirmed_accepted(self):
        mail = self.weak("a1")
        decision = self.asks(mail)
        question = self.question_about("a1")
        self.assertEqual(stack.header(question["octets"], "Auto-Submitted"), ["auto-generated"])
        self.assertIn(b"a1[@]nic[.]xa", question["octets"])
        self.assertRegex(question["from"], r"^tld-ops-notice\+[a-z2-7]{26}@lists\.example$")
        before = len(self.mails_to(CONTACT))
        self.assertEqual(self.asks(mail), decision, "the second try gets the same answer")
        outcome = self.answer(question)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        octets = self.stack.arrival(mail)[0]["octets"]
        self.assertRegex(stack.header(octets, "X-CCgate")[0], "verdict=accept rule=admin-copied-weaker ")
        self.assertEqual(self.ledger(decision), ["asked", "repeated", "confirmed"])
        stack.wait_for("the notice of the acceptance", lambda: len(self.mails_to(CONTACT)) == before + 1)

    def test_the_same_request_sent_anew(self):
        first = self.weak("a2")
        self.asks(first)
        question = self.question_about("a2")
        self.assertEqual(self.answer(question).reply.code, 250)
        anew = self.weak("a2")
        self.assertEqual(self.stack.send(anew).reply.code, 250)
        other = self.weak("a3")
        self.asks(other)  # another author has to be asked about

    def test_no_refuses(self):
        mail = self.weak("a4")
        self.asks(mail)
        outcome = self.answer(self.question_about("a4"), "No, we do not know her.\r\n")
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        outcome = self.stack.send(mail)
        self.assert_reply(outcome, 550, r"^5\.7\.2 .*hostmaster@nic\.xa.* has refused")

    def test_the_reject_address_refuses(self):
        mail = self.weak("a5")
        self.asks(mail)
        question = self.question_about("a5")
        address = re.search(rb"tld-ops-reject\+[a-z2-7]{26}@lists\.example", question["octets"])[0].decode()
        self.assertEqual(self.answer(question, "thank you\r\n", to=address).reply.code, 250)
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.2 .* has refused")

    def reject_address(self, question):
        return re.search(rb"tld-ops-reject\+[a-z2-7]{26}@lists\.example", question["octets"])[0].decode()

    def test_the_code_that_refuses_does_not_confirm(self):
        mail = self.weak("d1")
        self.asks(mail)
        address = self.reject_address(self.question_about("d1"))
        self.assert_reply(self.answer(None, "yes\r\n", to=address.replace("-reject+", "-vouch+")), 550, "only refuses")
        self.asks(mail)

    def test_a_yes_is_taken_back(self):
        mail = self.weak("d2")
        self.asks(mail)
        question = self.question_about("d2")
        self.assertEqual(self.answer(question).reply.code, 250)
        self.assertEqual(self.answer(question, "oh\r\n", to=self.reject_address(question)).reply.code, 250)
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.2 .* has refused")

    def test_a_no_comes_too_late(self):
        mail = self.weak("d3")
        self.asks(mail)
        question = self.question_about("d3")
        self.assertEqual(self.answer(question).reply.code, 250)
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assert_reply(self.answer(question, "no\r\n"), 550, "let in before; to object, reply to the mail")
        self.told_owner("says no, too late")

    def test_programs_never_confirm(self):
        mail = self.weak("a6")
        self.asks(mail)
        question = self.question_about("a6")
        for options in ({"mail_from": ""}, {"fields": [("Auto-Submitted", "auto-replied")]},
                        {"fields": [("Precedence", "bulk")]}, {"fields": [("X-Autoreply", "yes")]}):
            outcome = self.answer(question, **options)
            if "mail_from" in options:
                self.assertEqual(outcome.reply.code, 250, str(outcome))
            else:
                self.assert_reply(outcome, 550, "marked as written by a program")
        self.assertEqual(self.answer(question, "I am away.\r\n", fields=[("Auto-Submitted", "auto-replied")]).reply.code, 250)
        self.asks(mail)
        self.assertEqual(self.answer(question, fields=[("Auto-Submitted", "no")]).reply.code, 250)
        self.assertEqual(self.stack.send(mail).reply.code, 250)

    def test_only_a_yes_confirms(self):
        mail = self.weak("c1")
        self.asks(mail)
        question = self.question_about("c1")
        for text in ("Who is c1?\r\n", "We have got your mail.\r\n", "\r\n"):
            self.assert_reply(self.answer(question, text), 550, "first line is yes or no")
        decision = self.asks(mail)
        self.assertEqual([event for event in self.ledger(decision) if event == "unclear"], ["unclear"])
        about = [each for each in self.told_owner("an unclear answer") if decision.encode() in each["octets"]]
        self.assertEqual(len(about), 1)
        self.assertEqual(self.answer(question, "Yes, please.\r\n").reply.code, 250)

    def test_nobody_reads_mail_at_the_envelope_address(self):
        mail = self.weak("c2")
        self.asks(mail)
        question = self.question_about("c2")
        self.assert_reply(self.answer(question, to=question["from"]), 550, "nobody reads mail at this address")
        self.assertEqual(self.answer(question, to=question["from"], mail_from="").reply.code, 250)

    def test_a_token_serves_once(self):
        mail = self.weak("a7")
        self.asks(mail)
        question = self.question_about("a7")
        self.assertEqual(self.answer(question, "no\r\n").reply.code, 250)
        self.assert_reply(self.answer(question, "yes\r\n"), 550, "answered before")
        self.assert_reply(self.stack.send(mail), 550, "has refused")

    def test_a_guessed_token(self):
        outcome = self.answer(None, to="tld-ops-vouch+" + "a" * 26 + "@lists.example")
        self.assert_reply(outcome, 550, r"^5\.7\.1 no question was asked")

    def test_nothing_is_mailed_for_who_is_not_authenticated(self):
        before = len(self.stack.delivered())
        mail = self.weak("a8", client=stack.STRANGER)
        self.assertEqual(self.stack.send(mail).reply.code, 550)
        (row,) = self.stack.log("--author", "a8@nic.xa")
        self.asks(self.weak("a9"))
        self.question_about("a9")  # by then anything mailed for a8 would be there too
        self.assertEqual(self.ledger(row["id"]), [])
        self.assertEqual([each for each in self.stack.delivered()[before:] if b"a8[@]nic" in each["octets"]], [])

    def test_a_form_does_not_hide_whom_the_list_manager_subscribes(self):
        """A join address subscribes who writes; a form in the text may name others."""
        form = "Name: Carl\r\nE-mail: carl@nic.xa\r\nPhone: +1 555 0100\r\n"
        self.asks(self.weak("b1", text=form))
        octets = self.question_about("b1")["octets"]
        whom = octets.split(b"Whom:")[1].split(b"Written by:")[0]
        self.assertIn(b"carl[@]nic[.]xa", whom)
        self.assertIn(b"b1[@]nic[.]xa", whom)

    def test_one_mail_for_a_family(self):
        mail = self.weak("f1", cc=FAMILY, subject="subscribe xb xc xd xe xf xg")
        self.asks(mail)
        question = self.question_to(FAMILY)
        for label in ("xb", "xc", "xd", "xe", "xf", "xg"):
            self.assertIn(f".{label}".encode(), question["octets"])
        self.assertEqual(self.answer(question).reply.code, 250)
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual(len(self.mails_to(FAMILY)), 1)

    def test_two_registries_both(self):
        mail = self.stack.mail("g1@nic.xa", subject="subscribe xa xb", cc=f"{CONTACT}, {FAMILY}")
        before = len(self.mails_to(FAMILY))
        self.asks(mail)
        of_xa = self.question_about("g1")
        of_xb = stack.wait_for("the question to the other", lambda: self.mails_to(FAMILY)[before:])[0]
        self.assertEqual(self.answer(of_xa).reply.code, 250)
        self.asks(mail)
        self.assertEqual(self.answer(of_xb).reply.code, 250)
        self.assertEqual(self.stack.send(mail).reply.code, 250)


class Crowd(AskTest):
    options = {"store": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policy = cls.stack.path("tld-ops.policy.yaml")
        stack.write(policy, stack.read(policy).replace("{more_than: 3}", "{more_than: 300}"))
        cls.stack.reload_gate()

    def test_nobody_is_asked_about_more_people_than_a_question_shows(self):
        form = "".join(f"Name: Carl\r\nE-mail: carl{i}@nic.xa\r\nPhone: +1 555 0100\r\n\r\n" for i in range(60))
        mail = self.weak("b2", text=form)
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual(len(self.stack.held()), 1)
        (row,) = self.stack.log("--author", "b2@nic.xa")
        self.assertEqual(row["verdict"], "ask")
        self.assertEqual(self.ledger(row["id"])[0], "held")
        self.assertNotIn("asked", self.ledger(row["id"]))
        self.told_owner("1 held in the queue")


class Together(AskTest):
    options = {"store": True, "mixed": "reject"}

    def test_an_answer_that_others_get_too(self):
        """They have it; our address does not."""
        mail = self.weak("m1")
        self.asks(mail)
        to = stack.header(self.question_about("m1")["octets"], "Reply-To")[0].strip("<>")
        answer = self.stack.mail("ben@elsewhere.example", to=to, subject="Re: question", text="yes\r\n",
                                 recipients=[to, "tld-ops@lists.example"])
        self.assertEqual(self.stack.send(answer).reply.code, 250)
        self.assertEqual([each["to"] for each in self.stack.arrival(answer)], [["tld-ops@lists.example"]])
        self.assertEqual(self.stack.send(mail).reply.code, 250)

    def test_an_answer_and_a_request_in_one(self):
        mail = self.weak("m2")
        self.asks(mail)
        question = self.question_about("m2")
        to = stack.header(question["octets"], "Reply-To")[0].strip("<>")
        both = self.stack.mail("m2@nic.xa", to=stack.JOIN, cc=to, text="yes\r\n", recipients=[stack.JOIN, to])
        self.assert_reply(self.stack.send(both), 554, "send each by itself")
        self.asks(mail)


class Observed(AskTest):
    """A list that only observes asks nobody, and is not in the way."""

    options = {"store": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policy = cls.stack.path("tld-ops.policy.yaml")
        stack.write(policy, stack.read(policy).replace("policy: tld-ops\n", "policy: tld-ops\nmode: observe\n"))
        cls.stack.reload_gate()

    def test_it_is_only_recorded(self):
        mail = self.weak("o1")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        octets = self.stack.arrival(mail)[0]["octets"]
        self.assertRegex(stack.header(octets, "X-CCgate")[0], "verdict=observe:ask ")
        (row,) = self.stack.log("--author", "o1@nic.xa")
        self.assertEqual((row["verdict"], row["observed"]), ("ask", True))
        self.assertEqual(self.stack.show(row["id"])["events"], [])
        self.assertEqual(self.mails_to(CONTACT), [])


class Held(AskTest):
    options = {"store": stack.STORE + "ask: {{style: hold}}\n"}

    def test_held_while_asked(self):
        mail = self.weak("h1")
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        self.assertEqual(len(self.stack.held()), 1)
        question = self.question_to(CONTACT)
        self.assertEqual(self.answer(question).reply.code, 250)
        owner = self.question_to("tld-ops-owner@lists.example")
        self.assertIn(b"h1[@]nic[.]xa", owner["octets"])
        self.assertEqual(self.stack.send(self.weak("h1")).reply.code, 250)


class Rejected(AskTest):
    options = {"store": stack.STORE + "ask: {{style: reject}}\n"}

    def test_refused_while_asked(self):
        mail = self.weak("r1")
        self.assert_reply(self.stack.send(mail), 550, r"^5\.7\.1 asked hostmaster@nic\.xa to confirm; send the request again")
        self.assertEqual(self.answer(self.question_to(CONTACT)).reply.code, 250)
        self.assertEqual(self.stack.send(self.weak("r1")).reply.code, 250)


if __name__ == "__main__":
    postfix.main()
