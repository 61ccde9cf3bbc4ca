"""The admin contact is told of an acceptance and may object; a notice that comes back is recorded."""
import postfix
import stack

CONTACT = "hostmaster@nic.xa"
OWNER = "tld-ops-owner@lists.example"


class Told(postfix.MailTest):
    options = {"store": True}

    def accepted(self, person):
        """Sends a request that is accepted by its copy; returns mail, decision id and the notice."""
        mail = self.stack.mail(f"{person}@nic.xa", cc=CONTACT, sign="nic.xa")
        outcome = self.stack.send(mail)
        self.assertEqual(outcome.reply.code, 250, str(outcome))
        octets = self.stack.arrival(mail)[0]["octets"]
        decision = stack.header(octets, "X-CCgate")[0].rsplit("id=", 1)[1]
        notice = stack.wait_for("the notice", lambda: next(
            (each for each in self.stack.delivered() if each["to"] == [CONTACT] and
             f"{person}[@]nic[.]".encode() in each["octets"]), None))
        return mail, decision, notice

    def events(self, decision):
        return [event["event"] for event in self.stack.show(decision)["events"]]

    def test_told_by_a_mail_of_our_own(self):
        mail, decision, notice = self.accepted("a1")
        self.assertEqual([each["to"] for each in self.stack.deliveries(mail)], [[stack.JOIN]])
        self.assertEqual(stack.header(notice["octets"], "Auto-Submitted"), ["auto-generated"])
        self.assertRegex(notice["from"], r"^tld-ops-notice\+[a-z2-7]{26}@lists\.example$")
        stack.wait_for("the event", lambda: self.events(decision) == ["informed"])
        rows = self.stack.log("--author", "a1@nic.xa")
        self.assertEqual([row["id"] for row in rows], [decision])

    def test_the_same_message_again(self):
        mail, decision, _ = self.accepted("a2")
        before = len([each for each in self.stack.delivered() if each["to"] == [CONTACT]])
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        stack.wait_for("the second copy", lambda: len(self.stack.deliveries(mail)) == 2)
        marks = {stack.header(each["octets"], "X-CCgate")[0] for each in self.stack.deliveries(mail)}
        self.assertEqual(len(marks), 1, "the recorded decision, under its id")
        self.assertIn("repeated", self.events(decision))
        self.assertEqual(len([each for each in self.stack.delivered() if each["to"] == [CONTACT]]), before)

    def test_objection(self):
        mail, decision, notice = self.accepted("a3")
        to = stack.header(notice["octets"], "Reply-To")[0].strip("<>")
        self.assertRegex(to, r"^tld-ops-object\+[a-z2-7]{26}@lists\.example$")
        away = self.stack.mail("hostmaster@nic.xa", to=to, text="I am away\r\n",
                               fields=[("Auto-Submitted", "auto-replied")])
        self.assertEqual(self.stack.send(away).reply.code, 250)
        thanks = self.stack.mail("ben@elsewhere.example", to=to, text="Thank you, that is in order.\r\n")
        self.assert_reply(self.stack.send(thanks), 550, "whose first line is: I object")
        self.assertNotIn("objected", self.events(decision))
        self.assertIn("unclear", self.events(decision))
        answer = self.stack.mail("ben@elsewhere.example", to=to, text="We do not know her.\r\n")
        self.assertEqual(self.stack.send(answer).reply.code, 250)
        self.assertIn("objected", self.events(decision))
        told = stack.wait_for("the owner's mail", lambda: next(
            (each for each in self.stack.delivered() if each["to"] == [OWNER] and
             decision.encode() in each["octets"] and b"objects" in each["octets"]), None))
        self.assertIn(b"a3[@]nic[.]xa", told["octets"])
        anew = self.stack.mail("a3@nic.xa", cc=CONTACT, sign="nic.xa")
        self.assert_reply(self.stack.send(anew), 550, r"^5\.7\.2 .* has refused")

    def test_a_notice_comes_back(self):
        _, decision, notice = self.accepted("a4")
        text = ("--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver it.\r\n\r\n--b\r\n"
                "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.nic.xa\r\n\r\n"
                "Final-Recipient: rfc822; hostmaster@nic.xa\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n")
        bounce = self.stack.mail("mailer-daemon@nic.xa", mail_from="", to=notice["from"], text=text, fields=[
            ("MIME-Version", "1.0"), ("Auto-Submitted", "auto-replied"),
            ("Content-Type", "multipart/report; report-type=delivery-status; boundary=b")])
        self.assertEqual(self.stack.send(bounce).reply.code, 250)
        self.assertIn("bounced", self.events(decision))
        self.assertEqual(self.stack.deliveries(bounce), [])

    def test_nothing_is_mailed_for_a_refusal(self):
        before = len(self.stack.delivered())
        mail = self.stack.mail("a5@nic.xa", sign="nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 550)
        (row,) = self.stack.log("--author", "a5@nic.xa")
        self.assertEqual(row["verdict"], "reject")
        self.accepted("a6")  # by then anything mailed for a5 would be there too
        self.assertEqual(self.events(row["id"]), [])
        self.assertEqual([each for each in self.stack.delivered()[before:] if b"a5[@]nic" in each["octets"]], [])


class NotReached(postfix.MailTest):
    """As conf/main.cf.sample says: Postfix shows its own bounces to the gate."""
    options = {"store": True, "local": True}

    def test_a_notice_that_postfix_itself_returns(self):
        self.stack.refuse(CONTACT)
        mail = self.stack.mail("a1@nic.xa", cc=CONTACT, sign="nic.xa")
        self.assertEqual(self.stack.send(mail).reply.code, 250)
        (row,) = self.stack.log("--author", "a1@nic.xa")
        told = stack.wait_for("the owner's mail", lambda: next(
            (each for each in self.stack.delivered() if each["to"] == [OWNER]), None))
        self.assertIn(row["id"].encode(), told["octets"])
        events = [(event["event"], event["who"]) for event in self.stack.show(row["id"])["events"]]
        self.assertIn(("bounced", CONTACT), events)
        self.assertEqual([each for each in self.stack.delivered() if "-notice+" in each["to"][0]], [],
                         "the bounce goes no further")


if __name__ == "__main__":
    postfix.main()
