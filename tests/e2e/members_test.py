"""Who becomes a member, and who is none any more: one mail for six ccTLDs, an objection, a review, several words."""
import json

import postfix
import stack

CONTACT = "hostmaster@nic.xa"
FAMILY = "tld-admin@nic.xb"
SIX = ["xb", "xc", "xd", "xe", "xf", "xg"]


class MembersTest(postfix.MailTest):
    def members(self, *options):
        """{(ccTLD, address): its row} of `ccgate members`."""
        rows = [json.loads(line) for line in self.stack.tool("members", "--as", "json", *options).splitlines()]
        return {(row["cctld"], row["email"]): row for row in rows}

    def accepted(self, mail):
        """Sends `mail`, which is delivered; the decision id in its mark."""
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        return stack.header(self.stack.arrival(mail)[0]["octets"], "X-CCgate")[0].rsplit("id=", 1)[1]

    def mail_to(self, address, words):
        """The mail of ours to `address` whose text has `words`."""
        return stack.wait_for(f"a mail to {address}", lambda: next(
            (each for each in self.stack.delivered() if each["to"] == [address] and words.encode() in each["octets"]), None))

    def answer(self, question, text):
        to = stack.header(question["octets"], "Reply-To")[0].strip("<>")
        outcome = self.stack.send(self.stack.mail("ben@elsewhere.example", to=to, subject="Re: question", text=text))
        self.assertEqual(outcome.reply.code, 250, str(outcome))


class Joined(MembersTest):
    options = {"store": True}

    def family(self, person):
        return self.stack.mail(f"{person}@nic.xb", subject="subscribe " + " ".join(SIX), cc=FAMILY, sign="nic.xb")

    def test_six_cctlds_by_one_mail_and_a_kill(self):
        mail = self.family("a1")
        decision = self.accepted(mail)
        rows = {key: row for key, row in self.members().items() if key[1] == "a1@nic.xb"}
        self.assertEqual(sorted(rows), [(label, "a1@nic.xb") for label in SIX])
        self.assertEqual({row["began_by"] for row in rows.values()}, {decision})
        self.stack.kill_gate()
        self.stack.start_gate()
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        self.assertEqual({key: row for key, row in self.members().items() if key[1] == "a1@nic.xb"}, rows)
        states = {row["cctld"]: row["state"] for row in map(json.loads, self.stack.tool("report", "--json").splitlines())
                  if row["kind"] == "cctld"}
        self.assertEqual([states[label] for label in SIX], ["member"] * 6)

    def test_an_address_for_the_day_when_the_cctld_is_down(self):
        form = "ccTLD: .xa\r\nName: Cleo\r\nE-mail: cleo@nic.xa\r\nPhone: +999 1\r\nOther e-mail: cleo@elsewhere.example\r\n"
        self.accepted(self.stack.mail("cleo@nic.xa", to="secretariat@lists.example", cc=CONTACT, sign="nic.xa", text=form))
        members = self.members()
        self.assertEqual(members["xa", "cleo@nic.xa"]["other_email"], "cleo@elsewhere.example")
        self.assertNotIn(("xa", "cleo@elsewhere.example"), members)
        told = b" ".join(self.mail_to(CONTACT, "cleo[@]nic[.]xa")["octets"].split())
        self.assertIn(b"other e-mail cleo[@]elsewhere[.]example", told)

    def test_an_objection_ends_what_its_decision_began(self):
        first = self.stack.mail("a2@nic.xa", cc=CONTACT, sign="nic.xa")
        self.accepted(first)
        kept = set(self.members())
        second = self.stack.mail("a3@nic.xa", cc=CONTACT, sign="nic.xa")
        self.accepted(second)
        self.assertEqual(set(self.members()) - kept, {("xa", "a3@nic.xa")})
        self.answer(self.mail_to(CONTACT, "a3[@]nic[.]xa"), "I object\r\n")
        self.assertEqual(set(self.members()), kept)


class Reviewed(MembersTest):
    options = {"store": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        config = cls.stack.path("ccgate.yaml")
        stack.write(config, stack.read(config).replace(
            "    policy: tld-ops.policy.yaml\n", "    policy: tld-ops.policy.yaml\n    review: {per_day: 10}\n"))
        cls.stack.reload_gate()

    def test_the_contact_says_who_does_not_belong_there(self):
        rows = self.stack.path("members.csv")
        stack.write(rows, "cctld,name,email,phone\nxa,Anne,anne@nic.xa,\nxa,Ben,ben@nic.xa,\n")
        self.stack.tool("members", "import", "--list", "tld-ops", rows)
        self.assertIn("hostmaster@nic.xa is asked", self.stack.tool("daily"))
        self.assertEqual(self.stack.tool("daily"), "nothing is due\n")
        question = self.mail_to(CONTACT, "anne[@]nic[.]xa")
        self.assertEqual(stack.header(question["octets"], "Auto-Submitted"), ["auto-generated"])
        self.answer(question, "no anne[@]nic[.]xa\r\n")
        self.assertEqual(list(self.members()), [("xa", "ben@nic.xa")])
        self.assertEqual(self.members()["xa", "ben@nic.xa"]["voucher"], CONTACT)
        self.assertEqual(len([each for each in self.stack.delivered() if each["to"] == [CONTACT]]), 1)


class Several(MembersTest):
    """Two words of three are wanted."""

    options = {"store": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policy = cls.stack.path("tld-ops.policy.yaml")
        stack.write(policy, stack.read(policy).replace(
            "    then: ask\n", "    then: {ask: {need: 2, of: [admin_contact, members]}}\n"))
        cls.stack.reload_gate()
        rows = cls.stack.path("members.csv")
        stack.write(rows, "cctld,name,email,phone\nxa,Ben,ben@nic.xa,\nxa,Cora,cora@nic.xa,\nxb,Eve,eve@nic.xb,\n")
        cls.stack.tool("members", "import", "--list", "tld-ops", rows)

    def asked(self, person):
        """A request that asks, and the questions by whom they went to."""
        mail = self.stack.mail(f"{person}@nic.xa", cc=CONTACT)
        self.assert_reply(self.stack.send(mail), 451, r"^4\.7\.1 asked hostmaster@nic\.xa and members of the list to confirm")
        return mail, {to: self.mail_to(to, f"{person}[@]nic[.]xa")
                      for to in (CONTACT, "ben@nic.xa", "cora@nic.xa")}

    def test_two_words_let_in(self):
        mail, questions = self.asked("s1")
        self.answer(questions["ben@nic.xa"], "yes\r\n")
        self.assertEqual(self.stack.send(mail).reply.code, 451)
        self.stack.kill_gate()
        self.stack.start_gate()
        self.answer(questions["cora@nic.xa"], "yes\r\n")
        self.accepted(mail)
        self.assertIn(("xa", "s1@nic.xa"), self.members())
        self.assertFalse([each for each in self.stack.delivered() if each["to"] == ["eve@nic.xb"]])

    def test_a_no_of_the_contact_refuses(self):
        mail, questions = self.asked("s2")
        self.answer(questions["ben@nic.xa"], "yes\r\n")
        self.answer(questions[CONTACT], "no\r\n")
        self.assert_reply(self.stack.send(mail), 550, "has refused")
        self.assertNotIn(("xa", "s2@nic.xa"), self.members())


if __name__ == "__main__":
    postfix.main()
